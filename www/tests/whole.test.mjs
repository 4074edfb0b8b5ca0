// The whole flow: the single file without a network, the hosted page offline, by keyboard alone, to paper.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";

import { decoded, encoded } from "../src/engine/base85.mjs";
import { at, box, launch, open, openFile, root, serve, setDay, single } from "./browser.mjs";
import { commandLine, samples } from "./cases.mjs";
import { rest } from "./rest.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());


test("a kindergarten of 40 goes from the start view to a printed report, in the single file with the network off", async () => {
  const context = await browser.newContext({ locale: "zh-CN", acceptDownloads: true });
  const requests = [];
  context.on("request", (request) => request.url().startsWith("file:") || request.url().startsWith("blob:") || request.url().startsWith("data:") || requests.push(request.url()));
  await context.setOffline(true);
  const page = await open(browser, single, { context });
  await setDay(page, "2022-06-28");
  await page.getByRole("button", { name: /我要填自查表/ }).click();
  await page.getByLabel("办学类型").selectOption("幼儿园");
  await page.getByRole("radiogroup", { name: "是否寄宿制" }).getByLabel("否").check();
  await page.getByRole("radiogroup", { name: "是否有食堂" }).getByLabel("否").check();
  await page.getByText("本校涉及 54 条规则,共 55 条。").waitFor();
  await page.getByRole("link", { name: "学校基本情况" }).click();
  await page.getByLabel("学校全称").fill("向阳幼儿园");
  await page.getByLabel("学校标识码").fill("1141000001");
  await page.getByLabel("在册学生数").fill("40");
  await page.getByRole("link", { name: /所有部分/ }).first().click();
  await page.getByRole("link", { name: "隐患", exact: true }).click();
  await page.getByRole("button", { name: "加一行 隐患" }).click();
  await page.getByLabel("编号 第 1 行").fill("Y01");
  await page.getByLabel("部位 第 1 行", { exact: true }).selectOption("大门");
  await page.getByLabel("发现日期 第 1 行").fill("2022.6.25");
  await page.getByLabel("整改期限 第 1 行").fill("2022.6.30");
  await page.getByRole("link", { name: "看报告" }).click();
  await page.getByRole("heading", { name: /核对报告 · 向阳幼儿园/ }).waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "导出 JSON" }).click()]);
  const bytes = readFileSync(await download.path());
  const report = JSON.parse(commandLine({ name: "a.json", bytes, day: "2022-06-28" }));
  // The file's name carries the receipt that the command line computes again.
  assert.equal(download.suggestedFilename(), `1141000001-${report.document.sha256.slice(0, 8)}.json`);
  for (const [status, mark] of [["fail", "✖"], ["undetermined", "?"], ["pending", "◷"], ["pass", "✔"]]) {
    const shown = await page.locator("[data-landing] .numbers li", { hasText: mark }).innerText();
    assert.equal(Number(/\d+$/.exec(shown)[0]), report.counts[status], status);
  }
  await page.evaluate(() => (window.print = () => (document.title = "printed")));
  await page.getByRole("button", { name: "打印" }).click();
  assert.equal(await page.title(), "printed");
  assert.deepEqual(requests, []);
  assert.deepEqual(page.errors, []);
  await context.close();
});

test("the report on paper has the form's columns, every rule and the fingerprints", async () => {
  const page = await open(browser, single);
  await setDay(page, "2022-06-28");
  const school = samples.find(({ name }) => name.startsWith("北关小学"));
  await openFile(page, school.name, school.bytes);
  const path = join(mkdtempSync(join(tmpdir(), "bulou-pdf-")), "report.pdf");
  const pdf = await page.pdf({ path, preferCSSPageSize: true });
  assert.ok(pdf.length > 20_000);
  const report = JSON.parse(commandLine(school));
  await page.emulateMedia({ media: "print" });
  const paper = await page.locator(".paper").innerText();
  const headings = await page.locator(".paper th").allInnerTexts();
  assert.deepEqual(headings, ["序号", "检查内容", "自查情况", "需整改的隐患", "整改措施", "责任人", "期限"]);
  for (const words of ["填报人", "审核人", "(盖章)", "日期"]) assert.ok(paper.includes(words), words);
  for (const rule of report.rules.filter(({ status }) => status !== "not_applicable")) {
    assert.ok(paper.includes(rule.title), rule.title);
    for (const finding of rule.findings) assert.ok(paper.includes(finding.message), finding.message);
  }
  assert.ok(paper.includes(report.document.sha256.slice(0, 16)) && paper.includes(report.pack.sha256.slice(0, 16)));
  assert.equal(await page.locator("header").isVisible(), false);
  const size = await page.locator(".paper td").first().evaluate((cell) => parseFloat(getComputedStyle(cell).fontSize));
  assert.ok(size >= 13.9, `${size} px is under 10.5 pt`);
  await page.context().close();
});

