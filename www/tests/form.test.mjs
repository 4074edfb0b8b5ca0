// Filling in the form as a person does.

import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { chromium } from "playwright-core";

import { at, box, downloaded, drafts, launch, open, openFile, options, serve, setDay, single, tryRules } from "./browser.mjs";
import { samples } from "./cases.mjs";
import { longestTimer, rest, watched } from "./rest.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const bad = samples.find(({ name }) => name.startsWith("北关小学"));

const exported = (page) => downloaded(page, "导出 JSON");

async function begin(url = single, options = {}) {
  const page = await open(browser, url, options);
  await page.getByRole("button", { name: /我要填自查表/ }).click();
  await page.getByRole("heading", { name: "填自查表" }).waitFor();
  return page;
}

test("a person types, undoes, and gets a document whose bytes are stable", async () => {
  const page = await begin();
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
  const first = await exported(page);
  assert.deepEqual(JSON.parse(first.text), {
    规则集: "campus-safety@2022.6.24",
    填报: { 版次: 1 },
    学校: { 标识码: "1141000001", 名称: "县第二幼儿园", 办学类型: "幼儿园", 寄宿: false, 学生数: 40 },
  });
  assert.match(first.name, /^1141000001-[0-9a-f]{8}\.json$/);
  await openFile(page, first.name, Buffer.from(first.text));
  const again = await exported(page);
  assert.deepEqual([again.name, again.text], [first.name, first.text]);
  await page.context().close();
});

test("what must not be filled in is not kept, however deep it stands", async () => {
  const page = await begin();
  const document = { 学校: { 名称: "甲校", 其他: [{ 身份证号: { 号: "机密一" } }] }, 身份证号: "机密二" };
  await openFile(page, "甲校.json", Buffer.from(JSON.stringify(document)));
  const { text } = await exported(page);
  assert.ok(text.includes("身份证号") && text.includes("甲校") && !text.includes("机密"), text);
  const kept = JSON.stringify(await drafts(page));
  assert.ok(!kept.includes("机密"), kept);
  await page.context().close();
});

test("what must not be filled in is known however its key is typed, and what is only a stranger is kept", async () => {
  const page = await begin();
  const document = {
    学校: { 名称: "甲校", 别名: "不知道的一", 其他: { "身份 证\u200B号:": "机密一" } },
    心理: { "姓\u3000名": "机密二", 辅导室: true },
    "*身份证号": ["机密三"],
    "-": "不知道的二",
  };
  await openFile(page, "甲校.json", Buffer.from(JSON.stringify(document)));
  const { text } = await exported(page);
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
  const page = await begin(single, { context });
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

test("of a long list the first rows can be filled in before the rest is drawn, and the row that the address names is there", async () => {
  const page = await open(browser, single);
  const many = JSON.parse(samples.find(({ name }) => name.startsWith("南街小学")).bytes);
  many.隐患 = Array.from({ length: 49 }, (_, number) => ({ ...many.隐患[0], 编号: `H${number}` }));
  await openFile(page, "a.json", Buffer.from(JSON.stringify(many)));
  await page.goto(single + at("隐患"));
  const boxes = page.locator("[id^='/隐患/'][id$='/编号']");
  await page.waitForFunction(() => document.getElementById("/隐患/48/编号"));
  assert.equal(await boxes.count(), 49);
  await page.goto(single + "#/");
  const seen = await page.evaluate(async () => {
    location.hash = `#/fill/${["隐患", "40", "编号"].map(encodeURIComponent).join("/")}`;
    while (document.activeElement?.id !== "/隐患/40/编号") await new Promise((resolve) => requestAnimationFrame(resolve));
    return document.activeElement.value;
  });
  assert.equal(seen, "H40");
  await page.context().close();
});

/** A school with so many hazards, at its list of them. */
async function atHazards(count, settings) {
  const page = await open(browser, single, settings);
  const many = JSON.parse(samples.find(({ name }) => name.startsWith("南街小学")).bytes);
  many.隐患 = Array.from({ length: count }, (_, number) => ({ ...many.隐患[0], 编号: `H${number}` }));
  await openFile(page, "a.json", Buffer.from(JSON.stringify(many)));
  await page.goto(single + at("隐患"));
  await box(page, `/隐患/${count - 1}/编号`).waitFor();
  return page;
}

test("a calendar is there for who asks for it, and what is chosen in it is the answer", async () => {
  const page = await atHazards(2);
  await page.evaluate(() => {
    HTMLInputElement.prototype.showPicker = function () { window.shown = this.value; };
  });
  assert.equal(await page.locator("main input[type=date]").count(), 0);
  await page.getByRole("button", { name: "选日期 发现日期 第 2 行" }).click();
  await page.waitForFunction(() => window.shown !== undefined);
  const before = await box(page, "/隐患/1/发现日期").inputValue();
  assert.equal(await page.evaluate(() => window.shown), before);
  await page.locator("main input[type=date]").evaluate((picker) => {
    picker.value = "2022-06-01";
    picker.dispatchEvent(new Event("change", { bubbles: true }));
  });
  assert.equal(await box(page, "/隐患/1/发现日期").inputValue(), "2022-06-01");
  await page.context().close();
});

test("who copies a row is in the first box of the copy, wherever that is", async () => {
  const page = await atHazards(50);
  await page.getByRole("button", { name: "复制 第 2 行", exact: true }).press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "/隐患/2/编号");
  assert.equal(await box(page, "/隐患/2/编号").inputValue(), "H1");
  // The copy of a page's last row stands on the next.
  await page.getByRole("button", { name: "复制 第 50 行", exact: true }).click();
  await page.waitForFunction(() => document.activeElement?.id === "/隐患/50/编号");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("H99");
  await rest(page);
  const { 隐患 } = JSON.parse((await exported(page)).text);
  assert.deepEqual([隐患.length, 隐患[50].编号, 隐患[51].编号], [52, "H99", "H49"]);
  await page.context().close();
});

test("what a row is called stays in sight while a wide table is scrolled, hides no box that has the focus, and prints", async () => {
  const page = await atHazards(3, { viewport: { width: 1000, height: 768 } });
  const seen = (id) => page.evaluate((id) => {
    const one = document.getElementById(id);
    const { left, right, top, bottom } = one.getBoundingClientRect();
    // What is drawn at its two ends and its middle.
    return [left + 4, (left + right) / 2, right - 4].every((x) => one.contains(document.elementFromPoint(x, (top + bottom) / 2)));
  }, id);
  const scroll = page.locator(".scroll", { has: box(page, "/隐患/0/编号") });
  const most = await scroll.evaluate((one) => (one.scrollLeft = one.scrollWidth) && one.scrollLeft);
  assert.ok(most > 200, `the table is scrolled by ${most} px`);
  assert.equal(await seen("/隐患/1/编号"), true);
  // Back by Shift+Tab, box for box.
  await page.getByRole("button", { name: "复制 第 2 行", exact: true }).focus();
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press("Shift+Tab");
    const { id, clear } = await page.evaluate(() => {
      const one = document.activeElement;
      const { left, top, height } = one.getBoundingClientRect();
      return { id: one.id, clear: one.contains(document.elementFromPoint(left + 4, top + height / 2)) };
    });
    assert.ok(clear, `${id} is covered`);
    if (id === "/隐患/1/编号") break;
    assert.notEqual(id, "/隐患/0/编号");
  }
  await scroll.locator("tbody").evaluate((one) => one.scrollIntoView());
  const uncovered = await page.getByRole("button", { name: "撤销" }).evaluate((one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    return top >= 0 && one.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });
  assert.equal(uncovered, true, "the page's own buttons are covered by the table's heads");
  await page.emulateMedia({ media: "print" });
  const places = () => scroll.locator("tbody tr > *").evaluateAll((all) => all.map((one) => getComputedStyle(one).position));
  assert.deepEqual([...new Set(await places())], ["static"]);
  await page.context().close();
});

