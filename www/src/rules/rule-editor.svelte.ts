// The open rule files: edits, saving, and what the compiler says of them after every edit.

import { RuleWorker, type Texts } from "../engine/rules.ts";
import { newId, type Refusal, refusal } from "../state/drafts.ts";
import { packs } from "../state/packs.svelte.ts";
import { saying, type Saying } from "../state/said.ts";
import { settings } from "../state/settings.svelte.ts";
import type { Problem, TextEdit } from "../wasm/compiler.js";
import type { PackView } from "../wasm/checker.js";
import { all, type Edited, putAway, save } from "./kept.ts";
import { r } from "../texts/rules.ts";

/** Between an edit and its saving, in milliseconds. */
const PAUSE = 300;
/** Before what could not be saved is tried again. */
const RETRY = 15_000;
/** Between an edit and the compiler's word on it. */
const QUIET = 60;

/** Rule files first, then the texts they cite, calendars and cases. */
const order = (name: string) => (name.endsWith(".bulou") ? 0 : name.startsWith("source/") ? 1 : name.startsWith("cases/") ? 3 : 2);

class RuleEditor {
  files = $state.raw<Texts>({});
  /** The file that is shown. */
  current = $state("");
  problems = $state.raw<Problem[]>([]);
  /** The pack as it would be, from the last time that it had no errors. */
  pack = $state.raw<PackView>();
  /** Counts the changes, so that an answer about earlier files is told from one about these. */
  round = $state(0);
  /** What `pack` and `problems` are about. */
  checked = $state(-1);
  saved = $state.raw<Date>();
  /** There are edits that are not saved yet. */
  unsaved = $state(false);
  /** Why they cannot be. */
  refused = $state<Refusal>();
  /** What went wrong with the compiler, in words. */
  trouble = $state.raw<Saying>();
  list = $state.raw<Edited[]>([]);
  /** Where the editor is to go: a file's place. Every time a new object. */
  target = $state.raw<{ file: string; start: number; end: number }>();
  /** Files that changed here and not in the editor. */
  replaced = $state.raw<{ files: readonly string[] }>({ files: [] });

  /** Counts the packs that were opened. */
  pile = $state(0);

  worker = new RuleWorker();
  #edited: Edited | undefined;
  #saving: Promise<void> = Promise.resolve();
  #timers: { save?: ReturnType<typeof setTimeout>; check?: ReturnType<typeof setTimeout> } = {};
  #begun: Promise<void> | undefined;

