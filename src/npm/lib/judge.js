// One document judged, or why it cannot be.

import { bytesOf } from "./document.js";
import { DocumentError } from "./errors.js";
import { Report } from "./report.js";

const isWorkbook = ([a, b, c, d]) => (a === 0x50 && b === 0x4b && c < 8 && d < 9) || (a === 0xd0 && b === 0xcf && c === 0x11 && d === 0xe0);

/** Why bytes are not looked into; nothing where they are. A workbook is gone through first: one that ends its reader ends nothing else. */
export function trouble(module, bytes, said) {
  const both = (sentence) => module.ask((glue) => ({ zh: sentence(glue, "zh"), en: sentence(glue, "en") }));
  if (bytes.length > module.ask((glue) => glue.documentLimit())) return both((glue, lang) => glue.tooLarge(lang));
  if (!isWorkbook(bytes)) return undefined;
  if (!module.ask((glue) => "probeWorkbook" in glue)) throw new DocumentError("workbook", said("js_workbook_needs_module"));
  if (module.endures((glue) => glue.probeWorkbook(bytes))) return undefined;
  return both((glue, lang) => glue.damagedWorkbook(lang));
}

/** The report of bytes. `held` answers module, pack and sentences, or refuses where they were freed. */
export function judged(held, settings, name, bytes) {
  const { module, pack, said } = held();
  const why = trouble(module, bytes, said);
  if (why) return refused(held, settings, name, why);
  const json = module.ask(() => pack.check(name, bytes, settings));
  const text = () => {
    const { pack } = held();
    return module.ask(() => pack.text(name, bytes, settings));
  };
  return new Report(json, text, said("report_neither_true_nor_false"));
}

/** The report of what could not be had. */
export function refused(held, settings, name, why) {
  const { module, pack, said } = held();
  const json = module.ask(() => pack.unread(name, JSON.stringify(why), settings));
  const lines = JSON.parse(json).structure.map(({ code, message }) => `${name} · ${code} ${message}\n`);
  return new Report(json, () => lines.join(""), said("report_neither_true_nor_false"));
}

/** A document's bytes, or why they are none; what the caller's own objects throw stays thrown. */
export function taken(document, said) {
  try {
    return { bytes: bytesOf(document, said) };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return { why: { zh: error.zh, en: error.en } };
  }
}
