// What the build made beside the page's own code.

import { unpackedPart } from "./unpacked.ts";
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

/** Bytes of the build: fetched from beside the page, or in the single file, where the address is a name, unpacked from it. */
export const part = (name: keyof typeof URLS): Promise<ArrayBuffer> => (__SINGLE_FILE__ ? unpackedPart : fetched)(URLS[name]);

const modules = new Map<string, Promise<WebAssembly.Module>>();

/** A module of the build, compiled once for all who work with it; in the single file one is several. */
export function module(name: "bureau" | "checker" | "compiler" | "office"): Promise<WebAssembly.Module> {
  const url = URLS[name];
  const made = modules.get(url) ?? part(name).then(compiled);
  modules.set(url, made);
  // What could not be loaded is loaded again the next time.
  made.catch(() => modules.delete(url));
  return made;
}

async function compiled(bytes: ArrayBuffer): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch {
    throw new Unstarted("wasm");
  }
}

async function fetched(url: string): Promise<ArrayBuffer> {
  const answer = await fetch(url).catch(() => undefined);
  const bytes = answer?.ok ? await answer.arrayBuffer().catch(() => undefined) : undefined;
  if (!bytes) throw new Unstarted("part");
  return bytes;
}

/** Code that is loaded when it is needed. */
export async function code<Module>(loading: Promise<Module>): Promise<Module> {
  try {
    return await loading;
  } catch {
    throw new Unstarted("part");
  }
}

/** The same of a file that holds JSON. */
export const json = async (name: "explanations" | "texts"): Promise<unknown> => JSON.parse(new TextDecoder().decode(await part(name)));
