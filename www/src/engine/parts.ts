// What the build made beside the page's own code.

import { Unstarted } from "./unstarted.ts";
import bureauUrl from "../wasm/bureau_bg.wasm?url";
import checkerUrl from "../wasm/checker_bg.wasm?url";
import compilerUrl from "../wasm/compiler_bg.wasm?url";
import explanationsUrl from "../wasm/explanations.json?url";
import officeUrl from "../wasm/office_bg.wasm?url";
import packUrl from "../wasm/pack.bin?url";
import textsUrl from "../wasm/pack-texts.json?url";

const URLS = {
  bureau: bureauUrl,
  checker: checkerUrl,
  compiler: compilerUrl,
  explanations: explanationsUrl,
  office: officeUrl,
  pack: packUrl,
  texts: textsUrl,
};

/** Bytes of the build: fetched from beside the page, or in the single file from the page itself. */
export async function part(name: keyof typeof URLS): Promise<ArrayBuffer> {
  const url = URLS[name];
  const inline = /^data:[^,]*;base64,(.*)$/s.exec(url)?.[1];
  if (inline === undefined) return fetched(url);
  return Uint8Array.from(atob(inline), (char) => char.charCodeAt(0)).buffer;
}

async function fetched(url: string): Promise<ArrayBuffer> {
  const answer = await fetch(url).catch(() => undefined);
  const bytes = answer?.ok ? await answer.arrayBuffer().catch(() => undefined) : undefined;
  if (!bytes) throw new Unstarted("part");
  return bytes;
}

/** The same of a file that holds JSON. */
export const json = async (name: "explanations" | "texts"): Promise<unknown> => JSON.parse(new TextDecoder().decode(await part(name)));
