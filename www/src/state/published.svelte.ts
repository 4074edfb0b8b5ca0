// Rule files that the bureau published: looked for beside the page or opened from files, checked, and offered. The rules
// in force stay until the person accepts.

import { get, set } from "idb-keyval";

import type { DifferenceView, OfferView, RefusalView, VerifyCall } from "../wasm/bureau.js";
import { RuleWorker, type Texts } from "../engine/rules.ts";
import { packs, type Publication } from "./packs.svelte.ts";
import { settings, today } from "./settings.svelte.ts";

const ACCEPTED = "accepted";
export const INDEX = "index.json";
export const SIGNATURE = "index.json.minisig";

/** The bureau's public key, as the page was built with it: the second line of minisign's file. */
export const publicKey = document.querySelector<HTMLMetaElement>("meta[name=bulou-public-key]")?.content.trim() ?? "";

/** The index that was accepted last. Under another key the count begins anew. */
interface Accepted {
  key: string;
  serial: number;
  sha256: string;
  text: string;
}

/** The bytes of a file as they are: what is not UTF-8, or begins with a mark, is not what was published. */
export const exact = async (blob: Blob) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(await blob.arrayBuffer());

class Published {
  /** What can be accepted, and how it differs from the rules in force. */
  offer = $state.raw<{ offer: OfferView; difference: DifferenceView | null }>();
  /** Why what came is not accepted. */
  refusal = $state.raw<RefusalView>();
  /** What came is in force already. */
  same = $state(false);
  busy = $state(false);

  #worker: RuleWorker | undefined;
  #received: Texts | undefined;

  /** Asks for an index beside the hosted page; without a network or an index nothing is said. */
  async look() {
    if (__SINGLE_FILE__ || publicKey === "") return;
    const index = await fetched(INDEX);
    if (index === undefined || index === (await accepted())?.text) return;
    await this.consider(await this.#fetch(index));
  }

  /** What is published beside the hosted page; `undefined` when nothing is. */
  async beside(): Promise<Texts | undefined> {
    const index = __SINGLE_FILE__ ? undefined : await fetched(INDEX);
    return index === undefined ? undefined : this.#fetch(index);
  }

  /** The files that belong to an index, as far as it is authentic. */
  async #fetch(index: string): Promise<Texts> {
    const files: Texts = { [INDEX]: index };
    const fetch = async (name: string) => {
      const text = await fetched(name);
      if (text !== undefined) files[name] = text;
    };
    await fetch(SIGNATURE);
    const { files: names } = await this.#run((worker) => worker.needed(this.#call(files, undefined)));
    await Promise.all(names.map(fetch));
    return files;
  }

  /** Considers published files that the person chose. */
  async open(files: Iterable<File>) {
    const named = [...files].map(async (file) => [file.name, await exact(file)] as const);
    await this.consider(Object.fromEntries(await Promise.all(named)));
  }

  /** Checks files, and offers them or says why not. */
  async consider(files: Texts) {
    this.#received = files;
    this.offer = this.refusal = undefined;
    this.same = false;
    this.busy = true;
    try {
      const last = await accepted();
      const { offer, refusal } = await this.#run((worker) => worker.receive(this.#call(files, last)));
      if (refusal) this.refusal = refusal;
      else if (offer) await this.#offer(offer);
    } finally {
      this.busy = false;
    }
  }

  /** Says the same in another language. */
  async again() {
    if (this.#received && (this.offer || this.refusal)) await this.consider(this.#received);
  }

  async #offer(offer: OfferView) {
    const { params, waivers } = packs.given;
    const same = offer.sha256 === packs.pack?.sha256 && JSON.stringify([offer.params, offer.waivers]) === JSON.stringify([params, waivers]);
    if (same && packs.published) {
      // A renewal: nothing changes but its last day.
      await packs.accept(offer.files, publication(offer, packs.published.fields));
      return this.#remember(offer);
    }
    const difference = await this.#run(async (worker) => worker.difference(await packs.texts(), offer.files, today(), settings.lang));
    this.offer = { offer, difference };
  }

  /** The person accepts. */
  async accept() {
    if (!this.offer) return;
    const { offer, difference } = this.offer;
    if (await packs.accept(offer.files, publication(offer, difference?.fields ?? []))) return this.#remember(offer);
    // Authentic, and yet not understood by this program.
    const [first] = packs.trouble;
    this.offer = undefined;
    this.refusal = { code: first?.code ?? "", message: first?.message ?? "" };
  }

  async #remember(offer: OfferView) {
    const text = this.#received?.[INDEX] ?? "";
    await set(ACCEPTED, { key: publicKey, serial: offer.serial, sha256: offer.index, text } satisfies Accepted);
    this.close();
    this.same = true;
  }

  /** Not now: it is offered again the next time. */
  close() {
    this.offer = this.refusal = this.#received = undefined;
    this.same = false;
    this.#worker?.stop();
    this.#worker = undefined;
  }

  #run<T>(ask: (worker: RuleWorker) => Promise<T>): Promise<T> {
    return ask((this.#worker ??= new RuleWorker()));
  }

  #call(files: Texts, last: Accepted | undefined): VerifyCall {
    const call: VerifyCall = { files, public_key: publicKey, pack: packs.pack?.id ?? "", today: today(), lang: settings.lang };
    return last ? { ...call, accepted: { serial: last.serial, sha256: last.sha256 } } : call;
  }
}

/** What is kept of an offer beside its files. */
function publication({ files: _, ...rest }: OfferView, fields: Publication["fields"]): Publication {
  return { ...rest, fields };
}

async function accepted(): Promise<Accepted | undefined> {
  const kept = await get<Accepted>(ACCEPTED);
  return kept?.key === publicKey ? kept : undefined;
}

/** A file beside the page. */
async function fetched(name: string): Promise<string | undefined> {
  try {
    const answer = await fetch(`./${encodeURIComponent(name)}`, { cache: "no-cache", credentials: "omit" });
    return answer.ok ? await exact(await answer.blob()) : undefined;
  } catch {
    return undefined;
  }
}

export const published = new Published();
