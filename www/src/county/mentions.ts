// Schools that a sentence about the county names: many of them stand in a list of their own.

import type { Finding } from "../wasm/checker.js";
import { c } from "../texts/county.ts";

/** So many are named within a sentence. */
const FEW = 5;
/** An id ends where a name, another school or other words begin; marks may be of full width. */
const WORD = /[^\s、,;:()\uFF0C\uFF1B\uFF1A\uFF08\uFF09]+/g;
const BETWEEN = /^(、|, ?|\uFF0C)$/;

/** Schools that are listed apart, and what the sentence says they are. */
export interface Listed {
  what: string;
  ids: string[];
}

export interface Told {
  /** The sentence, with the number of schools in place of each long row of them. */
  message: string;
  /** Each such row, in the order of the sentence. */
  lists: Listed[];
  /** What was left out, or may be, and is neither in the sentence nor in a list. */
  left: string[];
  unsure: string[];
}

/** Takes long rows of schools, ids with or without names, out of a sentence of a finding; with all that it left out. */
export function told(sentence: string, finding: Finding | undefined, known: ReadonlyMap<string, string>): Told {
  const rows = rowsOf(sentence, known);
  const long = rows.filter(({ ids }) => ids.length > FEW);
  let message = sentence;
  for (const { from, to, ids } of [...long].reverse()) {
    // A row that is cut off names some of them.
    const cut = sentence[to] === "…";
    message = message.slice(0, from) + c(cut ? "schools.some" : "schools.many", ids.length) + message.slice(to + Number(cut));
  }
  const named = new Set(rows.flatMap(({ ids }) => ids));
  const lists = long.map(({ from, ids }) => ({ what: before(sentence, from), ids }));
  /** What the sentence does not name: many schools in a list of their own, the rest by name. */
  const apart = (what: string, all: readonly string[] = []): string[] => {
    const rest = all.filter((id) => !named.has(id) && !sentence.includes(id));
    const schools = rest.filter((id) => known.has(id));
    if (schools.length <= FEW) return rest;
    lists.push({ what, ids: schools });
    return rest.filter((id) => !known.has(id));
  };
  return { message, lists, left: apart("", finding?.omitted), unsure: apart(c("unsure"), finding?.unsure) };
}

/** The words right before a place, as far as they go. */
const before = (sentence: string, at: number): string => /([^:;()。\uFF1A\uFF1B\uFF08\uFF09]*)[:\uFF1A]? ?$/.exec(sentence.slice(0, at))?.[1]?.trim() ?? "";

/** Where schools stand one after another in a sentence. */
function rowsOf(sentence: string, known: ReadonlyMap<string, string>) {
  const rows: { from: number; to: number; ids: string[] }[] = [];
  let done = 0;
  for (const { 0: id, index } of sentence.matchAll(WORD)) {
    // A name may look like an id.
    if (index < done || !known.has(id)) continue;
    const name = ` ${known.get(id)}`;
    done = index + id.length + (sentence.startsWith(name, index + id.length) ? name.length : 0);
    const last = rows.at(-1);
    if (last && BETWEEN.test(sentence.slice(last.to, index))) {
      last.ids.push(id);
      last.to = done;
    } else rows.push({ from: index, to: done, ids: [id] });
  }
  return rows;
}
