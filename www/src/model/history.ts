// Where two documents differ: what an undo changed, so that it can be shown and named.

import type { FormField, FormKind } from "../wasm/checker.js";
import { isRow, LosslessNumber, type Path, type Row, type Value } from "./document.ts";
import { twiceIn } from "./doubled.ts";

const ENVELOPE = "规则集";

/** The first place where they differ, in the form's order; nothing where they say the same, for whichever rules. */
export function difference(one: Row, other: Row, form: readonly FormField[]): Path | undefined {
  const { [ENVELOPE]: _, ...before } = one;
  const { [ENVELOPE]: __, ...after } = other;
  return between(before, after, { type: "record", fields: [...form], forbidden: [] }, []);
}

function between(one: Value | undefined, other: Value | undefined, kind: FormKind | undefined, path: Path): Path | undefined {
  if (one === other) return undefined;
  if (Array.isArray(one) && Array.isArray(other)) {
    const element = kind?.type === "list" ? kind.element : undefined;
    return first(Math.max(one.length, other.length), (index) =>
      // A row that is not there is no row in which nothing stands.
      index < one.length && index < other.length ? between(one[index], other[index], element, [...path, index]) : [...path, index],
    );
  }
  if ((isRow(one) || isNothing(one)) && (isRow(other) || isNothing(other))) {
    if (isNothing(one) && isNothing(other)) return undefined;
    const fields = kind?.type === "record" ? kind.fields : [];
    const [before, after] = [one ?? {}, other ?? {}] as [Row, Row];
    const keys = [...new Set([...fields.map(({ key }) => key), ...Object.keys(before), ...Object.keys(after)])];
    const inner = (key: string) => between(own(before, key), own(after, key), fields.find((field) => field.key === key)?.kind, [...path, key]);
    return first(keys.length, (index) => inner(keys[index] ?? "")) ?? settled(before, after, path) ?? (isNothing(one) !== isNothing(other) ? path : undefined);
  }
  return one instanceof LosslessNumber && other instanceof LosslessNumber && one.value === other.value ? undefined : path;
}

/** What stood twice and stands so no more, where one of the two says that none of its values is meant. */
function settled(before: Row, after: Row, path: Path): Path | undefined {
  const [one, other] = [twiceIn(before), twiceIn(after)];
  if (one === other) return undefined;
  const key = [...Object.keys(one), ...Object.keys(other)].find((key) => Object.hasOwn(one, key) !== Object.hasOwn(other, key));
  return key === undefined ? undefined : [...path, key];
}

const isNothing = (value: Value | undefined): value is null | undefined => value === undefined || value === null;
const own = (row: Row, key: string): Value | undefined => (Object.hasOwn(row, key) ? row[key] : undefined);

function first(count: number, at: (index: number) => Path | undefined): Path | undefined {
  for (let index = 0; index < count; index += 1) {
    const found = at(index);
    if (found) return found;
  }
  return undefined;
}

/** Steps of undo without those that change nothing: each is followed by another document. */
export const distinct = (documents: readonly Row[], form: readonly FormField[]): Row[] =>
  documents.filter((one, index) => {
    const next = documents[index + 1];
    return next === undefined || difference(one, next, form) !== undefined;
  });

/** The way to a place as far as it leads in a document: to a list, where its row is gone. */
export function led(document: Row, path: Path): Path {
  let here: Value | undefined = document;
  for (const [index, part] of path.entries()) {
    if (Array.isArray(here) && Number(part) >= here.length) return path.slice(0, index);
    here = Array.isArray(here) ? here[Number(part)] : isRow(here) ? own(here, String(part)) : undefined;
  }
  return path;
}
