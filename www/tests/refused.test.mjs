// What the browser, the machine or a file refuses gets a plain sentence, in the page's language.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { launch, open, openFile, root, serve, single } from "./browser.mjs";
import { samples } from "./cases.mjs";
import { gb18030, pack } from "./counties.mjs";
import { rest } from "./rest.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const choose = (page, files) => page.locator("main input[type=file]").first().setInputFiles(files);
const json = (name, value) => ({ name, mimeType: "application/json", buffer: Buffer.from(typeof value === "string" ? value : JSON.stringify(value)) });

/** What the page said before is said in the language that is chosen since; names of files stay as they are. */
async function turned(page, complaint) {
  await page.getByRole("button", { name: "English" }).click();
  await rest(page);
  const words = (await complaint.first().innerText()).replaceAll(/[^\s“”]*\.(json|xlsx|bulou)/g, "");
  assert.match(words, /[a-z]{3}/);
  assert.doesNotMatch(words, /[\u4e00-\u9fff]/);
  await page.getByRole("button", { name: "中文" }).click();
  await rest(page);
}


/** Words of a programmer, which nobody else reads. */
const NOT_WORDS = /Error|Exception|undefined|null|TypeError|\[object/;

for (const [what, policy, zh, en] of [
  ["workers", "worker-src 'none'", /不让页面在后台运行程序/, /nothing in the background/],
  ["WebAssembly", "script-src 'self' 'unsafe-inline'", /不让页面运行 WebAssembly/, /no WebAssembly/],
]) {
  test(`a policy that forbids ${what} is told of, in the page's language`, async () => {
    const server = await serve({ headers: { "Content-Security-Policy": policy } });
    const page = await open(browser, server.url, { serviceWorkers: "block" });
    const alert = page.getByRole("alert");
    await alert.waitFor();
    assert.match(await alert.innerText(), zh);
    assert.doesNotMatch((await page.locator("main").innerText()).replaceAll("WebAssembly", ""), NOT_WORDS);
    await page.getByRole("button", { name: "English" }).click();
    assert.match(await alert.innerText(), en);
    await page.context().close();
    await server.close();
  });
}

test("a browser without workers or WebAssembly gets the same sentences in the single file", async () => {
  for (const [script, words] of [
    [() => (window.Worker = class { constructor() { throw new DOMException("x", "SecurityError"); } }), /在后台运行程序/],
    [() => delete window.WebAssembly, /WebAssembly/],
  ]) {
    const context = await browser.newContext({ locale: "zh-CN" });
    await context.addInitScript(script);
    const page = await open(browser, single, { context });
    await page.getByRole("alert").getByText(words).waitFor();
    await context.close();
  }
});

test("a part of the page that does not come is told of", async () => {
  const server = await serve();
  const context = await browser.newContext({ locale: "zh-CN", serviceWorkers: "block" });
  await context.route(/checker.*wasm/, (route) => route.fulfill({ status: 404, body: "<html>" }));
  const page = await open(browser, server.url, { context });
  await page.getByRole("alert").getByText("页面的一部分没有取到").waitFor();
  await context.close();
  await server.close();
});

test("a file of two gigabytes is refused before it is read, and a large one is announced while it is", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "bulou-large-")), "巨大.json");
  writeFileSync(path, "{");
  truncateSync(path, 2 * 1024 ** 3);
  const context = await browser.newContext({ locale: "zh-CN" });
  await context.addInitScript(() => {
    window.read = [];
    const { arrayBuffer } = Blob.prototype;
    Blob.prototype.arrayBuffer = function () { window.read.push(this.size); return arrayBuffer.call(this); };
    new MutationObserver(() => (window.words = (window.words ?? "") + document.body.innerText)).observe(document, { subtree: true, childList: true });
  });
  const page = await open(browser, single, { context });
  await choose(page, path);
  await page.getByRole("alert").getByText(/巨大\.json: .*(太大|超过)/).waitFor();
  assert.deepEqual(await page.evaluate(() => window.read.filter((size) => size > 1 << 30)), []);
  const document = { ...JSON.parse(samples[0].bytes), 备注: "长".repeat(20 << 20) };
  const large = join(mkdtempSync(join(tmpdir(), "bulou-large-")), "大.json");
  writeFileSync(large, JSON.stringify(document));
  await choose(page, large);
  await page.locator("[data-landing]").waitFor();
  assert.match(await page.evaluate(() => window.words), /正在读 大\.json\(6\d\.\d MB\)/);
  await context.close();
});

