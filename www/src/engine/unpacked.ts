import { gunzipSync } from "fflate";

import { decoded } from "./base85.mjs";
import { Unstarted } from "./unstarted.ts";

/** What the build packed by gzip and wrote as text: unpacked by the browser where it can, else by code. */
async function unpacked(text: string): Promise<ArrayBuffer> {
  const bytes = decoded(text);
  if (!("DecompressionStream" in globalThis)) return gunzipSync(bytes).slice().buffer;
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/** The same of a part that stands packed in this page, the single file. */
export async function unpackedPart(name: string): Promise<ArrayBuffer> {
  try {
    return await unpacked(document.querySelector(`script[data-part="${name}"]`)?.textContent ?? "");
  } catch {
    throw new Unstarted("file");
  }
}
