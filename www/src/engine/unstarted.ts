/** The page cannot begin: the browser starts no worker or no WebAssembly, or a part of the page does not come. */
export class Unstarted extends Error {
  constructor(readonly what: "worker" | "wasm" | "part") {
    super(what);
  }
}

/** A module of the page, compiled. */
export async function compiled(bytes: ArrayBuffer): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch {
    throw new Unstarted("wasm");
  }
}
