// Keeps the page for use offline, past the HTTP cache: a version is fetched whole, each file with the hash that the build
// gave it, or not at all. It takes over when no tab shows the old one.
const CACHE = "bulou-" + __VERSION__;
// SHA-256 by name: what every school uses, and what is kept where it is used.
const FILES = __FILES__;
const LATER = __LATER__;

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

/** Keeps a file: what an earlier version kept under the same name and hash is not fetched again. */
async function keep(cache, name, hash) {
  const had = name === "./" ? undefined : await caches.match(name);
  const known = had && (await whole(had, hash).catch(() => undefined));
  await cache.put(name, known ?? (await whole(await fetch(name, { cache: "reload" }), hash)));
}

const keepAll = async (files) => {
  const cache = await caches.open(CACHE);
  await Promise.all(Object.entries(files).map(([name, hash]) => keep(cache, name, hash)));
};

/** What this machine used of the rest in earlier versions. */
async function used() {
  const kinds = new Set();
  for (const name of await caches.keys()) {
    if (!name.startsWith("bulou-")) continue;
    for (const { url } of await (await caches.open(name)).keys()) kinds.add(kind(nameOf(url)));
  }
  return Object.fromEntries(Object.entries(LATER).filter(([name]) => kinds.has(kind(name))));
}

async function install() {
  try {
    await keepAll({ ...FILES, ...(await used()) });
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

self.addEventListener("install", (event) => event.waitUntil(install()));

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("bulou-") && name !== CACHE;
  const clean = caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))));
  event.waitUntil(clean.then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
  if (event.data === "keep the rest") event.waitUntil(keepAll(LATER).catch(() => undefined));
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
