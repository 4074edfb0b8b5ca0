// The document on the desk: edits, undo, saving, and the report that follows every edit.

import { engine } from "../engine/engine.ts";
import { get, isRow, type Path, read, type Row, serialize, set, toText, type Value } from "../model/document.ts";
import { pathOf, strangers, withoutForbidden } from "../model/form.ts";
import type { CheckOptions, Report } from "../wasm/checker.js";
import { all, type Draft, load, newId, putAway, type Receipt, save } from "./drafts.ts";
import { packs } from "./packs.svelte.ts";
import { settings } from "./settings.svelte.ts";

/** Between an edit and its saving and checking, in milliseconds. */
const PAUSE = 200;
/** Edits of one field within this time are one step of undo. */
const STEP = 2000;

class Desk {
  document = $state.raw<Row>({});
  draft = $state.raw<Draft>();
  report = $state.raw<Report>();
  reportText = $state.raw("");
  /** What went wrong with the check or with saving, in words. */
  trouble = $state("");
  saved = $state.raw<Date>();
  drafts = $state.raw<Draft[]>([]);
  undoable = $state(0);
  redoable = $state(0);

  #past: Row[] = [];
  #future: Row[] = [];
  #last = { place: "", time: 0 };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dirty = false;
  #round = 0;
  #saving: Promise<void> = Promise.resolve();

  /** The bytes that are checked: the file's own until the first edit. */
  bytes(): Uint8Array {
    const draft = this.draft;
    if (draft?.file) return draft.file.bytes;
    // A form that is still blank is one of these rules all the same.
    const document = Object.keys(this.document).length > 0 ? this.document : mark();
    return new TextEncoder().encode(serialize(document, packs.pack?.form ?? []));
  }

  get name(): string {
    return this.draft?.file?.name ?? "draft.json";
  }

  options(): CheckOptions {
    return { as_of: settings.asOf, lang: settings.lang, ...packs.given };
  }

  at(path: Path): Value | undefined {
    return get(this.document, path);
  }

  /** Changes one place of the document. */
  edit(path: Path, to: Value | undefined) {
    const document = set(this.document, path, to) ?? {};
    const place = path.join("/");
    const now = Date.now();
    const same = this.#last.place === place && now - this.#last.time < STEP;
    if (!same || this.#past.length === 0) this.#past.push(this.document);
    this.#last = { place, time: now };
    this.#future = [];
    this.#change(isRow(document) ? document : {});
  }

  undo() {
    this.#step(this.#past, this.#future);
  }

  redo() {
    this.#step(this.#future, this.#past);
  }

  #step(from: Row[], to: Row[]) {
    const document = from.pop();
    if (!document) return;
    to.push(this.document);
    this.#last = { place: "", time: 0 };
    this.#change(document);
  }