test("the hosted page works offline after its first load, and no request carries data", async () => {
  const server = await serve();
  const context = await browser.newContext({ locale: "zh-CN" });
  const page = await open(browser, server.url, { context });
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  await page.getByRole("button", { name: /我要填自查表/ }).click();
  await page.getByRole("heading", { name: "填自查表" }).waitFor();
  await page.goto(server.url + at("学校"));
  await box(page, "/学校/名称").fill("离线小学");
  await rest(page);
  await server.close();
  await page.reload();
  await page.goto(server.url + "#/");
  await page.getByText("离线小学").waitFor();
  await page.getByRole("button", { name: "接着填" }).click();
  await page.getByRole("link", { name: "看报告" }).click();
  await page.getByRole("heading", { name: "核对报告 · 离线小学" }).waitFor();
  for (const { method, url, body } of server.seen) {
    assert.equal(method, "GET");
    assert.equal(body, "");
    assert.doesNotMatch(url, /\?/);
    assert.doesNotMatch(decodeURIComponent(url), /小学|fill|report/);
  }
  await context.close();
});

test("a second visit asks for nothing but the service worker", async () => {
  const server = await serve();
  const context = await browser.newContext({ locale: "zh-CN" });
  const page = await open(browser, server.url, { context });
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  server.seen.length = 0;
  await open(browser, server.url, { context });
  assert.deepEqual(server.seen.filter(({ url }) => url !== "/sw.js"), []);
  await context.close();
  await server.close();
});

test("the content security policy blocks a request elsewhere, in both outputs", async () => {
  const server = await serve();
  const elsewhere = await serve();
  for (const url of [server.url, single]) {
    const page = await open(browser, url);
    const outcome = await page.evaluate(async (to) => {
      const violated = new Promise((resolve) => document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective)));
      const answer = await fetch(to).then(() => "reached", () => "blocked");
      return [answer, await violated];
    }, elsewhere.url);
    assert.deepEqual(outcome, ["blocked", "connect-src"]);
    const evaluated = await page.evaluate(() => new Promise((resolve) => {
      const script = document.createElement("script");
      script.textContent = "window.injected = true";
      document.head.append(script);
      resolve(window.injected === true);
    }));
    assert.equal(evaluated, false);
    await page.context().close();
  }
  assert.deepEqual(elsewhere.seen, []);
  await server.close();
  await elsewhere.close();
});

