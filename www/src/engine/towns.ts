// Which town each school belongs to, as the county's own document says.

const ID = ["标识码", "id"];
const TOWN = ["乡镇", "town"];

/** The towns of schools by their ids: of any list in the document whose rows have both. */
export function towns(document: unknown): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (value: unknown) => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (typeof value !== "object" || value === null) return;
    const row = value as Record<string, unknown>;
    const [id, town] = [ID, TOWN].map((keys) => keys.map((key) => row[key]).find((one) => typeof one === "string"));
    if (typeof id === "string" && typeof town === "string" && !found.has(id)) found.set(id, town);
    Object.values(row).forEach(visit);
  };
  visit(document);
  return found;
}
