// Schools' documents in this browser's own database. Nothing is removed but by the person, and then it can be had back.

import { createStore, entries, get, update } from "idb-keyval";

import type { Verdict } from "../wasm/checker.js";
import type { Strange } from "../model/form.ts";

/** What was handed in last. */
export interface Receipt {
  /** The file's name. */
  file: string;
  /** The fingerprint of its bytes. */
  sha256: string;
  /** 版次; empty where the pack has none. */
  edition: string;
  verdict: Verdict;
  /** Milliseconds since 1970. */
  at: number;
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
  /** Counts the savings, so that two tabs do not write over one another. */
  revision: number;
  /** When it was put away. */
  removed?: number | undefined;
  /** What became of it when it came from another version of the pack. */
  migrated?: { from: string; left: Strange[] } | undefined;
  handed?: Receipt | undefined;
  /** Whether the person has seen what is missing: from then on blanks are told of at their boxes. */
  asked?: boolean | undefined;
}

const store = createStore("bulou", "drafts");

export const newId = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;

/** All drafts, the latest first. */
export async function all(): Promise<Draft[]> {
  const found = (await entries<string, Draft>(store)).map(([, draft]) => draft);
  return found.sort((a, b) => b.saved - a.saved);
}

export const load = (id: string): Promise<Draft | undefined> => get<Draft>(id, store);

/** Saves a draft. `false` when another tab saved it since it was read: then nothing was written. */
export async function save(draft: Draft): Promise<boolean> {
  let written = false;
  await update<Draft>(
    draft.id,
    (kept) => {
      written = kept === undefined || kept.revision === draft.revision - 1;
      return kept !== undefined && !written ? kept : draft;
    },
    store,
  );
  return written;
}

/** Puts a draft away, or back. */
export async function putAway(id: string, removed: number | undefined): Promise<void> {
  await update<Draft>(id, (kept) => ({ ...(kept as Draft), removed }), store);
}

/** Drafts as files, with the bytes that are checked. */
export const draftFiles = (drafts: readonly Draft[]): { name: string; file: File }[] =>
  drafts.map((draft) => {
    const name = draft.file?.name ?? `${draft.title || "draft"}.json`;
    return { name, file: new File([(draft.file?.bytes as BlobPart | undefined) ?? draft.text], name) };
  });
