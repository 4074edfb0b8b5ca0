// Edits of the open document, each of which can be undone, is saved and is checked.

import { displaced } from "../model/displaced.ts";
import { isRow, LosslessNumber, type Path, pointer, type Row, set, toText, type Value } from "../model/document.ts";
import { type Asked, fromJson, withoutAsked } from "../model/doubled.ts";
import { place } from "../report/words.ts";
import { t } from "../texts/main.ts";
import { documentStore, mark } from "./document-store.svelte.ts";
import { blank, type Unread } from "./drafts.ts";
import { packs } from "./packs.svelte.ts";
import { saving } from "./saving.svelte.ts";
import { steps } from "./steps.svelte.ts";

class Editing {
  /** Where answers stood that something else took the place of. */
  #moved: Path[] = [];

  /** Changes one place of the document. */
  edit(path: Path, to: Value | undefined) {
    // A blank form would take the place of what is there.
    if (documentStore.closed) return;
    const there = documentStore.document;
    const made = set(there, path, to);
    const document = isRow(made) ? made : {};
    // Rows that come and go are a step each, however fast.
    steps.edited(there, document, path, Array.isArray(to) || Array.isArray(documentStore.at(path)));
    const lost = displaced(there, path, packs.pack?.form ?? []);
    if (lost) this.#moved.push(lost.path);
    this.change(document);
    this.#tell(there);
  }

  /** One of the texts that stand twice is meant. */
  choose({ path }: Asked, text: string) {
    this.edit(path, fromJson(text));
  }

  /** None of them is. */
  chooseNone({ path }: Asked) {
    const row = path.slice(0, -1);
    const there = documentStore.at(row);
    if (isRow(there)) this.edit(row, withoutAsked(there, String(path.at(-1))));
  }

  /** Counts the document's 版次 up to what goes out now. That is no step: what went out is out, and no undo takes its number back. */
  number(path: Path, edition: number) {
    const numbered = (document: Row): Row => {
      const made = set(document, path, new LosslessNumber(String(edition)));
      return isRow(made) ? made : document;
    };
    const document = numbered(documentStore.document);
    steps.alike(document, numbered);
    documentStore.draft = { ...(documentStore.draft ?? blank()), edition };
    this.change(document);
  }

  /** The answer is where: to be shown to who did it. */
  undo(): Path | undefined {
    return this.#step(true);
  }

  redo(): Path | undefined {
    return this.#step(false);
  }

  #step(back: boolean): Path | undefined {
    const there = documentStore.document;
    const step = steps.step(there, back);
    if (!step) return undefined;
    this.change(step.document);
    this.#tell(there);
    return step.path;
  }

  /** Puts another document in the place of the open one. What can be undone is the affair of who does it. */
  change(document: Row) {
    if (!packs.pack) return;
    documentStore.document = Object.keys(document).length === 0 ? document : { ...mark(), ...document };
    documentStore.draft = { ...(documentStore.draft ?? blank()), file: undefined, forbidden: undefined };
    documentStore.unkept = undefined;
    saving.soon();
  }

  /** Tells of answers that stood where another kind of answer belongs as long as they do not stand there. */
  #tell(before: Row) {
    const form = packs.pack?.form ?? [];
    for (const path of this.#moved) {
      const [lost, back] = [displaced(before, path, form), displaced(documentStore.document, path, form)];
      if ((lost === undefined) === (back === undefined)) continue;
      const others = (documentStore.draft?.unread ?? []).filter(({ at }) => at !== pointer(path));
      documentStore.draft = { ...(documentStore.draft ?? blank()), unread: lost ? [...others, was(lost)] : others };
    }
  }

  /** Something else is open. */
  afresh() {
    steps.afresh();
    this.#moved = [];
  }
}

/** An answer that stood where another kind of answer belongs, as it is told of until the person has looked after it. */
const was = ({ path, value }: { path: Path; value: Value }): Unread => ({
  cell: place(path.map(String)),
  at: pointer(path),
  message: t.inAll("unread.was", toText(value)),
});

export const editing = new Editing();
