// What the form's description tells about a document: sections, progress, places.

import { type FormField, type FormKind, keyCore, type PackView, type Report } from "../wasm/checker.js";
import { get, isRow, type Path, type Row, toJson, toText, type Value } from "./document.ts";
import { fromJson, twiceIn, withTwice } from "./doubled.ts";

/** A page of the form: a record or list of the document, with the single questions that stand before it. */
export interface Section {
  id: string;
  label: string;
  fields: FormField[];
}

/** Whether a field holds one answer. */
export const isSingle = ({ kind }: FormField): boolean => kind.type !== "record" && kind.type !== "list";

/** The form's pages, in the pack's order. */
export function sections(form: readonly FormField[]): Section[] {
  const found: Section[] = [];
  let waiting: FormField[] = [];
  for (const field of form) {
    waiting.push(field);
    if (isSingle(field)) continue;
    found.push({ id: field.key, label: field.label, fields: waiting });
    waiting = [];
  }
  const last = waiting[0];
  if (last) found.push({ id: last.key, label: last.label, fields: waiting });
  return found;
}

export const sectionOf = (all: readonly Section[], key: string | undefined): Section | undefined =>
  all.find((section) => section.fields.some((field) => field.key === key));

/** Whether the form has such a place; which rows a list has, documents tell. */
export function isPlace(form: readonly FormField[], path: readonly string[]): boolean {
  let kind: FormKind | undefined = { type: "record", fields: [...form], forbidden: [] };
  for (const part of path) {
    if (kind?.type === "list") kind = /^\d+$/.test(part) ? kind.element : undefined;
    else if (kind?.type === "record") kind = kind.fields.find(({ key }) => key === part)?.kind;
    else return false;
    if (!kind) return false;
  }
  return true;
}

export interface Progress {
  state: "untouched" | "begun" | "done" | "spared";
  /** How much is still blank or wrong. */
  count: number;
  /** Whether answers are kept that the school need not give. */
  kept: boolean;
}

/** How far a page is filled in: it is done when every required answer is there and well-formed, which `count` tells. */
export function progress(section: Section, document: Row, report: Report | undefined, count: number): Progress {
  const touched = section.fields.some((field) => get(document, [field.key]) !== undefined);
  if (count === 0 && section.fields.every((field) => isNeedless(field, report))) return { state: "spared", count, kept: touched };
  return { state: !touched ? "untouched" : count === 0 ? "done" : "begun", count, kept: false };
}

/** The few questions that decide what applies: yes or no, or one of a list, beside the school's own id. */
export function deciding(form: readonly FormField[]): { field: FormField; path: Path }[] {
  const home = form.find((field) => field.kind.type === "record" && field.kind.fields.some((inner) => inner.role === "id"));
  const fields = home?.kind.type === "record" ? home.kind.fields : form;
  const path = (field: FormField) => (home ? [home.key, field.key] : [field.key]);
  return fields
    .filter((field) => (field.kind.type === "bool" || field.kind.type === "option") && field.rules.length > 0)
    .map((field) => ({ field, path: path(field) }));
}

/** A field with its place in the document. */
export interface Placed {
  field: FormField;
  path: Path;
}

/** The first field of the document or its records that is looked for. */
export function find(fields: readonly FormField[], wanted: (field: FormField) => boolean, path: Path = []): Placed | undefined {
  for (const field of fields) {
    const here = [...path, field.key];
    if (wanted(field)) return { field, path: here };
    const inner = field.kind.type === "record" ? find(field.kind.fields, wanted, here) : undefined;
    if (inner) return inner;
  }
  return undefined;
}

type Role = NonNullable<FormField["role"]>;

/** The path of the field that tells documents apart, or names, dates or numbers them. */
export const pathOf = (form: readonly FormField[], role: Role): Path | undefined => find(form, (field) => field.role === role)?.path;

/** What a document says there; nothing where the pack does not ask. */
export function inRole(document: Row, form: readonly FormField[], role: Role): string {
  const path = pathOf(form, role);
  return path ? toText(get(document, path)) : "";
}

/** The fields on the way to a place, for its label: 隐患 › 第 3 行 › 责任人. */
export function labels(form: readonly FormField[], path: readonly string[], row: (number: number) => string): string {
  const words: string[] = [];
  let kind: FormKind | undefined = { type: "record", fields: [...form], forbidden: [] };
  for (const part of path) {
    if (kind?.type === "list") {
      words.push(row(Number(part) + 1));
      kind = kind.element;
      continue;
    }
    const field: FormField | undefined = kind?.type === "record" ? kind.fields.find((one) => one.key === part) : undefined;
    words.push(field?.label ?? part);
    kind = field?.kind;
  }
  return words.join(" › ");
}

