// Documents one a line, read in slices, so that a file of any size takes no more memory than its longest line.

const SLICE = 1 << 20;
const NEWLINE = 10;

/** A line that is not blank. */
export interface Line {
  /** From 1. */
  number: number;
  /** Where it stands in the file, without its end. */
  range: [from: number, to: number];
  /** `undefined` when it is longer than the limit. */
  bytes: Uint8Array | undefined;
}

/** The lines of a file that are not blank. */
export async function* lines(file: Blob, limit: number): AsyncGenerator<Line> {
  let begun = new Begun(1, 0, limit);
  for (let at = 0; at < file.size; at += SLICE) {
    const slice = new Uint8Array(await file.slice(at, at + SLICE).arrayBuffer());
    let from = 0;
    for (let end = slice.indexOf(NEWLINE); end >= 0; end = slice.indexOf(NEWLINE, from)) {
      begun.add(slice.subarray(from, end));
      const line = begun.line();
      if (line) yield line;
      from = end + 1;
      begun = new Begun(begun.number + 1, at + from, limit);
    }
    begun.add(slice.subarray(from));
  }
  const last = begun.line();
  if (last) yield last;
}

/** A line whose end was not seen yet. */
class Begun {
  #parts: Uint8Array[] = [];
  #size = 0;

  constructor(
    readonly number: number,
    readonly start: number,
    readonly limit: number,
  ) {}

  add(part: Uint8Array) {
    this.#size += part.length;
    // Of a line that is too long nothing is kept.
    if (this.#size > this.limit) this.#parts = [];
    else this.#parts.push(part);
  }

  line(): Line | undefined {
    const whole = { number: this.number, range: [this.start, this.start + this.#size] as [number, number] };
    if (this.#size > this.limit) return { ...whole, bytes: undefined };
    const bytes = trimmed(joined(this.#parts, this.#size));
    if (bytes.every(isBlank)) return undefined;
    return { ...whole, range: [this.start, this.start + bytes.length], bytes };
  }
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  if (parts.length === 1 && parts[0]) return parts[0];
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Without what Windows adds to a line's end. */
function trimmed(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 13) end -= 1;
  return bytes.subarray(0, end);
}

const isBlank = (byte: number) => byte === 32 || byte === 9 || byte === 10 || byte === 12 || byte === 13;
