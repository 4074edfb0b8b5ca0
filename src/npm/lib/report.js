// Reports: what a check answers. They have the keys of the JSON that `bulou check --format json` writes.

/** What reports of both kinds have. They are neither true nor false; that `if (report)` is always true, nobody can change. */
class Shown {
  #json;
  #text;
  #neither;

  constructor(json, text, neither) {
    [this.#json, this.#text, this.#neither] = [json, text, neither];
    Object.assign(this, JSON.parse(json));
  }

  /** As `--format json` writes it, byte for byte. */
  json() {
    return this.#json;
  }

  /** The same in one line. */
  ndjson() {
    // No text of JSON holds an end of a line; its layout alone does.
    return `${this.#json.replace(/^( *"(?:[^"\\]|\\.)*"): /gm, "$1:").replace(/\n */g, "")}\n`;
  }

  /** For a person, as the command prints it. */
  text() {
    return this.#text();
  }

  /** The JSON's own value, for `JSON.stringify` and whoever changes it. */
  toJSON() {
    return JSON.parse(this.#json);
  }

  [Symbol.toPrimitive]() {
    const { zh, en } = this.#neither;
    throw new TypeError(`${zh}\n${en}`);
  }
}

/** What a check answers about one document. */
export class Report extends Shown {
  constructor(...given) {
    super(...given);
    frozen(this);
  }

  /** Whether everything holds, and everything could be judged. */
  get passed() {
    return this.verdict === "pass";
  }

  /** What was found of all rules, in their order, each with its rule. */
  get findings() {
    return this.rules.flatMap(({ id, findings = [] }) => findings.map((finding) => ({ rule: id, ...finding })));
  }
}

/** A county's report. */
export class CountyReport extends Shown {
  #csv;

  constructor(json, text, neither, csv) {
    super(json, text, neither);
    this.#csv = csv;
    frozen(this);
  }

  /** Whether everything holds, of the county and of every school. */
  get passed() {
    return this.overall === "pass";
  }

  /** Schools by rules, as `bulou county --format csv` prints it. */
  csv() {
    return this.#csv();
  }
}

/** Nobody makes a pass of it by the way. */
function frozen(value) {
  for (const one of Object.values(value)) if (typeof one === "object" && one !== null) frozen(one);
  Object.freeze(value);
}
