// New versions of the hosted page, from servers as they are.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { dist, KEEPING, launch, open, serve, until } from "./browser.mjs";
import { rest } from "./rest.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("base64");
const text = (path) => readFileSync(path, "utf8");
const scripts = (path) => readdirSync(join(path, "assets")).filter((name) => name.endsWith(".js"));

/** A version as a build makes it: another product's name in its scripts, which have other names, in the page that asks for them and in the worker's list. */
function version(product, mark) {
  const path = mkdtempSync(join(tmpdir(), "bulou-version-"));
  cpSync(dist, path, { recursive: true });
  const names = scripts(path).map((name) => [name, name.replace(/-[\w-]{8}(?=\.js$)/, `-${mark}`)]);
  const renamed = (content) => names.reduce((all, [from, to]) => all.replaceAll(from, to), content);
  for (const [from, to] of names) {
    const code = renamed(text(join(path, "assets", from))).replaceAll("不漏", product);
    rmSync(join(path, "assets", from));
    writeFileSync(join(path, "assets", to), code);
  }
  for (const name of ["index.html", "sw.js"]) writeFileSync(join(path, name), renamed(text(join(path, name))));
  const listed = text(join(path, "sw.js")).replaceAll(/"([^"]+)":"[\w+/]{43}="/g, (_, file) => `"${file}":"${sha256(readFileSync(join(path, file === "./" ? "index.html" : file)))}"`);
  writeFileSync(join(path, "sw.js"), listed.replace(/"bulou-" \+ "[^"]+"/, `"bulou-" + "${mark}"`));
  return path;
}
const versions = () => [version("甲版", "AAAAAAA1"), version("乙版", "BBBBBBB2")];

const brand = (page) => page.locator(".brand").innerText();
const controlled = (page) => page.waitForFunction(() => navigator.serviceWorker.controller);
const kept = (page) => page.evaluate(async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("bulou-"));
  return Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)));
});

/** The paths that a version has kept, by its mark. */
const keptOf = (page, mark) => page.evaluate(async (mark) => (await (await caches.open(`bulou-${mark} /`)).keys()).map(({ url }) => new URL(url).pathname), mark);
/** Waits until a version has kept all its files but some: a browser lists what it is still writing. */
const keptWhole = (page, mark, folder, but = []) => {
  const assets = readdirSync(join(folder, "assets")).filter((name) => !but.some((one) => name.startsWith(one)));
  const sizes = Object.fromEntries([["/", "index.html"], ...assets.map((name) => [`/assets/${name}`, `assets/${name}`])].map(([path, name]) => [path, statSync(join(folder, name)).size]));
  return until(page, async ([name, sizes]) => {
    const cache = await caches.open(name);
    const size = async (path) => (await (await cache.match(path))?.arrayBuffer())?.byteLength;
    const found = await Promise.all(Object.keys(sizes).map(size));
    return found.every((one, index) => one === Object.values(sizes)[index]);
  }, [`bulou-${mark} /`, sizes]);
};
/** How many files a version has. */
const count = (folder) => readdirSync(join(folder, "assets")).length + 1;

/** The new version is there, and taken over. */
async function updated(page) {
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  await page.getByRole("button", { name: "现在更新" }).click();
  await page.locator(".brand", { hasText: "乙版" }).waitFor();
}

/** What became of the version that the server has now. */
const installed = (page) => page.evaluate(async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  const ended = new Promise((resolve) => registration.addEventListener("updatefound", () => {
    const { installing } = registration;
    installing.addEventListener("statechange", () => resolve(installing.state));
  }));
  await registration.update();
  return ended;
});

