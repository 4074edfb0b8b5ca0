// Types of the package `bulou`. Those of reports are made of the program's own: see types.d.ts.

import type { CountyReport as CountyReportData, DiagnosticView, Finding, Report as ReportData, RuleCard } from "./types.js";

export type { CountyReportData, DiagnosticView as Diagnostic, Finding, ReportData, RuleCard };
export type { Problem, RuleResult, Status, Verdict } from "./types.js";

/** A language of the program's own words; those of the pack stay as they are. */
export type Lang = "zh" | "en";

/**
 * A document: its bytes (JSON in UTF-8 or GB18030, or a workbook), its JSON text, or its value as a plain object. `undefined`,
 * `NaN`, dates, maps and whatever else JSON would leave out or change in silence is refused with its JSON Pointer.
 */
export type Document = Uint8Array | ArrayBuffer | ArrayBufferView | string | { readonly [key: string]: unknown };

/** What checks depend on besides rules and documents. */
export interface Settings {
  /** The day of the check, `2022-06-28`; today in Asia/Shanghai where none is given. */
  asOf?: string;
  /** Parameters that override the pack's. */
  params?: { readonly [name: string]: string | number | bigint };
  /** The bureau's waivers, as in the file of `--waivers`. */
  waivers?: Iterable<object>;
  /** By default the pack's. */
  lang?: Lang;
}

/** What reports of both kinds have. They are neither true nor false: ask for `passed`. */
interface Shown<Data> {
  /** True only when everything holds and everything could be judged. */
  readonly passed: boolean;
  /** As `--format json` writes it, byte for byte. */
  json(): string;
  /** The same in one line. */
  ndjson(): string;
  /** For a person, as the command prints it. */
  text(): string;
  /** The JSON's own value. */
  toJSON(): Data;
}

/** What a check answers about one document, with the keys of the JSON report. */
export interface Report extends Shown<ReportData>, Readonly<ReportData> {
  /** What was found of all rules, in their order. */
  readonly findings: readonly (Finding & { readonly rule: string })[];
}

/** A county's report, with the keys of the JSON report. */
export interface CountyReport extends Shown<CountyReportData>, Readonly<CountyReportData> {
  /** Schools by rules, as `bulou county --format csv` prints it. */
  csv(): string;
}

/** Checks any number of documents by one pack, as of one day. */
export interface Checker {
  /** Checks one document. What cannot be read has a report that never passes; what is no document throws `DocumentError`. */
  check(document: Document, options?: { name?: string }): Report;
  /** Checks documents in their order. One that is none has a report with D024; none at all throws `NoDocumentsError`. */
  checkMany(documents: Iterable<unknown>, options?: { names?: Iterable<string> }): Report[];
}

/** A rule pack. */
export class Pack {
  private constructor();
  /** The pack of campus safety, which comes along. `workbooks` loads the module that reads Excel files too. */
  static load(options?: { lang?: Lang; workbooks?: boolean }): Promise<Pack>;
  /** The pack of a folder; in Node alone. */
  static load(folder: string | URL | null | undefined, options?: { lang?: Lang; workbooks?: boolean }): Promise<Pack>;
  /** The pack of these files, by their paths within it. Throws `PackError` with everything that is wrong. */
  static fromFiles(files: { readonly [path: string]: string | Uint8Array }, options?: { lang?: Lang }): Promise<Pack>;
  readonly id: string;
  readonly version: string;
  /** Its fingerprint. */
  readonly sha256: string;
  readonly lang: Lang;
  /** What its compiler warns of. */
  readonly warnings: DiagnosticView[];
  /** What each rule asks, of whom, on what grounds. */
  readonly rules: RuleCard[];
  /** A checker for one day and one set of parameters and waivers. What does not fit throws here. */
  checker(settings?: Settings): Checker;
  check(document: Document, options?: Settings & { name?: string }): Report;
  checkMany(documents: Iterable<unknown>, options?: Settings & { names?: Iterable<string> }): Report[];
  /** Rolls the schools of a county up. */
  county(settings?: Settings): Promise<County>;
  /** Gives its memory back; a call after that throws. */
  free(): void;
}

/** What all schools of a county submitted: no document is kept, and neither order nor splits change the report. */
export interface County {
  /** Adds a school's document, and answers its own report. */
  add(document: Document, options?: { name?: string }): Report;
  /** Adds schools' documents, and answers how many. The report names each that cannot be read. */
  addMany(documents: Iterable<unknown>, options?: { names?: Iterable<string> }): number;
  /** What was added so far, for `merge` elsewhere, or `bulou county --merge`. */
  partial(): string;
  /** Adds what `partial` or `bulou county --partial` wrote; what both have is there once. */
  merge(partial: string | Uint8Array): void;
  /** The report by the county's own document; `earlier` is the JSON of an earlier one, beside which it says what changed. */
  report(document: Document, options?: { name?: string; earlier?: string }): CountyReport;
}

/** Where a module of WebAssembly, or the compiled pack, comes from. */
export type Source = string | URL | Response | ArrayBuffer | ArrayBufferView | WebAssembly.Module;

/** Gives modules in another way than the package finds them by itself, before anything is loaded. */
export function provide(sources: { checker?: Source | Promise<Source>; office?: Source | Promise<Source>; pack?: Source | Promise<Source> }): void;

/** Today in Asia/Shanghai, `2022-06-28`. */
export function today(): string;

/** Something that Bulou refuses; `message` is Chinese, then English. */
export class BulouError extends Error {
  /** What is wrong, by a name that does not change, or a diagnostic's code, which `bulou explain` explains. */
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}
/** The rule files have errors. */
export class PackError extends BulouError {
  /** Everything that is wrong, warnings too, in Chinese and in English. */
  readonly diagnostics: readonly DiagnosticView[];
  readonly diagnosticsEn: readonly DiagnosticView[];
}
/** A day that is none, or not one. */
export class DayError extends BulouError {}
/** A parameter, waiver, part, folder or option that does not fit. */
export class UnfitError extends BulouError {}
/** Something that is no document. */
export class DocumentError extends BulouError {}
/** There was nothing to check: that is no success. */
export class NoDocumentsError extends DocumentError {}
/** A module of WebAssembly cannot be had, or broke: nothing was checked. */
export class ModuleError extends BulouError {}
