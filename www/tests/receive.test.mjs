// Published rules at a school: what is refused and why, what is offered, and what is in force afterwards.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, open, openFile, serve, setDay } from "./browser.mjs";
import { samples } from "./cases.mjs";
import { rest } from "./rest.mjs";
import { build, chosen, contents, keys, publish, sign, today, written } from "./published.mjs";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const STRICTER = (name, text) =>
  name === "6-people.bulou" ? text.replace("查询数 ≥ 学校.教职工数", "查询数 ≥ 学校.教职工数 + 1000") : text;

let browser;
let key;
let built;
let first;
let second;
before(async () => {
  browser = await launch();
  key = keys();
  built = build(key);
  first = publish(written("2022.7.1", STRICTER), key, { params: { 会议日期: "2022-06-23" }, waivers: [{ 标识码: "2141000346", 规则: "三日摸底", 理由: "校舍搬迁", 批准: "县教体局", 自: "2022-06-24", 至: "2022-12-31" }] });
  second = publish(written("2022.7.2", STRICTER), key, { before: first });
});
after(() => browser?.close());

const inForce = (page) => page.locator("header .facts > span").first().innerText();
const school = samples.find(({ name }) => name.startsWith("北关小学"));

async function give(page, files) {
  await page.goto(page.url().replace(/#.*/, "") + "#/source");
  await page.locator("[data-pick=published]").setInputFiles(chosen(files));
}

/** The folder with another index, signed by a key. */
function resigned(folder, change, by = key, said = undefined) {
  const files = contents(folder);
  const path = mkdtempSync(join(tmpdir(), "bulou-resigned-"));
  const index = JSON.parse(files["index.json"]);
  change(index);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(path, name), bytes);
  writeFileSync(join(path, "index.json"), JSON.stringify(index, null, 2) + "\n");
  sign(path, by, said);
  return contents(path);
}

test("each refusal has its own sentence, and the rules in force stay", async () => {
  const page = await open(browser, built.single);
  const before = await inForce(page);
  const whole = contents(first);
  const bundle = "campus-safety-2022.7.1.bulou.json";
  const without = (name) => Object.fromEntries(Object.entries(whole).filter(([one]) => one !== name));
  const text = (name, change) => ({ ...whole, [name]: Buffer.from(change(whole[name].toString())) });
  const stranger = keys("stranger");
  const cases = [
    ["P001", /没有签名/, without("index.json.minisig")],
    ["P002", /签名文件/, { ...whole, "index.json.minisig": Buffer.from("hello") }],
    ["P004", /另一把|不是您信任|钥匙/, resigned(first, () => {}, stranger)],
    ["P005", /签名之后被改过/, text("index.json", (index) => index.replace('"serial": 1', '"serial": 2'))],
    ["P006", /中间断了/, text("index.json", (index) => index.slice(0, index.length / 2))],
    ["P008", /第 3 版/, resigned(first, (index) => (index.format_version = 3))],
    ["P011", /起才有效/, resigned(first, (index) => (index.published = today(3)))],
    ["P012", /已过期/, resigned(first, (index) => ([index.published, index.expires] = ["2022-07-01", "2022-08-01"]))],
    ["P013", /更新程序/, resigned(first, (index) => (index.packs[0].engine.bulou = "99.0.0"))],
    ["P014", /缺文件/, without(bundle)],
    ["P015", /被改过或没有拷完整/, text(bundle, (rules) => rules.replace("+ 1000", "+ 2000"))],
    ["P015", /被改过或没有拷完整/, text(bundle, (rules) => "\uFEFF" + rules)],
    ["P014", /缺文件 `index\.json`/, without("index.json")],
    ["P017", /甲\.豁免\.json/, { ...whole, "甲.豁免.json": Buffer.from("[]") }],
    ["P018", /注释/, resigned(first, () => {}, key, "test")],
    ["P021", /不能用/, resigned(first, (index) => (index.packs[0].title = "安全\n签名无误"))],
    ["P022", /不一致/, resigned(first, (index) => (index.packs[0].version = "2022.9.9"))],
    ["P024", /比它该有的大/, text("index.json", (index) => index + " ".repeat(16 << 20))],
  ];
  const said = new Set();
  for (const [code, words, files] of cases) {
    await give(page, files);
    await page.locator("#refusal", { hasText: `(${code})` }).waitFor();
    const told = await page.locator("#refusal").innerText();
    assert.match(told, words);
    assert.match(told, /原来的规则照常使用/);
    assert.equal(await page.locator("#offer").count(), 0);
    assert.equal(await inForce(page), before);
    said.add(told);
    await page.getByRole("button", { name: "知道了" }).click();
  }
  assert.equal(said.size, cases.length - 1);
  assert.deepEqual(page.errors, []);
  await page.context().close();
});

test("a new version is offered with its differences and its effect, accepted, and the draft from before explains itself", async () => {
  const page = await open(browser, built.single);
  await setDay(page, "2022-06-28");
  await openFile(page, school.name, school.bytes);
  const before = await inForce(page);
  await give(page, contents(first));
  await page.locator("#offer").waitFor();
  assert.equal(await inForce(page), before);
  const offer = page.locator("section", { has: page.locator("#offer") });
  await offer.getByText("版本 2022.6.24 → 2022.7.1").waitFor();
  await offer.locator(".panel", { hasText: "从业查询" }).first().waitFor();
  await offer.getByText(/1 份文件,1 份有变化/).waitFor();
  await offer.getByText(/北关小学/).first().waitFor();
  await offer.getByRole("button", { name: "采用新规则" }).click();
  await page.getByText("现在用的就是教育局发布的规则。").waitFor();
  assert.match(await inForce(page), /2022\.7\.1/);
  await page.goto(built.single + "#/fill");
  await page.getByText("campus-safety@2022.6.24,现在的规则是 campus-safety@2022.7.1").waitFor();
  await page.getByText(/教育局定的参数\(1\)和豁免\(1\)/).click();
  await page.getByText("会议日期 = 2022-06-23").waitFor();
  await page.getByText(/2141000346 可以不做「三日摸底」/).waitFor();
  await page.getByRole("button", { name: "转到现在的版本" }).click();
  await page.getByText(/从 campus-safety@2022\.6\.24 转来/).waitFor();
  await page.goto(built.single + "#/report");
  await page.getByText("本次核对用的参数").click();
  await page.getByText(/2022-06-23/).first().waitFor();

  // It stays in force without being compiled again, and an older one is noticed.
  await page.reload();
  await page.getByText("2022.7.1", { exact: false }).first().waitFor();
  await give(page, contents(second));
  await page.locator("#offer").waitFor();
  await page.getByRole("button", { name: "采用新规则" }).click();
  await page.getByText("现在用的就是教育局发布的规则。").waitFor();
  await give(page, contents(first));
  await page.locator("#refusal", { hasText: "(P009)" }).waitFor();
  assert.match(await inForce(page), /2022\.7\.2/);
  const fork = publish(written("2022.7.3", STRICTER), key, { before: first });
  await give(page, contents(fork));
  await page.locator("#refusal", { hasText: "(P010)" }).waitFor();
  assert.match(await inForce(page), /2022\.7\.2/);
  assert.deepEqual(page.errors, []);
  await page.context().close();
});

test("the hosted page finds new rules in its own folder by plain GETs, and asks for no more than the index once they are in force", async () => {
  const server = await serve({ dist: built.dist, beside: contents(first) });
  const context = await browser.newContext({ locale: "zh-CN" });
  const page = await open(browser, server.url, { context });
  await page.locator("#offer").waitFor();
  await page.getByRole("button", { name: "以后再说" }).click();
  assert.match(await inForce(page), /2022\.6\.24/);
  await page.reload();
  await page.locator("#offer").waitFor();
  await page.getByRole("button", { name: "采用新规则" }).click();
  await page.getByText("现在用的就是教育局发布的规则。").waitFor();
  for (const { method, url, body } of server.seen) assert.deepEqual([method, body, url.includes("?")], ["GET", "", false]);
  server.seen.length = 0;
  const asks = await open(browser, server.url, { context });
  // Before it asks it loads what takes rules that were compiled: of that loading a page at rest tells nothing.
  while (!server.seen.some(({ url }) => url === "/index.json")) await new Promise((resolve) => setTimeout(resolve, 20));
  await rest(asks);
  assert.deepEqual(server.seen.map(({ url }) => url).filter((url) => url !== "/sw.js"), ["/index.json"]);

  // What is altered on the server is refused, and the rules that were accepted go on working.
  Object.assign(server.beside, contents(second));
  server.beside["campus-safety-2022.7.2.bulou.json"] = Buffer.from("{}");
  const again = await open(browser, server.url, { context });
  await again.locator("#refusal", { hasText: "(P015)" }).waitFor();
  assert.match(await inForce(again), /2022\.7\.1/);
  await context.close();
  await server.close();
});

test("an index that is renewed without any change comes into force by itself", async () => {
  const page = await open(browser, built.single);
  await give(page, contents(first));
  await page.locator("#offer").waitFor();
  await page.getByRole("button", { name: "采用新规则" }).click();
  await page.getByText("现在用的就是教育局发布的规则。").waitFor();
  const renewed = publish(written("2022.7.1", STRICTER), key, { before: first, days: 365 });
  await give(page, contents(renewed));
  await page.getByText("现在用的就是教育局发布的规则。").waitFor();
  await page.getByText(`教育局发布的第 2 号,${today()} 发布,有效期到 ${today(365)},签名无误`).waitFor();
  await page.context().close();
});

test("a key that the bureau announced takes over, and the one before signs no more", async () => {
  const next = keys("next");
  const announced = publish(written("2022.7.1", STRICTER), key, { next });
  const handed = publish(written("2022.7.2", STRICTER), next, { before: announced, last: key });
  const server = await serve({ dist: built.dist, beside: contents(handed) });
  const fresh = await open(browser, server.url, { context: await browser.newContext({ locale: "zh-CN" }) });
  await fresh.locator("#offer").waitFor();
  assert.ok(server.seen.some(({ url }) => url === "/index-1.json"), "the page was built with the first key");
  await fresh.context().close();
  await server.close();

  const page = await open(browser, built.single);
  await give(page, contents(announced));
  await page.locator("#offer").waitFor();
  await page.getByRole("button", { name: "采用新规则" }).click();
  await page.getByText("现在用的就是教育局发布的规则。").waitFor();
  await give(page, contents(publish(written("2022.7.2", STRICTER), next, { before: announced, last: key, revoke: key })));
  await page.locator("#offer").waitFor();
  await page.getByRole("button", { name: "采用新规则" }).click();
  await page.getByText("现在用的就是教育局发布的规则。").waitFor();
  await give(page, contents(publish(written("2022.7.3", STRICTER), key, { before: announced })));
  await page.locator("#refusal", { hasText: "(P020)" }).waitFor();
  assert.match(await inForce(page), /2022\.7\.2/);
  assert.deepEqual(page.errors, []);
  await page.context().close();
});

/** What the page keeps of published rules as compiled bytes; `change` puts others in their place. */
function compiled(page, change) {
  const within = ([change]) =>
    new Promise((resolve, reject) => {
      const opening = indexedDB.open("keyval-store");
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const store = opening.result.transaction("keyval", "readwrite").objectStore("keyval");
        store.get("published").onsuccess = ({ target: { result } }) => {
          if (change) store.put({ ...result, compiled: Uint8Array.from(change) }, "published");
          resolve([...result.compiled]);
          opening.result.close();
        };
      };
    });
  return page.evaluate(within, [change]);
}

