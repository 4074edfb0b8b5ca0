// The check that follows every edit: one at a time, and only the latest counts.

import { engine } from "../engine/engine.ts";
import type { Row } from "../model/document.ts";
import { reportIn } from "../report/plain.ts";
import type { Report } from "../wasm/checker.js";
import { documentStore } from "./document-store.svelte.ts";
import { said } from "./said.ts";
import { ALL_LANGUAGES, type Lang } from "./settings.svelte.ts";

class Checking {
  /** The document that the latest check is about. */
  #asked: Row | undefined;
  #following: Promise<void> | undefined;
  #round = 0;
  #checking: Promise<void> = Promise.resolve();

  /** Checks what was typed as soon as the check before is done: on a slow machine none is begun that nobody waits for. */
  follow(): Promise<void> {
    this.#following ??= this.#followed();
    return this.#following;
  }

  async #followed(): Promise<void> {
    const behind = () => documentStore.draft !== undefined && this.#asked !== documentStore.document;
    do {
      // What comes in one turn, a row that is pasted, say, is checked once.
      await Promise.resolve();
      await (behind() ? this.check() : this.#checking);
    } while (behind());
    this.#following = undefined;
  }

  /** Checks the document; only the latest check counts, and who waits for an earlier one waits for that. */
  check(): Promise<void> {
    if (documentStore.draft) this.#checking = this.#check(++this.#round);
    return this.#checking;
  }

  async #check(round: number): Promise<void> {
    const document = documentStore.document;
    documentStore.reported = undefined;
    this.#asked = document;
    try {
      const text = await engine.check(documentStore.name, documentStore.bytes(), documentStore.options());
      if (round !== this.#round) return this.#checking;
      documentStore.reportText = text;
      documentStore.report = reportIn(text);
      documentStore.reported = document;
      documentStore.trouble = "";
      this.#fingerprint();
    } catch (error) {
      if (round !== this.#round) return this.#checking;
      // Of what could not be checked nothing is known, whatever was known before.
      this.#forget(said(error));
    }
  }

  /** Of a file that is not kept its fingerprint is. */
  #fingerprint() {
    const { draft, unkept, report } = documentStore;
    if (!unkept || !draft?.forbidden || draft.forbidden.sha256) return;
    documentStore.draft = { ...draft, forbidden: { ...draft.forbidden, sha256: report?.document.sha256 } };
  }

  /** Something else is open: a check of what lay there before says nothing of this. */
  afresh() {
    this.#round += 1;
    this.#checking = Promise.resolve();
    this.#forget("");
  }

  #forget(trouble: string) {
    documentStore.reported = undefined;
    documentStore.report = undefined;
    documentStore.reportText = "";
    documentStore.trouble = trouble;
  }

  /** What the open file's report says, in each language. */
  async inAll<Said>(said: (report: Report) => Said): Promise<Record<Lang, Said>> {
    const reports = new Map<Lang, Said>();
    for (const lang of ALL_LANGUAGES) {
      const options = { ...documentStore.options(), lang };
      reports.set(lang, said(reportIn(await engine.check(documentStore.name, documentStore.bytes(), options))));
    }
    return Object.fromEntries(reports) as Record<Lang, Said>;
  }
}

export const checking = new Checking();
