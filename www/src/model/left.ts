// What is still to be filled in: required answers that are blank, and answers that are wrong.

import type { FormField, FormKind, Problem, Report } from "../wasm/checker.js";
import { isRow, type Path, pointer, type Row, type Value } from "./document.ts";
import { pathOf } from "./form.ts";

/** Codes of problems that only say that something is blank. */
export const BLANK: readonly string[] = ["D031", "D034"];

/** Required answers that are blank, in the form's order: each a question of its own, not the part that it stands in. */
export function blanks(document: Row, form: readonly FormField[]): Path[] {
  const found: Path[] = [];
  const field = (one: FormField, value: Value | undefined, path: Path) => {
    if (value === undefined || value === null || value === "") {
      if (one.optional) return;
      if (one.kind.type === "record") return one.kind.fields.forEach((inner) => field(inner, undefined, [...path, inner.key]));
      found.push(path);
      return;
    }
    within(value, one.kind, path);
  };
  const within = (value: Value, kind: FormKind, path: Path) => {
    if (kind.type === "record" && isRow(value)) kind.fields.forEach((one) => field(one, value[one.key], [...path, one.key]));
    if (kind.type === "list" && Array.isArray(value)) {
      value.forEach((one, index) => (one === "" ? found.push([...path, index]) : within(one, kind.element, [...path, index])));
    }
  };
  for (const one of form) field(one, document[one.key], [one.key]);
  // The page counts the edition itself.
  const edition = pointer(pathOf(form, "edition") ?? []);
  return found.filter((path) => pointer(path) !== edition);
}

/** What the document's form is wrong in, beside blanks. */
export const wrongs = (report: Report | undefined): Problem[] =>
  (report?.structure ?? []).filter((problem) => !problem.notice && !BLANK.includes(problem.code));

/** Whether a place, as a pointer, is this one or within it. */
export const isWithin = (place: string, outer: Path): boolean => {
  const start = pointer(outer);
  return place === start || place.startsWith(`${start}/`);
};

/** The first blank after a place in the form's order, else the first of all. */
export function after(left: readonly Path[], form: readonly FormField[], here: readonly string[]): Path | undefined {
  const order = (path: readonly (string | number)[]) => form.findIndex((field) => field.key === path[0]);
  const at = order(here);
  const place = pointer(here);
  const exact = left.findIndex((path) => pointer(path) === place);
  if (exact >= 0) return left[(exact + 1) % left.length];
  return left.find((path) => (here.length > 1 ? order(path) > at || isWithin(pointer(path), here) : order(path) >= at)) ?? left[0];
}

/** Questions whose words hold what is looked for, in the form's order. */
export function search(form: readonly FormField[], words: string): { path: Path; labels: string[] }[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === "") return [];
  const found: { path: Path; labels: string[] }[] = [];
  const visit = (fields: readonly FormField[], path: Path, labels: string[]) => {
    for (const field of fields) {
      const [here, named] = [[...path, field.key], [...labels, field.label]];
      if (`${field.label} ${field.hint ?? ""} ${field.key}`.toLowerCase().includes(wanted)) found.push({ path: here, labels: named });
      if (field.kind.type === "record") visit(field.kind.fields, here, named);
      // A list's columns stand with the list.
      else if (field.kind.type === "list" && field.kind.element.type === "record" && columns(field.kind.element.fields, wanted)) {
        if (found.at(-1)?.path !== here) found.push({ path: here, labels: named });
      }
    }
  };
  visit(form, [], []);
  return found;
}

const columns = (fields: readonly FormField[], wanted: string): boolean =>
  fields.some((field) => `${field.label} ${field.hint ?? ""}`.toLowerCase().includes(wanted));

/** Whether nothing at all was filled in; which rules a document is for does not count. */
export const isUntouched = (document: Row): boolean => Object.keys(document).every((key) => key === "规则集");

/** Whether a place is in a row of a list that holds nothing yet. */
export function isBlankRow(at: (path: Path) => Value | undefined, path: Path): boolean {
  const row = path.findIndex((part) => typeof part === "number" || /^\d+$/.test(part));
  if (row < 0) return false;
  const value = at(path.slice(0, row + 1));
  return value === undefined || value === "" || (isRow(value) && Object.keys(value).length === 0);
}
