// A second instance of the program, which parses one workbook (src/cli/parsing/child.rs): bytes in, bytes out, and nothing
// of this machine.

const [OK, BADF, NOSYS] = [0, 8, 52];
const [IN, OUT] = [0, 1];

/** Something that ends the program; `code` is what it ends with. */
class Ended {
  constructor(code) {
    this.code = code;
  }
}

/** The pieces of memory that a list of so many of WASI's `iovec`s names. */
export function pieces(memory, list, count) {
  const view = new DataView(memory.buffer);
  return Array.from({ length: count }, (_, index) => {
    const at = view.getUint32(list + index * 8, true);
    return new Uint8Array(memory.buffer, at, view.getUint32(list + index * 8 + 4, true));
  });
}

/** Copies as much as there is room for; answers how much that was. */
export function fill(rooms, bytes) {
  let at = 0;
  for (const room of rooms) {
    const part = bytes.subarray(at, at + room.length);
    room.set(part);
    at += part.length;
  }
  return at;
}

/** What the child answers to a request; where something ended it, what it had answered before. */
export function answer(module, request) {
  const answered = [];
  let [read, memory] = [0, undefined];
  const word = (at, value) => new DataView(memory.buffer).setUint32(at, value, true);
  const texts = ["bulou", "parse-untrusted"].map((text) => new TextEncoder().encode(`${text}\0`));
  const calls = {
    args_sizes_get(count, size) {
      word(count, texts.length);
      word(size, texts.reduce((sum, { length }) => sum + length, 0));
      return OK;
    },
    args_get(list, at) {
      for (const [index, text] of texts.entries()) {
        word(list + index * 4, at);
        new Uint8Array(memory.buffer).set(text, at);
        at += text.length;
      }
      return OK;
    },
    environ_sizes_get(count, size) {
      word(count, 0);
      word(size, 0);
      return OK;
    },
    environ_get: () => OK,
    fd_prestat_get: () => BADF,
    fd_read(fd, list, count, done) {
      if (fd !== IN) return BADF;
      const length = fill(pieces(memory, list, count), request.subarray(read));
      read += length;
      word(done, length);
      return OK;
    },
    fd_write(fd, list, count, done) {
      const written = pieces(memory, list, count);
      // What it says beside its answer nobody reads.
      if (fd === OUT) answered.push(...written.map((piece) => piece.slice()));
      word(done, written.reduce((sum, { length }) => sum + length, 0));
      return OK;
    },
    random_get(at, length) {
      // `getRandomValues` gives no more at once.
      for (let from = 0; from < length; from += 65536) {
        crypto.getRandomValues(new Uint8Array(memory.buffer, at + from, Math.min(65536, length - from)));
      }
      return OK;
    },
    proc_exit(code) {
      throw new Ended(code);
    },
  };
  const imports = new Proxy(calls, { get: (known, name) => known[name] ?? (() => NOSYS) });
  try {
    const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: imports });
    memory = instance.exports.memory;
    instance.exports._start();
  } catch (ended) {
    if (!(ended instanceof Ended || ended instanceof WebAssembly.RuntimeError || ended instanceof RangeError)) throw ended;
  }
  return Buffer.concat(answered);
}
