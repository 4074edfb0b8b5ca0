// The page's side of the work on rule files, in a worker of its own that can be stopped at any moment.

import type { CasesAnswer, DifferenceView, DifferingView, Effects, LoadAnswer, NeededAnswer, PublishAnswer, PublishCall, VerifyAnswer, VerifyCall } from "../wasm/bureau.js";
import { Caller } from "./caller.ts";
import { json, module } from "./parts.ts";
import type { EffectFiles, Module, Progress, Reply, Service, Task } from "./protocol.ts";

/** Rule files by name. */
export type Texts = Record<string, string>;

/** The texts and cases of the pack that came with the page. */
export const builtIn = async (): Promise<Texts> => (await json("texts")) as Texts;

/** The long explanation of a diagnostic's code. */
export async function explanation(code: string, lang: string): Promise<string> {
  const book = (await json("explanations")) as Record<string, Record<string, string>>;
  return book[lang]?.[code] ?? "";
}

/** What has to be loaded for a task, when that is not the compiler. */
const NEEDS: Partial<Record<Task["do"], Module[]>> = {
  cases: ["bureau"],
  expecting: ["bureau"],
  difference: ["bureau"],
  publish: ["bureau"],
  needed: ["bureau"],
  receive: ["bureau"],
  effects: ["compiler", "office"],
  zip: ["office"],
};

export class RuleWorker {
  #caller = new Caller();
  #modules = new Map<Module, Promise<unknown>>();

  async #ask(task: Task, tell?: (progress: Progress) => void): Promise<Reply> {
    const needs = NEEDS[task.do] ?? ["compiler"];
    await Promise.all(needs.map((name) => this.#module(name)));
    return this.#caller.ask({ do: "tasks", task }, tell);
  }

  async #json<T>(task: Task, tell?: (progress: Progress) => void): Promise<T> {
    return JSON.parse(String(await this.#ask(task, tell))) as T;
  }

  #module(name: Module): Promise<unknown> {
    const begun = this.#modules.get(name) ?? this.#begin(name);
    this.#modules.set(name, begun);
    return begun;
  }

  /** What could not be loaded is loaded again the next time. */
  async #begin(name: Module) {
    try {
      await this.#caller.ask({ do: "tasks", task: { do: "module", name, module: await module(name) } });
    } catch (error) {
      this.#modules.delete(name);
      throw error;
    }
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

  /** A case file in which the case at a place expects what now comes out; nothing where there is no such case. */
  async expecting(text: string, place: number, { rule, found }: DifferingView): Promise<string | undefined> {
    const renewed = await this.#ask({ do: "expecting", text, place, rule, status: found });
    return typeof renewed === "string" ? renewed : undefined;
  }

  difference(old: Texts, files: Texts, asOf: string, lang: string): Promise<DifferenceView | null> {
    return this.#json({ do: "difference", old: JSON.stringify(old), files: JSON.stringify(files), asOf, lang });
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

  effects(effects: EffectFiles, tell?: (progress: Progress) => void): Promise<Effects> {
    return this.#json({ do: "effects", effects }, tell);
  }

  async zip(files: Texts): Promise<Uint8Array> {
    const bytes = await this.#ask({ do: "zip", files });
    return bytes instanceof Uint8Array ? bytes : new Uint8Array();
  }

  stop() {
    this.#caller.stop();
  }
}
