import { gunzipSync } from "fflate";

import { Unstarted } from "./unstarted.ts";

/** What the build packed by gzip and wrote as base64: unpacked by the browser where it can, else by code. */
async function unpacked(text: string): Promise<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
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
