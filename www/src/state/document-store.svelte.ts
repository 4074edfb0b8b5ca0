// The open document: edits, undo, saving, and the report that follows every edit.

import { engine } from "../engine/engine.ts";
import { code } from "../engine/parts.ts";
import { isWorkbook } from "../engine/workbooks.ts";
import { displaced } from "../model/displaced.ts";
import { get, isRow, LosslessNumber, type Path, pointer, type Row, serialize, set, toText, type Value } from "../model/document.ts";
import { type Asked, asked, fromJson, withAsked, withoutAsked } from "../model/doubled.ts";
import { inRole, strangers, withoutForbidden } from "../model/form.ts";
import { unreadOf } from "../model/left.ts";
import { read } from "../model/reading.ts";
import { reportIn } from "../report/plain.ts";
import { place } from "../report/words.ts";
import type { CheckOptions, Report } from "../wasm/checker.js";
import { type Draft, keep, load, newId, putAway, type Receipt, recover, type Refusal, refusal, rescue, safe, type Unread } from "./drafts.ts";
import { packs } from "./packs.svelte.ts";
import { router } from "./route.svelte.ts";
import { said } from "./said.ts";
import { ALL_LANGUAGES, inAll, type Lang, settings } from "./settings.svelte.ts";
import { shelf } from "./shelf.svelte.ts";
import { steps } from "./steps.svelte.ts";
import { tabs } from "./tabs.svelte.ts";
import { t } from "../texts/main.ts";

/** Between an edit and its saving and checking, in milliseconds; and the longest, while somebody types on. */
const PAUSE = 200;
const LONGEST = 800;
/** Before what could not be saved is tried again. */
const RETRY = 15_000;
/** That a file holds nothing that the pack asks for. */
const NO_DOCUMENT = "D049";
/** What addresses call the example. */
const EXAMPLE = "example";
/** The day on which it is checked: on any later one all that it has to do would be overdue. */
const EXAMPLE_DAY = "2022-06-28";

class DocumentStore {
  document = $state.raw<Row>({});
  draft = $state.raw<Draft>();
  report = $state.raw<Report>();
  reportText = $state.raw("");
  /** What went wrong with the check, in words. */
  trouble = $state("");
  saved = $state.raw<Date>();
  /** There are edits that are not saved yet. */
  unsaved = $state(false);
  /** Why they cannot be. */
  refused = $state<Refusal>();
  /** Another tab saved this school as well: what is open is a copy. */
  forked = $state(false);
  /** A draft that the address names and this browser does not have. */
  gone = $state("");
  /** No form can show what the open file says. */
  unread = $state(false);
  /** A draft is being opened. */
  turning = $state(true);

  /** Where answers stood that something else took the place of. */
  #moved: Path[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The document that the latest check is about. */
  #asked: Row | undefined;
  #following: Promise<void> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  /** When the first edit was made that is not saved. */
  #since: number | undefined;
  #edits = 0;
  /** How many of them were rescued when the page was left. */
  #rescued = 0;
  #round = 0;
  #checking: Promise<void> = Promise.resolve();
  /** What the report is about. */
  #judged: Row | undefined;
  #turns = 0;
  /** The file as it came, where not all of it may be kept: it is checked until the first edit, and never stored. */
  #unkept = $state.raw<{ name: string; bytes: Uint8Array }>();
  #saving: Promise<void> = Promise.resolve();

  /** The bytes that are checked: the file's own until the first edit. */
  bytes(): Uint8Array {
    return this.#file?.bytes ?? this.#serialized();
  }

  /** What goes out: the same, unless that is a workbook or holds what must not be kept. */
  json(): Uint8Array {
    return this.isCopied ? this.#serialized() : this.bytes();
  }

  /** What goes out is another document than what is checked. */
  get isCopied(): boolean {
    return this.#unkept !== undefined || (this.draft?.file !== undefined && isWorkbook(this.draft.file.bytes));
  }

