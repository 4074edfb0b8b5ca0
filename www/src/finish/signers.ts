// The people whose names stand under the form.

import type { FormField } from "../wasm/checker.js";
import { find, type Placed } from "../model/form.ts";

const TITLES = ["填报人", "审核人"] as const;

/** Where the document holds the names of who filled it in and who reviewed it; a pack may ask for neither. */
export function signers(form: readonly FormField[]): { [Title in (typeof TITLES)[number]]: Placed | undefined } {
  const [filled, reviewed] = TITLES.map((title) => find(form, (field) => field.kind.type === "text" && [field.label, field.key].includes(title)));
  return { 填报人: filled, 审核人: reviewed };
}