test("on a phone a row's name stays at the top while its boxes are gone through", async () => {
  const page = await atHazards(3, { viewport: { width: 360, height: 640 } });
  await page.locator("tbody tr:nth-child(2) > td").last().evaluate((one) => one.scrollIntoView({ block: "end" }));
  const name = page.locator("tbody tr:nth-child(2) > th");
  assert.equal(await name.innerText(), "第 2 行 · H1");
  const { y } = await name.boundingBox();
  assert.ok(y >= 0 && y < 60, `it stands at ${y} px`);
  const [height, wide] = await page.evaluate(() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]);
  assert.ok(wide <= height, `${wide} px wide`);
  await page.context().close();
});

test("what cannot be a number or date is kept and told of, not dropped", async () => {
  const page = await begin();
  await page.goto(single + at("学校"));
  await box(page, "/学校/学生数").fill("四十来个");
  await box(page, "/学校/名称").focus();
  await page.getByText(/学生数.*整数/).waitFor();
  assert.equal(JSON.parse((await exported(page)).text).学校.学生数, "四十来个");
  await page.goto(single + at("填报"));
  await box(page, "/填报/日期").fill("2022年6月8日");
  await box(page, "/填报/填报人").focus();
  assert.equal(await box(page, "/填报/日期").inputValue(), "2022-06-08");
  await page.context().close();
});

test("a pinyin input method keeps every character", async () => {
  const page = await begin();
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
  assert.equal(JSON.parse((await exported(page)).text).学校.名称, "南街小学");
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
  const page = await begin();
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

test("rows copied from a spreadsheet keep leading zeros, long codes and dates", async () => {
  const page = await begin();
  await page.goto(single + at("隐患"));
  await page.getByText("从表格粘贴").click();
  const sheet = "编号\t隐患描述\t发现日期\t整改期限\n007\t\"两行\n描述\"\t2022/6/5\t2022.6.27\n410381199001011234\t门\t20220606\t下周\n";
  await page.getByLabel(/在 Excel 或 WPS/).fill(sheet);
  await page.getByRole("button", { name: "加入 2 行" }).click();
  const rows = JSON.parse((await exported(page)).text).隐患;
  assert.deepEqual(rows, [
    { 编号: "007", 描述: "两行\n描述", 发现日期: "2022-06-05", 整改期限: "2022-06-27" },
    { 编号: "410381199001011234", 描述: "门", 发现日期: "2022-06-06", 整改期限: "下周" },
  ]);
  // Into a box of the table: the cells go on from there.
  await box(page, "/隐患/0/描述").focus();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/plain", "甲\t2022-06-01\n乙\t2022-06-02");
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  assert.equal(await box(page, "/隐患/1/描述").inputValue(), "乙");
  assert.equal(await box(page, "/隐患/1/发现日期").inputValue(), "2022-06-02");
  assert.equal(await box(page, "/隐患/0/编号").inputValue(), "007");
  await page.context().close();
});

test("a list is blank, or stated to be empty by one click", async () => {
  const page = await begin();
  await page.goto(single + at("事件"));
  await page.getByRole("button", { name: /没有\(无\)/ }).click();
  await page.getByText("已明确填写:没有").waitFor();
  assert.deepEqual(JSON.parse((await exported(page)).text).事件, []);
  await page.getByRole("button", { name: /改为未填/ }).click();
  assert.equal(JSON.parse((await exported(page)).text).事件, undefined);
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
  const moved = JSON.parse((await exported(page)).text);
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
