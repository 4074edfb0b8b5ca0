// What a quick fix is called: what it writes, not how it works.

import type { Texts } from "../engine/rules.ts";
import type { Problem } from "../wasm/compiler.js";
import { r } from "../texts/rules.ts";

/** Longer texts are not said on a button. */
const SHORT = 24;

export function fixName({ fix }: Problem, files: Texts): string {
  if (!fix) return "";
  const text = fix.text.trim();
  const gone = (files[fix.file] ?? "").slice(fix.range.start, fix.range.end).trim();
  if (text.length > SHORT || text.includes("\n") || (text === "" && gone.length > SHORT)) return r("fix.long");
  if (text === "") return r("fix.remove", gone);
  return gone === "" ? r("fix.add", text) : r("fix.to", text);
}
