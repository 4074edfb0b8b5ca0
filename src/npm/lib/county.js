// Counties: what all schools submitted, rolled up.

import { bytesOf } from "./document.js";
import { DocumentError } from "./errors.js";
import { judged, taken, trouble } from "./judge.js";
import { called, pairs } from "./pack.js";
import { CountyReport } from "./report.js";

/** What all schools of a county submitted, folded one document at a time: no document is kept, and their order changes nothing. */
export class County {
  #module;
  #pack;
  #county;
  #settings;

  constructor(module, compiled, settings) {
    this.#module = module;
    this.#settings = settings;
    this.#pack = module.ask((glue) => glue.Pack.compiled(compiled));
    this.#county = module.ask((glue) => new glue.County(this.#pack, settings));
  }

  #said = (...words) => this.#module.said(...words);

  #held = () => ({ module: this.#module, pack: this.#pack, said: this.#said });

  /** Adds a school's document, and answers its own report. */
  add(document, { name = "document" } = {}) {
    const bytes = bytesOf(document, this.#said);
    this.#fold(called(name, this.#said), bytes);
    return judged(this.#held, this.#settings, name, bytes);
  }

  /** Adds schools' documents, and answers how many. The report names each that cannot be read. */
  addMany(documents, { names } = {}) {
    return pairs(documents, names, this.#said, (document, name) => {
      const { bytes, why } = taken(document, this.#said);
      if (why) this.#unread(name, why);
      else this.#fold(name, bytes);
    }).length;
  }

  #fold(name, bytes) {
    const why = trouble(this.#module, bytes, this.#said);
    if (why) this.#unread(name, why);
    else this.#module.ask(() => this.#county.add(name, bytes));
  }

  #unread(name, why) {
    this.#module.ask(() => this.#county.unread(name, why[JSON.parse(this.#settings).lang]));
  }

  /** What was added so far, for `merge` elsewhere, or `bulou county --merge`. */
  partial() {
    return this.#module.ask(() => this.#county.partial());
  }

  /** Adds what `partial` or `bulou county --partial` wrote; what both have is there once. */
  merge(partial) {
    this.#module.ask(() => this.#county.merge(typeof partial === "string" ? partial : new TextDecoder().decode(bytesOf(partial, this.#said))));
  }

  /** The county's report by the county's own document; `earlier` is the JSON of an earlier one, beside which it says what changed. */
  report(document, { name = "county", earlier } = {}) {
    const bytes = bytesOf(document, this.#said);
    const why = trouble(this.#module, bytes, this.#said);
    if (why) throw new DocumentError("damaged", why);
    const before = earlier === undefined ? undefined : bytesOf(earlier, this.#said);
    const answer = this.#module.ask(() => this.#county.finish(called(name, this.#said), bytes, before));
    const json = this.#module.ask(() => answer.json());
    return new CountyReport(json, () => this.#module.ask(() => answer.text()), this.#said("report_neither_true_nor_false"), () => this.#module.ask(() => answer.csv()));
  }
}