test("what another build compiled is not used: the rule files are compiled again", async () => {
  const page = await open(browser, built.single);
  await give(page, contents(first));
  await page.locator("#offer").waitFor();
  await page.getByRole("button", { name: "采用新规则" }).click();
  await page.getByText("现在用的就是教育局发布的规则。").waitFor();
  const ours = await compiled(page);
  const stamped = 8 + 4;
  const others = {
    "another build": ours.map((byte, at) => (at === stamped ? byte ^ 1 : byte)),
    "another layout": ours.map((byte, at) => (at === stamped - 4 ? byte + 1 : byte)),
    "a build without a stamp": ours.slice(stamped + 32 + 32),
    "cut off": ours.slice(0, -1),
    altered: ours.map((byte, at) => (at === ours.length - 1 ? byte ^ 1 : byte)),
  };
  for (const [name, bytes] of Object.entries(others)) {
    await compiled(page, bytes);
    await page.reload();
    await page.getByText("2022.7.1", { exact: false }).first().waitFor();
    assert.deepEqual(await compiled(page), ours, name);
  }
  assert.deepEqual(page.errors, []);
  await page.context().close();
});

test("a page without a key takes no published rules and says so", async () => {
  const server = await serve({ beside: contents(first) });
  const page = await open(browser, server.url + "#/help");
  await page.getByText("这个页面没有设教育局的公钥").waitFor();
  await page.goto(server.url + "#/source");
  await page.getByText("这个页面没有设教育局的公钥").waitFor();
  assert.equal(await page.locator("[data-pick=published]").count(), 0);
  assert.equal(server.seen.some(({ url }) => url.includes("index.json")), false);
  await page.context().close();
  const keyed = await open(browser, built.single + "#/help");
  await keyed.getByText(/RW[\w+/]{54}/).waitFor();
  await keyed.context().close();
  await server.close();
});
