// Handing in: the file with its name, and the receipt that is kept beside the school's document.

import { reportFile } from "../report/file.ts";
import { desk } from "../state/desk.svelte.ts";
import { documentName, hand, prepared } from "../state/files.ts";
import { f } from "./text.ts";

/** Saves the file to send, counts its edition up, and keeps the receipt. */
export async function handIn(): Promise<void> {
  const { file, bytes, sha256, edition, report, checked } = await prepared();
  if (!report) throw new Error(desk.trouble || f("hand.unchecked"));
  hand(file, bytes, "application/json");
  await desk.keepReceipt({ file, sha256, checked, edition, verdict: report.verdict, at: Date.now() });
}

/** Saves the report as one file to read. */
export async function saveReport(): Promise<void> {
  await desk.settle();
  const report = desk.judged;
  if (report) hand(`${documentName()}-${f("report.name")}.html`, reportFile(report, desk.document), "text/html");
}
