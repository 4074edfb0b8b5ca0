// The saving of the open draft: soon after every edit, again when it was refused, and at once when the page is left.

import { serialize } from "../model/document.ts";
import { asked } from "../model/doubled.ts";
import { inRole } from "../model/form.ts";
import { checking } from "./checking.ts";
import { documentStore } from "./document-store.svelte.ts";
import { type Draft, keep, type Receipt, type Refusal, refusal, rescue, safe } from "./drafts.ts";
import { packs } from "./packs.svelte.ts";
import { EXAMPLE, router } from "./route.svelte.ts";
import { shelf } from "./shelf.svelte.ts";
import { tabs } from "./tabs.svelte.ts";

/** Between an edit and its saving and checking, in milliseconds; and the longest, while somebody types on. */
const PAUSE = 200;
const LONGEST = 800;
/** Before what could not be saved is tried again. */
const RETRY = 15_000;

class Saving {
  saved = $state.raw<Date>();
  /** There are edits that are not saved yet. */
  unsaved = $state(false);
  /** Why they cannot be. */
  refused = $state<Refusal>();
  /** Another tab saved this school as well: what is open is a copy. */
  forked = $state(false);

  #timer: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  /** When the first edit was made that is not saved. */
  #since: number | undefined;
  #edits = 0;
  /** How many of them were rescued when the page was left. */
  #rescued = 0;
  #saving: Promise<void> = Promise.resolve();

  /** The document was edited: it is saved and checked soon. */
  soon() {
    this.touch();
    this.#begun();
    this.#since ??= performance.now();
    clearTimeout(this.#timer);
    const wait = Math.min(PAUSE, this.#since + LONGEST - performance.now());
    this.#timer = setTimeout(() => this.settle(), Math.max(0, wait));
    void checking.follow();
  }

  /** There is something to save. */
  touch() {
    this.unsaved = true;
    this.#edits += 1;
  }

  /** Saves and checks now. */
  async settle() {
    clearTimeout(this.#timer);
    await Promise.all([this.persist(), checking.follow()]);
    // The document is saved at once; the verdict that goes with it comes later.
    if (this.unsaved || documentStore.isUnkept || documentStore.draft?.verdict === documentStore.judged?.verdict) return;
    this.touch();
    await this.persist();
  }

  /** Saves what is not saved yet. */
  persist(): Promise<void> {
    this.#saving = this.#saving.then(() => this.#save());
    return this.#saving;
  }

  async #save() {
    if (!this.unsaved || !documentStore.draft) return;
    // The example is nobody's, and stays as it is.
    if (documentStore.draft.example) return void (this.unsaved = false);
    this.#since = undefined;
    clearTimeout(this.#retry);
    const edits = this.#edits;
    const draft = written(documentStore.draft);
    try {
      // Where another tab has saved this school meanwhile, this one's work goes on as a copy, and both are kept.
      const kept = await keep(draft);
      // What was rescued since is not saved yet.
      if (edits >= this.#rescued) safe(draft.id);
      if (documentStore.draft?.id === draft.id) {
        const { id, revision, title, verdict, copy } = kept;
        documentStore.draft = { ...documentStore.draft, id, revision, title, verdict, copy };
        this.forked ||= id !== draft.id;
        this.saved = new Date(draft.saved);
        this.refused = undefined;
        if (edits === this.#edits) this.unsaved = false;
        this.known();
      }
      // The browser is asked not to clear it away when it wants room.
      if (kept.revision === 1) void navigator.storage?.persist?.().catch(() => undefined);
      await shelf.put(kept);
    } catch (error) {
      this.refused = refusal(error);
      this.#retry = setTimeout(() => this.persist(), RETRY);
    }
  }

  /** Keeps what was handed in beside the document. */
  async keepReceipt(handed: Receipt) {
    await this.#note({ handed });
  }

  /** From now on what is blank is told of at its box. */
  async ask() {
    if (documentStore.draft && !documentStore.draft.asked) await this.#note({ asked: true });
  }

  /** What was not read of the workbook is looked after. */
  async lookedAfter() {
    await this.#note({ unread: undefined });
  }

  async #note(about: Partial<Draft>) {
    if (!documentStore.draft) return;
    documentStore.draft = { ...documentStore.draft, ...about };
    // A form in which nothing was done yet is not kept.
    if (documentStore.draft.revision > 0) this.touch();
    await this.persist();
  }

  /** The page is being left or put aside: saves what is not saved. `false` where it may be lost. */
  leave(): boolean {
    if (!this.unsaved || !documentStore.draft || documentStore.draft.example) return true;
    const rescued = rescue(written(documentStore.draft));
    this.#rescued = this.#edits;
    void this.persist();
    // What this browser refuses to keep it may forget as well.
    return rescued && this.refused === undefined;
  }

  /** The first edit of a draft: until it is saved it can be had again from where it is rescued, and so the address names it. */
  #begun() {
    const { draft } = documentStore;
    if (!draft || draft.revision > 0 || draft.example || router.draft === draft.id) return;
    if (rescue(written(draft))) router.about(draft.id);
    this.#rescued = this.#edits;
  }

  /** Address and other tabs know what is open, once it can be had again. */
  known() {
    const { id, revision = 0, example } = documentStore.draft ?? {};
    router.about(example ? EXAMPLE : revision > 0 ? id : undefined);
    tabs.opened(example ? undefined : id);
  }

  /** Something else is open, and nothing of it is unsaved. */
  afresh() {
    const { draft } = documentStore;
    clearTimeout(this.#timer);
    clearTimeout(this.#retry);
    this.unsaved = this.forked = false;
    this.#since = undefined;
    this.refused = undefined;
    this.saved = draft && draft.revision > 0 ? new Date(draft.saved) : undefined;
  }
}

/** A draft as it is saved, with what is in the open document. */
function written(draft: Draft): Draft {
  const { document, judged } = documentStore;
  const form = packs.pack?.form ?? [];
  const named = (role: "id" | "name") => inRole(document, form, role);
  return {
    ...draft,
    text: serialize(document, form),
    doubled: asked(document),
    title: named("name") || named("id") || draft.title,
    verdict: judged?.verdict,
    saved: Date.now(),
    revision: draft.revision + 1,
  };
}

export const saving = new Saving();
