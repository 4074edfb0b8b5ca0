// What is still to be filled in: required answers that are blank, and answers that are wrong.

import type { FormField, FormKind, Problem, Report } from "../wasm/checker.js";
import { LEFT_OUT, LOSES_CELLS } from "../wasm/problem-codes.ts";
import { fromPointer, isEmpty, isRow, type Path, type Row, type Value } from "./document.ts";
import { pathOf } from "./form.ts";

/** What of a workbook is in no document. */
export const unreadOf = (report: Report | undefined): { cell: string; message: string }[] =>
  (report?.structure ?? []).flatMap(({ code, notice, cell, message }) => (cell && !notice && LOSES_CELLS.includes(code) ? [{ cell, message }] : []));

/** Required answers that are blank, in the form's order: each a question of its own, not the part that it stands in. */
export function blanks(document: Row, form: readonly FormField[]): Path[] {
  const found: Path[] = [];
  const field = (one: FormField, value: Value | undefined, path: Path) => {
    if (value === undefined || isEmpty(value)) {
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
      value.forEach((one, index) => (isEmpty(one) ? found.push([...path, index]) : within(one, kind.element, [...path, index])));
    }
  };
  for (const one of form) field(one, document[one.key], [one.key]);
  // The page counts the edition itself.
  const edition = pathOf(form, "edition");
  return edition ? found.filter((path) => !(path.length === edition.length && isWithin(path, edition))) : found;
}

/** What the document's form is wrong in, beside blanks. */
export const wrongs = (report: Report | undefined): Problem[] =>
  (report?.structure ?? []).filter((problem) => !problem.notice && !LEFT_OUT.includes(problem.code));

/** How much is blank or wrong in each of the form's parts. */
export function counted(blank: readonly Path[], wrong: readonly Problem[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const part of [...blank.map(([key]) => key), ...wrong.map(({ path }) => fromPointer(path)[0])]) {
    if (part !== undefined) found.set(String(part), (found.get(String(part)) ?? 0) + 1);
  }
  return found;
}

/** Whether a place is this one or within it. */
const isWithin = (path: Path, outer: Path): boolean => outer.every((part, index) => String(path[index]) === String(part));

/** The first blank after a place in the form's order, else the first of all. */
export function after(left: readonly Path[], form: readonly FormField[], here: readonly string[]): Path | undefined {
  const order = (path: readonly (string | number)[]) => form.findIndex((field) => field.key === path[0]);
  const at = order(here);
  const exact = left.findIndex((path) => path.length === here.length && isWithin(path, here));
  if (exact >= 0) return left[(exact + 1) % left.length];
  return left.find((path) => (here.length > 1 ? order(path) > at || isWithin(path, here) : order(path) >= at)) ?? left[0];
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
  return isEmpty(value) || (isRow(value) && Object.keys(value).length === 0);
}
