// One document gives way to another: a blank one, a kept draft, a file, the example, or itself for another version of the pack.

import { engine } from "../engine/engine.ts";
import { code } from "../engine/parts.ts";
import { isRow, type Row, set, type Value } from "../model/document.ts";
import { withAsked } from "../model/doubled.ts";
import { strangers, withoutForbidden } from "../model/form.ts";
import { unreadOf } from "../model/left.ts";
import { read } from "../model/reading.ts";
import { t } from "../texts/main.ts";
import { checking } from "./checking.ts";
import { documentStore } from "./document-store.svelte.ts";
import { blank, type Draft, load, putAway, recover, type Unread } from "./drafts.ts";
import { editing } from "./editing.ts";
import { packs } from "./packs.svelte.ts";
import { EXAMPLE, router } from "./route.svelte.ts";
import { saving } from "./saving.svelte.ts";
import { inAll, settings } from "./settings.svelte.ts";
import { shelf } from "./shelf.svelte.ts";

/** The day on which the example is checked: on any later one all that it has to do would be overdue. */
const EXAMPLE_DAY = "2022-06-28";

class Opening {
  /** A draft is being opened. */
  turning = $state(true);
  /** A draft that the address names and this browser does not have. */
  gone = $state("");
  #turns = 0;

  /** The page was opened: what was rescued when it was left is saved, and the address shows what it showed. */
  async begin() {
    await recover().catch(() => undefined);
    await this.follow(router.draft);
    // What could be gone on with is known before a blank form is offered.
    if (!documentStore.draft) await shelf.list();
    this.turning = false;
    if (documentStore.draft) await shelf.list();
  }

  /** Begins a blank document where none is open and none to go on with. */
  async need() {
    // Another tab may have saved one since.
    await shelf.list();
    if (!documentStore.draft && !this.turning && shelf.kept.length === 0) await this.start();
  }

  /** Opens the draft that an address names. */
  async follow(id: string | undefined) {
    const here = documentStore.draft?.example ? EXAMPLE : documentStore.draft?.id;
    this.gone = "";
    if (id === undefined || id === here) return saving.known();
    if (id === EXAMPLE) return this.example();
    const found = await this.take(id);
    if (!found) this.gone = id;
  }

  /** The example that came with the page. */
  async example() {
    const { exampleBytes } = await code(import("./example.ts"));
    await this.open("示例.json", exampleBytes, read(exampleBytes), EXAMPLE_DAY);
  }

  /** Puts the open document aside: the person says what comes next. */
  async aside() {
    await this.#turn(async () => this.#lay(undefined, {}));
    await shelf.list();
  }

  /** A school's empty document. */
  async start() {
    await this.#turn(async () => {
      this.#lay(blank(), {});
      await checking.check();
    });
  }

  /** A school's document from the list. */
  async take(id: string): Promise<boolean> {
    let found = false;
    await this.#turn(async (latest) => {
      const draft = await load(id).catch(() => undefined);
      const kept = draft && read(new TextEncoder().encode(draft.text));
      // What a file says is asked of it again, for the rules may have changed; where that cannot be, what was kept of it counts.
      const own = draft?.file && (await engine.json(draft.file.bytes, settings.lang).then(read, () => undefined));
      const document = own ?? (kept && withAsked(kept, draft.doubled ?? []));
      if (!draft || !document || !latest()) return;
      found = true;
      const clean = packs.pack ? withoutForbidden(document, packs.pack) : document;
      if (clean === document || !draft.file) this.#lay(draft, document);
      else this.#layWithout(draft, draft.file, clean);
      await checking.check();
      await saving.persist();
    });
    return found;
  }

  /** A file, and what was read in it. `false` when no form can show it; the report then says what is wrong with the file. */
  async open(name: string, bytes: Uint8Array, found: Row | undefined, example?: string): Promise<boolean> {
    let shown = false;
    await this.#turn(async () => {
      const kept = found && packs.pack ? withoutForbidden(found, packs.pack) : found;
      const draft = { ...blank(), title: name, example };
      if (kept === found) this.#lay({ ...draft, file: { name, bytes } }, kept ?? {});
      else this.#layWithout(draft, { name, bytes }, kept ?? {});
      documentStore.unread = found === undefined;
      await checking.check();
      shown = documentStore.closed === undefined;
      if (!shown || example) return;
      const unread = await unreadCells();
      if (!documentStore.draft) return;
      documentStore.draft = { ...documentStore.draft, unread };
      saving.touch();
      await saving.persist();
    });
    return shown;
  }

  /** Makes the document one of this pack: what the pack does not ask goes into a list beside it. The draft from before stays. */
  async migrate() {
    const [pack, from] = [packs.pack, documentStore.foreign];
    if (!pack || !from) return;
    const { draft, document: before } = documentStore;
    const left = strangers(before, pack);
    // From the end, so that taking one away moves no other.
    const document = [...left].reverse().reduce<Value | undefined>((rest, one) => set(rest, one.path, undefined), before);
    this.#lay({ ...blank(), title: draft?.title ?? "", edition: draft?.edition, migrated: { from, left } }, {});
    editing.change({ ...(isRow(document) ? document : {}), 规则集: `${pack.id}@${pack.version}` });
    await saving.settle();
  }

  /** Puts a draft away, or back. */
  async remove(id: string, away: boolean) {
    await saving.persist();
    await putAway(id, away ? Date.now() : undefined);
    if (away && documentStore.draft?.id === id) this.#lay(undefined, {});
    else if (documentStore.draft?.id === id) documentStore.draft = { ...documentStore.draft, removed: undefined };
    await shelf.list();
  }

  /** Opens something else, after what lies there is saved, or the person lets it go. */
  async #turn(lay: (latest: () => boolean) => Promise<void>) {
    const turn = ++this.#turns;
    this.turning = true;
    try {
      await saving.persist();
      // A file that was only opened is still where it was.
      if (saving.unsaved && !documentStore.draft?.file && !confirm(t("save.leave"))) return;
      await lay(() => turn === this.#turns);
    } finally {
      if (turn === this.#turns) this.turning = false;
    }
    saving.known();
  }

  /** Opens a file of which the bytes must not be kept: what is kept is the document without them, and which file it was. */
  #layWithout(draft: Draft, file: { name: string; bytes: Uint8Array }, document: Row) {
    this.#lay({ ...draft, file: undefined, forbidden: { file: file.name } }, document);
    documentStore.unkept = { name: file.name, bytes: file.bytes };
    if (draft.revision > 0) saving.touch();
  }

  #lay(draft: Draft | undefined, document: Row) {
    this.gone = "";
    documentStore.draft = draft;
    documentStore.document = document;
    documentStore.unread = false;
    documentStore.unkept = undefined;
    editing.afresh();
    saving.afresh();
    checking.afresh();
  }
}

/** What of the workbook that was opened was not read, in each language. */
async function unreadCells(): Promise<Unread[]> {
  const cells = unreadOf(documentStore.report);
  // Words may quote a cell, and of what must not be kept not even these are.
  if (cells.length === 0 || documentStore.unkept) return cells.map(({ cell }) => ({ cell, message: "" }));
  const said = await checking.inAll(unreadOf);
  return cells.map(({ cell, message }, index) => ({ cell, message: inAll((lang) => said[lang][index]?.message ?? message) }));
}

export const opening = new Opening();
