// Rule files that the bureau published: looked for beside the page or opened from files, checked, and offered. The rules
// in force stay until the person accepts.

import { get, set } from "idb-keyval";

import type { Accepted, DifferenceView, OfferView, RefusalView, VerifyCall } from "../wasm/bureau.js";
import { RuleWorker, type Texts } from "../engine/rules.ts";
import { packs, type Publication } from "./packs.svelte.ts";
import { opened } from "./opened.ts";
import { settings, today } from "./settings.svelte.ts";
import { inForce } from "./store.ts";

const ACCEPTED = "accepted";
export const INDEX = "index.json";
export const SIGNATURE = "index.json.minisig";
/** How many bytes of a file are read at most, before it is known to be the bureau's; `src/limits.rs` says the same. */
const MOST = (name: string) => (/^index(-\d+)?\.json\.minisig$/.test(name) ? 4096 : /^index(-\d+)?\.json$/.test(name) ? 16 << 20 : 256 << 20);

/** The bureau's public key, as the page was built with it: the second line of minisign's file. */
export const publicKey = document.querySelector<HTMLMetaElement>("meta[name=bulou-public-key]")?.content.trim() ?? "";

/** The index that was accepted last. Under a key to which it does not lead the count begins anew. */
interface Kept {
  key: string;
  accepted?: Accepted;
  text: string;
}

/** The bytes of a file as they are: what is not UTF-8, or begins with a mark, is not what was published. */
const decoded = (bytes: BufferSource) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

/** A file's text; of one that is too large the beginning, which is not what was published either. */
export const exact = async (file: File) => decoded(await opened(file.slice(0, MOST(file.name) + 1), file.name));

/** Files by name. */
export async function texts(files: Iterable<File>): Promise<Texts> {
  return Object.fromEntries(await Promise.all([...files].map(async (file) => [file.name, await exact(file)] as const)));
}

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
    if (index === undefined || index === (await remembered())?.text) return;
    await this.consider(await this.#fetch(index));
  }

  /** What is published beside the hosted page; `undefined` when nothing is. */
  async beside(): Promise<Texts | undefined> {
    const index = __SINGLE_FILE__ ? undefined : await fetched(INDEX);
    return index === undefined ? undefined : this.#fetch(index);
  }

  /** The files that belong to an index, as far as it is authentic, and the earlier ones that lead to its key. */
  async #fetch(index: string): Promise<Texts> {
    const files: Texts = { [INDEX]: index };
    const fetch = async (name: string, most: number) => {
      const text = await fetched(name, most);
      if (text !== undefined) files[name] = text;
      return text !== undefined;
    };
    await fetch(SIGNATURE, MOST(SIGNATURE));
    const last = (await remembered())?.accepted;
    for (;;) {
      const needed = await this.#run((worker) => worker.needed(this.#call(files, last)));
      const missing = needed.files.filter(({ name }) => !(name in files));
      const found = await Promise.all(missing.map(({ name, bytes }) => fetch(name, bytes)));
      if (!found.includes(true)) return files;
    }
  }

  /** Considers published files that the person chose. */
  async open(files: Iterable<File>) {
    await this.consider(await texts(files));
  }

  /** Checks files, and offers them or says why not. */
  async consider(files: Texts) {
    this.#received = files;
    this.offer = this.refusal = undefined;
    this.same = false;
    this.busy = true;
    try {
      const last = (await remembered())?.accepted;
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
    // They are in force all the same; that they cannot be kept `packs` tells.
    await set(ACCEPTED, { key: publicKey, accepted: offer.accepted, text } satisfies Kept, inForce).catch(() => undefined);
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
    return last ? { ...call, accepted: last } : call;
  }
}

/** What is kept of an offer beside its files. */
function publication({ files: _, ...rest }: OfferView, fields: Publication["fields"]): Publication {
  return { ...rest, fields };
}

async function remembered(): Promise<Kept | undefined> {
  const kept = await get<Kept & Partial<Accepted>>(ACCEPTED, inForce);
  if (!kept) return undefined;
  // An earlier build of the page kept less.
  const accepted = kept.accepted ?? ({ serial: kept.serial, sha256: kept.sha256, key: kept.key } as Accepted);
  const leads = [kept.key, accepted.key, accepted.next_key].includes(publicKey);
  return leads ? { ...kept, accepted } : undefined;
}

/** A file beside the page, and no more of it than it may have. */
async function fetched(name: string, most = MOST(name)): Promise<string | undefined> {
  try {
    const answer = await fetch(`./${encodeURIComponent(name)}`, { cache: "no-cache", credentials: "omit" });
    return answer.ok && answer.body ? decoded(await beginning(answer.body, most + 1)) : undefined;
  } catch {
    return undefined;
  }
}

/** The first bytes of what comes; the rest is not waited for. */
async function beginning(body: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  const parts: Uint8Array[] = [];
  let held = 0;
  while (held < most) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    held += value.length;
  }
  await reader.cancel();
  const whole = new Uint8Array(held);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const published = new Published();
