// A document as plain data. It is never changed in place, so that undo is the document before.

import { isLosslessNumber, LosslessNumber, parse } from "lossless-json";

import { type FormField, type FormKind, isBlank, meant } from "../wasm/checker.js";

/** A JSON value whose numbers keep the digits that were written. */
export type Value = null | boolean | string | LosslessNumber | Value[] | { [key: string]: Value };
export type Row = { [key: string]: Value };
/** Keys and positions from the document down, as in a JSON Pointer. */
export type Path = readonly (string | number)[];

export { LosslessNumber };

export const isRow = (value: Value | undefined): value is Row =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isLosslessNumber(value);
const isNumber = (value: Value | undefined): value is LosslessNumber => isLosslessNumber(value);

/** Whether nothing was filled in there, as the checker takes it: of a text nothing can be seen. */
export const isEmpty = (value: Value | undefined): boolean =>
  value === undefined || value === null || (typeof value === "string" && isBlank(value));

/** RFC 6901. */
export const pointer = (path: Path): string =>
  path.map((part) => "/" + String(part).replaceAll("~", "~0").replaceAll("/", "~1")).join("");
export const fromPointer = (text: string): string[] =>
  text.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

/** The value at a place; `undefined` where there is none. `null` is the same as absent. */
export function get(value: Value | undefined, path: Path): Value | undefined {
  let here: Value | undefined = value;
  for (const part of path) {
    if (Array.isArray(here)) here = here[Number(part)];
    else if (isRow(here)) here = Object.hasOwn(here, part) ? here[String(part)] : undefined;
    else return undefined;
  }
  return here ?? undefined;
}

/** The document with another value at a place; `undefined` takes it away, and with it records that it leaves empty. */
export function set(value: Value | undefined, path: Path, to: Value | undefined): Value | undefined {
  const [part, ...rest] = path;
  if (part === undefined) return to;
  if (Array.isArray(value)) {
    const inner = set(value[Number(part)], rest, to);
    const kept = inner ?? (isRow(value[Number(part)]) ? {} : undefined);
    return value.flatMap((one, index) => (index !== Number(part) ? [one] : kept === undefined ? [] : [kept]));
  }
  const row = isRow(value) ? value : {};
  const inner = set(row[String(part)], rest, to);
  if (inner !== undefined) return { ...row, [part]: inner };
  const { [String(part)]: _, ...others } = row;
  // What stands twice in it is there as well.
  return Reflect.ownKeys(others).length > 0 ? others : undefined;
}

/** The JSON text of a document: its fields in the form's order, unknown ones after them, two spaces, a last newline. */
export function serialize(document: Row, form: readonly FormField[]): string {
  return write(document, { type: "record", fields: [...form], forbidden: [] }, "") + "\n";
}

/** What a value says, shortened: enough to know it again. */
export function brief(value: Value): string {
  const words = (Array.isArray(value) || isRow(value) ? toJson(value) : toText(value)).replaceAll(/\s+/g, " ");
  return words.length > BRIEF ? `${words.slice(0, BRIEF)}…` : words;
}
const BRIEF = 60;

/** The JSON text of a value. */
export const toJson = (value: Value): string => write(value, undefined, "");

const ENVELOPE = "规则集";

function write(value: Value, kind: FormKind | undefined, indent: string): string {
  const inner = indent + "  ";
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    const element = kind?.type === "list" ? kind.element : undefined;
    const items = value.map((one) => inner + write(one, element, inner));
    return `[\n${items.join(",\n")}\n${indent}]`;
  }
  if (isNumber(value)) return value.value;
  if (!isRow(value)) return JSON.stringify(value);
  const fields = new Map(kind?.type === "record" ? kind.fields.map((field) => [field.key, field]) : []);
  const known = [ENVELOPE, ...fields.keys()].filter((key) => Object.hasOwn(value, key));
  const keys = [...new Set([...known, ...Object.keys(value)])].filter((key) => value[key] !== null);
  if (keys.length === 0) return "{}";
  const line = (key: string) => `${inner}${JSON.stringify(key)}: ${write(value[key] ?? null, fields.get(key)?.kind, inner)}`;
  return `{\n${keys.map(line).join(",\n")}\n${indent}}`;
}


/**
 * What a person's text means in a field, typed or pasted, as it would be in a workbook's cell: a number or date where it can
 * be one, else the text itself, never nothing.
 */
export function fromText(text: string, { kind, unit }: Pick<FormField, "kind" | "unit">): Value | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  if (kind.type === "text" && !kind.format) return text;
  const json = meant(kind.type === "text" ? "code" : kind.type, kind.type === "option" ? kind.options : [], unit, text);
  return json === undefined ? trimmed : (parse(json) as Value);
}

/** Whether a text is an answer of the field's kind; of a text nobody can tell. */
export const isAnswer = (text: string, { kind, unit }: Pick<FormField, "kind" | "unit">): boolean =>
  kind.type !== "text" && text.trim() !== "" && meant(kind.type, kind.type === "option" ? kind.options : [], unit, text) !== undefined;

/** What stands in a field's box. */
export function toText(value: Value | undefined): string {
  if (value === undefined || value === null) return "";
  if (isNumber(value)) return value.value;
  if (typeof value === "boolean") return value ? "是" : "否";
  return typeof value === "string" ? value : toJson(value);
}
