// The page's side of the work on rule files, in a worker of its own that can be stopped at any moment.

import type { CasesAnswer, DifferenceView, Effects, LoadAnswer, NeededAnswer, PublishAnswer, PublishCall, VerifyAnswer, VerifyCall } from "../wasm/compiler.js";
import { Caller } from "./caller.ts";
import { part } from "./parts.ts";
import type { EffectFiles, Progress, Reply, Service, Task } from "./protocol.ts";

/** Rule files by name. */
export type Texts = Record<string, string>;

/** The texts and cases of the pack that came with the page. */
export const builtIn = async (): Promise<Texts> => JSON.parse(new TextDecoder().decode(await part("texts"))) as Texts;

export class RuleWorker {
  #caller = new Caller();
  #ready: Promise<unknown>;

  constructor() {
    this.#ready = part("compiler").then((module) => this.#caller.ask({ do: "bench", task: { do: "compiler", module } }));
  }

  async #ask(task: Task, tell?: (progress: Progress) => void): Promise<Reply> {
    await this.#ready;
    return this.#caller.ask({ do: "bench", task }, tell);
  }

  async #json<T>(task: Task, tell?: (progress: Progress) => void): Promise<T> {
    return JSON.parse(String(await this.#ask(task, tell))) as T;
  }

  /** The files to edit, for the services below. */
  edit(files: Texts): Promise<unknown> {
    return this.#ask({ do: "edit", files: JSON.stringify(files) });
  }

  /** A service of the editor that changes its files. */
  change(name: "set" | "remove", ...args: string[]): Promise<unknown> {
    return this.#ask({ do: "service", name, args });
  }

  /** A service of the editor that answers with JSON. */
  service<T>(name: Service, ...args: (string | number)[]): Promise<T> {
    return this.#json<T>({ do: "service", name, args });
  }

  /** A file in canonical layout; the error says why not. */
  async format(file: string, lang: string): Promise<string> {
    return String(await this.#ask({ do: "service", name: "format", args: [file, lang] }));
  }

  load(files: Texts, lang: string): Promise<LoadAnswer> {
    return this.#json({ do: "load", files: JSON.stringify(files), lang });
  }

  cases(files: Texts, lang: string): Promise<CasesAnswer | null> {
    return this.#json({ do: "cases", files: JSON.stringify(files), lang });
  }

  difference(old: Texts, files: Texts, asOf: string, lang: string): Promise<DifferenceView | null> {
    return this.#json({ do: "difference", old: JSON.stringify(old), files: JSON.stringify(files), asOf, lang });
  }

  async explain(code: string, lang: string): Promise<string> {
    return String(await this.#ask({ do: "explain", code, lang }));
  }

  publish(call: PublishCall): Promise<PublishAnswer> {
    return this.#json({ do: "publish", call: JSON.stringify(call) });
  }

  needed(call: VerifyCall): Promise<NeededAnswer> {
    return this.#json({ do: "needed", call: JSON.stringify(call) });
  }

  receive(call: VerifyCall): Promise<VerifyAnswer> {
    return this.#json({ do: "receive", call: JSON.stringify(call) });
  }

  async effects(effects: EffectFiles, tell?: (progress: Progress) => void): Promise<Effects> {
    return this.#json({ do: "effects", module: await part("office"), effects }, tell);
  }

  async zip(files: Texts): Promise<Uint8Array> {
    const bytes = await this.#ask({ do: "zip", module: await part("office"), files });
    return bytes instanceof Uint8Array ? bytes : new Uint8Array();
  }

  stop() {
    this.#caller.stop();
  }
}