/** Ids of the rules that use a field or one within it. */
function rulesOf(field: FormField): string[] {
  const kind = field.kind.type === "list" ? field.kind.element : field.kind;
  return [...field.rules, ...(kind.type === "record" ? kind.fields.flatMap(rulesOf) : [])];
}

/**
 * Whether a school's other answers made a question pointless: it may stay blank, and every rule that uses it leaves the
 * school alone. A question that must be answered all the same is asked all the same.
 */
export function isNeedless(field: FormField, report: Report | undefined): boolean {
  const rules = new Set(rulesOf(field));
  if (!report || !field.optional || rules.size === 0) return false;
  const found = report.rules.filter((rule) => rules.has(rule.id));
  return found.length > 0 && found.every((rule) => rule.status === "not_applicable");
}

/** What stands in place of a value that is not kept. */
export const NOT_KEPT = "(不许填,没有抄出)";

/**
 * The document without the values of keys that must not be there, however deep: nothing of them is kept in this browser.
 * The same document where there are none.
 */
export function withoutForbidden(document: Row, pack: PackView): Row {
  // A large document has few keys, many times.
  const cores = new Map<string, string>();
  const core = (key: string): string => {
    const known = cores.get(key) ?? keyCore(key);
    cores.set(key, known);
    return known;
  };
  const clean = (value: Value, kind: FormKind | undefined, around: readonly string[]): Value => {
    if (Array.isArray(value)) {
      const element = kind?.type === "list" ? kind.element : undefined;
      const items = value.map((one) => clean(one, element, around));
      return items.every((one, index) => one === value[index]) ? value : items;
    }
    return isRow(value) ? row(value, kind, around) : value;
  };
  const row = (members: Row, kind: FormKind | undefined, around: readonly string[]): Row => {
    // What a record forbids may not be anywhere within it.
    const forbidden = kind?.type === "record" ? [...around, ...kind.forbidden.map(core)] : around;
    const kept: Row = {};
    let same = true;
    const cleaned = (key: string, value: Value): Value => {
      const field = kind?.type === "record" ? kind.fields.find((one) => one.key === key) : undefined;
      const inner = field === undefined && forbidden.includes(core(key)) ? NOT_KEPT : clean(value, field?.kind, forbidden);
      same &&= inner === value;
      return inner;
    };
    for (const [key, value] of Object.entries(members)) kept[key] = cleaned(key, value);
    const twice: Record<string, readonly string[]> = {};
    for (const [key, texts] of Object.entries(twiceIn(members))) {
      const values = texts.map(fromJson).map((value) => cleaned(key, value));
      if (values.includes(NOT_KEPT)) kept[key] = NOT_KEPT;
      else twice[key] = values.map(toJson);
    }
    return same ? members : withTwice(kept, twice);
  };
  return row(document, { type: "record", fields: pack.form, forbidden: pack.forbidden }, []);
}

/** Keys in a document that the form does not have, and choices that it no longer offers. */
export interface Strange {
  path: Path;
  value: Value;
  reason: "key" | "option";
}

/** What a document holds beside the form. */
export interface Unasked {
  path: Path;
  value: Value;
  /** It must not be there, and its value was not kept. */
  forbidden: boolean;
}

/** Keys of a document that the form does not have, and within them what must not be there at all. */
export function unasked(document: Row, pack: PackView): Unasked[] {
  const forbidden = (value: Value, path: Path): Unasked[] => {
    if (Array.isArray(value)) return value.flatMap((one, index) => forbidden(one, [...path, index]));
    if (!isRow(value)) return [];
    return Object.entries(value).flatMap(([key, one]) => (one === NOT_KEPT ? [{ path: [...path, key], value: one, forbidden: true }] : forbidden(one, [...path, key])));
  };
  const keys = strangers(document, pack).filter(({ reason }) => reason === "key");
  return keys.flatMap(({ path, value }) => [...forbidden(value, path), { path, value, forbidden: value === NOT_KEPT }]);
}

/** Where a document does not fit the form: what another version of the pack asked. */
export function strangers(document: Row, pack: PackView): Strange[] {
  const found: Strange[] = [];
  const visit = (value: Value | undefined, kind: FormKind, path: Path) => {
    if (value === undefined || value === null) return;
    if (kind.type === "record" && isRow(value)) {
      for (const [key, inner] of Object.entries(value)) {
        const field = kind.fields.find((one) => one.key === key);
        if (field) visit(inner, field.kind, [...path, key]);
        else if (path.length > 0 || key !== "规则集") found.push({ path: [...path, key], value: inner, reason: "key" });
      }
    } else if (kind.type === "list" && Array.isArray(value)) {
      value.forEach((inner, index) => visit(inner, kind.element, [...path, index]));
    } else if (kind.type === "option" && typeof value === "string" && !kind.options.includes(value)) {
      found.push({ path, value, reason: "option" });
    }
  };
  visit(document, { type: "record", fields: pack.form, forbidden: pack.forbidden }, []);
  return found;
}
