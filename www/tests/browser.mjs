// A browser and a server for the tests.

import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import { watched } from "./rest.mjs";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const dist = join(root, "www/dist");
export const single = "file://" + join(dist, "bulou.html");
/** What is waited for comes, or the test has failed: how soon is the machine's affair. */
export const PATIENCE = Number(process.env.PATIENCE ?? 300_000);
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell";

/** How Chromium is started. Without the windows that nobody sees it takes two thirds of the time. */
export const options = {
  executablePath: CHROMIUM,
  timeout: PATIENCE,
  args: ["--lang=zh-CN", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
};

/** Starts Chromium. */
export function launch() {
  if (!existsSync(CHROMIUM)) {
    throw new Error("the browser tests need Chromium; install it with: apt-get install -y chromium-headless-shell fonts-noto-cjk (or set CHROMIUM to its path)");
  }
  return chromium.launch(options);
}

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };

/** What servers say of how long a file is good. */
export const KEEPING = {
  "no-cache": () => ({ "Cache-Control": "no-cache" }),
  "max-age=600": () => ({ "Cache-Control": "max-age=600" }),
  // A browser makes a guess of its own by it: a tenth of the file's age.
  "Last-Modified only": () => ({ "Last-Modified": new Date(Date.now() - 365 * 86_400_000).toUTCString() }),
  ETag: (bytes) => ({ ETag: `"${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}"` }),
};

/**
 * Serves the built page, and other files beside it; `seen` collects its requests. The folder may be another one later, and
 * files may be `cut` off on their way; `headers` are sent with every file.
 */
export async function serve({ dist: folder = dist, beside = {}, keeping = "no-cache", headers = {} } = {}) {
  const seen = [];
  const files = { folder };
  const server = createServer((request, response) => {
    seen.push({ method: request.method, url: request.url, body: request.headers["content-length"] ?? "" });
    const name = new URL(request.url, "http://x").pathname;
    const other = beside[decodeURIComponent(name.slice(1))];
    if (other !== undefined) return response.writeHead(200, { "Content-Type": "application/octet-stream" }).end(other);
    const path = join(files.folder, normalize(decodeURIComponent(name.endsWith("/") ? `${name}index.html` : name)));
    if (!path.startsWith(files.folder) || !existsSync(path) || !statSync(path).isFile()) return response.writeHead(404).end();
    const bytes = readFileSync(path);
    if (files.cut?.test(name)) return response.writeHead(200, { "Content-Length": bytes.length }).write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
    const about = KEEPING[keeping](bytes);
    if (about.ETag && request.headers["if-none-match"] === about.ETag) return response.writeHead(304, about).end();
    response.writeHead(200, { "Content-Type": TYPES[extname(path)] ?? "application/octet-stream", ...about, ...headers }).end(bytes);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { beside, files, url: `http://127.0.0.1:${server.address().port}/`, seen, close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }) };
}

/** Opens a page and waits until its rules are loaded. */
export async function open(browser, url, options = {}) {
  const context = options.context ?? (await browser.newContext({ locale: "zh-CN", acceptDownloads: true, ...options }));
  context.setDefaultTimeout(PATIENCE);
  await watched(context);
  const page = await context.newPage();
  page.errors = [];
  page.on("pageerror", (error) => page.errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && page.errors.push(message.text()));
  await page.goto(url);
  await page.getByRole("heading", { level: 1 }).waitFor();
  return page;
}

/** Waits until something is so in the page; what says so may be asynchronous, for which Playwright's own way does not wait. */
export async function until(page, isSo, about) {
  for (const end = Date.now() + PATIENCE; !(await page.evaluate(isSo, about)); ) {
    if (Date.now() > end) throw new Error(`${page.url()}: it was never so: ${isSo}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** On a narrow screen the header's controls stand behind a button. */
export async function unfold(page) {
  const menu = page.locator("header button[aria-expanded=false]");
  if (await menu.isVisible()) await menu.click();
}

/** Sets the day of the check. */
export async function setDay(page, day) {
  await unfold(page);
  await page.locator("header input[type=date]").fill(day);
  await page.locator("header input[type=date]").blur();
}

/** Opens a document through the start view's file box. */
export async function openFile(page, name, buffer) {
  await page.goto(page.url().replace(/#.*/, "") + "#/");
  await page.locator("main input[type=file]").first().setInputFiles({ name, mimeType: "application/json", buffer });
  await page.locator("[data-landing]").waitFor();
}

/** A blank form, as who fills one in comes to it; a script runs in the page before its own. */
export async function blankForm(browser, { url = single, script, ...options } = {}) {
  const context = options.context ?? (await browser.newContext({ locale: "zh-CN", acceptDownloads: true, ...options }));
  if (script) await context.addInitScript(script);
  const page = await open(browser, url, { context });
  await page.getByRole("button", { name: /我要填自查表/ }).click();
  await page.getByRole("heading", { name: "填自查表" }).waitFor();
  return page;
}

/** The address of a place in the form. */
export const at = (...path) => `#/fill/${path.map(encodeURIComponent).join("/")}`;

/** The box of a place in the form. */
export const box = (page, pointer) => page.locator(`[id="${pointer}"]`);

/** The file that a button hands out; the button by its whole name, or itself. */
export async function downloaded(page, button) {
  const one = typeof button === "string" ? page.getByRole("button", { name: button, exact: true }).first() : button;
  const [download] = await Promise.all([page.waitForEvent("download"), one.click()]);
  const path = await download.path();
  const bytes = readFileSync(path);
  return { name: download.suggestedFilename(), path, bytes, text: bytes.toString("utf8") };
}

/** The document as the page exports it. */
export const exported = async (page) => JSON.parse((await downloaded(page, "导出 JSON")).text);

/** The drafts in the page's own database. */
export const drafts = (page) =>
  page.evaluate(async () => {
    const open = indexedDB.open("bulou");
    const base = await new Promise((done) => (open.onsuccess = () => done(open.result)));
    const all = base.transaction("drafts").objectStore("drafts").getAll();
    return new Promise((done) => (all.onsuccess = () => done(all.result)));
  });

/** Opens rule files on the rules view, and has them used on this machine. */
export async function tryRules(page, files) {
  await page.goto(page.url().replace(/#.*/, "") + "#/rules");
  await page.locator(".cm-content").waitFor();
  await page.locator("[data-pick=rules]").setInputFiles(files);
  await page.getByText(/没有错误|0 个错误/).waitFor();
  await page.getByRole("tab", { name: "发布" }).click();
  await page.getByRole("button", { name: "在本机试用这些规则" }).click();
  await page.getByText("现在用的是您打开的规则文件").waitFor();
}
