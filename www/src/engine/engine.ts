// The page's side of the checker.

import type { CheckOptions, LoadAnswer } from "../wasm/checker.js";
import { Caller } from "./caller.ts";
import { part } from "./parts.ts";
import { isWorkbook } from "./workbooks.ts";

class Engine {
  #caller = new Caller();
  #started: Promise<unknown> = Promise.resolve();
  #compiler = false;
  #office: Promise<unknown> | undefined;

  /** Starts the checker with the pack that came with the page. */
  async start(lang: string): Promise<LoadAnswer> {
    const started = Promise.all([part("checker"), part("pack")]).then(([module, pack]) =>
      this.#caller.text({ do: "start", module, pack, lang }),
    );
    this.#started = started;
    return JSON.parse(await started) as LoadAnswer;
  }

  /** Compiles rule files by name, as JSON; with errors the pack in force stays. */
  async compile(files: string, lang: string): Promise<LoadAnswer> {
    const module = this.#compiler ? undefined : await part("compiler");
    await this.#started;
    const answer = await this.#caller.text({ do: "compile", module, files, lang });
    this.#compiler = true;
    this.#office = undefined;
    return JSON.parse(answer) as LoadAnswer;
  }

  /** Takes a pack that was compiled before. `undefined` when another build of the page compiled it. */
  async take(compiled: Uint8Array, lang: string): Promise<LoadAnswer | undefined> {
    const answer = await this.#caller.text({ do: "take", compiled, lang });
    if (answer === "") return undefined;
    this.#office = undefined;
    return JSON.parse(answer) as LoadAnswer;
  }

  /** The pack in force, compiled; `undefined` for the one that came with the page. */
  compiled(): Promise<Uint8Array | undefined> {
    return this.#caller.bytes({ do: "compiled" });
  }

  /** Back to the pack that came with the page. */
  async restore(lang: string): Promise<LoadAnswer> {
    this.#office = undefined;
    return JSON.parse(await this.#caller.text({ do: "restore", lang })) as LoadAnswer;
  }

  /** The module for counties and workbooks, and the pack in force for it. */
  async officeParts(): Promise<{ module: ArrayBuffer; pack: ArrayBuffer }> {
    await this.#started;
    const compiled = await this.compiled();
    return { module: await part("office"), pack: compiled ? compiled.slice().buffer : await part("pack") };
  }

  /** Loads that module beside the checker, for workbooks. */
  async office(): Promise<void> {
    this.#office ??= this.officeParts().then((parts) => this.#caller.ask({ do: "office", ...parts }));
    await this.#office;
  }

  /** The report as text, byte for byte what `bulou check --format json` prints. */
  async check(name: string, document: Uint8Array, options: CheckOptions): Promise<string> {
    await this.#ready(document);
    return this.#caller.text({ do: "check", name, bytes: document, options });
  }

  /** The report for a spreadsheet. */
  async csv(name: string, document: Uint8Array, options: CheckOptions): Promise<string> {
    await this.#ready(document);
    return this.#caller.text({ do: "csv", name, bytes: document, options });
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
    if (!isWorkbook(document)) return document;
    await this.office();
    return new TextEncoder().encode(await this.#caller.text({ do: "document", bytes: document, lang }));
  }

  /** Whatever a document needs to be checked is loaded. */
  async #ready(document: Uint8Array): Promise<void> {
    await (isWorkbook(document) ? this.office() : this.#started);
  }
}

export const engine = new Engine();
