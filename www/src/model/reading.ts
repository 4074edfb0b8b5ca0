// Documents out of files. Of a key that stands twice in one object nobody can tell which is meant: it is left blank in the
// document, and what stood there lies beside it for the person to say.

import { parse } from "lossless-json";

import type { PackView } from "../wasm/checker.js";
import { get, isRow, type Path, type Row, set, toJson, type Value } from "./document.ts";
import { NOT_KEPT, withoutForbidden } from "./form.ts";

/** What a file says. */
export interface Read {
  document: Row;
  doubled: readonly Doubled[];
}

/** A key that stands twice or more, and the different values there. */
export interface Doubled {
  path: Path;
  values: readonly Value[];
}

/** Stands in a value that is being read for the values of one key. */
class Several {
  constructor(readonly values: readonly Value[]) {}
}

type Raw = Value | Several;

/** Reads a document; `undefined` when the bytes hold none that a form can show. The checker says why. */
export function read(bytes: Uint8Array): Read | undefined {
  for (const encoding of ["utf-8", "gb18030"]) {
    try {
      return told(new TextDecoder(encoding, { fatal: true }).decode(bytes));
    } catch {
      // The next encoding, or none.
    }
  }
  return undefined;
}

function told(text: string): Read | undefined {
  let several = false;
  // What is alike word for word never comes here: of that nothing is lost.
  const onDuplicateKey = ({ oldValue, newValue }: { oldValue: unknown; newValue: unknown }): unknown => {
    several = true;
    const before = oldValue instanceof Several ? oldValue.values : [oldValue as Value];
    return new Several([...before, newValue as Value]);
  };
  const raw = parse(text, undefined, { onDuplicateKey }) as Raw;
  if (several) return apart(raw);
  return isRow(raw as Value) ? { document: raw as Row, doubled: [] } : undefined;
}

/** The document without what stands twice, and that. */
function apart(raw: Raw): Read | undefined {
  const doubled: Doubled[] = [];
  const whole = (value: Raw, path: Path): Value | undefined => {
    if (value instanceof Several) {
      // Rows move while the person thinks; and what stands twice within what stands twice is more than anybody can be asked.
      const within = path.some((part) => typeof part === "number") || value.values.some(holdsSeveral);
      if (within) throw new Error("nobody can be asked");
      doubled.push({ path, values: value.values });
      return undefined;
    }
    if (Array.isArray(value)) return value.map((one, index) => whole(one, [...path, index]) ?? null);
    if (!isRow(value)) return value;
    const members = Object.entries(value).map(([key, one]) => [key, whole(one, [...path, key])] as const);
    return Object.fromEntries(members.filter((member): member is [string, Value] => member[1] !== undefined));
  };
  const document = whole(raw, []);
  return isRow(document) ? { document, doubled } : undefined;
}

function holdsSeveral(value: Raw): boolean {
  if (value instanceof Several) return true;
  if (Array.isArray(value)) return value.some(holdsSeveral);
  return isRow(value) && Object.values(value).some(holdsSeveral);
}

/** What a person is asked to choose from: JSON texts, which every storage keeps as they are. */
export interface Asked {
  path: Path;
  texts: string[];
}

export const asked = ({ doubled }: Read): Asked[] =>
  doubled.map(({ path, values }) => ({ path, texts: [...new Set(values.map(toJson))] }));

/** What such a text says. */
export const fromJson = (text: string): Value => parse(text) as Value;

/** The same without what must not be filled in; the same where there is nothing of it. */
export function keepable(read: Read, pack: PackView): Read {
  let document = withoutForbidden(read.document, pack);
  const doubled = read.doubled.flatMap((one) => {
    const values = one.values.map((value) => kept(read.document, one.path, value, pack));
    if (values.every((value, index) => value === one.values[index])) return [one];
    if (!values.every((value) => value === NOT_KEPT)) return [{ path: one.path, values }];
    document = set(document, one.path, NOT_KEPT) as Row;
    return [];
  });
  const same = document === read.document && doubled.every((one, index) => one === read.doubled[index]);
  return same ? read : { document, doubled };
}

/** What may be kept of a value at a place. */
function kept(document: Row, path: Path, value: Value, pack: PackView): Value {
  const there = withoutForbidden(set(document, path, value) as Row, pack);
  return get(there, path) ?? value;
}
