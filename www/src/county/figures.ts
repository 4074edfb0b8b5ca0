// Figures of a county's report: groups of rules, and how a school stands in each.

import { ORDER } from "../report/words.ts";
import type { Status } from "../wasm/checker.js";
import type { CountyReport, RuleCount, Submitted } from "../wasm/office.js";

/** Rules under one heading. */
export interface Group {
  name: string;
  /** Their places in `by_rule`, and in each school's `statuses`. */
  rules: number[];
}

const LETTERS: Record<string, Status> = { p: "pass", d: "pending", u: "undetermined", f: "fail", h: "hint", n: "not_applicable" };

/** The headings, in the pack's order. */
export function groups(rules: readonly RuleCount[]): Group[] {
  const found = new Map<string, number[]>();
  rules.forEach(({ group }, index) => found.set(group, [...(found.get(group) ?? []), index]));
  return [...found].map(([name, rules]) => ({ name, rules }));
}

/** A school's status under the rule at a place. */
export const statusAt = (school: Submitted, rule: number): Status => LETTERS[school.statuses[rule] ?? ""] ?? "not_applicable";

const gravity = (school: Submitted) => ORDER.indexOf(school.verdict) * 1e6 - school.counts.fail * 1e3 - school.counts.undetermined;

/** Schools, the gravest first. */
export const byGravity = (schools: readonly Submitted[]): Submitted[] => [...schools].sort((a, b) => gravity(a) - gravity(b));

export interface Standing {
  counts: { status: Status; count: number }[];
  /** The gravest status there is. */
  worst: Status;
  /** How many rules have it. */
  count: number;
  /** How many rules apply. */
  applied: number;
}

/** How a school stands under some rules. */
export function standing(school: Submitted, rules: readonly number[]): Standing {
  const statuses = rules.map((rule) => statusAt(school, rule));
  const counts = ORDER.map((status) => ({ status, count: statuses.filter((one) => one === status).length }));
  const [first] = counts.filter(({ count }) => count > 0);
  const applied = statuses.filter((status) => status !== "not_applicable").length;
  return { counts, worst: first?.status ?? "not_applicable", count: applied === 0 ? 0 : (first?.count ?? 0), applied };
}

/** How many files came in, and what became of them: the parts add up to all. */
export function accounted({ by_school, schools }: CountyReport) {
  const sum = (list: readonly { length: number }[]) => list.reduce((all, one) => all + one.length, 0);
  const counting = by_school.length;
  const earlier = sum(schools.duplicate.map((one) => one.earlier));
  const conflict = sum(schools.conflict.map((one) => one.files)) - schools.conflict.length;
  const identical = sum(schools.identical.map((one) => one.files)) - schools.identical.length;
  const unreadable = schools.unreadable.length;
  return { all: counting + earlier + conflict + identical + unreadable, counting, earlier, conflict, identical, unreadable };
}

/** Names of schools by their ids. */
export function names({ by_school, schools }: CountyReport): Map<string, string> {
  return new Map([...by_school, ...schools.missing].map(({ id, name }) => [id, name]));
}
