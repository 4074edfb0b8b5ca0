// Filling in the form as a person does.

import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { chromium } from "playwright-core";

import { at, blankForm, box, downloaded, drafts, exported, launch, open, openFile, options, serve, setDay, single, tryRules } from "./browser.mjs";
import { samples } from "./cases.mjs";
import { longestTimer, rest, watched } from "./rest.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const bad = samples.find(({ name }) => name.startsWith("北关小学"));

test("a person types, undoes, and gets a document whose bytes are stable", async () => {
  const page = await blankForm(browser);
  await page.goto(single + at("学校"));
  await box(page, "/学校/名称").fill("县第二幼儿园");
  await box(page, "/学校/标识码").fill("1141000001");
  await box(page, "/学校/学生数").fill("40");
  await page.getByRole("radiogroup", { name: "是否寄宿制" }).getByLabel("否").check();
  await box(page, "/学校/办学类型").selectOption("幼儿园");
  await page.getByRole("button", { name: "撤销" }).click();
  assert.equal(await box(page, "/学校/办学类型").inputValue(), "");
  await page.getByRole("button", { name: "重做" }).click();
  assert.equal(await box(page, "/学校/办学类型").inputValue(), "幼儿园");
  const first = await downloaded(page, "导出 JSON");
  assert.deepEqual(JSON.parse(first.text), {
    规则集: "campus-safety@2022.6.24",
    填报: { 版次: 1 },
    学校: { 标识码: "1141000001", 名称: "县第二幼儿园", 办学类型: "幼儿园", 寄宿: false, 学生数: 40 },
  });
  assert.match(first.name, /^1141000001-[0-9a-f]{8}\.json$/);
  await openFile(page, first.name, Buffer.from(first.text));
  const again = await downloaded(page, "导出 JSON");
  assert.deepEqual([again.name, again.text], [first.name, first.text]);
  await page.context().close();
});

test("what must not be filled in is not kept, however deep it stands", async () => {
  const page = await blankForm(browser);
  const document = { 学校: { 名称: "甲校", 其他: [{ 身份证号: { 号: "机密一" } }] }, 身份证号: "机密二" };
  await openFile(page, "甲校.json", Buffer.from(JSON.stringify(document)));
  const { text } = await downloaded(page, "导出 JSON");
  assert.ok(text.includes("身份证号") && text.includes("甲校") && !text.includes("机密"), text);
  const kept = JSON.stringify(await drafts(page));
  assert.ok(!kept.includes("机密"), kept);
  await page.context().close();
});

test("what must not be filled in is known however its key is typed, and what is only a stranger is kept", async () => {
  const page = await blankForm(browser);
  const document = {
    学校: { 名称: "甲校", 别名: "不知道的一", 其他: { "身份 证\u200B号:": "机密一" } },
    心理: { "姓\u3000名": "机密二", 辅导室: true },
    "*身份证号": ["机密三"],
    "-": "不知道的二",
  };
  await openFile(page, "甲校.json", Buffer.from(JSON.stringify(document)));
  const { text } = await downloaded(page, "导出 JSON");
  assert.ok(!text.includes("机密"), text);
  for (const words of ["不知道的一", "不知道的二", "(不许填,没有抄出)"]) assert.ok(text.includes(words), `${words}: ${text}`);
  await page.context().close();
});

test("the list of schools shows the verdict after the last edit, not the one before", async () => {
  const page = await open(browser, single);
  await setDay(page, "2022-06-28");
  const school = samples.find(({ name }) => name === "南街小学.json");
  await openFile(page, school.name, school.bytes);
  await page.goto(single + "#/");
  const entry = page.locator("li.panel", { hasText: "南街小学" });
  assert.match(await entry.innerText(), /还没到期/);
  await page.goto(single + at("技防"));
  await box(page, "/技防/视频保存天数").fill("3");
  await rest(page);
  await page.goto(single + "#/");
  assert.match(await entry.innerText(), /不合格/);
  await page.context().close();
});

