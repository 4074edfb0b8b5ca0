// A county's files, read and folded one after another in the worker.

import * as office from "../wasm/office.js";
import type { DocumentInfo } from "../wasm/checker.js";
import { members } from "./archive.ts";
import type { Guard } from "./guarded.ts";
import type { CountyFiles, Progress, Reply } from "./protocol.ts";
import { isWorkbook } from "./workbooks.ts";
import { type Place, Reading, type Taker, whole } from "./reading.ts";
import { towns } from "./towns.ts";

/** A document as it was found. */
interface Found {
  name: string;
  bytes: Uint8Array;
  place: Place;
}

/** The roster alone, which says less than a document. */
const isTable = ({ name, bytes }: { name: string; bytes: Uint8Array }) => /\.csv$/i.test(name) && !isWorkbook(bytes);

const isSame = (one: Uint8Array, other: Uint8Array) => one.length === other.length && one.every((byte, index) => byte === other[index]);

export class Roll implements Taker {
  #county: office.County;
  #own: CountyFiles["own"];
  /** The same with its place, where it was found among the files. */
  #found: Found | undefined;
  #places = new Map<string, Place>();
  #passedOver: string[] = [];
  #answer: office.CountyAnswer | undefined;

  constructor(
    readonly pack: office.Pack,
    readonly files: CountyFiles,
    readonly guard: Guard,
    readonly tell: (progress: Progress) => void,
  ) {
    this.#county = new office.County(pack, JSON.stringify(files.options));
    this.#own = files.own;
  }

  /** Reads the files. The answer names those that systems leave, as JSON: the report does not speak of them. */
  async read(): Promise<string> {
    const { files, unopened, options } = this.files;
    if (this.#own && this.#own.bytes.length > office.documentLimit()) throw new Error(`${this.#own.name}: ${office.tooLarge(options.lang ?? "zh")}`);
    await this.#probeOwn(options.lang ?? "zh");
    await new Reading(files, options.lang ?? "zh", unopened, this, this.guard, this.tell).read();
    return JSON.stringify(this.#passedOver);
  }

  /** The county's report as text. */
  finish(previous: Uint8Array | undefined): string {
    // A document that says nothing yet, which is not the same as a file that is none.
    const { name, bytes } = this.#own ?? { name: "", bytes: new TextEncoder().encode('{"规则集":null}') };
    const answer = this.#county.finish(name, bytes, previous);
    this.#answer?.free();
    this.#answer = answer;
    return answer.json();
  }

  /** Towns by the ids of schools, as JSON. A document that cannot be read names none, and the report says what it is. */
  towns(): string {
    try {
      return JSON.stringify([...towns(JSON.parse(this.#county.text(this.#own?.name ?? "", this.#own?.bytes ?? new Uint8Array())))]);
    } catch {
      return "[]";
    }
  }

  export(form: "csv" | "xlsx"): Reply {
    return form === "csv" ? this.#answer?.csv() : this.#answer?.xlsx();
  }

  /** One school's report; its file is read again. */
  async school({ name, sha256 }: DocumentInfo): Promise<string> {
    const place = this.#places.get(key(name, sha256));
    if (!place) throw new Error(this.files.unopened);
    const bytes = await this.#bytes(place).catch(() => undefined);
    if (!bytes) throw new Error(this.files.unopened);
    return this.pack.check(name, bytes, JSON.stringify(this.files.options));
  }

  document(name: string, bytes: Uint8Array, place: Place) {
    if (this.#own && isSame(this.#own.bytes, bytes)) return;
    if (!this.#mayBeOwn(name, bytes)) return this.line(name, bytes, place);
    // What it takes the place of is no school's, and named.
    const before = this.#found;
    this.#found = { name, bytes, place };
    this.#own = { name: name.split("/").pop() ?? name, bytes };
    if (before) this.line(before.name, before.bytes, before.place);
  }

  line(name: string, bytes: Uint8Array, place: Place) {
    const { id, sha256 } = JSON.parse(this.#county.add(name, bytes)) as office.Added;
    if (id !== null) this.#places.set(key(name, sha256), place);
  }

  unread(name: string, why: string) {
    this.#county.unread(name, why);
  }

  passOver(name: string) {
    this.#passedOver.push(name);
  }

  /** A workbook is gone through where that can be stopped, before anything is read. */
  async #probeOwn(lang: string) {
    if (!this.#own || !isWorkbook(this.#own.bytes)) return;
    const sound = await this.guard.sound(this.#own.bytes);
    if (sound.is === "damaged") throw new Error(`${this.#own.name}: ${office.damagedWorkbook(lang)}`);
    if (sound.is === "stopped") throw new Error(`${this.#own.name}: ${office.stoppedReading(sound.seconds, lang)}`);
  }

  /** Whether it is the county's own document: none was chosen, it looks like one, and is the first or says more than the first. */
  #mayBeOwn(name: string, bytes: Uint8Array): boolean {
    if (this.files.own || (this.#own && !(isTable(this.#own) && !isTable({ name, bytes })))) return false;
    return this.#county.isOwn(name, bytes);
  }

  async #bytes({ file, member, range }: Place): Promise<Uint8Array | undefined> {
    if (member === undefined) return whole(range ? file.slice(...range) : file);
    for await (const { name, bytes } of members(this.guard, () => whole(file), this.files.options.lang ?? "zh")) {
      if (name === member) return range ? bytes?.subarray(...range) : bytes;
    }
    return undefined;
  }
}

const key = (name: string, sha256: string) => `${sha256} ${name}`;
