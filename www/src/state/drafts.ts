// Schools' documents in this browser's own database. Nothing is removed but by the person, and then it can be had back.

import { entries, get, update } from "idb-keyval";

import type { Verdict } from "../wasm/checker.js";
import type { Strange } from "../model/form.ts";
import type { Asked } from "../model/doubled.ts";
import type { Lang } from "./settings.svelte.ts";
import { store } from "./store.ts";

/** What was handed in last. */
export interface Receipt {
  /** The file's name. */
  file: string;
  /** The fingerprint of its bytes. */
  sha256: string;
  /** The fingerprint of what it was made of, which is a workbook's where one lay there; an earlier build kept none. */
  checked?: string;
  /** 版次; empty where the pack has none. */
  edition: string;
  verdict: Verdict;
  /** Milliseconds since 1970. */
  at: number;
}

/** A cell that was not read, and why: in each language, for the file may be gone when another is wanted. An earlier build kept one. */
export interface Unread {
  cell: string;
  /** Of an answer that something else took the place of, where that is. */
  at?: string;
  message: string | Record<Lang, string>;
}

export interface Draft {
  id: string;
  /** The document as JSON text. */
  text: string;
  /** The file it came from, byte for byte, until the first edit. */
  file?: { name: string; bytes: Uint8Array } | undefined;
  /** Names it in the list. */
  title: string;
  verdict?: Verdict | undefined;
  /** Milliseconds since 1970. */
  saved: number;
  /** One of two, where two tabs filled in the same school. */
  copy?: boolean | undefined;
  /** The example that came with the page, checked as of this day; it is not saved. */
  example?: string | undefined;
  /** Counts the savings, so that two tabs do not write over one another. */
  revision: number;
  /** When it was put away. */
  removed?: number | undefined;
  /** What became of it when it came from another version of the pack. */
  migrated?: { from: string; left: Strange[] } | undefined;
  handed?: Receipt | undefined;
  /** The greatest 版次 that went out. */
  edition?: number | undefined;
  /** The file that it was read from, where that is not kept for what must not be in it; until the first edit. */
  forbidden?: { file: string; sha256?: string | undefined } | undefined;
  /** What stood twice in the file that it was read from: the text has none of it. */
  doubled?: readonly Asked[] | undefined;
  /** What in the workbook that it was read from was not read, until the person has looked after it. */
  unread?: Unread[] | undefined;
  /** Whether the person has seen what is missing: from then on blanks are told of at their boxes. */
  asked?: boolean | undefined;
}

const drafts = store("bulou", "drafts");

export const newId = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;

export const blank = (): Draft => ({ id: newId(), text: "{}", title: "", saved: 0, revision: 0 });

/** All drafts, the latest first. */
export async function all(): Promise<Draft[]> {
  const found = (await entries<string, Draft>(drafts)).map(([, draft]) => draft);
  return found.sort((a, b) => b.saved - a.saved);
}

export const load = (id: string): Promise<Draft | undefined> => get<Draft>(id, drafts);

/**
 * Saves a draft; the answer is its revision. Nothing is written, and there is no answer, when another tab saved another
 * text since it was read.
 */
async function save(draft: Draft): Promise<number | undefined> {
  let written: number | undefined;
  await update<Draft>(
    draft.id,
    (kept) => {
      const late = kept !== undefined && kept.revision !== draft.revision - 1;
      if (late && kept.text !== draft.text) return kept;
      written = late ? kept.revision + 1 : draft.revision;
      return { ...draft, revision: written };
    },
    drafts,
  );
  return written;
}

/** Saves a draft, as a copy where another tab saved another text since it was read; the answer is what is kept. */
export async function keep(draft: Draft): Promise<Draft> {
  const revision = await save(draft);
  if (revision) return { ...draft, revision };
  const copy = { ...draft, id: newId(), revision: 1, copy: true };
  await save(copy);
  return copy;
}

const RESCUE = "bulou.rescue.";

/**
 * Puts a draft where it can be put at once, while the page is being left. `false` where that cannot be: it is too large, or
 * it is forbidden.
 */
export function rescue(draft: Draft): boolean {
  try {
    if (draft.file) return false;
    localStorage.setItem(RESCUE + draft.id, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

/** The draft is saved: nothing of it has to be rescued. */
export function safe(id: string) {
  try {
    localStorage.removeItem(RESCUE + id);
  } catch {
    // Then there is none.
  }
}

/** Saves what was rescued when the page was left. What cannot be saved now is tried again the next time. */
export async function recover(): Promise<void> {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(RESCUE));
  for (const key of keys) await revive(key).catch(() => undefined);
}

async function revive(key: string) {
  const draft = JSON.parse(localStorage.getItem(key) ?? "null") as Draft | null;
  // Where it was saved as well there is nothing to do.
  if (draft && (await load(draft.id))?.text !== draft.text) await keep(draft);
  localStorage.removeItem(key);
}

/** Why the browser does not save: it lets no page, there is no room, or it does not say. */
export type Refusal = "forbidden" | "full" | "other";

export function refusal(error: unknown): Refusal {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  if (name === "QuotaExceededError") return "full";
  // Without any storage there is not even an object to ask.
  return ["SecurityError", "InvalidStateError", "NotAllowedError", "TypeError", "ReferenceError"].includes(name) ? "forbidden" : "other";
}

/** Puts a draft away, or back. */
export async function putAway(id: string, removed: number | undefined): Promise<void> {
  await update<Draft>(id, (kept) => ({ ...(kept as Draft), removed }), drafts);
}

/** Drafts as files, with the bytes that are checked. */
export const draftFiles = (drafts: readonly Draft[]): { name: string; file: File }[] =>
  drafts.map((draft) => {
    const name = draft.file?.name ?? `${draft.title || "draft"}.json`;
    return { name, file: new File([(draft.file?.bytes as BlobPart | undefined) ?? draft.text], name) };
  });
