// The modules of WebAssembly: where they come from, each loaded once, and what is said where one is not there or breaks.

import * as checker from "../wasm/checker.js";
import * as office from "../wasm/office.js";
import { ModuleError, thrown } from "./errors.js";

const GLUE = { checker, office };
/** What a module begins with. */
const MAGIC = [0x00, 0x61, 0x73, 0x6d];

/** Where each is: set by the entry for Node or for browsers, and by `provide`. */
const sources = {};
/** What is being loaded, or is there. */
const loaded = new Map();

/** Says where modules and the pack are, where nothing else was said. */
export function otherwise(places) {
  for (const [name, place] of Object.entries(places)) sources[name] ??= place;
}

/** Gives modules in another way than the package finds them by itself: see the types. */
export function provide(given) {
  for (const [name, source] of Object.entries(given)) {
    if (!["checker", "office", "pack"].includes(name)) {
      throw new ModuleError("module", { zh: `没有模块 \`${name}\`:有 checker、office、pack`, en: `there is no module \`${name}\`: there are checker, office and pack` });
    }
    if (loaded.has(name)) {
      throw new ModuleError("module", { zh: `模块 ${name} 已经载入:请先 provide`, en: `the module ${name} is loaded already: provide it before` });
    }
    sources[name] = () => source;
  }
}

/** The bytes of a source, or a module that is compiled already. */
async function had(name) {
  let source = await sources[name]();
  if (typeof source === "string" || source instanceof URL) source = await fetch(source);
  if (typeof Response === "function" && source instanceof Response) {
    if (!source.ok) throw new Error(`${source.url}: HTTP ${source.status}`);
    source = await source.arrayBuffer();
  }
  if (source instanceof WebAssembly.Module) return source;
  return ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source);
}

async function start(name) {
  try {
    const source = await had(name);
    if (name === "pack") return source;
    if (source instanceof Uint8Array && !MAGIC.every((byte, at) => source[at] === byte)) {
      throw new Error("no WebAssembly: the server answered with something else, such as its page");
    }
    await GLUE[name].default({ module_or_path: source });
    return new Module(GLUE[name]);
  } catch (error) {
    const why = String(error?.message ?? error);
    const csp = /unsafe-eval|Content Security Policy/i.test(why);
    throw new ModuleError(csp ? "csp" : "module", {
      zh: `模块 ${name} 载入不了,什么也没有核对:${why}${csp ? "。页面的内容安全策略要有 script-src 'wasm-unsafe-eval'" : ""}`,
      en: `the module ${name} cannot be loaded, and nothing was checked: ${why}${csp ? ". The page's content security policy needs script-src 'wasm-unsafe-eval'" : ""}`,
    }, { cause: error });
  }
}

/** A module, or the pack that comes along; one that could not be had may be asked for again. */
export function load(name) {
  if (!loaded.has(name)) {
    const loading = start(name);
    loading.catch(() => loaded.delete(name));
    loaded.set(name, loading);
  }
  return loaded.get(name);
}

/** A module that is there. What ends a call in the middle of it leaves it in a state that nobody knows: it is not asked again. */
class Module {
  #glue;
  #broke;

  constructor(glue) {
    this.#glue = glue;
  }

  /** Asks it something. */
  ask(call) {
    if (this.#broke) throw this.#broken(this.#broke);
    try {
      return call(this.#glue);
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) throw thrown(error);
      this.#broke = error;
      throw this.#broken(error);
    }
  }

  /** Whether a call that holds none of its values comes to its end. */
  endures(call) {
    return this.ask((glue) => {
      try {
        call(glue);
        return true;
      } catch (error) {
        if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) return false;
        throw error;
      }
    });
  }

  #broken(cause) {
    return new ModuleError("broken", {
      zh: `程序中途停了,没有核对完,这个模块不能再用:${cause.message}`,
      en: `the program broke off before its end, and this module cannot be used any more: ${cause.message}`,
    }, { cause });
  }

  /** A sentence of the program's catalogue. */
  said(sentence, ...words) {
    return JSON.parse(this.ask((glue) => glue.said(sentence, words.map(String))));
  }
}
