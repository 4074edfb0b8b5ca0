// A report's results in an order and in words for people.

import type { Finding, ParamChange, Problem, Report, RuleResult, RuleSeverity, Status } from "../wasm/checker.js";
import { fromPointer } from "../model/document.ts";
import { labels } from "../model/form.ts";
import { packs } from "../state/packs.svelte.ts";
import { t } from "../texts/main.ts";
import { FORBIDDEN, LEFT_OUT } from "../wasm/problem-codes.ts";

/** What fails before what cannot be judged, before what is due. */
export const ORDER: readonly Status[] = ["fail", "undetermined", "pending", "hint", "pass", "not_applicable"];
/** Shapes that say a status without colour. */
export const MARKS: Record<Status, string> = {
  pass: "✔",
  fail: "✖",
  pending: "◷",
  undetermined: "?",
  hint: "!",
  not_applicable: "–",
};
const WEIGHT: readonly RuleSeverity[] = ["major", "serious", "minor", "hint"];

/** The rules of one status, the graver first. */
export function ofStatus(report: Report, status: Status): RuleResult[] {
  const found = report.rules.filter((rule) => rule.status === status);
  return found.sort((a, b) => WEIGHT.indexOf(a.severity) - WEIGHT.indexOf(b.severity));
}

/** What to do first, at most ten things. */
export function first(report: Report): { rule: RuleResult; finding: Finding }[] {
  const open = (["fail", "undetermined", "pending"] as const).flatMap((status) => ofStatus(report, status));
  return open.flatMap((rule) => rule.findings.slice(0, 1).map((finding) => ({ rule, finding }))).slice(0, 10);
}

/** A place in the document, in the form's words. */
export const place = (path: string[]): string => labels(packs.pack?.form ?? [], path, (row) => t("list.row", row));

/** Where a problem of a document stands: in the form's words, else in the workbook or file. */
export function problemPlace(problem: Problem): string {
  const labelled = problem.path ? place(fromPointer(problem.path)) : "";
  // Of a whole file it says nothing where it begins.
  const within = problem.line > 1 || problem.column > 1;
  return [labelled, problem.cell ?? (!labelled && within ? t("report.place", problem.line, problem.column) : "")].filter(Boolean).join(" ");
}

/** A day and how far it is. */
export function due(day: string, left: number): string {
  if (left === 0) return t("report.due.today", day);
  return left > 0 ? t("report.due.left", day, left) : t("report.due.over", day, -left);
}

/** What the verdict means, in a sentence: why it is not better. */
export function meaning(report: Report): string {
  if (report.rules.length === 0) return t("report.unreadable");
  const { counts, structure, verdict } = report;
  if (verdict === "fail") {
    const forbidden = structure.filter(({ code }) => code === FORBIDDEN).length;
    const parts = [counts.fail > 0 && t("verdict.failing", counts.fail), forbidden > 0 && t("verdict.forbidden", forbidden)];
    return t("verdict.fail", parts.filter(Boolean).join(t("verdict.and")));
  }
  const problems = structure.filter(({ notice }) => !notice);
  const parts = [
    problems.some(({ code }) => LEFT_OUT.includes(code)) && t("verdict.blank"),
    problems.some(({ code }) => !LEFT_OUT.includes(code)) && t("verdict.wrong"),
    counts.undetermined > 0 && t("verdict.unjudged"),
  ];
  return t(`verdict.${verdict}`, parts.filter(Boolean).join(t("verdict.and")) || t("verdict.idle"));
}

/** The verdict and what it means. */
export const verdict = (report: Report): string =>
  t("verdict.whole", t(`verdict.short.${report.rules.length === 0 ? "none" : report.verdict}`), meaning(report));

/** What became of a rule; one that holds because there was nothing to look at says so. */
export const outcome = (rule: RuleResult): string => t(rule.vacuous ? "status.vacuous" : `status.${rule.status}`);

/** The parameters that are not the rules' own, in a line. */
export const changedParams = (changes: readonly ParamChange[]): string =>
  t("report.params.changed", changes.map((one) => t("report.params.one", one.name, one.value, one.default)).join(";"));
