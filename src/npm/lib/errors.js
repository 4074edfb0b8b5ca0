// What is refused, in both languages, with a code that does not change.

/** Something that Bulou refuses. Its message is Chinese, then English. */
export class BulouError extends Error {
  /** @param {string} code @param {{ zh: string, en: string }} words */
  constructor(code, { zh, en }, options) {
    super(zh === en ? zh : `${zh}\n${en}`, options);
    this.name = new.target.name;
    Object.assign(this, { code, zh, en });
  }
}

/** The rule files have errors; `code` is that of the first. */
export class PackError extends BulouError {
  constructor(code, words, { zh, en }) {
    super(code, words);
    Object.assign(this, { diagnostics: zh, diagnosticsEn: en });
  }
}

/** A day that is none, or not one. */
export class DayError extends BulouError {}

/** A parameter, waiver, part or option that does not fit. */
export class UnfitError extends BulouError {}

/** Something that is no document; `code` says what is wrong with it. */
export class DocumentError extends BulouError {}

/** There was nothing to check: that is no success. */
export class NoDocumentsError extends DocumentError {}

/** A module of WebAssembly cannot be had, or broke: nothing was checked. */
export class ModuleError extends BulouError {}

/** An error that a module threw: it says what it is as JSON. */
export function thrown(error) {
  let said;
  try {
    said = JSON.parse(error.message);
  } catch {
    return error;
  }
  const kind = { day: DayError, unfit: UnfitError }[said.code] ?? BulouError;
  return new kind(said.code, said);
}
