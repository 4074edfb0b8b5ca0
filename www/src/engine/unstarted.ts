/** The page cannot begin: the browser starts no worker or no WebAssembly, a part of the page does not come, or is damaged in its file. */
export class Unstarted extends Error {
  constructor(readonly what: "worker" | "wasm" | "part" | "file") {
    super(what);
  }
}
