// Messages in the words of those who fill in a form; what is for others stands in the report that is saved.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { at, downloaded, launch, open, openFile, setDay, single } from "./browser.mjs";
import { commandLine, samples } from "./cases.mjs";
import { rest } from "./rest.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const day = "2022-06-28";
const south = JSON.parse(samples.find(({ name }) => name === "南街小学.json").bytes);
/** Words of JSON and of the command line. */
const OTHERS = /JSON:|\btrue\b|\bfalse\b|\[ … \]|\{ … \}|引号|quotes|命令行|command line|bulou template|--pack/;

const wrong = {
  ...south,
  学校: { ...south.学校, 寄宿: "maybe", 学生数: "812", 办学类型: 3 },
  隐患: {},
  消防: "没有",
  填报: { ...south.填报, 日期: 20220628 },
};
for (const [name, content] of [
  ["答错.json", JSON.stringify(wrong)],
  ["别的.json", '{"name": "x"}'],
  ["清单.json", "[1]"],
  ["表.csv", "学校,人数\n甲,3\n"],
]) {
  test(`no message speaks of what people do not see: ${name}`, async () => {
    const page = await open(browser, single);
    await setDay(page, day);
    for (const language of ["中文", "English"]) {
      await page.getByRole("button", { name: language }).click();
      await openFile(page, name, Buffer.from(content));
      const views = name === "答错.json" ? ["#/report", "#/finish", "#/fill", at("学校"), at("隐患")] : ["#/report", "#/fill"];
      for (const view of views) {
        await page.evaluate((route) => (location.hash = route), view);
        await rest(page);
        const words = await page.locator("main").innerText();
        assert.doesNotMatch(words.replace(/导出 JSON|报告 JSON|Export JSON|Report as JSON/g, ""), OTHERS, view);
      }
    }
    await page.getByRole("button", { name: "中文" }).click();
    await page.evaluate(() => (location.hash = "#/report"));
    await rest(page);
    const saved = (await downloaded(page, "报告 JSON")).text;
    assert.equal(saved, commandLine({ name, bytes: Buffer.from(content), day }));
    assert.match(saved, /JSON|命令行/);
    await page.context().close();
  });
}
