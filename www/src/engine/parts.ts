// What the build made beside the page's own code.

import checkerUrl from "../wasm/checker_bg.wasm?url";
import compilerUrl from "../wasm/compiler_bg.wasm?url";
import officeUrl from "../wasm/office_bg.wasm?url";
import packUrl from "../wasm/pack.bin?url";
import textsUrl from "../wasm/pack-texts.json?url";

const URLS = { checker: checkerUrl, compiler: compilerUrl, office: officeUrl, pack: packUrl, texts: textsUrl };

/** Bytes of the build: fetched from beside the page, or in the single file from the page itself. */
export async function part(name: keyof typeof URLS): Promise<ArrayBuffer> {
  const url = URLS[name];
  const inline = /^data:[^,]*;base64,(.*)$/s.exec(url)?.[1];
  if (inline === undefined) return (await fetch(url)).arrayBuffer();
  return Uint8Array.from(atob(inline), (char) => char.charCodeAt(0)).buffer;
}
