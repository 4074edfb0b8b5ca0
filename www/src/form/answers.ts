// The document that a form shows: the open one, unless a part of the page brings its own.

import { getContext, setContext } from "svelte";

import type { Path, Value } from "../model/document.ts";
import { documentStore } from "../state/document-store.svelte.ts";
import { editing } from "../state/editing.ts";
import { packs } from "../state/packs.svelte.ts";
import type { Report, RuleCard } from "../wasm/checker.js";

export interface Answers {
  at(path: Path): Value | undefined;
  edit(path: Path, to: Value | undefined): void;
  readonly report: Report | undefined;
  /** Whether the person has asked what is missing: from then on blanks are told of. */
  readonly asked: boolean;
  /** The rules that ask for the answers. */
  readonly rules: readonly RuleCard[];
}

const KEY = Symbol("answers");

const showsOpen: Answers = {
  at: (path) => documentStore.at(path),
  edit: (path, to) => editing.edit(path, to),
  get report() {
    return documentStore.report;
  },
  get asked() {
    return documentStore.draft?.asked ?? false;
  },
  get rules() {
    return packs.pack?.rules ?? [];
  },
};

export const setAnswers = (answers: Answers): Answers => setContext(KEY, answers);
export const getAnswers = (): Answers => getContext<Answers | undefined>(KEY) ?? showsOpen;
