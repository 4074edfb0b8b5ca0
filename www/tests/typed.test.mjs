// One reading of what people write: in a workbook's cell, pasted into a list, typed into a box.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { launch, open, single, tryRules } from "./browser.mjs";
import { rest } from "./rest.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const RULES = `规则集 forms "各样" { 版本 1 }
来源 通知 "notice.txt" "通知"
选项 级别 { 一般, 重大 }
记录 行项 {
  是非: 是否
  人数: 整数 单位 "人"
  日子: 日期 已发生
  多久: 时长
  代码: 文本 格式 手机号
  级别: 级别
  说法: 文本
}
数据 学校 {
  标识 校.号
  校: 校项
  行: [行项]
}
记录 校项 { 号: 文本 }
规则 有行 { 依据 通知 "要有行" 要求 存在 行 满足 有 说法 不符 "没有" }
`;
const FIELDS = ["是非", "人数", "日子", "多久", "代码", "级别", "说法"];

/** What people write, by field, a row each. */
const ROWS = [
  ["✔", "８１２人", "2022年6月5号", "1天", "１３８００１３８０００", "重大", "一行"],
  ["对", "1,460", "2022.6.5", " １ 天 ", "138 0013 8000", " 一般 ", "两行\n说法"],
  ["√", "+5", "２０２２／６／５", "31日", "13800138000", "一般", "  留着  空白"],
  ["否", "007", "20220605", "2周", "13800138000 ", "重大", "\"引号\""],
  ["×", "3。5", "2022-06-05 08:30", "三天", "一三八", "没有这级", "无"],
  ["有一部分", "约八百", "6月5日", "5", "-", "", "是"],
  ["1", "12345678901234567", "2022 年 6 月 5 日", "", "", "重大", "1"],
];

/** What each of them means: what it cannot mean stays the text, for the report to tell of. */
const MEANT = [
  [true, 812, "2022-06-05", "1天", "13800138000", "重大", "一行"],
  [true, 1460, "2022-06-05", "1天", "13800138000", "一般", "两行\n说法"],
  [true, 5, "2022-06-05", "31日", "13800138000", "一般", "  留着  空白"],
  [false, 7, "2022-06-05", "2周", "13800138000", "重大", "\"引号\""],
  [false, 3.5, "2022-06-05", "三天", "一三八", "没有这级", "无"],
  ["有一部分", "约八百", "6月5日", "5", "-", undefined, "是"],
  [true, 12345678901234567, "2022-06-05", undefined, undefined, "重大", "1"],
].map((row) => Object.fromEntries(row.flatMap((value, at) => (value === undefined ? [] : [[FIELDS[at], value]]))));

async function rows(page) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "导出 JSON" }).first().click()]);
  return JSON.parse(readFileSync(await download.path(), "utf8")).行;
}

async function begun() {
  const page = await open(browser, single + "#/rules");
  await tryRules(page, [
    { name: "forms.bulou", mimeType: "text/plain", buffer: Buffer.from(RULES) },
    { name: "notice.txt", mimeType: "text/plain", buffer: Buffer.from("要有行。\n") },
  ]);
  return page;
}

const list = single + `#/fill/${encodeURIComponent("行")}`;
const quoted = (text) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

test("a text means the same pasted into a list and typed into its boxes as in a workbook's cell", async () => {
  const page = await begun();
  await page.goto(list);
  await page.getByText("从表格粘贴").click();
  await page.getByLabel(/在 Excel 或 WPS/).fill([FIELDS, ...ROWS].map((row) => row.map(quoted).join("\t")).join("\r\n") + "\r\n");
  await page.getByRole("button", { name: `加入 ${ROWS.length} 行` }).click();
  assert.deepEqual(await rows(page), MEANT);
  for (const [index, row] of ROWS.entries()) {
    for (const [at, text] of row.entries()) {
      const box = page.locator(`[id="/行/${index}/${FIELDS[at]}"]`);
      if ((await box.evaluate(({ tagName }) => tagName)) === "SELECT") continue;
      await box.fill("");
      await box.fill(text);
      await box.blur();
    }
  }
  await rest(page);
  assert.deepEqual(await rows(page), MEANT);
  assert.deepEqual(page.errors, []);
  await page.context().close();
});

test("lines from elsewhere are one text in a text's box; a spreadsheet's go into the rows below", async () => {
  const page = await begun();
  await page.goto(list);
  await page.getByRole("button", { name: "加一行 行" }).click();
  const paste = (text, html) => page.evaluate(([text, html]) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    if (html) data.setData("text/html", html);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    // What nobody takes the browser puts in.
    if (document.activeElement.dispatchEvent(event)) document.execCommand("insertText", false, text);
  }, [text, html]);
  await page.locator('[id="/行/0/说法"]').focus();
  await paste("第一点\n第二点");
  assert.deepEqual((await rows(page)).map(({ 说法 }) => 说法), ["第一点\n第二点"]);
  await page.locator('[id="/行/0/说法"]').focus();
  await paste("甲\n乙\n", "<table><tr><td>甲</td></tr><tr><td>乙</td></tr></table>");
  assert.deepEqual((await rows(page)).map(({ 说法 }) => 说法), ["甲", "乙"]);
  await page.context().close();
});