for (const keeping of Object.keys(KEEPING)) {
  test(`a new version takes over whole, or not at all, whatever the server says of its files: ${keeping}`, async () => {
    const [one, two] = versions();
    const server = await serve({ dist: one, keeping });
    const context = await browser.newContext({ locale: "zh-CN" });
    const page = await open(browser, server.url, { context });
    await controlled(page);
    assert.equal(await brand(page), "甲版");

    // Half of it is there: the page asks for scripts of which one has not come yet, and one was cut off on its way.
    const half = mkdtempSync(join(tmpdir(), "bulou-half-"));
    cpSync(two, half, { recursive: true });
    const index = scripts(half).find((name) => name.startsWith("index-"));
    if (keeping === "ETag") writeFileSync(join(half, "assets", index), text(join(half, "assets", index)).slice(0, 9000));
    else rmSync(join(half, "assets", index));
    server.files.folder = half;
    assert.equal(await installed(page), "redundant");
    assert.equal((await kept(page)).length, 1, "nothing is left of half a version");
    await page.reload();
    assert.equal(await brand(page), "甲版");

    server.files.folder = two;
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
    await page.getByRole("button", { name: "现在更新" }).click();
    await page.locator(".brand", { hasText: "乙版" }).waitFor();
    await server.close();
    // Without the server, for good: the version is whole.
    await page.reload();
    assert.equal(await brand(page), "乙版");
    await page.getByRole("button", { name: /我要填自查表/ }).click();
    await page.getByRole("heading", { name: "填自查表" }).waitFor();
    await rest(page);
    assert.equal((await kept(page)).length, 1);
    await context.close();
  });
}

for (const keeping of ["max-age=600", "Last-Modified only"]) {
  test(`a failed update under the version's own name takes nothing from who uses it: ${keeping}`, async () => {
    const one = version("甲版", "AAAAAAA1");
    const server = await serve({ dist: one, keeping });
    const context = await browser.newContext({ locale: "zh-CN" });
    const page = await open(browser, server.url, { context });
    await controlled(page);
    const before = (await keptOf(page, "AAAAAAA1")).sort();
    // The same version's worker again, which wants a file that is not there, and one that comes damaged.
    for (const [number, extra] of [[1, ""], [2, "damaged"]]) {
      const again = mkdtempSync(join(tmpdir(), "bulou-again-"));
      cpSync(one, again, { recursive: true });
      const worker = text(join(one, "sw.js"));
      const wanted = worker.replace('"./":', `"assets/more-0000000${number}.js":"${sha256("more")}","./":`);
      assert.notEqual(wanted, worker);
      writeFileSync(join(again, "sw.js"), wanted);
      if (extra) writeFileSync(join(again, `assets/more-0000000${number}.js`), extra);
      server.files.folder = again;
      assert.equal(await installed(page), "redundant");
      assert.deepEqual((await keptOf(page, "AAAAAAA1")).sort(), before);
      await page.reload();
      assert.equal(await brand(page), "甲版");
    }
    await server.close();
    // Without the server, for good.
    await page.reload();
    assert.equal(await brand(page), "甲版");
    await page.getByRole("button", { name: /我要填自查表/ }).click();
    await page.getByRole("heading", { name: "填自查表" }).waitFor();
    await context.close();
  });
}

test("a school keeps what a school uses; who has been at the bureau's views keeps the rest, in the next version too", async () => {
  const [one, two] = versions();
  const server = await serve({ dist: one });
  const context = await browser.newContext({ locale: "zh-CN" });
  const page = await open(browser, server.url, { context });
  await controlled(page);
  const rest = /\/(compiler|bureau|explanations|County|county|Rules|Offer|Effects|pack-texts)[^/]*$/;
  const [school] = await kept(page);
  assert.deepEqual(school.filter((path) => rest.test(path)), []);
  assert.ok(school.some((path) => /checker.*wasm$/.test(path)) && school.some((path) => /office.*wasm$/.test(path)), String(school));
  assert.deepEqual(server.seen.filter(({ url }) => rest.test(url)), []);
  await page.goto(server.url + "#/county");
  await page.getByRole("heading", { name: "全县汇总" }).waitFor();
  await keptWhole(page, "AAAAAAA1", one);
  server.files.folder = two;
  server.seen.length = 0;
  await updated(page);
  assert.equal((await keptOf(page, "BBBBBBB2")).length, count(two));
  // What every school uses and is the same in both versions is not fetched a second time.
  assert.deepEqual(server.seen.filter(({ url }) => /\/(checker|office|pack)[^/]*\.(wasm|bin)$/.test(url)), []);
  await context.close();
  await server.close();
});

