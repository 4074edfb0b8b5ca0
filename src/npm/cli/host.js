// Runs the command line, which is a program for WASI, with the files of this machine.

import { isatty } from "node:tty";

import { answer, fill, pieces } from "./child.js";

/** The file by which the program asks for a child that parses workbooks (src/cli/parsing/within.rs). */
const CHILD = ".bulou-parse-untrusted";
/** Far above what WASI hands out. */
const FIRST = 1 << 24;
const [OK, AGAIN] = [0, 6];

/** `node:wasi` without the warning that it is experimental, which would stand among the command's own words. */
async function quietly() {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return (await import("node:wasi")).WASI;
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** The roots of the file system, as the program sees them: on Windows each drive is a folder, `/c`. */
export function roots(platform, exists) {
  if (platform !== "win32") return { "/": "/" };
  const drives = [..."abcdefghijklmnopqrstuvwxyz"].filter((letter) => exists(`${letter}:\\`));
  return Object.fromEntries(drives.map((letter) => [`/${letter}`, `${letter}:\\`]));
}

/** A path of this machine as the program sees it. */
export function seen(path, platform) {
  if (platform !== "win32") return path;
  const [, drive, rest] = /^([A-Za-z]):[\\/](.*)$/s.exec(path) ?? [];
  return (drive ? `/${drive.toLowerCase()}/${rest}` : path).replaceAll("\\", "/");
}

/** The words of a command line, those that are paths of Windows as the program sees them: with a drive, or there. */
export function typed(words, platform, exists) {
  if (platform !== "win32") return words;
  const path = (text) => (/^[A-Za-z]:[\\/]/.test(text) || (text.includes("\\") && exists(text)) ? seen(text, platform) : text);
  return words.map((word) => word.replace(/^(--[a-z-]+=)?(.*)$/s, (_, option = "", text) => option + path(text)));
}

/** The calls of WASI, and beside the files of the machine the one that answers as a child does. */
function withChild(calls, module, memory) {
  const children = new Map();
  let next = FIRST;
  const word = (at, value) => new DataView(memory().buffer).setUint32(at, value, true);
  // A pipe that somebody set so is not ready for a while.
  const ready = (call) => (...given) => {
    for (;;) {
      const code = call(...given);
      if (code !== AGAIN) return code;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  };
  const [read, write] = [ready(calls.fd_read), ready(calls.fd_write)];
  return {
    ...calls,
    path_open(folder, follow, at, length, ...more) {
      const path = Buffer.from(memory().buffer, at, length).toString();
      if (path.split("/").at(-1) !== CHILD) return calls.path_open(folder, follow, at, length, ...more);
      children.set(next, { asked: [], answered: undefined });
      word(more.at(-1), next++);
      return OK;
    },
    fd_write(fd, list, count, done) {
      const child = children.get(fd);
      if (!child) return write(fd, list, count, done);
      const written = pieces(memory(), list, count);
      child.asked.push(...written.map((piece) => piece.slice()));
      word(done, written.reduce((sum, { length }) => sum + length, 0));
      return OK;
    },
    fd_read(fd, list, count, done) {
      const child = children.get(fd);
      if (!child) return read(fd, list, count, done);
      child.answered ??= answer(module, Buffer.concat(child.asked));
      const length = fill(pieces(memory(), list, count), child.answered);
      child.answered = child.answered.subarray(length);
      word(done, length);
      return OK;
    },
    fd_close: (fd) => (children.delete(fd) ? OK : calls.fd_close(fd)),
  };
}

/** Runs a command line; answers its exit code, or throws what ended the program before its end. */
export async function run(bytes, words, exists) {
  const { platform, env } = process;
  const module = await WebAssembly.compile(bytes);
  const WASI = await quietly();
  // The stream of a pipe is not asked for: that would make the pipe another one.
  const columns = env.COLUMNS === undefined && isatty(1) ? { COLUMNS: String(process.stdout.columns) } : {};
  const wasi = new WASI({
    version: "preview1",
    args: ["bulou", ...typed(words, platform, exists)],
    env: { ...env, ...columns, PWD: seen(process.cwd(), platform) },
    preopens: roots(platform, exists),
    returnOnExit: true,
  });
  let instance;
  const calls = withChild(wasi.wasiImport, module, () => instance.exports.memory);
  instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: calls });
  return wasi.start(instance);
}
