// Keys that stand twice in an object of a file. Which of the values is meant nobody can tell: the key is left blank, and
// what stood there lies in the row itself under a symbol. So it moves with its row, goes with it when that is removed, and
// comes back with a step of undo; no JSON text has it.

import { parse } from "lossless-json";

import { get, isRow, type Path, type Row, set, type Value } from "./document.ts";

const TWICE: unique symbol = Symbol("twice");

/** The different values of keys that stand twice, as JSON texts. */
export type Twice = Readonly<Record<string, readonly string[]>>;

const NONE: Twice = Object.freeze({});

/** What stands twice in a row, whether it was chosen from since or not. */
export const twiceIn = (row: Row): Twice => (row as { [TWICE]?: Twice })[TWICE] ?? NONE;

/** The row with this standing twice in it, and nothing else. */
export function withTwice(row: Row, twice: Twice): Row {
  const { [TWICE]: _, ...plain } = row as Row & { [TWICE]?: Twice };
  return Object.keys(twice).length > 0 ? { ...plain, [TWICE]: twice } : plain;
}

/** What a person is asked to choose from: JSON texts, which every storage keeps as they are. */
export interface Asked {
  path: Path;
  texts: readonly string[];
}

/** What stands twice in a document, and where. */
export function asked(document: Row): Asked[] {
  const found: Asked[] = [];
  // One path for all of the walk: it is made after every edit, and nearly always finds nothing.
  const path: (string | number)[] = [];
  const within = (part: string | number, value: Value) => {
    path.push(part);
    visit(value);
    path.pop();
  };
  const visit = (value: Value) => {
    if (Array.isArray(value)) return value.forEach((one, index) => within(index, one));
    if (!isRow(value)) return;
    for (const [key, texts] of Object.entries(twiceIn(value))) found.push({ path: [...path, key], texts });
    for (const key of Object.keys(value)) within(key, value[key] ?? null);
  };
  visit(document);
  return found;
}

/** The document with that standing twice in it, as it was before it was kept. */
export const withAsked = (document: Row, all: readonly Asked[]): Row =>
  all.reduce((made, { path, texts }) => {
    const there = get(made, path.slice(0, -1));
    const row = isRow(there) ? there : {};
    const whole = set(made, path.slice(0, -1), withTwice(row, { ...twiceIn(row), [String(path.at(-1))]: texts }));
    return isRow(whole) ? whole : made;
  }, document);

/** The row in which a key no longer stands twice: none of the values is meant. */
export function withoutAsked(row: Row, key: string): Row {
  const { [key]: _, ...others } = twiceIn(row);
  return withTwice(row, others);
}

/** A copy of a value in which nothing stands twice: a row that a person makes of another is in no file. */
export function onceOnly(value: Value): Value {
  if (Array.isArray(value)) return value.map(onceOnly);
  return isRow(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, onceOnly(one)])) : value;
}

/** What such a text says. */
export const fromJson = (text: string): Value => parse(text) as Value;
