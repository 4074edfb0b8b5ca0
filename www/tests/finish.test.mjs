// From a blank form to what is handed in: what is left, one page to read, the file, its receipt, the report.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";

import { at, box, downloaded, drafts, launch, open, openFile, setDay, single } from "./browser.mjs";
import { samples, templateCommandLine } from "./cases.mjs";
import { rest } from "./rest.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const sample = (name) => samples.find((one) => one.name.startsWith(name));

async function opened(name, change = (document) => document) {
  const page = await open(browser, single);
  await setDay(page, "2022-06-28");
  const document = change(JSON.parse(sample(name).bytes));
  await openFile(page, `${name}.json`, Buffer.from(JSON.stringify(document, null, 2)));
  return page;
}

const handedIn = (page) => downloaded(page, page.getByRole("button", { name: /上报/ }));

test("the ending: all answers on one page, a name mended on it, the file under its name, and its fingerprint as the receipt", async () => {
  const page = await opened("北关小学");
  await page.goto(single + "#/finish");
  await page.getByRole("heading", { level: 1, name: /检查并上报 · 北关小学/ }).waitFor();
  const text = await page.locator("main").innerText();
  for (const words of ["2141000346", "外人闯入", "摸底排查没有在三日内完成", "1460 人"]) assert.ok(text.includes(words), words);
  await box(page, "/填报/审核人").fill("李主任");
  const first = await handedIn(page);
  const fingerprint = createHash("sha256").update(first.bytes).digest("hex");
  const handed = JSON.parse(first.bytes);
  assert.equal(handed.填报.审核人, "李主任");
  assert.equal(first.name, `2141000346-${handed.填报.日期}-${fingerprint.slice(0, 8)}.json`);
  const receipt = page.getByRole("region", { name: "回执" });
  const told = await receipt.innerText();
  for (const words of [first.name, fingerprint.slice(0, 8), `第 ${handed.填报.版次} 版`, "不合格", "接下来"]) assert.ok(told.includes(words), words);
  assert.ok(await receipt.evaluate((one) => one === document.activeElement));
  // Another hand-in is a later edition; what was changed since is said.
  await box(page, "/填报/审核人").fill("王主任");
  await receipt.getByText("上报之后又改过").waitFor();
  const second = await handedIn(page);
  assert.equal(JSON.parse(second.bytes).填报.版次, handed.填报.版次 + 1);
  await receipt.getByText(second.name).first().waitFor();
  await page.context().close();
});

test("from the answers on one page each link leads to its own row", async () => {
  const page = await opened("南街小学");
  for (const [list, row, first] of [["隐患", 1, "编号"], ["检查", 4, "领域"], ["责任书", 3, "层级"]]) {
    await page.goto(single + "#/finish");
    await page.getByRole("link", { name: new RegExp(`${list}.* 第 ${row + 1} 行`) }).first().click();
    await page.waitForURL((url) => decodeURIComponent(url.hash).startsWith(`#/fill/${list}/${row}`));
    await page.waitForFunction((id) => document.activeElement?.id === id, `/${list}/${row}/${first}`);
  }
  await page.context().close();
});

test("the report is one file that a browser opens without anything beside it, with the names and every answer but the sensitive", async () => {
  const page = await opened("北关小学", (one) => ({ ...one, 填报: { ...one.填报, 填报人: "<张三&>", 审核人: "李四" } }));
  await page.goto(single + "#/report");
  const report = await downloaded(page, "保存报告(HTML)");
  assert.match(report.name, /^2141000346-\d{4}-\d\d-\d\d-[0-9a-f]{8}-报告\.html$/);
  const html = report.bytes.toString();
  assert.doesNotMatch(html, /<(script|link|img|iframe)\b/);
  const other = await browser.newContext();
  const asked = [];
  other.on("request", (request) => asked.push(request.url()));
  const sheet = await other.newPage();
  await sheet.goto(String(pathToFileURL(report.path)));
  await sheet.setContent(html);
  const text = await sheet.locator("main").innerText();
  for (const words of ["不合格", "<张三&>", "李四", "北关小学", "发生过外人闯入", "附:填的内容", "1460 人", "(报告里不显示)"]) assert.ok(text.includes(words), words);
  assert.ok(!text.includes(JSON.parse(sample("北关小学").bytes).警校联动.电话));
  assert.deepEqual(asked.slice(1), []);
  await other.close();
  await page.context().close();
});

