// The start, the form, the report and the drafts in another browser.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { at, PATIENCE, serve, single } from "./browser.mjs";
import { commandLine } from "./cases.mjs";
import { launch } from "./firefox.mjs";

let firefox;
let server;
before(async () => ([firefox, server] = await Promise.all([launch(), serve()])), { timeout: PATIENCE });
after(async () => {
  await firefox?.close();
  await server?.close();
});

const box = (pointer) => `[id="${pointer}"]`;
const DAY = "2022-06-28";

/** What is typed, and where. */
const TYPED = [["/学校/名称", "向阳幼儿园"], ["/学校/标识码", "1141000001"], ["/学校/学生数", "40"]];
const ROW = [["/隐患/0/编号", "Y01"], ["/隐患/0/发现日期", "2022.6.25"], ["/隐患/0/描述", "北侧围墙防护网破损"]];
/** What that makes: an export is an edition. */
const MADE = {
  填报: { 版次: 1 },
  学校: { 名称: "向阳幼儿园", 标识码: "1141000001", 办学类型: "幼儿园", 寄宿: false, 学生数: 40 },
  隐患: [{ 编号: "Y01", 发现日期: "2022-06-25", 描述: "北侧围墙防护网破损", 部位: "大门" }],
};

const values = (pointers) => pointers.map((id) => document.getElementById(id)?.value);

for (const [name, address] of [["hosted", () => server.url], ["the single file", () => single]]) {
  test(`in Firefox a school is filled in, judged as on the command line, exported and there again: ${name}`, async () => {
    await firefox.go(address());
    await firefox.click("button", "看示例报告");
    await firefox.find("main h1", "核对报告 · 北关小学");
    assert.match(await firefox.text("[data-landing]"), /不合格/);

    await firefox.go(`${address()}#/`);
    await firefox.type("header input[type=date]", DAY);
    await firefox.click("button", "我要填自查表");
    await firefox.click(`${box("/学校/办学类型")} option`, "幼儿园");
    await firefox.click("[role=radiogroup] label", "否");
    await firefox.click(".tasks a", "学校基本情况");
    for (const [pointer, text] of TYPED) await firefox.type(box(pointer), text);
    await firefox.go(`${address()}${at("隐患")}`);
    await firefox.click("button", "加一行 隐患");
    for (const [pointer, text] of ROW) await firefox.type(box(pointer), text);
    await firefox.click(`${box("/隐患/0/部位")} option`, "大门");

    await firefox.reload();
    await firefox.find(box("/隐患/0/编号"));
    assert.deepEqual(await firefox.evaluate(values, ROW.map(([id]) => id)), ["Y01", "2022-06-25", "北侧围墙防护网破损"]);

    await firefox.click("a", "看报告");
    await firefox.find("main h1", "核对报告 · 向阳幼儿园");
    const exported = await firefox.downloaded("main button", "导出 JSON");
    const { 规则集, ...document } = JSON.parse(exported.bytes);
    assert.deepEqual(document, MADE);
    const report = JSON.parse(commandLine({ name: "a.json", bytes: exported.bytes, day: DAY }));
    const shown = await firefox.text("[data-landing]");
    assert.ok(shown.includes("不合格") === (report.verdict === "fail"), shown);
    for (const [status, mark] of [["fail", "✖"], ["undetermined", "?"], ["pending", "◷"], ["pass", "✔"]]) {
      const count = await firefox.text("[data-landing] .numbers li", mark);
      assert.equal(Number(/\d+$/.exec(count)[0]), report.counts[status], status);
    }

    await firefox.go(`${address()}#/`);
    await firefox.find("main li strong", "向阳幼儿园");
  });
}
