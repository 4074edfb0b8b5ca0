// Documents out of files. Of a key that stands twice in one object nobody can tell which is meant: it is left blank in the
// document, and what stood there lies beside it for the person to say.

import { parse } from "lossless-json";

import { isRow, type Row, toJson, type Value } from "./document.ts";
import { withTwice } from "./doubled.ts";

/** Stands in a value that is being read for the values of one key. */
class Several {
  constructor(readonly values: readonly Value[]) {}
}

type Raw = Value | Several;

/** Reads a document; `undefined` when the bytes hold none that a form can show. The checker says why. */
export function read(bytes: Uint8Array): Row | undefined {
  for (const encoding of ["utf-8", "gb18030"]) {
    try {
      return told(new TextDecoder(encoding, { fatal: true }).decode(bytes));
    } catch {
      // The next encoding, or none.
    }
  }
  return undefined;
}

function told(text: string): Row | undefined {
  let several = false;
  // What is alike word for word never comes here: of that nothing is lost.
  const onDuplicateKey = ({ oldValue, newValue }: { oldValue: unknown; newValue: unknown }): unknown => {
    several = true;
    const before = oldValue instanceof Several ? oldValue.values : [oldValue as Value];
    return new Several([...before, newValue as Value]);
  };
  const raw = parse(text, undefined, { onDuplicateKey }) as Raw;
  const document = several ? apart(raw as Value) : (raw as Value);
  return isRow(document) ? document : undefined;
}

/** The value with what stands twice apart from it. */
function apart(value: Value): Value {
  if (Array.isArray(value)) return value.map(apart);
  if (!isRow(value)) return value;
  const members: [string, Value][] = [];
  const twice: Record<string, readonly string[]> = {};
  for (const [key, one] of Object.entries(value) as [string, Raw][]) {
    if (!(one instanceof Several)) {
      members.push([key, apart(one)]);
      continue;
    }
    // What stands twice within what stands twice is more than anybody can be asked.
    if (one.values.some(holdsSeveral)) throw new Error("nobody can be asked");
    twice[key] = [...new Set(one.values.map(toJson))];
  }
  return withTwice(Object.fromEntries(members), twice);
}

function holdsSeveral(value: Raw): boolean {
  if (value instanceof Several) return true;
  if (Array.isArray(value)) return value.some(holdsSeveral);
  return isRow(value) && Object.values(value).some(holdsSeveral);
}