test("a file that cannot be opened is named with what to do, and the others are opened", async () => {
  const context = await browser.newContext({ locale: "zh-CN" });
  await context.addInitScript(() => {
    const { arrayBuffer } = Blob.prototype;
    Blob.prototype.arrayBuffer = function () {
      if (this.name === "占用.xlsx") return Promise.reject(new DOMException("The requested file could not be read", "NotReadableError"));
      return arrayBuffer.call(this);
    };
  });
  const page = await open(browser, single, { context });
  await choose(page, [json("占用.xlsx", "{}"), json(samples[0].name, samples[0].bytes.toString())]);
  const alert = page.getByRole("alert");
  await alert.getByText(/占用\.xlsx: 打不开.*Excel/).waitFor();
  assert.doesNotMatch(await alert.innerText(), NOT_WORDS);
  await turned(page, alert);
  await page.getByText("打开了 2 个文件,其中 1 个读不了").waitFor();
  assert.equal(await page.getByRole("button", { name: "接着填" }).count(), 1);
  assert.deepEqual(page.errors, []);
  await context.close();
});

test("whatever is chosen and cannot be opened, or is no text of UTF-8, is named in people's words, whichever language is chosen since", async () => {
  const context = await browser.newContext({ locale: "zh-CN" });
  await context.addInitScript(() => {
    const refuse = () => Promise.reject(new DOMException("The requested file could not be read", "NotReadableError"));
    for (const name of ["arrayBuffer", "text"]) {
      const whole = Blob.prototype[name];
      // A slice of it has no name, and its size.
      Blob.prototype[name] = function () { return this.size === 12345 ? refuse() : whole.call(this); };
    }
  });
  const page = await open(browser, single + "#/rules", { context });
  const occupied = json("占用.json", "x".repeat(12345));
  const told = async (box, file, words, place = "main") => {
    await page.locator(box).setInputFiles(file);
    const said = page.locator("main .alarm", { hasText: words }).first();
    await said.waitFor();
    assert.doesNotMatch(await said.innerText(), NOT_WORDS);
    await turned(page, page.locator(`${place} .alarm`));
    await said.waitFor();
  };
  await page.getByText("没有错误,也没有提醒。").waitFor();
  await told("[data-pick=rules]", occupied, /占用\.json.*打不开/);
  await told("[data-pick=rules]", json("断了.json", '{"a.bulou": "规'), /断了\.json 里没有规则文件/);
  await told("[data-pick=rules]", json("数.json", '{"a.bulou": 1}'), /数\.json 里没有规则文件/);
  await told("[data-pick=rules]", { ...json("国标.bulou", ""), buffer: gb18030("规则集 甲") }, /国标\.bulou 不是 UTF-8/);
  await page.getByRole("tab", { name: "发布" }).click();
  await told("[data-pick=before]", occupied, /占用\.json.*打不开/);
  await told("[data-pick=key]", occupied, /占用\.json.*打不开/);
  await page.goto(single + "#/county");
  await told("[data-pick=own]", occupied, /占用\.json.*打不开/);
  await page.locator("[data-pick=files]").setInputFiles(json(samples[0].name, samples[0].bytes.toString()));
  await page.locator("#headline").waitFor();
  await told("[data-pick=previous]", occupied, /不能与「占用\.json」比较.*打不开/, "[aria-labelledby=since]");
  await openFile(page, samples[0].name, samples[0].bytes);
  await page.locator("summary", { hasText: "与以前的报告比较" }).click();
  await told("main details input[type=file]", occupied, /占用\.json.*打不开/, "main details");
  assert.deepEqual(page.errors, []);
  await context.close();
});

