// Edited packs in this browser's own database. Nothing is removed but by the person, and then it can be had back.

import { entries, update } from "idb-keyval";

import type { Texts } from "../engine/rules.ts";
import { store } from "../state/store.ts";

export interface Edited {
  id: string;
  files: Texts;
  /** Id and version that the pack has by its own words. */
  title: string;
  /** Milliseconds since 1970. */
  saved: number;
  /** Counts the savings, so that two tabs do not write over one another. */
  revision: number;
  /** When it was put away. */
  removed?: number | undefined;
}

const packs = store("bulou-rules", "edited");

/** All edited packs, the latest first. */
export async function all(): Promise<Edited[]> {
  const found = (await entries<string, Edited>(packs)).map(([, edited]) => edited);
  return found.sort((a, b) => b.saved - a.saved);
}

/** Saves a pack. `false` when another tab saved it since it was read: then nothing was written. */
export async function save(edited: Edited): Promise<boolean> {
  let written = false;
  await update<Edited>(
    edited.id,
    (kept) => {
      written = kept === undefined || kept.revision === edited.revision - 1;
      return kept !== undefined && !written ? kept : edited;
    },
    packs,
  );
  return written;
}

/** Puts a pack away, or back. */
export async function putAway(id: string, removed: number | undefined): Promise<void> {
  await update<Edited>(id, (kept) => ({ ...(kept as Edited), removed }), packs);
}