test("the names stand on the print, and a date never breaks", async () => {
  const page = await opened("北关小学", (one) => ({ ...one, 填报: { ...one.填报, 填报人: "张三", 审核人: "李四" } }));
  await page.emulateMedia({ media: "print" });
  const paper = page.locator(".paper");
  assert.match(await paper.locator(".sign").innerText(), /填报人: 张三[\s\S]*审核人: 李四/);
  const broken = await paper.evaluate((sheet) => {
    const walker = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const match of node.data.matchAll(/\d{4}-\d{2}-\d{2}/g)) {
        const range = document.createRange();
        range.setStart(node, match.index);
        range.setEnd(node, match.index + match[0].length);
        const lines = new Set([...range.getClientRects()].map((rect) => Math.round(rect.top)));
        if (lines.size !== 1) found.push(node.data);
      }
    }
    return found;
  });
  assert.deepEqual(broken, []);
  await page.context().close();
});

test("nobody's document is not handed in, and what is unfinished is said before it is", async () => {
  const page = await opened("县幼儿园", (one) => ({ ...one, 学校: { ...one.学校, 标识码: undefined } }));
  await page.goto(single + "#/finish");
  await page.getByText("还不能上报").waitFor();
  assert.equal(await page.getByRole("button", { name: /上报/ }).count(), 0);
  await page.locator("[data-landing]").getByRole("link", { name: /学校标识码/ }).click();
  await page.waitForFunction(() => document.activeElement?.id === "/学校/标识码");
  await page.keyboard.type("1141000001");
  await rest(page);
  await page.goto(single + "#/finish");
  await page.getByText(/现在就交,收到的一方会看到 \d+ 项没有填/).waitFor();
  await page.getByRole("button", { name: "照现在这样上报" }).waitFor();
  await page.context().close();
});

test("a blank form has no verdict and no error, on no view and not on paper", async () => {
  const page = await open(browser, single);
  await page.getByRole("button", { name: /我要填自查表/ }).click();
  await page.getByRole("heading", { name: "填自查表" }).waitFor();
  await rest(page);
  const sections = await page.locator(".tasks a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  for (const view of ["#/fill", ...sections, "#/report", "#/finish"]) {
    await page.goto(single + view);
    await rest(page);
    assert.equal(await page.locator("main .alarm:visible, main [aria-invalid=true], main .chip:visible, #verdict").count(), 0, view);
  }
  await page.goto(single + "#/report");
  await page.emulateMedia({ media: "print" });
  const paper = await page.locator(".paper").innerText();
  assert.match(paper, /还没有填写任何内容/);
  assert.doesNotMatch(paper, /不合格|无法判断|不符合/);
  await page.context().close();
});

test("a row that was just added has no error; once the report was seen, a blank is told of at its box", async () => {
  const page = await opened("北关小学", (one) => ({ ...one, 责任: { ...one.责任, 任命文号: undefined } }));
  await page.goto(single + at("责任"));
  await page.getByText("这一项必填,还没有填").waitFor();
  await page.goto(single + at("隐患"));
  await page.getByRole("button", { name: "加一行 隐患" }).click();
  await rest(page);
  const row = page.locator("tbody tr").last();
  assert.deepEqual(await row.locator(".alarm").allInnerTexts(), []);
  await row.getByLabel(/^编号/).fill("Y09");
  await rest(page);
  assert.equal(await row.locator("[aria-invalid=true]").count(), 0);
  await page.getByRole("link", { name: "检查并上报" }).first().focus();
  await row.locator(".alarm").first().waitFor();
  await page.context().close();
});