test("rules opened as if they were answers are no draft, and it is said where they belong", async () => {
  const page = await open(browser, single);
  const bundle = Object.fromEntries(pack((_, text) => text).map(([name, content]) => [name, content.toString()]));
  for (const file of [json("规则.json", bundle), json("index.json", { serial: 3, packs: [{ id: "campus-safety" }] }), json("pack.bulou", "规则集 a { }")]) {
    await page.goto(single + "#/");
    await choose(page, file);
    await page.getByRole("alert").getByText(`${file.name}: 这是规则文件,不是自查表`).waitFor();
    assert.match(page.url(), /#\/$/);
  }
  // Nor is any other file that has nothing of what is asked for.
  await openFile(page, "package.json", Buffer.from('{"name": "x", "dependencies": {}}'));
  await page.getByText("这不是自查数据").first().waitFor();
  await page.goto(single + "#/");
  assert.equal(await page.getByRole("button", { name: "接着填" }).count(), 0);
  await page.context().close();
});

test("a document of another pack is not moved to this one, and not kept as if it were one of it", async () => {
  const page = await open(browser, single);
  await openFile(page, "校车.json", Buffer.from(JSON.stringify({ 规则集: "bus@1", 校车: { 车牌: "豫C00001" }, 学校: { 名称: "甲校" } })));
  for (const view of ["#/report", "#/fill"]) {
    await page.goto(single + view);
    await page.getByRole("region", { name: "这份文件是按另一套规则填的" }).getByText("bus@1").waitFor();
    assert.equal(await page.getByRole("button", { name: "转到现在的版本" }).count(), 0);
  }
  await rest(page);
  await page.goto(single + "#/");
  assert.equal(await page.getByRole("button", { name: "接着填" }).count(), 0);
  await page.context().close();
});

/** Puts rule files where the page keeps the person's own and the bureau's. */
const keep = (page, kept) => page.evaluate((kept) => new Promise((done, failed) => {
  const opening = indexedDB.open("keyval-store");
  opening.onerror = () => failed(opening.error);
  opening.onupgradeneeded = () => opening.result.createObjectStore("keyval");
  opening.onsuccess = () => {
    const writing = opening.result.transaction("keyval", "readwrite");
    for (const [key, value] of Object.entries(kept)) writing.objectStore("keyval").put(value, key);
    writing.oncomplete = () => { opening.result.close(); done(); };
  };
}), kept);
const named = (title) => Object.fromEntries(pack((_, text) => text.replace(/^(规则集 .*?)"[^"]*"/m, `$1"${title}"`)).map(([name, content]) => [name, content.toString()]));

test("rules that were kept and cannot be used are told of, and the bureau's are tried all the same", async () => {
  const server = await serve();
  const context = await browser.newContext({ locale: "zh-CN", serviceWorkers: "block" });
  const page = await open(browser, server.url, { context });
  const alert = page.getByRole("alert").filter({ hasText: "存在本机的规则没有用上" });
  const broken = { files: { "pack.bulou": "规则集 {" } };
  await keep(page, { pack: broken });
  await page.reload();
  await alert.waitFor();
  await page.getByRole("heading", { level: 1, name: "校园安全自查" }).waitFor();
  await keep(page, { pack: broken, published: { files: named("教育局的规则") } });
  await page.reload();
  await alert.waitFor();
  await page.locator("header").getByText("教育局的规则").waitFor();
  // A part of the page that does not come is a reason like any other.
  await keep(page, { pack: undefined, published: { files: named("教育局的规则") } });
  await context.route(/compiler.*wasm/, (route) => route.fulfill({ status: 404, body: "" }));
  await page.reload();
  await alert.getByText("页面的一部分没有取到").waitFor();
  assert.equal(await page.locator("header").getByText("教育局的规则").count(), 0);
  await context.unrouteAll();
  await page.reload();
  await page.locator("header").getByText("教育局的规则").waitFor();
  assert.equal(await alert.count(), 0);
  await context.close();
  await server.close();
});

test("a browser that lets nothing be read says that kept rules are not in use", async () => {
  const context = await browser.newContext({ locale: "zh-CN" });
  await context.addInitScript(() => (IDBFactory.prototype.open = () => { throw new DOMException("x", "SecurityError"); }));
  const page = await open(browser, single, { context });
  await page.getByRole("alert").getByText("存在本机的规则没有用上").waitFor();
  await context.close();
});

test("a workbook whose module does not come is named and opened later; one that was kept is shown without it", async () => {
  const server = await serve();
  const context = await browser.newContext({ locale: "zh-CN", serviceWorkers: "block" });
  const without = () => context.route(/office.*wasm/, (route) => route.fulfill({ status: 404, body: "" }));
  await without();
  const page = await open(browser, server.url, { context });
  const workbook = { name: "手工.xlsx", mimeType: "application/octet-stream", buffer: readFileSync(join(root, "tests/workbooks/手工.xlsx")) };
  await choose(page, workbook);
  await page.getByRole("alert").getByText("手工.xlsx: 页面的一部分没有取到").waitFor();
  assert.equal(await page.getByText("正在读").count(), 0);
  await context.unrouteAll();
  await choose(page, workbook);
  await page.locator("[data-landing]").waitFor();
  await page.goto(server.url + "#/fill/" + encodeURIComponent("学校"));
  const name = page.locator('[id="/学校/名称"]');
  const filled = await name.inputValue();
  assert.ok(filled);
  await rest(page);
  await without();
  await page.reload();
  await name.waitFor();
  assert.equal(await name.inputValue(), filled);
  await page.getByRole("alert").getByText("页面的一部分没有取到").waitFor();
  await context.unrouteAll();
  await page.goto(server.url + "#/report");
  await page.getByRole("button", { name: "再核对一次" }).click();
  await page.locator("[data-landing]").waitFor();
  await context.close();
  await server.close();
});

test("whatever part does not come, people read a sentence", async () => {
  const server = await serve();
  const context = await browser.newContext({ locale: "zh-CN", serviceWorkers: "block" });
  await context.route(/bureau.*wasm/, (route) => route.fulfill({ status: 404, body: "" }));
  const page = await open(browser, server.url + "#/rules", { context });
  await page.getByText("没有错误,也没有提醒。").waitFor();
  await page.getByRole("tab", { name: "案例" }).click();
  await page.getByRole("button", { name: "运行案例" }).click();
  await page.getByRole("tabpanel").getByText("页面的一部分没有取到").waitFor();
  await context.close();
  await server.close();
});
