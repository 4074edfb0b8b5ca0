// The open document with what is known of it: its draft, the report on it, and which bytes are checked and which go out.
// It does nothing by itself: `opening` lays a document there, `editing` changes it, `saving` keeps it, `checking` reports on it.

import { isWorkbook } from "../engine/workbooks.ts";
import { get, type Path, type Row, serialize, type Value } from "../model/document.ts";
import { asked } from "../model/doubled.ts";
import type { CheckOptions, Report } from "../wasm/checker.js";
import { NO_DOCUMENT } from "../wasm/problem-codes.ts";
import type { Draft } from "./drafts.ts";
import { packs } from "./packs.svelte.ts";
import { settings } from "./settings.svelte.ts";

class DocumentStore {
  document = $state.raw<Row>({});
  draft = $state.raw<Draft>();
  report = $state.raw<Report>();
  reportText = $state.raw("");
  /** What the report is about. */
  reported: Row | undefined;
  /** What went wrong with the check, in words. */
  trouble = $state("");
  /** No form can show what the open file says. */
  unread = $state(false);
  /** The file as it came, where not all of it may be kept: it is checked until the first edit, and never stored. */
  unkept = $state.raw<{ name: string; bytes: Uint8Array }>();

  /** The bytes that are checked: the file's own until the first edit. */
  bytes(): Uint8Array {
    return this.#file?.bytes ?? this.#serialized();
  }

  /** What goes out: the same, unless that is a workbook or holds what must not be kept. */
  json(): Uint8Array {
    return this.isCopied ? this.#serialized() : this.bytes();
  }

  /** What goes out is another document than what is checked. */
  get isCopied(): boolean {
    return this.unkept !== undefined || (this.draft?.file !== undefined && isWorkbook(this.draft.file.bytes));
  }

  get #file(): { name: string; bytes: Uint8Array } | undefined {
    return this.draft?.file ?? this.unkept;
  }

  #serialized(): Uint8Array {
    // A form that is still blank is one of these rules all the same.
    const document = Object.keys(this.document).length > 0 ? this.document : mark();
    return new TextEncoder().encode(serialize(document, packs.pack?.form ?? []));
  }

  get name(): string {
    return this.#file?.name ?? "draft.json";
  }

  /** 核对日: the example has its own. */
  get asOf(): string {
    return this.draft?.example ?? settings.asOf;
  }

  set asOf(day: string) {
    if (this.draft?.example) this.draft = { ...this.draft, example: day };
    else settings.asOf = day;
  }

  options(): CheckOptions {
    return { as_of: this.asOf, lang: settings.lang, ...packs.given };
  }

  at(path: Path): Value | undefined {
    return get(this.document, path);
  }

  /** The report, where it is about what lies there now: what is saved, exported or handed in has this one or none. */
  get judged(): Report | undefined {
    return this.reported === this.document ? this.report : undefined;
  }

  /** Why no form shows what is open: it is filled in for another pack, or the file holds nothing for one. */
  get closed(): "alien" | "unread" | undefined {
    if (this.alien) return "alien";
    const nothing = this.unread || this.report?.structure.some(({ code }) => code === NO_DOCUMENT);
    return this.#file && nothing ? "unread" : undefined;
  }

  /** What is open is such a file, and lies in this browser nowhere. */
  get isUnkept(): boolean {
    return this.closed !== undefined && this.draft?.revision === 0;
  }

  /** Which other version of the pack the document names, if it does. Of another pack it is no version. */
  get foreign(): string | undefined {
    const pack = packs.pack;
    const named = this.document["规则集"];
    const version = typeof named === "string" && named.startsWith(`${pack?.id}@`);
    return pack && version && named !== `${pack.id}@${pack.version}` ? named : undefined;
  }

  /** Which other pack the document is filled in for, if it is: none of its answers belongs here. */
  get alien(): string | undefined {
    const named = this.document["规则集"];
    return packs.pack && typeof named === "string" && !named.startsWith(`${packs.pack.id}@`) ? named : undefined;
  }

  /** The file that the document was read from, where that is not here any more for what must not be in it. */
  get forbidden(): Draft["forbidden"] {
    return this.unkept ? undefined : this.draft?.forbidden;
  }

  /** What stands twice in the file that this was read from, and which of it is meant nobody has said. */
  doubled = $derived(asked(this.document).filter(({ path }) => this.at(path) === undefined));

  /** How much of the file that this was read from is not in it, and the person has not said what becomes of it. */
  get astray(): number {
    return this.doubled.length + (this.draft?.unread?.length ?? 0);
  }
}

/** What says which rules a document is filled in for. */
export const mark = (): Row => (packs.pack ? { 规则集: `${packs.pack.id}@${packs.pack.version}` } : {});

export const documentStore = new DocumentStore();
