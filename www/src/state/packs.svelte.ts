// The pack in force: the one that came with the page, or rule files that the person opened.

import embedded from "../wasm/pack.json?raw";
import type { DiagnosticView, PackView } from "../wasm/bulou.js";
import { engine } from "../engine/engine.ts";
import { get, set } from "idb-keyval";
import { settings } from "./settings.svelte.ts";

const KEY = "pack";

class Packs {
  pack = $state.raw<PackView>();
  /** What is wrong with rule files that could not be used. */
  trouble = $state.raw<DiagnosticView[]>([]);
  error = $state("");
  #files = embedded;

  /** Whether the person opened rule files of their own. */
  own = $state(false);

  async start() {
    const kept = await get<string>(KEY).catch(() => undefined);
    if (kept && (await this.#load(kept))) this.own = true;
    else await this.#load(embedded);
  }

  /** Uses these files from now on, if they are sound. */
  async use(files: Record<string, string>): Promise<boolean> {
    const text = JSON.stringify(files);
    const before = this.#files;
    if (await this.#load(text)) {
      this.own = true;
      await set(KEY, text).catch(() => undefined);
      return true;
    }
    const trouble = this.trouble;
    await this.#load(before);
    this.trouble = trouble;
    return false;
  }

  /** Back to the pack that came with the page. */
  async restore() {
    await this.#load(embedded);
    this.own = false;
    await set(KEY, undefined).catch(() => undefined);
  }

  async #load(files: string): Promise<boolean> {
    try {
      const answer = await engine.load(files, settings.lang);
      this.trouble = answer.diagnostics.filter((diagnostic) => diagnostic.error);
      if (!answer.pack) return false;
      this.pack = answer.pack;
      this.#files = files;
      return true;
    } catch (error) {
      this.error = String(error);
      return false;
    }
  }
}

export const packs = new Packs();
