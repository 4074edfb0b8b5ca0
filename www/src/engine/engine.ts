// The page's side of the checker.

import initChecker, { type CheckOptions, type LoadAnswer } from "../wasm/checker.js";
import { Caller } from "./caller.ts";
import CheckWorker from "./check-worker.ts?worker&inline";
import type { Guard, Soundness } from "./guarded.ts";
import { code, module, part } from "./parts.ts";
import { isWorkbook } from "./workbooks.ts";

class Engine {
  /** Checks by the pack that came with the page, until more is asked for. */
  #caller = new Caller(() => new CheckWorker());
  #whole: Promise<Caller> | undefined;
  #started: Promise<unknown> = Promise.resolve();
  #office: Promise<unknown> | undefined;
  #guard: Guard | undefined;
  /** Workbooks that were gone through. */
  #gone = new WeakMap<Uint8Array, Promise<Soundness>>();
  #going: Promise<unknown> = Promise.resolve();

  /** Starts the checker with the pack that came with the page; here, too, to read what is typed and pasted. */
  async start(lang: string): Promise<LoadAnswer> {
    const started = Promise.all([module("checker"), part("pack")]).then(async ([checker, pack]) => {
      await initChecker({ module_or_path: checker });
      return this.#caller.text({ do: "start", module: checker, pack, lang });
    });
    this.#started = started;
    return JSON.parse(await started) as LoadAnswer;
  }

  /** The worker for everything: from then on it checks as well. */
  whole(): Promise<Caller> {
    const grown = this.#whole ?? this.#grow();
    this.#whole = grown;
    grown.catch(() => (this.#whole = undefined));
    return grown;
  }

  async #grow(): Promise<Caller> {
    await this.#started;
    const [checker, pack] = await Promise.all([module("checker"), part("pack")]);
    const caller = new Caller();
    await caller.ask({ do: "start", module: checker, pack, lang: "zh" });
    this.#caller.retire();
    this.#caller = caller;
    return caller;
  }

  /** Compiles rule files by name, as JSON; with errors the pack in force stays. */
  async compile(files: string, lang: string): Promise<LoadAnswer> {
    const compiler = await module("compiler");
    const answer = await (await this.whole()).text({ do: "compile", module: compiler, files, lang });
    this.#office = undefined;
    return JSON.parse(answer) as LoadAnswer;
  }

  /** Takes a pack that was compiled before. `undefined` when another build of the page compiled it. */
  async take(compiled: Uint8Array, lang: string): Promise<LoadAnswer | undefined> {
    const answer = await (await this.whole()).text({ do: "take", compiled, lang });
    if (answer === "") return undefined;
    this.#office = undefined;
    return JSON.parse(answer) as LoadAnswer;
  }

  /** The pack in force, compiled; `undefined` for the one that came with the page. */
  async compiled(): Promise<Uint8Array | undefined> {
    return (await this.#whole)?.bytes({ do: "compiled" });
  }

  /** Back to the pack that came with the page. */
  async restore(lang: string): Promise<LoadAnswer> {
    this.#office = undefined;
    await this.#whole;
    return JSON.parse(await this.#caller.text({ do: "restore", lang })) as LoadAnswer;
  }

  /** The module for counties and workbooks, and the pack in force for it. */
  async officeParts(): Promise<{ module: WebAssembly.Module; pack: ArrayBuffer }> {
    await this.#started;
    const own = await this.compiled();
    return { module: await module("office"), pack: own ? own.slice().buffer : await part("pack") };
  }

  /** Whether a workbook can be gone through: whoever does that can be stopped. Other files need not be. */
  async #sound(bytes: Uint8Array): Promise<Soundness | undefined> {
    if (!isWorkbook(bytes)) {
      await this.#started;
      return undefined;
    }
    await this.office();
    const found = this.#gone.get(bytes) ?? this.#goThrough(bytes);
    this.#gone.set(bytes, found);
    // What went wrong on the way says nothing of the workbook: the next time it is gone through again.
    found.catch(() => this.#gone.delete(bytes));
    return found;
  }

  /** Who goes through workbooks is loaded with the first of them. */
  async #newGuard(): Promise<Guard> {
    const [{ Guard }, { module }] = await Promise.all([code(import("./guarded.ts")), this.officeParts()]);
    return new Guard(module);
  }

  /** One after another: the worker that does it has one archive and one answer at a time. */
  #goThrough(bytes: Uint8Array): Promise<Soundness> {
    const found = this.#going.then(async () => {
      this.#guard ??= await this.#newGuard();
      return this.#guard.sound(bytes);
    });
    this.#going = found.catch(() => undefined);
    return found;
  }

  /** Loads that module beside the checker, for workbooks. */
  async office(): Promise<void> {
    this.#office ??= Promise.all([this.whole(), this.officeParts()]).then(([caller, parts]) => caller.ask({ do: "office", ...parts }));
    this.#office.catch(() => (this.#office = undefined));
    await this.#office;
  }

  /** The report as text, byte for byte what `bulou check --format json` prints. */
  async check(name: string, document: Uint8Array, options: CheckOptions): Promise<string> {
    const sound = await this.#sound(document);
    return this.#caller.text({ do: "check", name, bytes: document, sound, options });
  }

  /** The report for a spreadsheet. */
  async csv(name: string, document: Uint8Array, options: CheckOptions): Promise<string> {
    const sound = await this.#sound(document);
    return this.#caller.text({ do: "csv", name, bytes: document, sound, options });
  }

  /** A workbook to fill in. */
  async template(lang: string): Promise<Uint8Array | undefined> {
    await this.office();
    return this.#caller.bytes({ do: "template", lang });
  }

  /** A document as a workbook. */
  async workbook(document: Uint8Array, lang: string): Promise<Uint8Array | undefined> {
    await this.office();
    return this.#caller.bytes({ do: "workbook", bytes: document, lang });
  }

  /** A document as a workbook with what a check finds at its cells. */
  async annotated(name: string, document: Uint8Array, options: CheckOptions): Promise<Uint8Array | undefined> {
    await this.office();
    return this.#caller.bytes({ do: "annotated", name, bytes: document, options });
  }

  /** A document's JSON: a workbook's is made by the module for them, any other file's is its own. */
  async json(document: Uint8Array, lang: string): Promise<Uint8Array> {
    const sound = await this.#sound(document);
    if (!sound) return document;
    if (sound.is !== "sound") return new Uint8Array();
    return new TextEncoder().encode(await this.#caller.text({ do: "document", bytes: document, lang }));
  }
}

export const engine = new Engine();
