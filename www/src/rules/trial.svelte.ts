// The edited rules tried out: their cases, how they differ from those in force, whose result changes. Each answer is
// kept with what it is about, and the work on it can be stopped.

import { engine } from "../engine/engine.ts";
import type { Named, Progress } from "../engine/protocol.ts";
import { RuleWorker } from "../engine/rules.ts";
import { packs, type Waiver } from "../state/packs.svelte.ts";
import { saying, type Saying } from "../state/said.ts";
import { settings } from "../state/settings.svelte.ts";
import type { CasesAnswer, CaseView, DifferenceView, DifferingView, Effects } from "../wasm/bureau.js";
import { ruleEditor } from "./rule-editor.svelte.ts";

/** One kind of trial: its answer, and what it is about: the edited rules, and more. */
export class Trial<T> {
  answer = $state.raw<T>();
  busy = $state(false);
  progress = $state.raw<Progress>();
  trouble = $state.raw<Saying>();
  #asked = $state.raw({ round: -1, about: "", now: (): string => "" });
  #worker: RuleWorker | undefined;

  /** Whether what the answer is about changed since. */
  get stale(): boolean {
    const { round, about, now } = this.#asked;
    return this.answer !== undefined && (round !== ruleEditor.round || about !== now());
  }

  /** `now` says what else the answer is about. */
  async run(ask: (worker: RuleWorker, tell: (progress: Progress) => void) => Promise<T>, now = (): string => "") {
    this.stop();
    const worker = new RuleWorker();
    const asked = { round: ruleEditor.round, about: now(), now };
    this.#worker = worker;
    this.busy = true;
    this.trouble = undefined;
    try {
      const answer = await ask(worker, (progress) => (this.progress = progress));
      if (worker !== this.#worker) return;
      [this.answer, this.#asked] = [answer, asked];
    } catch (error) {
      if (worker !== this.#worker) return;
      this.trouble = saying(error);
      // The answer from before is none to what was asked now.
      this.answer = undefined;
    }
    if (worker === this.#worker) this.stop();
  }

  stop() {
    this.#worker?.stop();
    this.#worker = undefined;
    this.busy = false;
    this.progress = undefined;
  }
}

class Trials {
  cases = new Trial<CasesAnswer | null>();
  difference = new Trial<DifferenceView | null>();
  effects = new Trial<Effects>();
  /** The documents whose results are compared. */
  documents = $state.raw<readonly Named[]>([]);

  runCases() {
    return this.cases.run((worker) => worker.cases(ruleEditor.files, settings.lang));
  }

  /** Writes what now comes out into the case, as what it expects, and runs all anew. */
  async takeOver({ file, place }: CaseView, statuses: readonly DifferingView[]) {
    const worker = new RuleWorker();
    try {
      let text = ruleEditor.files[file] ?? "";
      for (const one of statuses) text = (await worker.expecting(text, place, one)) ?? text;
      ruleEditor.set(file, text);
    } finally {
      worker.stop();
    }
    await this.runCases();
  }

  runDifference() {
    return this.difference.run(async (worker) => worker.difference(await packs.texts(), ruleEditor.files, settings.asOf, settings.lang), inForce);
  }

  /** Checks documents by the rules in force and by the edited ones, each with the parameters and waivers that go with it. */
  runEffects(documents: readonly Named[], given: () => Given) {
    // What came out for other documents is no answer, even while this is read or when it is stopped.
    if (documents !== this.documents) this.effects.answer = undefined;
    this.documents = documents;
    return this.effects.run(async (worker, tell) => {
      const { pack: old } = await engine.officeParts();
      const options = { as_of: settings.asOf, lang: settings.lang };
      const [oldOptions, newOptions] = [{ ...options, ...packs.given }, { ...options, ...given() }];
      return worker.effects({ old, files: ruleEditor.files, documents, oldOptions, newOptions }, tell);
    }, () => inForce() + JSON.stringify(given()));
  }
}

/** The county's parameters and waivers. */
interface Given {
  params: Record<string, string>;
  waivers: Waiver[];
}

/** The day of the check and the rules in force, with what was published with them. */
const inForce = () => JSON.stringify([settings.asOf, packs.pack?.sha256, packs.given]);

export const trials = new Trials();
