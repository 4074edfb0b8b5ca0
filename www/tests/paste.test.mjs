// What is pasted from a spreadsheet: every cell is in the document, or named as not taken.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { at, blankForm, box, exported, launch, single } from "./browser.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const list = at("隐患");

async function begun() {
  const page = await blankForm(browser);
  await page.goto(single + list);
  await page.getByText("从表格粘贴").click();
  return page;
}

const hazards = async (page) => (await exported(page)).隐患;
const told = (page) => page.locator("[role=alert]", { hasText: "没有放进表里" });

/** Pastes into the box below the list, and adds the rows. */
async function add(page, text, rows) {
  await page.getByLabel(/在 Excel 或 WPS/).fill(text);
  await page.getByRole("button", { name: `加入 ${rows} 行` }).click();
}

/** Pastes into a box of the list. */
async function into(page, pointer, text) {
  await box(page, pointer).focus();
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

/** What is pasted, the rows that come of it, and what is named: texts with the column and why. */
const CASES = {
  "two columns of one name": {
    text: "编号\t责任人\t责任人\nY01\t张三\t李四\nY02\t王五\t王五\n",
    rows: [{ 编号: "Y01", 责任人: "张三" }, { 编号: "Y02", 责任人: "王五" }],
    left: ["第 2 行「责任人」列:李四 (有两列叫这个名字", "第 3 行「责任人」列:王五 (有两列叫这个名字"],
  },
  "one field by its key and its label": {
    text: "编号\t描述\t隐患描述\nY01\t甲\t乙\n",
    rows: [{ 编号: "Y01", 描述: "甲" }],
    left: ["第 2 行「隐患描述」列:乙 (有两列叫这个名字"],
  },
  "a column that the list does not have": {
    text: "编号\t部位\t等级别\nY01\t大门\t一般\n",
    rows: [{ 编号: "Y01", 部位: "大门" }],
    left: ["第 2 行「等级别」列:一般 (表里没有这一列"],
  },
  "a first column that is known, and others that are not": {
    text: "编号\t我的甲\t我的乙\nY01\t一\t二\n",
    rows: [{ 编号: "Y01" }],
    left: ["第 2 行「我的甲」列:一", "第 2 行「我的乙」列:二"],
  },
  "cells beyond the headings": {
    text: "编号\t责任人\nY01\t张三\t多出来的\n",
    rows: [{ 编号: "Y01", 责任人: "张三" }],
    left: ["第 2 行「3」列:多出来的 (这一格上面没有列名"],
  },
  "cells beyond the form's columns, without headings": {
    text: `Y01${"\t".repeat(4)}甲${"\t".repeat(8)}多出来的\n`,
    rows: [{ 编号: "Y01", 描述: "甲" }],
    left: ["第 1 行「13」列:多出来的 (这一格上面没有列名,或超出了表的列数"],
  },
  "rows of answers, of which one is called like its column": {
    text: "编号\t大门\t消防\t一般\n描述着\t围墙\t消防\t重大\n",
    rows: [{ 编号: "编号", 部位: "大门", 领域: "消防", 等级: "一般" }, { 编号: "描述着", 部位: "围墙", 领域: "消防", 等级: "重大" }],
    left: [],
  },
  "a column without a heading": {
    text: "编号\t\t责任人\nY01\t漏了列名\t张三\n",
    rows: [{ 编号: "Y01", 责任人: "张三" }],
    left: ["第 2 行「2」列:漏了列名"],
  },
  "a title above the headings, and the headings once more on the next page": {
    text: "隐患台账\t\t\n制表:李四\t\t\n编号\t隐患描述\t责任人\nY01\t甲\t张三\n编号\t隐患描述\t责任人\nY02\t乙\t王五\n",
    rows: [{ 编号: "Y01", 描述: "甲", 责任人: "张三" }, { 编号: "Y02", 描述: "乙", 责任人: "王五" }],
    left: ["第 1 行「编号」列:隐患台账 (在列名上面", "第 2 行「编号」列:制表:李四 (在列名上面", "第 5 行「隐患描述」列:隐患描述 (又是一行列名"],
  },
  "the headings of the program's own sheet": {
    text: "/隐患/-/编号\t/隐患/-/责任人\n编号 *\t责任人\nY01\t张三\n",
    rows: [{ 编号: "Y01", 责任人: "张三" }],
    left: [],
  },
  "a row of which nothing has a place": {
    text: "编号\t备注\nY01\t甲\n\t只有备注\n",
    rows: [{ 编号: "Y01" }],
    left: ["第 2 行「备注」列:甲", "第 3 行「备注」列:只有备注"],
  },
  "row numbers": {
    text: "序号\t编号\n1\tY01\n二\tY02\n",
    rows: [{ 编号: "Y01" }, { 编号: "Y02" }],
    left: ["第 3 行「序号」列:二"],
  },
};

for (const [name, { text, rows, left }] of Object.entries(CASES)) {
  test(`every pasted cell is in the document or named: ${name}`, async () => {
    const page = await begun();
    await add(page, text, rows.length);
    assert.deepEqual(await hazards(page), rows);
    const named = (await told(page).count()) ? (await told(page).innerText()).trim() : "";
    for (const one of left) assert.ok(named.includes(one), `${one}: ${named}`);
    assert.equal(left.length > 0, named !== "");
    await page.context().close();
  });
}

test("what has no place is named where it was pasted into a box, before rows are added, and until the person has seen it", async () => {
  const page = await begun();
  await page.getByRole("button", { name: "加一行 隐患" }).click();
  await into(page, "/隐患/0/编号", "编号\t责任人\t责任人\t备注\nY01\t张三\t李四\t我的备注\n");
  const words = await told(page).innerText();
  for (const one of ["李四", "我的备注", "2 格"]) assert.ok(words.includes(one), words);
  assert.deepEqual(await hazards(page), [{ 编号: "Y01", 责任人: "张三" }]);
  await page.getByRole("button", { name: "知道了" }).click();
  await told(page).waitFor({ state: "detached" });
  await page.getByLabel(/在 Excel 或 WPS/).fill("编号\t备注\nY02\t乙\n");
  await page.locator("details [role=status]", { hasText: "第 2 行「备注」列:乙" }).waitFor();
  // Many are counted, the first are named, and the rest is one click away.
  await add(page, `编号\t备注\n${Array.from({ length: 30 }, (_, index) => `Z${index}\t注${index}`).join("\n")}\n`, 30);
  await told(page).getByText("有 30 格没有放进表里").waitFor();
  assert.equal(await told(page).locator("li").count(), 20);
  await told(page).getByRole("button", { name: "全部 30 处" }).click();
  await told(page).getByText("注29").waitFor();
  await page.context().close();
});