test("while somebody types no check is begun before the one before has ended, and the last word is judged", async () => {
  const context = await browser.newContext({ locale: "zh-CN" });
  await context.addInitScript(() => {
    window.checks = { open: 0, most: 0, bytes: "" };
    window.Worker = class extends Worker {
      #begun = new Set();
      constructor(...args) {
        super(...args);
        // Listeners are called as they were added: this one before the page's own, which may begin the next check.
        this.addEventListener("message", ({ data }) => !("progress" in data) && this.#begun.delete(data.id) && (window.checks.open -= 1));
      }
      postMessage(message, ...others) {
        if (message.request?.do === "check") {
          this.#begun.add(message.id);
          window.checks.most = Math.max(window.checks.most, (window.checks.open += 1));
          window.checks.bytes = new TextDecoder().decode(message.request.bytes);
        }
        super.postMessage(message, ...others);
      }
    };
  });
  const page = await blankForm(browser, { context });
  await page.goto(single + at("学校"));
  await box(page, "/学校/名称").waitFor();
  await rest(page);
  await box(page, "/学校/名称").pressSequentially("没有停顿地写下的一个很长的学校名称,一个字接着一个字");
  await rest(page);
  const checks = await page.evaluate(() => window.checks);
  assert.equal(checks.most, 1);
  assert.equal(JSON.parse(checks.bytes).学校.名称, "没有停顿地写下的一个很长的学校名称,一个字接着一个字");
  await page.context().close();
});

test("what cannot be a number or date is kept and told of, not dropped", async () => {
  const page = await blankForm(browser);
  await page.goto(single + at("学校"));
  await box(page, "/学校/学生数").fill("四十来个");
  await box(page, "/学校/名称").focus();
  await page.getByText(/学生数.*整数/).waitFor();
  assert.equal((await exported(page)).学校.学生数, "四十来个");
  await page.goto(single + at("填报"));
  await box(page, "/填报/日期").fill("2022年6月8日");
  await box(page, "/填报/填报人").focus();
  assert.equal(await box(page, "/填报/日期").inputValue(), "2022-06-08");
  await page.context().close();
});

test("a pinyin input method keeps every character", async () => {
  const page = await blankForm(browser);
  await page.goto(single + at("学校"));
  await box(page, "/学校/名称").focus();
  const cdp = await page.context().newCDPSession(page);
  for (const [pinyin, words] of [["nan", "南"], ["jie", "街"], ["xiaoxue", "小学"]]) {
    for (let length = 1; length <= pinyin.length; length += 1) {
      await cdp.send("Input.imeSetComposition", { text: pinyin.slice(0, length), selectionStart: length, selectionEnd: length });
      // A check or a saving in the middle of a composition must not touch the box.
      if (length === 2) await rest(page);
    }
    await cdp.send("Input.insertText", { text: words });
  }
  assert.equal(await box(page, "/学校/名称").inputValue(), "南街小学");
  assert.equal((await exported(page)).学校.名称, "南街小学");
  await page.context().close();
});

test("a tab killed in the middle of a field loses at most a second", async () => {
  const profile = mkdtempSync(join(tmpdir(), "bulou-profile-"));
  const server = await serve();
  const first = await chromium.launchPersistentContext(profile, options);
  await watched(first);
  const page = await first.newPage();
  await page.goto(server.url + "#/fill");
  await page.getByRole("heading", { name: "填自查表" }).waitFor();
  await page.goto(server.url + at("学校"));
  await box(page, "/学校/名称").pressSequentially("城关镇中心小学");
  assert.ok((await longestTimer(page)) < 1000, "it is saved within a second");
  await rest(page);
  await box(page, "/学校/名称").pressSequentially("东");
  const ended = new Promise((resolve) => first.once("close", resolve));
  void first.newCDPSession(page).then((cdp) => cdp.send("Browser.crash")).catch(() => undefined);
  await ended;
  const second = await chromium.launchPersistentContext(profile, options);
  const again = await second.newPage();
  await again.goto(server.url);
  await again.getByText("城关镇中心小学").first().waitFor();
  await again.getByRole("button", { name: "接着填" }).click();
  await again.getByRole("heading", { name: "填自查表" }).waitFor();
  await again.goto(server.url + at("学校"));
  assert.match(await box(again, "/学校/名称").inputValue(), /^城关镇中心小学/);
  await second.close();
  await server.close();
});

test("two tabs on one school keep both their work", async () => {
  const context = await browser.newContext({ locale: "zh-CN" });
  const server = await serve();
  const one = await open(browser, server.url, { context });
  await openFile(one, bad.name, bad.bytes);
  const two = await open(browser, server.url, { context });
  await two.getByRole("button", { name: "接着填" }).first().click();
  await two.getByRole("heading", { name: "填自查表" }).waitFor();
  for (const [page, words] of [[one, "甲说"], [two, "乙说"]]) {
    await page.goto(server.url + at("学校"));
    await box(page, "/学校/乡镇").fill(words);
    await rest(page);
  }
  const look = await open(browser, server.url, { context });
  await look.getByRole("button", { name: "接着填" }).nth(1).waitFor();
  const found = [];
  for (const button of await look.getByRole("button", { name: "接着填" }).all()) {
    await look.goto(server.url + "#/");
    await button.click();
    await look.getByRole("heading", { name: "填自查表" }).waitFor();
    await look.goto(server.url + at("学校"));
    found.push(await box(look, "/学校/乡镇").inputValue());
  }
  assert.ok(found.includes("甲说") && found.includes("乙说"), String(found));
  await context.close();
  await server.close();
});

test("the summary takes the focus and each of its links lands on the box", async () => {
  const page = await open(browser, single);
  await setDay(page, "2022-06-28");
  await openFile(page, bad.name, bad.bytes);
  assert.ok(await page.locator("[data-landing]").evaluate((summary) => summary === document.activeElement));
  const links = await page.locator("[data-landing] a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  assert.ok(links.length >= 8, `${links.length} links`);
  for (const link of links) {
    await page.goto(single + "#/report");
    await page.locator(`[data-landing] a[href="${link}"]`).first().click();
    const pointer = "/" + link.split("/").slice(2).map(decodeURIComponent).join("/");
    const landed = await page.waitForFunction((id) => {
      const here = document.activeElement;
      // A list that is missing or wrong as a whole is a page of its own: its heading has the focus.
      return here?.id === id || (here?.tagName === "H1" && document.getElementById(id));
    }, pointer);
    assert.ok(landed, pointer);
  }
  await page.context().close();
});

test("what could not be judged is never a pass", async () => {
  const page = await blankForm(browser);
  await setDay(page, "2022-06-28");
  // A form in which a single answer stands.
  await page.goto(single + at("学校"));
  await box(page, "/学校/名称").fill("甲校");
  await rest(page);
  await page.goto(single + "#/report");
  const count = (status) => page.locator("[data-landing] li", { hasText: status }).first().innerText();
  assert.match(await count("✔"), /符合\s*0$/);
  const school = JSON.parse(samples.find(({ name }) => name === "南街小学.json").bytes);
  delete school.技防.视频保存天数;
  await openFile(page, "a.json", Buffer.from(JSON.stringify(school)));
  await page.locator("#verdict", { hasText: "不能算合格" }).waitFor();
  const group = page.locator("details.group", { hasText: "无法判断 (1)" });
  await group.getByRole("link", { name: /技防设施 › 视频保存天数/ }).click();
  await page.waitForFunction(() => document.activeElement?.id === "/技防/视频保存天数");
  await page.context().close();
});

test("a document of another version of the pack opens with an explained migration, and the original stays", async () => {
  const page = await open(browser, single);
  const document = { 规则集: "campus-safety@2021.1.1", 学校: { 标识码: "2141000345", 名称: "老表小学", 办学类型: "完全小学", 校车数: 3 }, 隐患: [] };
  await openFile(page, "old.json", Buffer.from(JSON.stringify(document)));
  const section = page.getByRole("region", { name: "这份文件按另一版规则填写" });
  await section.waitFor();
  assert.match(await section.innerText(), /campus-safety@2021\.1\.1[\s\S]*学校 › 办学类型: 完全小学[\s\S]*学校 › 校车数/);
  await section.getByRole("button", { name: "转到现在的版本" }).click();
  await page.goto(single + "#/fill");
  await page.getByText("从 campus-safety@2021.1.1 转来").click();
  await page.getByText("学校 › 办学类型: 完全小学").waitFor();
  const moved = await exported(page);
  assert.deepEqual(moved, { 规则集: "campus-safety@2022.6.24", 填报: { 版次: 1 }, 学校: { 标识码: "2141000345", 名称: "老表小学" }, 隐患: [] });
  await page.goto(single + "#/");
  assert.equal(await page.getByText("老表小学").count(), 2);
  assert.equal(await page.getByRole("button", { name: "接着填" }).count(), 2);
  await page.context().close();
});

test("another pack gives another form", async () => {
  const page = await open(browser, single + "#/rules");
  const rules = `规则集 bus "校车" { 版本 1 }
来源 通知 "notice.txt" "通知"
记录 校车项 {
  车牌: 文本 "车牌号"
  座位: 整数 "座位数" 单位 "座"
}
数据 车 {
  标识 校车.车牌
  校车: 校车项
}
规则 座位够 { 依据 通知 "座位要够" 要求 校车.座位 ≥ 10 不符 "只有 {校车.座位}" }
`;
  const files = [
    { name: "bus.bulou", mimeType: "text/plain", buffer: Buffer.from(rules) },
    { name: "notice.txt", mimeType: "text/plain", buffer: Buffer.from("座位要够。\n") },
  ];
  await page.locator("[data-pick=rules]").setInputFiles([{ ...files[0], buffer: Buffer.from("规则集 bus { ") }]);
  await page.getByText(/[1-9]\d* 个错误/).waitFor();
  await page.getByRole("tab", { name: "发布" }).click();
  assert.ok(await page.getByRole("button", { name: "在本机试用这些规则" }).isDisabled());
  await page.getByRole("tab", { name: "问题" }).click();
  await tryRules(page, files);
  await page.goto(single + at("校车"));
  await page.getByLabel("座位数").fill("8");
  await page.getByLabel("车牌号").fill("豫C00001");
  await page.getByText("只有 8 座").waitFor();
  await page.context().close();
});
