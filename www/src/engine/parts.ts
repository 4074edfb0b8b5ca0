// What the build made beside the page's own code.

import { gunzipSync } from "fflate";

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

/** Bytes of the build: fetched from beside the page, or in the single file unpacked from the page itself. */
export async function part(name: keyof typeof URLS): Promise<ArrayBuffer> {
  const url = URLS[name];
  if (!__SINGLE_FILE__) return fetched(url);
  return unpacked(Uint8Array.from(atob(url.slice(url.indexOf(",") + 1)), (char) => char.charCodeAt(0)));
}

/** What gzip packed: by the browser where it can, else by code. */
async function unpacked(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  if (!("DecompressionStream" in globalThis)) return gunzipSync(bytes).slice().buffer;
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

async function fetched(url: string): Promise<ArrayBuffer> {
  const answer = await fetch(url).catch(() => undefined);
  const bytes = answer?.ok ? await answer.arrayBuffer().catch(() => undefined) : undefined;
  if (!bytes) throw new Unstarted("part");
  return bytes;
}

/** The same of a file that holds JSON. */
export const json = async (name: "explanations" | "texts"): Promise<unknown> => JSON.parse(new TextDecoder().decode(await part(name)));
