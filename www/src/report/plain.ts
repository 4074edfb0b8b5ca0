// Reports in the words of those who fill in a form. What a message says beside them, in parentheses, to who writes JSON or
// works on the command line stays in the report that is saved, which is the command line's byte for byte.

import type { Report } from "../wasm/checker.js";

const FOR_OTHERS = /\s?[(\uff08](?:JSON|命令行|command line)[:\uff1a][^()\uff08\uff09]*[)\uff09]/g;

/** What is quoted as programmers do. */
const QUOTED = / ?`([^`]*)` ?/g;

export function plain(words: string): string {
  const chinese = /[\u4e00-\u9fff]/.test(words.replaceAll(QUOTED, ""));
  const quoted = (all: string, inner: string) => (chinese ? `「${inner}」` : all.replace("`", "“").replace("`", "”"));
  return words.replaceAll(FOR_OTHERS, "").replaceAll(QUOTED, quoted);
}

/** A report from its text. */
export function reportIn(text: string): Report {
  const report = JSON.parse(text) as Report;
  return { ...report, structure: report.structure.map((problem) => ({ ...problem, message: plain(problem.message) })) };
}
