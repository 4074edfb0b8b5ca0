// Packs, and checks by them.

import { County } from "./county.js";
import { bytesOf, isPlain, kind } from "./document.js";
import { BulouError, DayError, DocumentError, NoDocumentsError, PackError, UnfitError } from "./errors.js";
import { judged, refused, taken } from "./judge.js";
import { load } from "./modules.js";

/** Reads a pack's folder; there is none in a browser. */
let folder = async () => {
  throw new UnfitError("folder", { zh: "浏览器里没有文件夹:请用 Pack.fromFiles", en: "a browser has no folders: use Pack.fromFiles" });
};

/** Says how a folder is read. */
export function readBy(read) {
  folder = read;
}

/** The day in Asia/Shanghai, which has been UTC+8 since 1991. */
export function today() {
  return new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 10);
}

/** Checks any number of documents by one pack, as of one day. */
export class Checker {
  #held;
  #settings;

  /** @param held what a pack holds, by a call that refuses one that was freed */
  constructor(held, settings) {
    const { module, pack } = held();
    this.#held = held;
    this.#settings = settings;
    // What does not fit is said now, not with the first document.
    module.ask(() => pack.askSettings(settings));
  }

  check(document, { name = "document" } = {}) {
    const { said } = this.#held();
    return judged(this.#held, this.#settings, called(name, said), bytesOf(document, said));
  }

  checkMany(documents, { names } = {}) {
    const { said } = this.#held();
    return pairs(documents, names, said, (document, name) => {
      const { bytes, why } = taken(document, said);
      return why ? refused(this.#held, this.#settings, name, why) : judged(this.#held, this.#settings, name, bytes);
    });
  }
}

/** What reports call a document. */
export function called(name, said) {
  if (typeof name !== "string") throw new UnfitError("names", said("name_no_text", kind(name)));
  return name;
}

/** What becomes of each of several documents, in their order. */
export function pairs(documents, names, said, one) {
  const isOne = typeof documents === "string" || ArrayBuffer.isView(documents) || documents instanceof ArrayBuffer || isPlain(documents);
  if (isOne) throw new DocumentError("single", said("js_one_document", kind(documents)));
  if (typeof documents?.[Symbol.iterator] !== "function") throw new DocumentError("type", said("no_iterable_of_documents", kind(documents)));
  const all = Array.from(documents);
  const given = names === undefined ? all.map((_, index) => `documents[${index}]`) : Array.from(names, (name) => called(name, said));
  if (given.length !== all.length) throw new UnfitError("names", said("documents_and_names_unequal", all.length, given.length));
  if (all.length === 0) throw new NoDocumentsError("no-documents", said("no_document_nothing_was_checked"));
  return all.map((document, index) => one(document, given[index]));
}

/** A rule pack. */
export class Pack {
  #module;
  #pack;
  #view;
  #warnings;
  #lang;
  #compiled;

  constructor(module, compiled, lang, warnings) {
    this.#module = module;
    this.#compiled = compiled;
    this.#pack = module.ask((glue) => glue.Pack.compiled(compiled));
    this.#view = JSON.parse(module.ask(() => this.#pack.answer(lang))).pack;
    this.#lang = lang;
    this.#warnings = warnings;
  }

  static async load(source, options) {
    if (isPlain(source) && options === undefined) [source, options] = [undefined, source];
    const { lang = "zh", workbooks = false } = options ?? {};
    if (source !== undefined && source !== null) return Pack.fromFiles(await folder(source), { lang });
    const [module, compiled] = await Promise.all([load(workbooks ? "office" : "checker"), load("pack")]);
    return new Pack(module, compiled, language(lang, module), []);
  }

  static async fromFiles(files, { lang = "zh" } = {}) {
    const module = await load("office");
    language(lang, module);
    const text = JSON.stringify(texts(files, module));
    const made = module.ask((glue) => new glue.Compiled(text));
    try {
      const found = (one) => JSON.parse(module.ask(() => made.answer(one))).diagnostics;
      const diagnostics = { zh: found("zh"), en: found("en") };
      const wrong = diagnostics.zh.find(({ error }) => error);
      if (wrong) {
        const lines = (one) => one.map(({ file, line, column, code, message }) => `${file}:${line}:${column}: ${code} ${message}`).join("\n");
        throw new PackError(wrong.code, { zh: lines(diagnostics.zh), en: lines(diagnostics.en) }, diagnostics);
      }
      return new Pack(module, module.ask(() => made.bytes()), lang, diagnostics[lang]);
    } finally {
      made.free();
    }
  }

  #held = () => {
    if (!this.#pack) throw new UnfitError("freed", this.#module.said("js_pack_freed"));
    return { module: this.#module, pack: this.#pack, said: this.#said };
  };

  #said = (...words) => this.#module.said(...words);

  get id() {
    return this.#view.id;
  }

  get version() {
    return this.#view.version;
  }

  get sha256() {
    return this.#view.sha256;
  }

  get lang() {
    return this.#lang;
  }

  /** What its compiler warns of. */
  get warnings() {
    return structuredClone(this.#warnings);
  }

  /** What each rule asks, of whom, on what grounds. */
  get rules() {
    return structuredClone(this.#view.rules);
  }

  checker(settings = {}) {
    return new Checker(this.#held, this.#settings(settings));
  }

  check(document, { name, ...settings } = {}) {
    return this.checker(settings).check(document, { name });
  }

  checkMany(documents, { names, ...settings } = {}) {
    return this.checker(settings).checkMany(documents, { names });
  }

  /** Rolls the schools of a county up, in the module that can. */
  async county(settings = {}) {
    this.#held();
    const given = this.#settings(settings);
    return new County(await load("office"), this.#compiled, given);
  }

  /** Gives its memory back; a call after that throws. */
  free() {
    this.#pack?.free();
    this.#pack = undefined;
  }

  /** What checks depend on, as the module takes it. */
  #settings({ asOf = today(), params = {}, waivers = [], lang = this.#lang, ...others }) {
    const { module, said } = this.#held();
    const unknown = Object.keys(others)[0];
    if (unknown !== undefined) throw new UnfitError("option", { zh: `没有选项 \`${unknown}\``, en: `there is no option \`${unknown}\`` });
    if (typeof asOf !== "string") throw new DayError("day", said("js_day_no_text", kind(asOf)));
    module.ask((glue) => glue.askDay(asOf));
    language(lang, module);
    if (!isPlain(params)) throw new UnfitError("param", said("js_param_unfit", "{}", kind(params)));
    const texts = Object.entries(params).map(([name, value]) => {
      const fits = typeof value === "string" || typeof value === "bigint" || Number.isSafeInteger(value);
      if (!fits) throw new UnfitError("param", said("js_param_unfit", name, kind(value)));
      return [name, String(value)];
    });
    let list;
    if (typeof waivers?.[Symbol.iterator] !== "function") throw new UnfitError("waivers", said("these_no_waivers", kind(waivers)));
    try {
      list = JSON.parse(JSON.stringify(Array.from(waivers)));
    } catch (error) {
      throw new UnfitError("waivers", said("these_no_waivers", error.message));
    }
    module.ask((glue) => glue.askWaivers(JSON.stringify(list)));
    return JSON.stringify({ as_of: asOf, params: Object.fromEntries(texts), waivers: list, lang });
  }
}

function language(lang, module) {
  if (lang !== "zh" && lang !== "en") throw new BulouError("lang", module.said("no_language_only_zh", lang));
  return lang;
}

/** A pack's files as texts. */
function texts(files, module) {
  if (!isPlain(files) || Object.keys(files).length === 0) throw new UnfitError("files", module.said("js_files_unfit", kind(files)));
  const text = ([name, content]) => {
    if (typeof content === "string") return [name, content];
    if (!(content instanceof Uint8Array)) throw new UnfitError("files", module.said("js_files_unfit", `${name}: ${kind(content)}`));
    try {
      return [name, new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content)];
    } catch {
      throw new UnfitError("files", module.said("js_files_unfit", `${name}: UTF-8?`));
    }
  };
  return Object.fromEntries(Object.entries(files).map(text));
}
