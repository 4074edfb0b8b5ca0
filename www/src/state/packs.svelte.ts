// The pack in force: the one that came with the page, or rule files that the person opened.

import type { DiagnosticView, LoadAnswer, PackView } from "../wasm/checker.js";
import { engine } from "../engine/engine.ts";
import { get, set } from "idb-keyval";
import { settings } from "./settings.svelte.ts";

const KEY = "pack";

class Packs {
  pack = $state.raw<PackView>();
  /** What is wrong with rule files that could not be used. */
  trouble = $state.raw<DiagnosticView[]>([]);
  error = $state("");

  /** Whether the person opened rule files of their own. */
  own = $state(false);

  async start() {
    try {
      this.#take(await engine.start(settings.lang));
      const kept = await get<string>(KEY).catch(() => undefined);
      if (kept) this.own = this.#take(await engine.compile(kept, settings.lang));
    } catch (error) {
      this.error = String(error);
    }
  }

  /** Uses these rule files from now on, if they are sound. */
  async use(files: Record<string, string>) {
    const text = JSON.stringify(files);
    if (!this.#take(await engine.compile(text, settings.lang))) return;
    this.own = true;
    await set(KEY, text).catch(() => undefined);
  }

  /** Back to the pack that came with the page. */
  async restore() {
    this.#take(await engine.restore(settings.lang));
    this.own = false;
    await set(KEY, undefined).catch(() => undefined);
  }

  #take(answer: LoadAnswer): boolean {
    this.trouble = answer.diagnostics.filter((diagnostic) => diagnostic.error);
    if (answer.pack) this.pack = answer.pack;
    return answer.pack !== null;
  }
}

export const packs = new Packs();