test("what is left is counted, the next blank is one click away, and the search finds a question", async () => {
  const page = await opened("县幼儿园");
  await page.goto(single + "#/fill");
  const left = async () => Number(/还有 (\d+) 项没有填/.exec(await page.getByText(/还有 \d+ 项没有填/).innerText())[1]);
  const before = await left();
  assert.ok(before > 0);
  await page.getByRole("link", { name: "下一个没填的" }).click();
  await page.waitForFunction(() => document.activeElement?.matches("main input, main button"));
  const landed = await page.evaluate(() => document.activeElement.id);
  assert.equal(landed, "/技防/一键报警");
  await page.keyboard.press("Space");
  await rest(page);
  await page.goto(single + "#/fill");
  assert.equal(await left(), before - 1);
  await page.getByLabel("在表里找").fill("灭火器");
  await page.getByRole("search").getByRole("link", { name: /灭火器数/ }).click();
  await page.waitForFunction(() => document.activeElement?.id === "/消防/灭火器数");
  await page.context().close();
});

test("a part is done when every required answer is there and well-formed, not when something was typed", async () => {
  const page = await opened("南街小学");
  const state = (name) => page.locator(".tasks li", { has: page.getByRole("link", { name, exact: true }) }).locator(".state");
  await page.goto(single + "#/fill");
  assert.match(await state("消防").innerText(), /已填完/);
  await page.goto(single + at("消防", "灭火器数"));
  await box(page, "/消防/灭火器数").fill("好几个");
  await rest(page);
  await page.goto(single + "#/fill");
  assert.match(await state("消防").innerText(), /填写中 · 还差 1 项/);
  await page.context().close();
});

test("what nobody can see is blank, as the checker has it: nothing is called filled in", async () => {
  const page = await opened("南街小学", (document) => {
    document.责任.第一责任人 = " \u3000\u200B";
    document.技防.报警测试日期 = [null];
    document.消防.巡查日期 = ["\u00A0", ...document.消防.巡查日期];
    return document;
  });
  await page.goto(single + "#/fill");
  await page.getByText("还有 3 项没有填").waitFor();
  for (const name of ["安全责任", "技防设施", "消防"]) {
    const part = page.locator(".tasks li", { has: page.getByRole("link", { name, exact: true }) });
    assert.match(await part.locator(".state").innerText(), /填写中 · 还差 1 项/, name);
  }
  await page.goto(single + "#/finish");
  await page.getByRole("heading", { name: "还有 3 项没有填" }).waitFor();
  assert.equal(await page.getByText("都填好了").count(), 0);
  await page.context().close();
});

test("questions that answers made pointless are put away; what was filled in is kept, and said", async () => {
  const page = await opened("南街小学", (one) => ({ ...one, 学校: { ...one.学校, 有食堂: true }, 食堂: { 许可证有效期至: "2023-01-01", 留样克数: 130, 留样小时: 48, 陪餐日期: [] } }));
  await page.goto(single + "#/fill");
  const state = page.locator(".tasks li", { has: page.getByRole("link", { name: "食堂", exact: true }) }).locator(".state");
  assert.match(await state.innerText(), /已填完/);
  await page.getByRole("radiogroup", { name: "是否有食堂" }).getByLabel("否").check();
  await rest(page);
  assert.match(await state.innerText(), /本校不涉及 · 填过的内容留着/);
  await page.goto(single + at("食堂"));
  await page.getByText("本校不涉及,不用填:食堂").waitFor();
  assert.equal(await page.getByLabel("每样留样克数").isVisible(), false);
  // The address of an answer that is put away still leads to it.
  await page.goto(single + at("食堂", "留样克数"));
  await page.waitForFunction(() => document.activeElement?.id === "/食堂/留样克数");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "导出 JSON" }).click()]);
  assert.equal(JSON.parse(readFileSync(await download.path(), "utf8")).食堂.留样克数, 130);
  await page.context().close();
});

