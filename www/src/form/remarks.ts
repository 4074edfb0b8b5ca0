// What the report says of one place in the document.

import type { Report, Verdict } from "../wasm/checker.js";

export interface Remark {
  message: string;
  /** Of a rule's finding; none for a problem of the document's structure. */
  status?: Verdict;
}

/** That something must be filled in and is not. */
const BLANK: readonly string[] = ["D031", "D034"];

/**
 * Problems of the structure at this place or, for a list, within it, and rules that do not hold because of it. That a
 * blank is not filled in yet, or cannot be judged, is for the report: a form that has just been opened is all blanks.
 */
export function remarks(report: Report | undefined, place: string): Remark[] {
  if (!report) return [];
  const structure = report.structure.filter((problem) => problem.path === place && !BLANK.includes(problem.code));
  const findings = report.rules.flatMap((rule) => rule.findings).filter((finding) => finding.paths.includes(place));
  const told = findings.filter((finding) => finding.status === "fail" || finding.status === "pending");
  return [...structure.map(({ message }) => ({ message })), ...told.map(({ message, status }) => ({ message, status }))];
}

/** Whether an answer is wrong, not merely due one day. */
export const wrong = (found: readonly Remark[]): boolean => found.some((one) => one.status !== "pending");
