// The county that is open: its files, the reading of them, and the report.

import { CountyRun } from "../engine/county.ts";
import type { Progress } from "../engine/protocol.ts";
import { hand } from "../state/files.ts";
import { packs } from "../state/packs.svelte.ts";
import { said, saying, type Saying } from "../state/said.ts";
import { settings } from "../state/settings.svelte.ts";
import { plain, reportIn } from "../report/plain.ts";
import type { Report } from "../wasm/checker.js";
import type { CountyReport } from "../wasm/office.js";
import { accounted } from "./figures.ts";
import { type Found, together } from "./intake.ts";
import { c } from "../texts/county.ts";

class County {
  files = $state.raw<Found[]>([]);
  /** The county's own document, when the person chose one. */
  own = $state.raw<{ name: string; bytes: Uint8Array }>();
  /** An earlier county report to compare with. */
  previous = $state.raw<{ name: string; bytes: Uint8Array | undefined }>();
  /** Why it is not compared with; then nothing is. */
  incomparable = $state.raw<Saying>();
  /** Files that were chosen and not read, because a system left them. */
  passedOver = $state.raw<string[]>([]);
  progress = $state.raw<Progress>();
  report = $state.raw<CountyReport>();
  /** Towns by the ids of schools, where the county's document names them. */
  towns = $state.raw(new Map<string, string>());
  trouble = $state.raw<Saying>();
  /** The person stopped the reading. */
  stopped = $state(false);
  /** The school that was looked at last, for the way back. */
  visited = $state("");

  #text = "";
  #run: CountyRun | undefined;
  #comparing: Promise<void> = Promise.resolve();
  /** What the report depends on besides files. */
  #about = "";

  /** Adds files and reads all anew. */
  async add(more: readonly Found[]) {
    if (more.length === 0) {
      this.trouble = () => c("nothing");
      return;
    }
    this.files = together(this.files, more);
    await this.read();
  }

  async setOwn(file: File | undefined) {
    if (!file) return;
    // What is said from here on is about something else.
    this.trouble = undefined;
    const bytes = await opened(file);
    if (!bytes) return void (this.trouble = () => `${file.name}: ${c("file.unopened")}`);
    this.own = { name: file.name, bytes };
    if (this.files.length > 0) await this.read();
  }

  /** Reads anew when another day, language or pack asks for it. */
  async refresh() {
    if (this.files.length > 0 && !this.stopped && this.#about !== about()) await this.read();
  }

  async read() {
    this.#run?.stop();
    const run = new CountyRun();
    this.#run = run;
    this.#about = about();
    this.report = undefined;
    this.trouble = undefined;
    this.stopped = false;
    this.progress = { files: 0, of: this.files.length, part: 0, documents: 0, name: "" };
    try {
      const files = this.files.map(({ name, file, alone }) => ({ name, file, alone: alone ?? false }));
      const options = { as_of: settings.asOf, lang: settings.lang, ...packs.given };
      const passedOver = await run.read({ files, own: this.own, options, unopened: c("file.unopened") }, (progress) => {
        if (run === this.#run) this.progress = progress;
      });
      if (run === this.#run) this.passedOver = passedOver;
      await this.#finish(run);
    } catch (error) {
      if (run === this.#run) this.trouble = saying(error);
    }
    if (run === this.#run) this.progress = undefined;
  }

  async #finish(run: CountyRun) {
    const { text, refused } = await this.#compared(run);
    if (run !== this.#run) return;
    this.#text = text;
    this.incomparable = refused;
    const report = inPlainWords(JSON.parse(text) as CountyReport);
    const towns = await run.towns();
    if (run !== this.#run) return;
    if (accounted(report).all === 0) this.trouble = () => c("litter", this.files.length);
    this.towns = towns;
    this.report = report;
  }

  /** The report beside the earlier one; where that is refused, without any, and why. */
  async #compared(run: CountyRun): Promise<{ text: string; refused: Saying | undefined }> {
    const { previous } = this;
    if (!previous) return { text: await run.finish(undefined), refused: undefined };
    if (!previous.bytes) return { text: await run.finish(undefined), refused: () => c("file.unopened") };
    try {
      return { text: await run.finish(previous.bytes), refused: undefined };
    } catch (error) {
      return { text: await run.finish(undefined), refused: () => plain(said(error)) };
    }
  }

  /** Stops the reading at once. There is no report of half a county: it would call schools missing that are not. */
  cancel() {
    this.#run?.stop();
    this.#run = undefined;
    this.progress = undefined;
    this.stopped = true;
  }

  clear() {
    this.#run?.stop();
    this.#run = undefined;
    this.files = this.passedOver = [];
    this.own = this.previous = this.progress = this.report = undefined;
    this.trouble = this.incomparable = undefined;
    this.visited = "";
    this.stopped = false;
  }

  /** Compares with an earlier report from now on; one that was chosen meanwhile waits. */
  compare(file: File): Promise<void> {
    this.#comparing = this.#comparing.then(() => this.#compare(file));
    return this.#comparing;
  }

  async #compare(file: File) {
    this.previous = { name: file.name, bytes: await opened(file) };
    const run = this.#run;
    try {
      if (run) await this.#finish(run);
    } catch (error) {
      if (run === this.#run) this.trouble = saying(error);
    }
  }

  /** One school's reports, from its files as they are now: one, or those that are in conflict. */
  async school(id: string): Promise<{ report: Report; text: string }[]> {
    const run = this.#run;
    const school = this.report?.by_school.find((one) => one.id === id);
    const conflict = this.report?.schools.conflict.find((one) => one.id === id);
    if (!school || !run) return [];
    const files = conflict ? conflict.files : [school.document];
    const texts = await Promise.all(files.map((file) => run.school(file)));
    return texts.map((text) => ({ report: reportIn(text), text }));
  }

  async export(form: "json" | "csv" | "xlsx") {
    const name = `${c("file.name")}-${this.report?.as_of}.${form}`;
    if (form === "json") hand(name, this.#text, "application/json");
    else if (form === "csv") hand(name, (await this.#run?.csv()) ?? "", "text/csv");
    else hand(name, (await this.#run?.xlsx()) ?? "", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  }
}

/** The report in words for people who have neither JSON nor a command line before them. */
function inPlainWords(report: CountyReport): CountyReport {
  const said = <One extends { message: string }>(all: readonly One[]) => all.map((one) => ({ ...one, message: plain(one.message) }));
  const { structure, schools } = report;
  return { ...report, structure: said(structure), schools: { ...schools, unreadable: said(schools.unreadable) } };
}

/** A file's bytes; none where the browser does not open it. */
const opened = (file: File): Promise<Uint8Array | undefined> =>
  file.arrayBuffer().then((buffer) => new Uint8Array(buffer), () => undefined);

const about = () => JSON.stringify([settings.asOf, settings.lang, packs.pack?.sha256, packs.given]);

export const county = new County();