test("by keyboard alone: a school is filled in, its mistake found and mended", async () => {
  const page = await open(browser, single);
  const key = (...keys) => keys.reduce((before, one) => before.then(() => page.keyboard.press(one)), Promise.resolve());
  /** Tabs on until the focus is where it should be; more than a hundred steps would be a trap. */
  const tabTo = async (wanted) => {
    for (let step = 0; step < 120; step += 1) {
      if (await page.evaluate((words) => (document.activeElement?.labels?.[0] ?? document.activeElement)?.innerText?.trim().startsWith(words), wanted)) return;
      await key("Tab");
    }
    assert.fail(`${wanted} is not reached by Tab`);
  };
  await tabTo("我要填自查表");
  await key("Enter");
  await page.getByRole("heading", { name: "填自查表" }).waitFor();
  await tabTo("办学类型");
  await page.keyboard.type("小学");
  await key("ArrowDown", "ArrowDown");
  await tabTo("学校基本情况");
  await key("Enter");
  await page.getByRole("heading", { level: 1, name: "学校基本情况" }).waitFor();
  await tabTo("学校标识码");
  await page.keyboard.type("2141000345");
  await tabTo("在册学生数");
  await page.keyboard.type("abc");
  await tabTo("看报告");
  await key("Enter");
  await page.getByRole("heading", { name: "核对报告" }).waitFor();
  await tabTo("学校基本情况 › 在册学生数");
  await key("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "/学校/学生数");
  await key("Control+a");
  await page.keyboard.type("40");
  await tabTo("看报告");
  await key("Enter");
  await page.getByRole("heading", { name: "核对报告" }).waitFor();
  await page.getByRole("heading", { name: /文件本身的问题/ }).waitFor({ state: "detached" });
  await page.context().close();
});

test("the source view shows each sentence with its result, and grey with the reason where no data can show it", async () => {
  const page = await open(browser, single);
  await setDay(page, "2022-06-28");
  const school = samples.find(({ name }) => name.startsWith("北关小学"));
  await openFile(page, school.name, school.bytes);
  await page.goto(single + "#/source");
  const text = readFileSync(join(root, "rules/campus-safety/source/meeting.txt"), "utf8").replaceAll(/\s/g, "");
  const shown = await page.locator(".text .sentence").evaluateAll((all) => all.map((one) => one.firstChild.textContent).join(""));
  assert.equal(shown.replaceAll(/\s/g, ""), text);
  await page.locator(".sentence.excused").first().click();
  await page.getByText(/^不查: ./).waitFor();
  const failing = page.locator(".sentence.fail").first();
  await failing.click();
  await page.locator("aside article").first().waitFor();
  assert.ok(await page.locator("aside .chip.fail").count());
  assert.match(await failing.innerText(), /不符合$/);
  await page.context().close();
});

test("both outputs carry a content security policy, and the single file names nothing to load", () => {
  for (const name of ["index.html", "bulou.html"]) {
    const html = readFileSync(join(root, "www/dist", name), "utf8");
    assert.match(html, /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; [^"]*connect-src '(self|none)'/);
    assert.doesNotMatch(/<meta http-equiv[^>]*>/.exec(html)[0], /unsafe-inline|'unsafe-eval'/);
  }
  const whole = readFileSync(join(root, "www/dist/bulou.html"), "utf8");
  assert.doesNotMatch(whole, /<(script|link|img)[^>]*(src|href)="(?!data:)/);
});

test("a part of the single file is the bytes that it was made of, however many, and nothing in it is markup", () => {
  for (let length = 0; length < 300; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, index) => (length % 3 === 0 ? 255 : length % 3 === 1 ? 0 : (index * 151 + length * 7) % 256));
    const text = encoded(bytes);
    assert.deepEqual(decoded(text), bytes);
    assert.doesNotMatch(text, /[<>&"'`\\\s]/);
  }
  assert.throws(() => decoded("abc<e"));
  assert.throws(() => decoded("abcdef"));
});

/** The single file as a person may get it. */
function given(change) {
  const path = join(mkdtempSync(join(tmpdir(), "bulou-given-")), "bulou.html");
  writeFileSync(path, change(readFileSync(join(root, "www/dist/bulou.html"), "utf8")));
  return "file://" + path;
}

test("the single file runs what it was built of, and nothing that was put in its place", async () => {
  const packed = (text) => encoded(gzipSync(text));
  const page = await browser.newPage();
  await page.addInitScript(() => (window.refused = new Promise((resolve) => document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective)))));
  await page.goto(given((html) => html.replace(/(data-part="code">)[^<]*/, (_, tag) => tag + packed("window.ran = true"))));
  assert.equal(await page.evaluate(() => window.refused), "script-src-elem");
  assert.equal(await page.evaluate(() => window.ran), undefined);
  await page.close();
});

test("a single file that was not copied whole, or was damaged on its way, says so", async () => {
  const page = await browser.newPage();
  for (const change of [
    (html) => html.slice(0, html.length >> 1),
    (html) => html.replace(/(data-part="code">.{1000})..../, (_, before) => `${before}!!!!`),
  ]) {
    await page.goto(given(change));
    await page.locator("#opening").getByText("重新拷一份").waitFor();
    await page.waitForFunction(() => getComputedStyle(document.getElementById("opening")).visibility === "visible");
  }
  // A part that is asked for later: the page itself can say it.
  await page.goto(given((html) => html.replace(/(data-part="pack">.{1000})..../, (_, before) => `${before}AAAA`)));
  await page.getByRole("alert").getByText("这个文件没有拷完整").waitFor();
  await page.close();
});
