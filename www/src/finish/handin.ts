// Handing in: the file with its name, and the receipt that is kept beside the school's document.

import { reportFile } from "../report/file.ts";
import { documentStore } from "../state/document-store.svelte.ts";
import { documentName, hand, prepared } from "../state/files.ts";
import { Told } from "../state/said.ts";
import { saving } from "../state/saving.svelte.ts";
import { f } from "../texts/finish.ts";

/** Saves the file to send, counts its edition up, and keeps the receipt. */
export async function handIn(): Promise<void> {
  const { file, bytes, sha256, edition, report, checked } = await prepared();
  if (!report) throw new Told(() => documentStore.trouble || f("hand.unchecked"));
  hand(file, bytes, "application/json");
  await saving.keepReceipt({ file, sha256, checked, edition, verdict: report.verdict, at: Date.now() });
}

/** Saves the report as one file to read. */
export async function saveReport(): Promise<void> {
  await saving.settle();
  const report = documentStore.judged;
  if (report) hand(`${documentName()}-${f("report.name")}.html`, reportFile(report, documentStore.document), "text/html");
}