test("every link of the summary lands on a control", async () => {
  for (const name of ["北关小学", "县幼儿园"]) {
    const page = await opened(name);
    for (const view of ["#/report", "#/finish"]) {
      await page.goto(single + view);
      await rest(page);
      const links = await page.locator("main a[href^='#/fill/']:visible").evaluateAll((all) => [...new Set(all.map((link) => link.getAttribute("href")))].filter((href) => href.split("/").length > 3));
      assert.ok(links.length > 2, `${links.length} links`);
      for (const link of links) {
        await page.goto(single + link);
        const controlled = await page.waitForFunction(() => document.activeElement?.matches("main input, main select, main textarea, main button"));
        assert.ok(controlled, link);
      }
    }
    await page.context().close();
  }
});

test("what could not be checked has no result: not on the page, not in the list, not on a receipt", async () => {
  const context = await browser.newContext({ locale: "zh-CN", acceptDownloads: true });
  await context.addInitScript(() => {
    window.Worker = class extends Worker {
      postMessage(message) {
        if (!window.failing || message.request.do !== "check") return super.postMessage(message);
        setTimeout(() => this.dispatchEvent(new MessageEvent("message", { data: { id: message.id, error: "内存不够" } })));
      }
    };
  });
  const page = await open(browser, single, { context });
  await setDay(page, "2022-06-28");
  await openFile(page, "南街小学.json", sample("南街小学").bytes);
  await page.goto(single + "#/finish");
  // A file that nobody has changed has no edition of its own.
  await box(page, "/填报/审核人").fill("李主任");
  await handedIn(page);
  await page.locator("#receipt .chip.pending").waitFor();
  await page.goto(single + "#/");
  await page.locator("li.panel .chip.pending").waitFor();
  await page.getByRole("button", { name: "接着填" }).click();
  await page.getByRole("heading", { level: 1, name: /填自查表/ }).waitFor();
  const files = [];
  page.on("download", (one) => files.push(one.suggestedFilename()));
  await page.goto(single + "#/finish");
  // It fails at the moment of handing in, after all that was seen before.
  await page.getByRole("heading", { name: "上报", exact: true }).waitFor();
  await page.evaluate(() => (window.failing = true));
  await page.getByRole("button", { name: /^上报/ }).click();
  await page.getByText("没有核对成").waitFor();
  await page.getByRole("alert").getByText("内存不够").waitFor();
  await rest(page);
  assert.deepEqual(files, []);
  const [last] = await drafts(page);
  assert.equal(last.verdict, undefined);
  assert.equal(last.handed.edition, String(JSON.parse(last.text).填报.版次 - 1), "the receipt is the one from before");
  await page.goto(single + "#/");
  assert.equal(await page.locator("li.panel .chip").count(), 0);
  await page.goto(single + "#/finish");
  await page.evaluate(() => (window.failing = false));
  await page.getByRole("button", { name: "再核对一次" }).click();
  await page.getByRole("region", { name: "回执" }).getByText("上报之后又改过").waitFor();
  await context.close();
});

test("a workbook that was just handed in is not called changed, and is when it is", async () => {
  const page = await open(browser, single);
  await setDay(page, "2022-06-28");
  await openFile(page, "北关.xlsx", templateCommandLine(sample("北关小学")));
  await page.goto(single + "#/finish");
  const handed = await handedIn(page);
  const receipt = page.getByRole("region", { name: "回执" });
  await receipt.getByText(createHash("sha256").update(handed.bytes).digest("hex").slice(0, 8)).first().waitFor();
  await receipt.getByText("接下来").waitFor();
  assert.equal(await receipt.getByText("上报之后又改过").count(), 0);
  await box(page, "/填报/审核人").fill("王主任");
  await receipt.getByText("上报之后又改过").waitFor();
  await page.context().close();
});
