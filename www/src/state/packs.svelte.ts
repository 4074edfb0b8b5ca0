// The pack in force: rule files that the person opened, else those that the bureau published and the person accepted,
// else the pack that came with the page.

import { del, getMany, set } from "idb-keyval";

import type { DiagnosticView, FieldDifference, LoadAnswer, OfferView, PackView } from "../wasm/bureau.js";
import { engine } from "../engine/engine.ts";
import { Unstarted } from "../engine/unstarted.ts";
import { builtIn, type Texts } from "../engine/rules.ts";
import { said, saying, type Saying } from "./said.ts";
import { settings } from "./settings.svelte.ts";
import { inForce } from "./store.ts";
import { t } from "../texts/main.ts";

const OWN = "pack";
const PUBLISHED = "published";

/** Rule files as they are kept in this browser. */
interface Kept {
  files: Texts;
  /** The same compiled, so that no compiler is needed to use them; the build that compiled them alone takes them. */
  compiled: Uint8Array | undefined;
  /** What the bureau said of them. */
  published?: Publication;
}

/** What the bureau published with rule files, and what became of documents' fields with them. */
export type Publication = Omit<OfferView, "files"> & { fields: FieldDifference[] };

/** A waiver as the bureau writes it. */
export interface Waiver {
  标识码: string;
  规则: string;
  理由: string;
  批准: string;
  自: string;
  至: string;
}

class Packs {
  pack = $state.raw<PackView>();
  /** What is wrong with rule files that could not be used. */
  trouble = $state.raw<DiagnosticView[]>([]);
  error = $state("");
  /** What the browser refuses the page, without which it cannot begin. */
  unstarted = $state<Unstarted["what"]>();
  /** Rules are kept in this browser that are not in force, and why. */
  unresumed = $state.raw<Saying>();
  /** The rules in force could not be kept: the next time the page has those from before. */
  unkept = $state(false);
  /** Whether the person opened rule files of their own. */
  own = $state(false);
  /** What the bureau published, when it is in force. */
  published = $state.raw<Publication>();
  /** The files of the pack in force, unless they came with the page. */
  #files: Texts | undefined;

  /** The bureau's parameters and waivers. */
  get given(): { params: Record<string, string>; waivers: Waiver[] } {
    return { params: this.published?.params ?? {}, waivers: (this.published?.waivers ?? []) as Waiver[] };
  }

  async start() {
    try {
      this.#take(await engine.start(settings.lang), undefined);
      await this.#resume();
    } catch (error) {
      if (error instanceof Unstarted) this.unstarted = error.what;
      else this.error = said(error);
    }
  }

  /** What is kept in this browser comes into force. */
  async #resume() {
    this.unresumed = undefined;
    const all = await getMany<Kept | undefined>([OWN, PUBLISHED], inForce).catch(() => {
      this.unresumed = () => t("news.unread");
      return [];
    });
    for (const [index, key] of [OWN, PUBLISHED].entries()) {
      const kept = all[index];
      if (!kept) continue;
      try {
        const taken = kept.compiled && (await engine.take(kept.compiled, settings.lang));
        const answer = taken ?? (await engine.compile(JSON.stringify(kept.files), settings.lang));
        if (!this.#take(answer, kept)) throw new Error(this.trouble.map(({ message }) => message).join("; "));
        this.own = key === OWN;
        if (!taken) await this.#keep(key, kept);
        return;
      } catch (error) {
        // The published ones are better than those that came with the page; either way the person knows.
        this.unresumed ??= saying(error);
      }
    }
  }

  /** Keeps rule files that are in force, with what this build compiled of them. */
  async #keep(key: string, kept: Kept) {
    const keeping = engine.compiled().then((compiled) => set(key, { ...kept, compiled }, inForce));
    this.unkept = await keeping.then(() => false, () => true);
  }

  /** Uses these rule files from now on, if they are sound. */
  async use(files: Texts): Promise<boolean> {
    const used = await this.#use(OWN, { files });
    if (used) this.own = true;
    return used;
  }

  /** Uses rule files that the bureau published from now on. */
  async accept(files: Texts, publication: Publication): Promise<boolean> {
    const used = await this.#use(PUBLISHED, { files, published: publication });
    if (!used) return false;
    this.own = false;
    await del(OWN, inForce).catch(() => undefined);
    return true;
  }

  async #use(key: string, about: Omit<Kept, "compiled">): Promise<boolean> {
    const kept = { ...about, compiled: undefined };
    if (!this.#take(await engine.compile(JSON.stringify(about.files), settings.lang), kept)) return false;
    this.unresumed = undefined;
    await this.#keep(key, kept);
    return true;
  }

  /** Puts the rule files away that the person opened. */
  async restore() {
    await del(OWN, inForce).catch(() => undefined);
    this.#take(await engine.restore(settings.lang), undefined);
    this.own = false;
    await this.#resume();
  }

  /** The texts of the pack in force; of the one that came with the page with its cases. */
  async texts(): Promise<Texts> {
    return this.#files ?? builtIn();
  }

  #take(answer: LoadAnswer, kept: Kept | undefined): boolean {
    this.trouble = answer.diagnostics.filter((diagnostic) => diagnostic.error);
    if (!answer.pack) return false;
    this.#files = kept?.files;
    this.published = kept?.published;
    this.pack = answer.pack;
    return true;
  }
}

export const packs = new Packs();
