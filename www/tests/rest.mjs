// When a page has come to rest: nothing that it began is still to come. Tests wait for that, and never for a time.

/** Runs in the page before its own scripts: counts what was begun and has not ended. */
function watch() {
  if (window.unrest) return;
  /** Delays of timers that have not fired, and things that have not answered. */
  const timers = new Map();
  /** What has not answered, and what it is. */
  const open = new Map();
  const { setTimeout, clearTimeout, fetch, Worker } = window;
  window.unrest = { timers, open, later: setTimeout };
  // What comes after so long is no answer to what was done.
  const LONG = 10_000;
  window.setTimeout = (run, delay = 0, ...args) => {
    const id = setTimeout(() => { timers.delete(id); run(...args); }, delay);
    if (delay < LONG) timers.set(id, delay);
    return id;
  };
  window.clearTimeout = (id) => { timers.delete(id); clearTimeout(id); };
  window.fetch = (...args) => {
    const one = fetch(...args);
    open.set(one, `fetch ${args[0]}`);
    return one.finally(() => open.delete(one));
  };
  // The page's workers answer each request by its number, and tell of their progress between.
  window.Worker = class extends Worker {
    #asked = new Map();
    constructor(...args) {
      super(...args);
      this.addEventListener("message", ({ data }) => "progress" in data || (open.delete(this.#asked.get(data.id)), this.#asked.delete(data.id)));
    }
    postMessage(message, ...rest) {
      this.#asked.set(message.id, {});
      open.set(this.#asked.get(message.id), `worker ${message.id} ${message.request?.do ?? message.do}`);
      super.postMessage(message, ...rest);
    }
    terminate() {
      for (const one of this.#asked.values()) open.delete(one);
      super.terminate();
    }
  };
  const { open: database } = IDBFactory.prototype;
  IDBFactory.prototype.open = function (...args) {
    const request = database.apply(this, args);
    open.set(request, `database ${args}`);
    for (const end of ["success", "error"]) request.addEventListener(end, () => open.delete(request));
    return request;
  };
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (...args) {
    const one = transaction.apply(this, args);
    open.set(one, `transaction ${args[0]}`);
    for (const end of ["complete", "error", "abort"]) one.addEventListener(end, () => open.delete(one));
    return one;
  };
}

/** Has what a context's pages begin counted. */
export const watched = (context) => context.addInitScript(watch);

/** How often is looked before a page counts as one that never comes to rest: minutes, and longer on a busy machine. */
const LOOKS = 15_000;

/**
 * Waits until nothing is still to come: no timer, no answer of a worker or the network, nothing that is being saved. What
 * never comes is named.
 */
export async function rest(page) {
  const left = await page.evaluate(async (looks) => {
    const { timers, open, later } = window.unrest;
    // What an answer sets going begins in the tasks after it.
    for (let quiet = 0, left = looks; quiet < 3; quiet = timers.size + open.size === 0 ? quiet + 1 : 0, left -= 1) {
      if (left === 0) return [...open.values(), ...[...timers.values()].map((delay) => `timer of ${delay} ms`)];
      await new Promise((resolve) => later(resolve, 20));
    }
    return [];
  }, LOOKS);
  if (left.length) throw new Error(`${page.url()} never comes to rest: ${left.join("; ")}`);
}

/** How long the longest timer that runs in the page was set for, in milliseconds. */
export const longestTimer = (page) => page.evaluate(() => Math.max(...window.unrest.timers.values()));
