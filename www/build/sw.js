// Keeps the page for use offline, past the HTTP cache: a version is fetched whole, each file with the hash that the build
// gave it, or not at all. It takes over when no tab shows the old one.
// Several pages of this program may lie on one server, each in its folder: none touches what another keeps.
const HERE = " " + new URL(self.registration.scope).pathname;
const CACHE = "bulou-" + __VERSION__ + HERE;
// SHA-256 by name: what every school uses, and what is kept where it is used.
const FILES = __FILES__;
const LATER = __LATER__;
/** No version's: that there is such a cache says that this machine wants all of what is kept where it is used, also of the versions to come. */
const ALL = "bulou all" + HERE;

const HASH = /-[\w-]{8}(?=\.\w+$)/;
const kind = (name) => name.replace(HASH, "");
const nameOf = (url) => new URL(url).href.slice(self.registration.scope.length).replace(/[?#].*/, "").replace(/^(index\.html)?$/, "./");

/** A response with these bytes, if they are the file's. */
async function whole(answer, hash) {
  const bytes = await answer.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  if (btoa(String.fromCharCode(...digest)) !== hash) throw new Error("not of this version: " + answer.url);
  const type = answer.headers.get("Content-Type");
  return new Response(bytes, { headers: type ? { "Content-Type": type } : {} });
}

/** Files that are being kept, by name: who asks for one meanwhile waits for it. */
const going = new Map();

function keep(cache, name, hash) {
  const kept = going.get(name) ?? put(cache, name, hash).finally(() => going.delete(name));
  going.set(name, kept);
  return kept;
}

/**
 * Keeps a file. What is there whole is not written again, for until it is written anew it is not there; what an earlier
 * version kept under the same name and hash is not fetched again.
 */
async function put(cache, name, hash) {
  const known = async (had) => had && whole(had, hash).catch(() => undefined);
  if (await known(await cache.match(name))) return;
  const had = name === "./" ? undefined : await known(await caches.match(name));
  await cache.put(name, had ?? (await whole(await fetch(name, { cache: "reload" }), hash)));
}

/** Keeps files; what fails is known when none of them is on its way any more. */
async function keepAll(files) {
  const cache = await caches.open(CACHE);
  const ends = await Promise.allSettled(Object.entries(files).map(([name, hash]) => keep(cache, name, hash)));
  const failed = ends.find(({ status }) => status === "rejected");
  if (failed) throw failed.reason;
}

/** Keeps all. That it is wanted is known before the first file comes: what is cut short the next version makes up for. */
async function keepRest() {
  await caches.open(ALL);
  await keepAll(LATER);
}

/** The versions that this page keeps. Earlier ones were called the same on every page, and hold the page itself. */
async function versions() {
  const all = (await caches.keys()).filter((name) => name.startsWith("bulou-"));
  const own = await Promise.all(all.map(async (name) => name.endsWith(HERE) || (!name.includes(" ") && (await (await caches.open(name)).match("./")))));
  return all.filter((_, index) => own[index]);
}

/** The rest, as far as this machine wants it: all, or what it used in earlier versions. */
async function wanted() {
  if (await caches.has(ALL)) return LATER;
  const kinds = new Set();
  for (const name of await versions()) {
    for (const { url } of await (await caches.open(name)).keys()) kinds.add(kind(nameOf(url)));
  }
  return Object.fromEntries(Object.entries(LATER).filter(([name]) => kinds.has(kind(name))));
}

async function install() {
  // What was there before is somebody's: of a version that is in use under the same name, or what was cut short.
  const had = await caches.has(CACHE);
  try {
    await keepAll({ ...FILES, ...(await wanted()) });
  } catch (error) {
    if (!had) await caches.delete(CACHE);
    throw error;
  }
}

self.addEventListener("install", (event) => event.waitUntil(install()));

self.addEventListener("activate", (event) => {
  const clean = versions().then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))));
  event.waitUntil(clean.then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
  if (event.data === "keep the rest") event.waitUntil(keepRest().catch(() => undefined));
});

async function answer(request) {
  const cache = await caches.open(CACHE);
  const name = nameOf(request.url);
  const kept = await cache.match(name);
  if (kept) return kept;
  const hash = FILES[name] ?? LATER[name];
  if (!hash) return fetch(request);
  await keep(cache, name, hash);
  return cache.match(name);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(self.registration.scope)) return;
  event.respondWith(answer(request));
});