  get #file(): { name: string; bytes: Uint8Array } | undefined {
    return this.draft?.file ?? this.#unkept;
  }

  #serialized(): Uint8Array {
    // A form that is still blank is one of these rules all the same.
    const document = Object.keys(this.document).length > 0 ? this.document : mark();
    return new TextEncoder().encode(serialize(document, packs.pack?.form ?? []));
  }

  get name(): string {
    return this.#file?.name ?? "draft.json";
  }

  /** 核对日: the example has its own. */
  get asOf(): string {
    return this.draft?.example ?? settings.asOf;
  }

  set asOf(day: string) {
    if (this.draft?.example) this.draft = { ...this.draft, example: day };
    else settings.asOf = day;
  }

  /** The report, where it is about what lies there now: what is saved, exported or handed in has this one or none. */
  get judged(): Report | undefined {
    return this.#judged === this.document ? this.report : undefined;
  }

  options(): CheckOptions {
    return { as_of: this.asOf, lang: settings.lang, ...packs.given };
  }

  at(path: Path): Value | undefined {
    return get(this.document, path);
  }

  /** Changes one place of the document. */
  edit(path: Path, to: Value | undefined) {
    // A blank form would take the place of what is there.
    if (this.closed) return;
    const there = this.document;
    const made = set(there, path, to);
    const document = isRow(made) ? made : {};
    // Rows that come and go are a step each, however fast.
    steps.edited(there, document, path, Array.isArray(to) || Array.isArray(this.at(path)));
    const lost = displaced(there, path, packs.pack?.form ?? []);
    if (lost) this.#moved.push(lost.path);
    this.#change(document);
    this.#tell(there);
  }

  /** Tells of answers that stood where another kind of answer belongs as long as they do not stand there. */
  #tell(before: Row) {
    const form = packs.pack?.form ?? [];
    for (const path of this.#moved) {
      const [lost, back] = [displaced(before, path, form), displaced(this.document, path, form)];
      if ((lost === undefined) === (back === undefined)) continue;
      const others = (this.draft?.unread ?? []).filter(({ at }) => at !== pointer(path));
      this.draft = { ...(this.draft ?? blank()), unread: lost ? [...others, was(lost)] : others };
    }
  }

  /** Counts the document's 版次 up to what goes out now. That is no step: what went out is out, and no undo takes its number back. */
  number(path: Path, edition: number) {
    const numbered = (document: Row): Row => {
      const made = set(document, path, new LosslessNumber(String(edition)));
      return isRow(made) ? made : document;
    };
    const document = numbered(this.document);
    steps.alike(document, numbered);
    this.draft = { ...(this.draft ?? blank()), edition };
    this.#change(document);
  }

  /** The answer is where: to be shown to who did it. */
  undo(): Path | undefined {
    return this.#step(true);
  }

  redo(): Path | undefined {
    return this.#step(false);
  }

  #step(back: boolean): Path | undefined {
    const there = this.document;
    const step = steps.step(there, back);
    if (!step) return undefined;
    this.#change(step.document);
    this.#tell(there);
    return step.path;
  }

  #change(document: Row) {
    const pack = packs.pack;
    if (!pack) return;
    this.document = Object.keys(document).length === 0 ? document : { ...mark(), ...document };
    this.draft = { ...(this.draft ?? blank()), file: undefined, forbidden: undefined };
    this.#unkept = undefined;
    this.#touch();
    this.#begun();
    this.#since ??= performance.now();
    clearTimeout(this.#timer);
    const wait = Math.min(PAUSE, this.#since + LONGEST - performance.now());
    this.#timer = setTimeout(() => this.settle(), Math.max(0, wait));
    void this.#follow();
  }

  /** Checks what was typed as soon as the check before is done: on a slow machine none is begun that nobody waits for. */
  #follow(): Promise<void> {
    this.#following ??= this.#followed();
    return this.#following;
  }

  async #followed(): Promise<void> {
    const behind = () => this.draft !== undefined && this.#asked !== this.document;
    do {
      // What comes in one turn, a row that is pasted, say, is checked once.
      await Promise.resolve();
      await (behind() ? this.check() : this.#checking);
    } while (behind());
    this.#following = undefined;
  }

  /** There is something to save. */
  #touch() {
    this.unsaved = true;
    this.#edits += 1;
  }

  /** Saves and checks now. */
  async settle() {
    clearTimeout(this.#timer);
    await Promise.all([this.persist(), this.#follow()]);
    // The document is saved at once; the verdict that goes with it comes later.
    if (this.unsaved || this.isUnkept || this.draft?.verdict === this.judged?.verdict) return;
    this.#touch();
    await this.persist();
  }

  /** Checks the document; only the latest check counts, and who waits for an earlier one waits for that. */
  check(): Promise<void> {
    if (this.draft) this.#checking = this.#check(++this.#round);
    return this.#checking;
  }

  async #check(round: number): Promise<void> {
    const document = this.document;
    this.#judged = undefined;
    this.#asked = document;
    try {
      const text = await engine.check(this.name, this.bytes(), this.options());
      if (round !== this.#round) return this.#checking;
      this.reportText = text;
      this.report = reportIn(text);
      this.#judged = document;
      this.trouble = "";
      this.#fingerprint();
    } catch (error) {
      if (round !== this.#round) return this.#checking;
      // Of what could not be checked nothing is known, whatever was known before.
      this.report = undefined;
      this.reportText = "";
      this.trouble = said(error);
    }
  }

  /** Of a file that is not kept its fingerprint is. */
  #fingerprint() {
    const { forbidden } = this.draft ?? {};
    if (!this.#unkept || !forbidden || forbidden.sha256) return;
    this.draft = { ...(this.draft as Draft), forbidden: { ...forbidden, sha256: this.report?.document.sha256 } };
  }

  /** Saves what is not saved yet. */
  persist(): Promise<void> {
    this.#saving = this.#saving.then(() => this.#save());
    return this.#saving;
  }

  async #save() {
    if (!this.unsaved || !this.draft) return;
    // The example is nobody's, and stays as it is.
    if (this.draft.example) return void (this.unsaved = false);
    this.#since = undefined;
    clearTimeout(this.#retry);
    const edits = this.#edits;
    const draft = this.#written(this.draft);
    try {
      // Where another tab has saved this school meanwhile, this one's work goes on as a copy, and both are kept.
      const kept = await keep(draft);
      // What was rescued since is not saved yet.
      if (edits >= this.#rescued) safe(draft.id);
      if (this.draft?.id === draft.id) {
        const { id, revision, title, verdict, copy } = kept;
        this.draft = { ...this.draft, id, revision, title, verdict, copy };
        this.forked ||= id !== draft.id;
        this.saved = new Date(draft.saved);
        this.refused = undefined;
        if (edits === this.#edits) this.unsaved = false;
        this.#known();
      }
      // The browser is asked not to clear it away when it wants room.
      if (kept.revision === 1) void navigator.storage?.persist?.().catch(() => undefined);
      await shelf.put(kept);
    } catch (error) {
      this.refused = refusal(error);
      this.#retry = setTimeout(() => this.persist(), RETRY);
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
    if (this.draft.revision > 0) this.#touch();
    await this.persist();
  }

  /** The draft as it is saved. */
  #written(draft: Draft): Draft {
    const form = packs.pack?.form ?? [];
    const named = (role: "id" | "name") => inRole(this.document, form, role);
    return {
      ...draft,
      text: serialize(this.document, form),
      doubled: asked(this.document),
      title: named("name") || named("id") || draft.title,
      verdict: this.judged?.verdict,
      saved: Date.now(),
      revision: draft.revision + 1,
    };
  }

  /** The page is being left or put aside: saves what is not saved. `false` where it may be lost. */
  leave(): boolean {
    if (!this.unsaved || !this.draft || this.draft.example) return true;
    const rescued = rescue(this.#written(this.draft));
    this.#rescued = this.#edits;
    void this.persist();
    // What this browser refuses to keep it may forget as well.
    return rescued && this.refused === undefined;
  }

  /** The first edit of a draft: until it is saved it can be had again from where it is rescued, and so the address names it. */
  #begun() {
    if (!this.draft || this.draft.revision > 0 || this.draft.example || router.draft === this.draft.id) return;
    if (rescue(this.#written(this.draft))) router.about(this.draft.id);
    this.#rescued = this.#edits;
  }

  /** Address and other tabs know what is open, once it can be had again. */
  #known() {
    const { id, revision = 0, example } = this.draft ?? {};
    router.about(example ? EXAMPLE : revision > 0 ? id : undefined);
    tabs.opened(example ? undefined : id);
  }

  /** The page was opened: what was rescued when it was left is saved, and the address shows what it showed. */
  async begin() {
    await recover().catch(() => undefined);
    await this.follow(router.draft);
    // What could be gone on with is known before a blank form is offered.
    if (!this.draft) await shelf.list();
    this.turning = false;
    if (this.draft) await shelf.list();
  }

  /** Begins a blank document where none is open and none to go on with. */
  async need() {
    // Another tab may have saved one since.
    await shelf.list();
    if (!this.draft && !this.turning && shelf.kept.length === 0) await this.start();
  }

  /** Opens the draft that an address names. */
  async follow(id: string | undefined) {
    const here = this.draft?.example ? EXAMPLE : this.draft?.id;
    this.gone = "";
    if (id === undefined || id === here) return this.#known();
    if (id === EXAMPLE) return this.example();
    const found = await this.take(id);
    if (!found) this.gone = id;
  }

  /** The example that came with the page. */
  async example() {
    const { exampleBytes } = await code(import("./example.ts"));
    await this.open("示例.json", exampleBytes, read(exampleBytes), EXAMPLE_DAY);
  }

  /** Puts the open document aside: the person says what comes next. */
  async aside() {
    await this.#turn(async () => this.clear());
    await shelf.list();
  }

  /** A school's empty document. */
  async start() {
    await this.#turn(async () => {
      this.#lay(blank(), {});
      await this.check();
    });
  }

  /** A school's document from the list. */
  async take(id: string): Promise<boolean> {
    let found = false;
    await this.#turn(async (latest) => {
      const draft = await load(id).catch(() => undefined);
      const kept = draft && read(new TextEncoder().encode(draft.text));
      // What a file says is asked of it again, for the rules may have changed; where that cannot be, what was kept of it counts.
      const own = draft?.file && (await engine.json(draft.file.bytes, settings.lang).then(read, () => undefined));
      const document = own ?? (kept && withAsked(kept, draft.doubled ?? []));
      if (!draft || !document || !latest()) return;
      found = true;
      const clean = packs.pack ? withoutForbidden(document, packs.pack) : document;
      if (clean === document || !draft.file) this.#lay(draft, document);
      else this.#layWithout(draft, draft.file, clean);
      await this.check();
      await this.persist();
    });
    return found;
  }

  /** A file, and what was read in it. `false` when no form can show it; the report then says what is wrong with the file. */
  async open(name: string, bytes: Uint8Array, found: Row | undefined, example?: string): Promise<boolean> {
    let shown = false;
    await this.#turn(async () => {
      const kept = found && packs.pack ? withoutForbidden(found, packs.pack) : found;
      const draft = { ...blank(), title: name, example };
      if (kept === found) this.#lay({ ...draft, file: { name, bytes } }, kept ?? {});
      else this.#layWithout(draft, { name, bytes }, kept ?? {});
      this.unread = found === undefined;
      await this.check();
      shown = this.closed === undefined;
      if (!shown || example) return;
      const unread = await this.#unreadCells();
      if (!this.draft) return;
      this.draft = { ...this.draft, unread };
      this.#touch();
      await this.persist();
    });
    return shown;
  }

  /** What of the workbook that was opened was not read, in each language. */
  async #unreadCells(): Promise<Unread[]> {
    const cells = unreadOf(this.report);
    // Words may quote a cell, and of what must not be kept not even these are.
    if (cells.length === 0 || this.#unkept) return cells.map(({ cell }) => ({ cell, message: "" }));
    const said = await this.inAll(unreadOf);
    return cells.map(({ cell, message }, index) => ({ cell, message: inAll((lang) => said[lang][index]?.message ?? message) }));
  }

  /** What the open file's report says, in each language. */
  async inAll<Said>(said: (report: Report) => Said): Promise<Record<Lang, Said>> {
    const reports = new Map<Lang, Said>();
    for (const lang of ALL_LANGUAGES) {
      reports.set(lang, said(reportIn(await engine.check(this.name, this.bytes(), { ...this.options(), lang }))));
    }
    return Object.fromEntries(reports) as Record<Lang, Said>;
  }

  /** Opens something else, after what lies there is saved, or the person lets it go. */
  async #turn(lay: (latest: () => boolean) => Promise<void>) {
    const turn = ++this.#turns;
    this.turning = true;
    try {
      await this.persist();
      // A file that was only opened is still where it was.
      if (this.unsaved && !this.draft?.file && !confirm(t("save.leave"))) return;
      await lay(() => turn === this.#turns);
    } finally {
      if (turn === this.#turns) this.turning = false;
    }
    this.#known();
  }

  /** The file that the document was read from, where that is not here any more for what must not be in it. */
  get forbidden(): Draft["forbidden"] {
    return this.#unkept ? undefined : this.draft?.forbidden;
  }

  /** Why no form shows what is open: it is filled in for another pack, or the file holds nothing for one. */
  get closed(): "alien" | "unread" | undefined {
    if (this.alien) return "alien";
    const nothing = this.unread || this.report?.structure.some(({ code }) => code === NO_DOCUMENT);
    return this.#file && nothing ? "unread" : undefined;
  }

  /** What is open is such a file, and lies in this browser nowhere. */
  get isUnkept(): boolean {
    return this.closed !== undefined && this.draft?.revision === 0;
  }

  /** What stands twice in the file that this was read from, and which of it is meant nobody has said. */
  doubled = $derived(asked(this.document).filter(({ path }) => this.at(path) === undefined));

  /** How much of the file that this was read from is not in it, and the person has not said what becomes of it. */
  get astray(): number {
    return this.doubled.length + (this.draft?.unread?.length ?? 0);
  }

  /** What was not read of the workbook is looked after. */
  async lookedAfter() {
    await this.#note({ unread: undefined });
  }

  /** One of the texts that stand twice is meant. */
  choose({ path }: Asked, text: string) {
    this.edit(path, fromJson(text));
  }

  /** None of them is. */
  chooseNone({ path }: Asked) {
    const row = path.slice(0, -1);
    const there = this.at(row);
    if (isRow(there)) this.edit(row, withoutAsked(there, String(path.at(-1))));
  }

  /** Which other version of the pack the document names, if it does. Of another pack it is no version. */
  get foreign(): string | undefined {
    const pack = packs.pack;
    const named = this.document["规则集"];
    const version = typeof named === "string" && named.startsWith(`${pack?.id}@`);
    return pack && version && named !== `${pack.id}@${pack.version}` ? named : undefined;
  }

  /** Which other pack the document is filled in for, if it is: none of its answers belongs here. */
  get alien(): string | undefined {
    const named = this.document["规则集"];
    return packs.pack && typeof named === "string" && !named.startsWith(`${packs.pack.id}@`) ? named : undefined;
  }

  /** Makes the document one of this pack: what the pack does not ask goes into a list beside it. The draft from before stays. */
  async migrate() {
    const [pack, from] = [packs.pack, this.foreign];
    if (!pack || !from) return;
    const left = strangers(this.document, pack);
    // From the end, so that taking one away moves no other.
    const document = [...left].reverse().reduce<Value | undefined>((rest, one) => set(rest, one.path, undefined), this.document);
    this.#lay({ ...blank(), title: this.draft?.title ?? "", edition: this.draft?.edition, migrated: { from, left } }, {});
    this.#change({ ...(isRow(document) ? document : {}), 规则集: `${pack.id}@${pack.version}` });
    await this.settle();
  }

  /** Puts a draft away, or back. */
  async remove(id: string, away: boolean) {
    await this.persist();
    await putAway(id, away ? Date.now() : undefined);
    if (away && this.draft?.id === id) this.clear();
    else if (this.draft?.id === id) this.draft = { ...this.draft, removed: undefined };
    await shelf.list();
  }

  clear() {
    this.#lay(undefined, {});
  }

  /** Opens a file of which the bytes must not be kept: what is kept is the document without them, and which file it was. */
  #layWithout(draft: Draft, { name, bytes }: { name: string; bytes: Uint8Array }, document: Row) {
    this.#lay({ ...draft, file: undefined, forbidden: { file: name } }, document);
    this.#unkept = { name, bytes };
    if (draft.revision > 0) this.#touch();
  }

  #lay(draft: Draft | undefined, document: Row) {
    clearTimeout(this.#timer);
    steps.afresh();
    this.#moved = [];
    this.#unkept = undefined;
    clearTimeout(this.#retry);
    this.unsaved = this.forked = this.unread = false;
    this.#since = undefined;
    this.refused = undefined;
    this.gone = "";
    this.draft = draft;
    this.document = document;
    // A check of what lay there before says nothing of this.
    this.#round += 1;
    this.#checking = Promise.resolve();
    this.#judged = undefined;
    this.report = undefined;
    this.reportText = "";
    this.trouble = "";
    this.saved = draft && draft.revision > 0 ? new Date(draft.saved) : undefined;
  }
}

/** What says which rules a document is filled in for. */
const mark = (): Row => (packs.pack ? { 规则集: `${packs.pack.id}@${packs.pack.version}` } : {});

/** An answer that stood where another kind of answer belongs, as it is told of until the person has looked after it. */
const was = ({ path, value }: { path: Path; value: Value }): Unread => ({
  cell: place(path.map(String)),
  at: pointer(path),
  message: t.inAll("unread.was", toText(value)),
});

const blank = (): Draft => ({ id: newId(), text: "{}", title: "", saved: 0, revision: 0 });

export const documentStore = new DocumentStore();
