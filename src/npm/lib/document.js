// What JavaScript calls a document: bytes, JSON text, a plain object. All else is refused by its type: what JSON leaves out
// in silence, such as `undefined`, would be an answer that nobody gave.

import { DocumentError } from "./errors.js";

/** Endings of the files that documents come in. */
const FILE = /^[^\n{["]{1,1024}\.(json|ndjson|jsonl|xlsx|xls|ods|et|csv|zip)$/i;
/** Deeper than any document; the reader has a limit of its own. */
const DEPTH = 500;
const SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** What something is called in a refusal. */
export function kind(value) {
  if (value === null) return "null";
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (typeof value !== "object") return typeof value;
  const name = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === "string" && name !== "" ? name : "object";
}

/** Whether something is an object of keys and values and nothing else, of whatever window. */
export function isPlain(value) {
  if (typeof value !== "object" || value === null || Object.prototype.toString.call(value) !== "[object Object]") return false;
  const above = Object.getPrototypeOf(value);
  return above === null || (Object.getPrototypeOf(above) === null && Object.hasOwn(above, "isPrototypeOf"));
}

const isBuffer = (value) => value instanceof ArrayBuffer || Object.prototype.toString.call(value) === "[object ArrayBuffer]";

/** The bytes of a document; `said` finds a sentence. */
export function bytesOf(value, said) {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice();
  if (isBuffer(value)) return new Uint8Array(value).slice();
  if (typeof value === "string") return ofText(value, said);
  if (isPlain(value)) return new TextEncoder().encode(new Writer(said).written(value, ""));
  throw new DocumentError("type", said("js_no_document", kind(value)));
}

function ofText(text, said) {
  if (SURROGATE.test(text)) throw new DocumentError("surrogate", said("text_lone_surrogate_none"));
  if (FILE.test(text.trim())) throw new DocumentError("path", said("js_looks_like_file", text.trim()));
  return new TextEncoder().encode(text);
}

/** Writes a value as JSON that leaves nothing out. */
class Writer {
  #said;
  #within = new Set();

  constructor(said) {
    this.#said = said;
  }

  #refuse(code, pointer, sentence, ...words) {
    const [what, whole] = [this.#said(sentence, ...words), this.#said("the_whole_value")];
    const at = (lang) => (pointer === "" ? whole[lang] : `\`${pointer}\``);
    const in_ = (lang) => this.#said("place_and_what", at(lang), what[lang])[lang];
    throw new DocumentError(code, { zh: in_("zh"), en: in_("en") });
  }

  written(value, pointer) {
    switch (typeof value) {
      case "string":
        if (SURROGATE.test(value)) this.#refuse("surrogate", pointer, "text_lone_surrogate_none");
        return JSON.stringify(value);
      case "boolean":
        return String(value);
      case "bigint":
        return value.toString();
      case "number":
        if (!Number.isFinite(value)) this.#refuse("nan", pointer, "js_nan");
        return JSON.stringify(value);
      case "undefined":
        return this.#refuse("undefined", pointer, "js_undefined");
      default:
        return value === null ? "null" : this.#composed(value, pointer);
    }
  }

  #composed(value, pointer) {
    if (!Array.isArray(value) && !isPlain(value)) this.#refuse("type", pointer, "js_kind_json_none", kind(value));
    if (this.#within.has(value) || this.#within.size > DEPTH) this.#refuse("deep", "", "nests_too_deep_holds");
    this.#within.add(value);
    const text = Array.isArray(value) ? this.#list(value, pointer) : this.#record(value, pointer);
    this.#within.delete(value);
    return text;
  }

  #list(value, pointer) {
    // A hole is as `undefined`.
    const items = Array.from(value, (item, index) => this.written(item, `${pointer}/${index}`));
    return `[${items.join(",")}]`;
  }

  #record(value, pointer) {
    if (Object.getOwnPropertySymbols(value).length > 0) this.#refuse("key", pointer, "key_no_text_but", "symbol");
    const entries = Object.entries(value).map(([key, item]) => {
      const at = `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      if (SURROGATE.test(key)) this.#refuse("surrogate", pointer, "text_lone_surrogate_none");
      return `${JSON.stringify(key)}:${this.written(item, at)}`;
    });
    return `{${entries.join(",")}}`;
  }
}
