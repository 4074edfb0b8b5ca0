// Handing in: the file with its name, and the receipt that is kept beside the school's document.

import { toText } from "../model/document.ts";
import { pathOf } from "../model/form.ts";
import { reportFile } from "../report/file.ts";
import { desk } from "../state/desk.svelte.ts";
import type { Receipt } from "../state/drafts.ts";
import { documentName, exportDocument, hand } from "../state/files.ts";
import { packs } from "../state/packs.svelte.ts";
import { f } from "./text.ts";

/** Saves the file to send, counts its edition up, and keeps the receipt. */
export async function handIn(): Promise<void> {
  const { file, sha256 } = await exportDocument();
  const report = desk.report;
  if (!report) throw new Error(desk.trouble);
  const edition = toText(desk.at(pathOf(packs.pack?.form ?? [], "edition") ?? ["\0"]));
  const receipt: Receipt = {
    file,
    sha256,
    edition,
    verdict: report.verdict,
    at: Date.now(),
  };
  await desk.keepReceipt(receipt);
}

/** Saves the report as one file to read. */
export async function saveReport(): Promise<void> {
  await desk.settle();
  if (desk.report) hand(`${documentName()}-${f("report.name")}.html`, reportFile(desk.report, desk.document), "text/html");
}