test("what was cut short while the rest was being kept is kept whole by the next version, and by the next visit", async () => {
  const [one, two] = versions();
  const server = await serve({ dist: one });
  const context = await browser.newContext({ locale: "zh-CN" });
  const page = await open(browser, server.url, { context });
  await controlled(page);
  const cut = ["compiler", "bureau", "explanations", "pack-texts"];
  server.files.cut = new RegExp(`/(${cut.join("|")})[^/]*$`);
  await page.goto(server.url + "#/county");
  await page.getByRole("heading", { name: "全县汇总" }).waitFor();
  // All that comes is kept, and each of the others was begun.
  await keptWhole(page, "AAAAAAA1", one, cut);
  while (!cut.every((name) => server.seen.some(({ url }) => url.includes(`/${name}`)))) await new Promise(setImmediate);
  // Another visit makes up for one of them.
  server.files.cut = /\/(compiler|bureau|pack-texts)[^/]*$/;
  await page.reload();
  await keptWhole(page, "AAAAAAA1", one, ["compiler", "bureau", "pack-texts"]);
  server.files.cut = undefined;
  server.files.folder = two;
  await updated(page);
  assert.equal((await keptOf(page, "BBBBBBB2")).length, count(two));
  await server.close();
  // Without the server, for good.
  await page.goto(server.url + "#/rules");
  await page.locator(".cm-content").waitFor();
  await context.close();
});

test("a file that is kept is not written again, whoever asks for it", async () => {
  const server = await serve();
  const context = await browser.newContext({ locale: "zh-CN" });
  const page = await open(browser, server.url, { context });
  await controlled(page);
  server.seen.length = 0;
  await page.goto(server.url + "#/county");
  await page.getByRole("heading", { name: "全县汇总" }).waitFor();
  await until(page, async (all) => {
    const [name] = (await caches.keys()).filter((name) => name.startsWith("bulou-"));
    return (await (await caches.open(name)).keys()).length === all;
  }, count(dist));
  // What the view loads while all is being kept is asked for once.
  const asked = server.seen.map(({ url }) => url).filter((url) => url.includes("/assets/"));
  assert.deepEqual(asked.sort(), [...new Set(asked)].sort());
  await context.close();
  await server.close();
});

test("two pages on one server leave one another's files alone", async () => {
  const [one, two] = versions();
  const folder = mkdtempSync(join(tmpdir(), "bulou-pages-"));
  cpSync(one, join(folder, "a"), { recursive: true });
  cpSync(two, join(folder, "b"), { recursive: true });
  const server = await serve({ dist: folder });
  const context = await browser.newContext({ locale: "zh-CN" });
  const pages = [];
  for (const place of ["a", "b"]) {
    const page = await open(browser, `${server.url}${place}/index.html`, { context });
    await controlled(page);
    pages.push(page);
  }
  const [first, second] = pages;
  // The first one has a newer version; what a build before this kept goes with the one before.
  await first.evaluate(async () => (await caches.open("bulou-0000000000000000")).put("./", new Response("")));
  rmSync(join(folder, "a"), { recursive: true });
  cpSync(two, join(folder, "a"), { recursive: true });
  await updated(first);
  assert.deepEqual((await first.evaluate(() => caches.keys())).sort(), ["bulou-BBBBBBB2 /a/", "bulou-BBBBBBB2 /b/"]);
  await server.close();
  for (const page of [first, second]) {
    await page.reload();
    assert.equal(await brand(page), "乙版");
  }
  await context.close();
});
