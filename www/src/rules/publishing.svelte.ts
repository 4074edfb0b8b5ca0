// What is to be published with the edited rules, and the publication made of them.

import type { Texts } from "../engine/rules.ts";
import { hand } from "../state/files.ts";
import { packs, type Waiver } from "../state/packs.svelte.ts";
import { INDEX, publicKey, published, texts } from "../state/published.svelte.ts";
import { settings, today } from "../state/settings.svelte.ts";
import type { PublishAnswer, PublishCall, PublishedView } from "../wasm/bureau.js";
import { ruleEditor } from "./rule-editor.svelte.ts";
import { r } from "../texts/rules.ts";
import { Trial, trials } from "./trial.svelte.ts";

const DAYS = 180;
/** Where the files are in the archive. */
const FOLDER = "published";

class Publishing {
  days = $state(DAYS);
  /** The county's parameters; a blank one has the pack's default. */
  params = $state<Record<string, string>>({});
  waivers = $state<Waiver[]>([]);
  /** Parameters and waivers stay as they were published. */
  keep = $state(true);
  /** All files of the last publication. */
  before = $state.raw<Texts>();
  /** The public key of the one that signs, which the last publication is checked with. */
  key = $state(publicKey);
  trial = new Trial<PublishAnswer>();

  /** Begins with what is in force. */
  begin() {
    this.params = { ...packs.given.params };
    this.waivers = packs.given.waivers.map((waiver) => ({ ...waiver }));
  }

  get keeps(): boolean {
    return this.keep && this.before !== undefined;
  }

  /** The county's parameters and waivers as they would be in force. */
  given(): { params: Record<string, string>; waivers: Waiver[] } {
    if (this.keeps) return packs.given;
    const params = Object.entries(this.params).filter(([, value]) => value.trim() !== "");
    return { params: Object.fromEntries(params.map(([name, value]) => [name, value.trim()])), waivers: $state.snapshot(this.waivers) };
  }

  async open(files: Iterable<File>) {
    this.before = await texts(files);
  }

  /** Takes what is published beside the hosted page. `false` when nothing is. */
  async fetch(): Promise<boolean> {
    const found = await published.beside();
    if (found) this.before = found;
    return found !== undefined;
  }

  /** Runs the cases, compares, and makes the index. */
  async run() {
    await Promise.all([trials.runCases(), trials.runDifference(), this.trial.run((worker) => worker.publish(this.#call()), () => this.#about())]);
  }

  /** What a publication is made of beside the rules; the index says all of the last one. */
  #about(): string {
    return JSON.stringify([this.days, this.key, today(), this.keeps, this.given(), this.before?.[INDEX]]);
  }

  #call(): PublishCall {
    const call: PublishCall = { files: ruleEditor.files, public_key: this.key, today: today(), days: this.days, lang: settings.lang };
    const { params, waivers } = this.given();
    // What was published before is replaced also by nothing.
    const said = (value: object) => (this.before || Object.keys(value).length > 0 ? JSON.stringify(value, undefined, 2) + "\n" : undefined);
    const given = Object.entries({ params: said(params), waivers: said(waivers) }).filter(([, text]) => text !== undefined);
    return { ...call, ...(this.keeps ? {} : Object.fromEntries(given)), ...(this.before ? { before: this.before } : {}) };
  }

  /** Hands all files to the person as one archive, with how to sign them beside the folder, which holds them alone. */
  async download(ready: PublishedView) {
    const files = Object.entries(ready.files).map(([name, text]) => [`${FOLDER}/${name}`, text]);
    const zip = await ruleEditor.worker.zip({ ...Object.fromEntries(files), [r("publish.readme")]: readme(ready) });
    hand(`${ready.pack.replace("@", "-")}-${ready.serial}.zip`, zip, "application/zip");
  }
}

/** The command that signs the index. */
export const signing = ({ comment }: PublishedView): string => `minisign -S -s bureau.key -m ${INDEX} -t '${comment}'`;

const readme = (ready: PublishedView) =>
  [r("publish.sign"), "", `  ${signing(ready)}`, "", r("publish.then"), "", r("publish.fingerprint", ready.sha256), r("publish.index", ready.index), ""].join("\r\n");

export const publishing = new Publishing();