  /** The names of all files, in the order of the tabs. */
  get names(): string[] {
    return Object.keys(this.files).sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1));
  }

  get errors(): number {
    return this.problems.filter(({ error }) => error).length;
  }

  /** The pack that was edited last, else the one in force. */
  begin(): Promise<void> {
    this.#begun ??= this.#begin();
    return this.#begun;
  }

  async #begin() {
    this.list = await all().catch(() => []);
    const last = this.list.find(({ removed }) => !removed);
    if (last) await this.#lay(last);
    else await this.fresh();
  }

  /** The pack in force, to be changed; what was open stays in the list. */
  async fresh() {
    if (!(await this.#yields())) return;
    await this.#lay({ id: newId(), files: await packs.texts(), title: "", saved: 0, revision: 0 });
  }

  /** Rule files of the person's own. */
  async open(files: Texts) {
    if (!(await this.#yields())) return;
    await this.#lay({ id: newId(), files, title: "", saved: 0, revision: 0 });
    this.unsaved = true;
    await this.persist();
  }

  /** An edited pack from the list. */
  async take(edited: Edited) {
    if (await this.#yields()) await this.#lay(edited);
  }

  /** Whether what is open may give way: it is saved, or the person lets it go. */
  async #yields(): Promise<boolean> {
    await this.persist();
    return !this.unsaved || confirm(r("save.leave"));
  }

  async #lay(edited: Edited) {
    this.#edited = edited;
    this.files = edited.files;
    clearTimeout(this.#timers.save);
    this.saved = edited.revision > 0 ? new Date(edited.saved) : undefined;
    this.unsaved = false;
    this.refused = undefined;
    this.trouble = undefined;
    this.problems = [];
    this.pack = undefined;
    this.current = this.names[0] ?? "";
    this.pile += 1;
    this.round += 1;
    await this.worker.edit(this.files);
    await this.check();
  }

  /** A file's text as it is now; `undefined` takes the file away. `typed`: the editor has it already. */
  set(file: string, text: string | undefined, typed = false) {
    const { [file]: _, ...others } = this.files;
    this.files = text === undefined ? others : { ...others, [file]: text };
    if (text === undefined && this.current === file) this.current = this.names[0] ?? "";
    void (text === undefined ? this.worker.change("remove", file) : this.worker.change("set", file, text));
    if (!typed) this.replaced = { files: [file] };
    this.round += 1;
    this.unsaved = true;
    clearTimeout(this.#timers.save);
    clearTimeout(this.#timers.check);
    this.#timers.save = setTimeout(() => this.persist(), PAUSE);
    this.#timers.check = setTimeout(() => this.check(), QUIET);
  }

  /** Makes changes in any files. */
  apply(edits: readonly TextEdit[]) {
    for (const [file, some] of grouped(edits)) {
      // From the end, so that none moves another.
      const sorted = [...some].sort((a, b) => b.range.start - a.range.start);
      const text = sorted.reduce((text, { range, text: by }) => text.slice(0, range.start) + by + text.slice(range.end), this.files[file] ?? "");
      this.set(file, text);
    }
  }

  /** Asks the compiler; only its word on the latest files counts. */
  async check() {
    const round = this.round;
    const lang = settings.lang;
    try {
      const problems = await this.worker.service<Problem[]>("problems", lang);
      if (round !== this.round) return;
      this.problems = problems;
      if (!problems.some(({ error }) => error)) {
        const { pack } = await this.worker.load(this.files, lang);
        if (round !== this.round) return;
        if (pack) this.pack = pack;
      }
      this.checked = round;
      this.trouble = undefined;
    } catch (error) {
      this.trouble = saying(error);
    }
  }

  /** Saves what is not saved yet. */
  persist(): Promise<void> {
    this.#saving = this.#saving.then(() => this.#save());
    return this.#saving;
  }

  async #save() {
    if (!this.unsaved || !this.#edited) return;
    clearTimeout(this.#timers.save);
    const round = this.round;
    const { id, version } = this.pack ?? { id: "", version: "" };
    const edited = { ...this.#edited, files: this.files, title: `${id} ${version}`.trim(), saved: Date.now(), revision: this.#edited.revision + 1 };
    try {
      // Another tab has saved these files meanwhile: this one's work goes on as a copy, and both are kept.
      const written = await save(edited);
      const kept = written ? edited : { ...edited, id: newId(), revision: 1 };
      if (!written) await save(kept);
      this.#edited = kept;
      this.saved = new Date(kept.saved);
      this.refused = undefined;
      // What was typed meanwhile is not saved yet.
      if (round === this.round) this.unsaved = false;
    } catch (error) {
      this.refused = refusal(error);
      this.#timers.save = setTimeout(() => this.persist(), RETRY);
    }
    this.list = await all().catch(() => this.list);
  }

  /** Puts an edited pack away, or back. */
  async remove(id: string, away: boolean) {
    await this.persist();
    await putAway(id, away ? Date.now() : undefined);
    this.list = await all();
    if (away && this.#edited?.id === id) await this.fresh();
  }

  isCurrent = (edited: Edited) => edited.id === this.#edited?.id;
}

function grouped(edits: readonly TextEdit[]): Map<string, TextEdit[]> {
  const found = new Map<string, TextEdit[]>();
  for (const edit of edits) found.set(edit.file, [...(found.get(edit.file) ?? []), edit]);
  return found;
}

export const ruleEditor = new RuleEditor();
