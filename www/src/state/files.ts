// Files in and out.

import { engine } from "../engine/engine.ts";
import { XLSX } from "../engine/workbooks.ts";
import { documentStore } from "./document-store.svelte.ts";
import { editing } from "./editing.ts";
import { openedText } from "./opened.ts";
import { packs } from "./packs.svelte.ts";
import { said, Told } from "./said.ts";
import { saving } from "./saving.svelte.ts";
import { settings } from "./settings.svelte.ts";
import { t } from "../texts/main.ts";
import { reportIn } from "../report/plain.ts";
import type { Report } from "../wasm/checker.js";
import { find, inRole } from "../model/form.ts";
import { toText } from "../model/document.ts";

/** Hands a text or bytes to the person as a file. */
export function hand(name: string, content: string | Uint8Array, type: string) {
  const url = URL.createObjectURL(new Blob([content as BlobPart], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** 标识-日期-fingerprint: the fingerprint is the receipt that whoever gets the file can compute again. */
export function documentName(sha256 = documentStore.judged?.document.sha256): string {
  const form = packs.pack?.form ?? [];
  const part = (role: "id" | "date") => inRole(documentStore.document, form, role).replaceAll(/[^\p{L}\p{N}-]/gu, "_");
  const example = documentStore.draft?.example ? t("example.name") : "";
  return [example, part("id") || "draft", part("date"), sha256?.slice(0, 8)].filter(Boolean).join("-");
}

/** Counts the document's 版次 up, so that what goes out now is later than what went out before; a file that nobody has changed stays as it is. */
function nextEdition() {
  const found = find(packs.pack?.form ?? [], (field) => field.role === "edition");
  if (!found || documentStore.draft?.file) return;
  const { path, field: { kind } } = found;
  const max = kind.type === "integer" && kind.max !== null ? Number(kind.max) : Number.MAX_SAFE_INTEGER;
  // What is no number of an edition is a slip, to be said and mended: it is neither counted from nor written over.
  const isOne = (one: number) => Number.isSafeInteger(one) && one > 0 && one <= max;
  const said = toText(documentStore.at(path)).trim();
  if (said !== "" && !isOne(Number(said))) return;
  // An earlier build kept the number of what was handed in alone.
  const { edition, handed } = documentStore.draft ?? {};
  const last = [Number(said), edition ?? 0, Number(handed?.edition)].filter(isOne);
  editing.number(path, Math.min(max, Math.max(0, ...last) + 1));
}

/** The document as a JSON file; with its fingerprint and the report on it, if it can be checked. */
export interface Prepared {
  file: string;
  bytes: Uint8Array;
  sha256: string;
  edition: string;
  report: Report | undefined;
  /** The fingerprint of what is open: the same, unless what goes out is a copy. */
  checked: string;
}

/** What goes out now: the bytes that were checked, unless those are a workbook's. */
export async function prepared(): Promise<Prepared> {
  nextEdition();
  await saving.settle();
  // All of the same moment: the person may go on typing.
  const [bytes, report, edition] = [documentStore.json(), documentStore.judged, inRole(documentStore.document, packs.pack?.form ?? [], "edition")];
  const checked = report?.document.sha256 ?? "";
  const own = documentStore.isCopied ? await engine.check(documentStore.name, bytes, documentStore.options()).then(reportIn, () => undefined) : report;
  const sha256 = own?.document.sha256 ?? "";
  return { file: `${documentName(sha256)}.json`, bytes, sha256, edition, report: report && own, checked };
}

/** Saves the document as a JSON file: what cannot be checked can be exported all the same. */
export async function exportDocument() {
  const { file, bytes } = await prepared();
  hand(file, bytes, "application/json");
}

/** Hands out a workbook, or says why there is none. */
async function handWorkbook(name: () => string, make: () => Promise<Uint8Array | undefined>) {
  try {
    const bytes = await make();
    if (bytes) hand(`${name()}.xlsx`, bytes, XLSX);
  } catch (error) {
    documentStore.trouble = said(error);
  }
}

/** A workbook to fill in. */
export function handTemplate() {
  return handWorkbook(() => `${packs.pack?.title ?? "template"}-${packs.pack?.version ?? ""}`, () => engine.template(settings.lang));
}

/** The document as a workbook. */
export async function exportWorkbook() {
  nextEdition();
  await saving.settle();
  await handWorkbook(documentName, () => engine.workbook(documentStore.json(), settings.lang));
}

/** The document as a workbook in which the cells with findings are marked. */
export async function exportAnnotated() {
  await saving.settle();
  const name = () => `${documentName()}-${t("report.annotated.name")}`;
  await handWorkbook(name, () => engine.annotated(documentStore.name, documentStore.bytes(), documentStore.options()));
}

/** Rule files by name, from a folder's files or one JSON object of them. The error says for people why there are none. */
export async function packFiles(files: Iterable<File>): Promise<Record<string, string>> {
  const list = [...files];
  const [only] = list;
  if (list.length === 1 && only?.name.endsWith(".json")) return inOne(only.name, await openedText(only));
  const named = list.map(async (file) => {
    // A chosen folder's own name is not part of the names within.
    const path = file.webkitRelativePath ? file.webkitRelativePath.split("/").slice(1).join("/") : file.name;
    return [path, await openedText(file)] as const;
  });
  return Object.fromEntries(await Promise.all(named));
}

function inOne(name: string, text: string): Record<string, string> {
  try {
    const found: unknown = JSON.parse(text);
    const isFiles = typeof found === "object" && found !== null && Object.values(found).every((one) => typeof one === "string");
    if (isFiles) return found as Record<string, string>;
  } catch {
    // Cut off, or no JSON at all.
  }
  throw new Told(() => t("open.pack", name));
}
