// A page built by Vite without any plugin, in Chromium: checks in the page and in a worker, under a content security policy.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { Pack } from "bulou";

const { ROOT } = process.env;
const tools = createRequire(join(ROOT, "www/package.json"));
const tool = (name) => import(pathToFileURL(tools.resolve(name)).href);
const CSP = "default-src 'self'; script-src 'self'";

const PAGE = `<!doctype html><meta charset="utf-8"><title>bulou</title><script type="module" src="/main.js"></script>`;
const MAIN = `import { Pack } from "bulou";
const asOf = "2022-06-28";
window.checked = async (text) => (await Pack.load()).check(text, { asOf }).json();
window.inWorker = (text) => new Promise((resolve, reject) => {
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = ({ message }) => reject(new Error(message));
  worker.postMessage(text);
});
window.county = async () => (await (await Pack.load()).county({ asOf })).report("{}").overall;
window.folder = () => Pack.load("rules").then(() => "loaded", ({ code }) => code);
window.refused = () => Pack.load().then(() => "loaded", ({ code, en }) => code + " " + en);
`;
const WORKER = `import { Pack } from "bulou";
self.onmessage = async ({ data }) => self.postMessage((await Pack.load()).check(data, { asOf: "2022-06-28" }).json());
`;

let browser, served;

before(async () => {
  mkdirSync("page", { recursive: true });
  for (const [name, text] of Object.entries({ "index.html": PAGE, "main.js": MAIN, "worker.js": WORKER })) writeFileSync(`page/${name}`, text);
  const { build } = await tool("vite");
  await build({ root: "page", configFile: false, logLevel: "error" });
  const { launch, serve } = await import(pathToFileURL(join(ROOT, "www/tests/browser.mjs")).href);
  browser = await launch();
  served = (csp) => serve({ dist: join(process.cwd(), "page/dist"), headers: { "Content-Security-Policy": csp } });
});

after(() => browser?.close());

async function open(csp, use) {
  const server = await served(csp);
  const page = await browser.newPage();
  try {
    await page.goto(server.url);
    await page.waitForFunction(() => window.refused);
    await use(page);
  } finally {
    await page.close();
    await server.close();
  }
}

test("in a page and in a worker the reports are those of Node", async () => {
  await open(`${CSP} 'wasm-unsafe-eval'`, async (page) => {
    const text = readFileSync(join(ROOT, "tests/samples/北关小学-有问题.json"), "utf8");
    const expected = (await Pack.load()).check(text, { asOf: "2022-06-28" }).json();
    assert.equal(await page.evaluate((text) => window.checked(text), text), expected);
    assert.equal(await page.evaluate((text) => window.inWorker(text), text), expected);
    assert.equal(await page.evaluate(() => window.county()), "undetermined");
    assert.equal(await page.evaluate(() => window.folder()), "folder");
  });
});

test("without 'wasm-unsafe-eval' nothing is checked, and the error names it", async () => {
  await open(CSP, async (page) => {
    assert.match(await page.evaluate(() => window.refused()), /^csp .*'wasm-unsafe-eval'/);
  });
});
