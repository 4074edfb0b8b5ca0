// What an edit would put out of the document without a word.

import type { FormField, FormKind } from "../wasm/checker.js";
import { get, isEmpty, isRow, type Path, type Row, type Value } from "./document.ts";

/** An answer that stands where a list or a group of questions belongs, and that an edit there takes away. */
export function displaced(document: Row, path: Path, form: readonly FormField[]): { path: Path; value: Value } | undefined {
  let kind: FormKind | undefined = { type: "record", fields: [...form], forbidden: [] };
  for (let depth = 0; depth <= path.length; depth += 1) {
    if (kind?.type !== "list" && kind?.type !== "record") return undefined;
    const here = path.slice(0, depth);
    const value = get(document, here);
    const fits = kind.type === "list" ? Array.isArray(value) : isRow(value);
    if (!fits) return value === undefined || isEmpty(value) ? undefined : { path: here, value };
    const part = path[depth];
    kind = kind.type === "list" ? kind.element : kind.fields.find(({ key }) => key === part)?.kind;
  }
  return undefined;
}