  #change(document: Row) {
    const pack = packs.pack;
    if (!pack) return;
    this.document = Object.keys(document).length === 0 ? document : { ...mark(), ...document };
    this.draft = { ...(this.draft ?? blank()), file: undefined };
    this.undoable = this.#past.length;
    this.redoable = this.#future.length;
    this.#dirty = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.settle(), PAUSE);
  }

  /** Saves and checks now. */
  async settle() {
    clearTimeout(this.#timer);
    await Promise.all([this.persist(), this.check()]);
    // The document is saved at once; the verdict that goes with it comes later.
    if (this.draft?.verdict === this.report?.verdict) return;
    this.#dirty = true;
    await this.persist();
  }

  /** Checks the document; only the latest check counts. */
  async check() {
    if (!this.draft) return;
    const round = ++this.#round;
    try {
      const text = await engine.check(this.name, this.bytes(), this.options());
      if (round !== this.#round) return;
      this.reportText = text;
      this.report = JSON.parse(text) as Report;
      this.trouble = "";
    } catch (error) {
      if (round === this.#round) this.trouble = error instanceof Error ? error.message : String(error);
    }
  }

  /** Saves what is not saved yet. */
  persist(): Promise<void> {
    this.#saving = this.#saving.then(() => this.#save());
    return this.#saving;
  }

  async #save() {
    if (!this.#dirty || !this.draft) return;
    this.#dirty = false;
    const form = packs.pack?.form ?? [];
    const named = (role: "id" | "name") => toText(this.at(pathOf(form, role) ?? ["\0"]));
    const draft: Draft = {
      ...this.draft,
      text: serialize(this.document, form),
      title: named("name") || named("id") || this.draft.title,
      verdict: this.report?.verdict,
      saved: Date.now(),
      revision: this.draft.revision + 1,
    };
    try {
      // Another tab has saved this school meanwhile: this one's work goes on as a copy, and both are kept.
      const written = await save(draft);
      const kept = written ? draft : { ...draft, id: newId(), revision: 1, title: `${draft.title} (2)` };
      if (!written) await save(kept);
      if (this.draft) this.draft = { ...this.draft, id: kept.id, revision: kept.revision, title: kept.title, verdict: kept.verdict };
      this.saved = new Date(draft.saved);
      await this.list();
    } catch (error) {
      this.#dirty = true;
      this.trouble = String(error);
    }
  }

  /** Keeps what was handed in beside the document. */
  async keepReceipt(handed: Receipt) {
    await this.#note({ handed });
  }

  /** From now on what is blank is told of at its box. */
  async ask() {
    if (this.draft && !this.draft.asked) await this.#note({ asked: true });
  }

  async #note(about: Partial<Draft>) {
    if (!this.draft) return;
    this.draft = { ...this.draft, ...about };
    // A form in which nothing was done yet is not kept.
    this.#dirty ||= this.draft.revision > 0;
    await this.persist();
  }

  async list() {
    this.drafts = await all().catch(() => []);
  }

  /** A school's empty document. */
  async start() {
    await this.persist();
    this.#lay(blank(), {});
    await this.check();
  }

  /** A school's document from the list. */
  async take(id: string) {
    await this.persist();
    const draft = await load(id);
    const document = draft && read(draft.file ? await engine.json(draft.file.bytes, settings.lang) : new TextEncoder().encode(draft.text));
    if (!draft || !document) return;
    this.#lay(draft, document);
    await this.check();
  }

  /** A file's document. `false` when no form can show it; the report then says what is wrong with the file. */
  async open(name: string, bytes: Uint8Array): Promise<boolean> {
    await this.persist();
    const document = read(await engine.json(bytes, settings.lang));
    const kept = document && packs.pack ? withoutForbidden(document, packs.pack) : document;
    // The file itself would keep what must not be kept.
    this.#lay({ ...blank(), title: name, file: kept === document ? { name, bytes } : undefined }, kept ?? {});
    await this.check();
    if (!document) return false;
    this.#dirty = true;
    await this.persist();
    return true;
  }

  /** Which other version of the pack the document names, if it does. */
  get foreign(): string | undefined {
    const pack = packs.pack;
    const named = this.document["规则集"];
    return pack && typeof named === "string" && named !== `${pack.id}@${pack.version}` ? named : undefined;
  }

  /** Makes the document one of this pack: what the pack does not ask goes into a list beside it. The draft from before stays. */
  async migrate() {
    const [pack, from] = [packs.pack, this.foreign];
    if (!pack || !from) return;
    const left = strangers(this.document, pack);
    // From the end, so that taking one away moves no other.
    const document = [...left].reverse().reduce<Value | undefined>((rest, one) => set(rest, one.path, undefined), this.document);
    this.#lay({ ...blank(), title: this.draft?.title ?? "", migrated: { from, left } }, {});
    this.#change({ ...(isRow(document) ? document : {}), 规则集: `${pack.id}@${pack.version}` });
    await this.settle();
  }

  /** Puts a draft away, or back. */
  async remove(id: string, away: boolean) {
    await this.persist();
    await putAway(id, away ? Date.now() : undefined);
    if (away && this.draft?.id === id) this.clear();
    await this.list();
  }

  clear() {
    this.#lay(undefined, {});
  }

  #lay(draft: Draft | undefined, document: Row) {
    clearTimeout(this.#timer);
    this.#past = [];
    this.#future = [];
    this.undoable = this.redoable = 0;
    this.#dirty = false;
    this.draft = draft;
    this.document = document;
    this.report = undefined;
    this.reportText = "";
    this.trouble = "";
    this.saved = draft && draft.revision > 0 ? new Date(draft.saved) : undefined;
  }
}

/** What says which rules a document is filled in for. */
const mark = (): Row => (packs.pack ? { 规则集: `${packs.pack.id}@${packs.pack.version}` } : {});

const blank = (): Draft => ({ id: newId(), text: "{}", title: "", saved: 0, revision: 0 });

export const desk = new Desk();
