// What the report says of one place in the document.

import { isEmpty, type Path, pointer } from "../model/document.ts";
import { isBlankRow } from "../model/left.ts";
import { t } from "../texts/main.ts";
import type { FormField, Report, Verdict } from "../wasm/checker.js";
import { LEFT_OUT } from "../wasm/problem-codes.ts";
import type { Answers } from "./answers.ts";

interface Remark {
  message: string;
  /** Of a rule's finding; none for a problem of the document's structure. */
  status?: Verdict;
}

/** What a report says, by place: a form asks for every box that it has. */
const indexes = new WeakMap<Report, Map<string, Remark[]>>();

function indexed(report: Report): Map<string, Remark[]> {
  const known = indexes.get(report);
  if (known) return known;
  const index = new Map<string, Remark[]>();
  const add = (place: string, remark: Remark) => {
    const there = index.get(place);
    if (there) there.push(remark);
    else index.set(place, [remark]);
  };
  for (const { path, code, message } of report.structure) if (!LEFT_OUT.includes(code)) add(path, { message });
  for (const finding of report.rules.flatMap((rule) => rule.findings)) {
    if (finding.status !== "fail" && finding.status !== "pending") continue;
    for (const place of new Set(finding.paths)) add(place, { message: finding.message, status: finding.status });
  }
  indexes.set(report, index);
  return index;
}

/**
 * Problems of the structure at this place, and rules that do not hold because of it. Of what is blank nothing is said
 * before the person has asked for the report, and of a row in which nothing was filled in yet nothing at all.
 */
export function remarks(answers: Answers, path: Path, field?: FormField): Remark[] {
  const value = answers.at(path);
  const blank = isEmpty(value);
  if (!answers.report || (blank && (!answers.asked || isBlankRow(answers.at, path)))) return [];
  const found = indexed(answers.report).get(pointer(path)) ?? [];
  const missing = blank && field !== undefined && !field.optional && field.kind.type !== "record";
  return missing && !found.some(({ status }) => status === undefined) ? [{ message: t("field.missing") }, ...found] : found;
}

/** Whether an answer is wrong, not merely due one day. */
export const wrong = (found: readonly Remark[]): boolean => found.some((one) => one.status !== "pending");
