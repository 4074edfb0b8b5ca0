// The steps of undo: documents from before and after the open one, each of which changes something.

import type { Path, Row } from "../model/document.ts";
import { difference, distinct, led } from "../model/history.ts";
import { packs } from "./packs.svelte.ts";

/** Edits of one field within this time are one step. */
const ONE = 2000;

class Steps {
  undoable = $state(0);
  redoable = $state(0);
  /** What was undone or redone last, until the next edit. */
  stepped = $state.raw<{ back: boolean; path: Path }>();

  #past: Row[] = [];
  #future: Row[] = [];
  #last = { place: "", time: 0 };

  /** An edit of a place made one document of another. It joins the step before where that is of the same place, unless it is to stand `alone`. */
  edited(from: Row, to: Row, path: Path, alone: boolean) {
    const place = path.join("/");
    const now = Date.now();
    const same = !alone && this.#last.place === place && now - this.#last.time < ONE;
    if (!same || this.#past.length === 0) this.#past.push(from);
    this.#last = { place, time: now };
    const before = this.#past.at(-1);
    if (before && !difference(before, to, packs.pack?.form ?? [])) {
      // What was taken back by hand is no step.
      this.#past.pop();
      this.#break();
    }
    this.#future = [];
    this.stepped = undefined;
    this.#count();
  }

  /** The open document was changed, and so is every other that can be had again: that is no step. */
  alike(open: Row, changed: (document: Row) => Row) {
    // A step that changed nothing else is none any more.
    const left = (documents: Row[]) => distinct([...documents.map(changed), open], packs.pack?.form ?? []).slice(0, -1);
    this.#past = left(this.#past);
    this.#future = left(this.#future);
    this.#break();
    this.#count();
  }

  /** The document from before the open one, or the one that was undone, and where it is different. */
  step(open: Row, back: boolean): { document: Row; path: Path } | undefined {
    const [from, to] = back ? [this.#past, this.#future] : [this.#future, this.#past];
    const document = from.pop();
    if (!document) return undefined;
    const path = led(document, difference(open, document, packs.pack?.form ?? []) ?? []);
    to.push(open);
    this.#break();
    this.stepped = { back, path };
    this.#count();
    return { document, path };
  }

  /** Something else is open. */
  afresh() {
    this.#past = [];
    this.#future = [];
    this.stepped = undefined;
    this.#count();
  }

  /** The next edit is a step of its own. */
  #break() {
    this.#last = { place: "", time: 0 };
  }

  #count() {
    this.undoable = this.#past.length;
    this.redoable = this.#future.length;
  }
}

export const steps = new Steps();
