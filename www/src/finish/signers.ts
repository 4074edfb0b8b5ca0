// The people whose names stand under the form.

import type { FormField } from "../wasm/checker.js";
import type { Path } from "../model/document.ts";

export interface Signer {
  field: FormField;
  path: Path;
}

const TITLES = ["填报人", "审核人"] as const;

/** Where the document holds the names of who filled it in and who reviewed it; a pack may ask for neither. */
export function signers(form: readonly FormField[]): { [Title in (typeof TITLES)[number]]: Signer | undefined } {
  const [filled, reviewed] = TITLES.map((title) => find(form, title, []));
  return { 填报人: filled, 审核人: reviewed };
}

function find(fields: readonly FormField[], title: string, path: Path): Signer | undefined {
  for (const field of fields) {
    const here = [...path, field.key];
    if (field.kind.type === "text" && (field.label === title || field.key === title)) return { field, path: here };
    const inner = field.kind.type === "record" ? find(field.kind.fields, title, here) : undefined;
    if (inner) return inner;
  }
  return undefined;
}
