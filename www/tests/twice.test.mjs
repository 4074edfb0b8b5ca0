// A file in which one key stands twice: nothing of it is lost, and the person says which of the two is meant.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { at, box, downloaded, drafts, launch, open, openFile, setDay, single } from "./browser.mjs";
import { samples } from "./cases.mjs";
import { rest } from "./rest.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const day = "2022-06-28";
const text = samples.find(({ name }) => name === "南街小学.json").bytes.toString();
const school = JSON.parse(text);
const replaced = (from, to) => {
  assert.equal(text.split(from).length, 2, `${from} stands once`);
  return text.replace(from, to);
};

async function opened(name, content) {
  const page = await open(browser, single);
  await setDay(page, day);
  await openFile(page, name, Buffer.from(content));
  return page;
}
const panel = (page) => page.getByRole("region", { name: "文件里写了两次" });
const show = (page, route) => page.evaluate((route) => (location.hash = route), route);

test("what stands twice is left open for the person to say, the rest is in the form, and all of it goes out again", async () => {
  const content = replaced('"名称": "南街小学"', '"名称": "南街小学", "名称": "北街小学"');
  const page = await opened("两次.json", content);
  await panel(page).getByText("学校基本情况 › 学校全称").waitFor();
  assert.match(await panel(page).innerText(), /南街小学[\s\S]*北街小学/);
  // As long as nothing was changed the file goes out as it came.
  assert.equal((await downloaded(page, "导出 JSON")).text, content);
  await show(page, at("学校"));
  await box(page, "/学校/乡镇").waitFor();
  assert.equal(await box(page, "/学校/乡镇").inputValue(), school.学校.乡镇);
  assert.equal(await box(page, "/学校/名称").inputValue(), "");
  await box(page, "/学校/乡镇").fill("东乡");
  await rest(page);
  // What is open is open after F5 as well, and cannot be handed in.
  await page.reload();
  await panel(page).waitFor();
  await show(page, "#/finish");
  await page.getByText("还不能上报:文件里有 1 处没有放进表里").waitFor();
  assert.equal(await page.getByRole("button", { name: /^上报|照现在这样上报/ }).count(), 0);
  await panel(page).getByRole("button", { name: "用「北街小学」" }).click();
  await panel(page).waitFor({ state: "detached" });
  const out = JSON.parse((await downloaded(page, page.getByRole("button", { name: /^上报|照现在这样上报/ }))).text);
  assert.deepEqual(out, { ...school, 填报: { ...school.填报, 版次: 1 }, 学校: { ...school.学校, 名称: "北街小学", 乡镇: "东乡" } });
  assert.deepEqual(page.errors, []);
  await page.context().close();
});

test("a choice is undone like any answer; who wants neither says so", async () => {
  const page = await opened("两次.json", replaced('"名称": "南街小学"', '"名称": "南街小学", "名称": "北街小学"'));
  await panel(page).getByRole("button", { name: "用「南街小学」" }).click();
  await show(page, at("学校"));
  assert.equal(await box(page, "/学校/名称").inputValue(), "南街小学");
  await page.getByRole("button", { name: "撤销" }).click();
  await panel(page).getByRole("button", { name: "都不用" }).click();
  await panel(page).waitFor({ state: "detached" });
  await rest(page);
  await page.reload();
  await box(page, "/学校/名称").waitFor();
  assert.equal(await panel(page).count(), 0);
  await page.context().close();
});

for (const [what, from, to, without] of [
  ["a whole part", '"学校": {', '"学校": {"名称": "别处小学"},\n  "学校": {', ({ 学校: _, ...others }) => others],
  ["a key that the form does not have", '"规则集"', '"开放日": 1, "开放日": 2,\n  "规则集"', (all) => all],
]) {
  test(`the form keeps all but what stands twice: ${what}`, async () => {
    const page = await opened("两次.json", replaced(from, to));
    await panel(page).waitFor();
    await show(page, at("实施方案"));
    await page.getByRole("heading", { name: "实施方案", level: 1 }).waitFor();
    await rest(page);
    const [draft] = await drafts(page);
    assert.deepEqual(JSON.parse(draft.text), without(school));
    await page.context().close();
  });
}

const ROW = replaced('"编号": "Y02"', '"编号": "Y02", "编号": "Y09"');
const asks = (page) => panel(page).locator("li strong").allInnerTexts();
const hazards = async (page) => {
  await rest(page);
  const [draft] = await drafts(page);
  return JSON.parse(draft.text).隐患;
};

test("of a key that stands twice in a row it is said which row that is, as the command line does; the rest is open", async () => {
  const page = await opened("两次.json", ROW);
  await panel(page).waitFor();
  assert.deepEqual(await asks(page), ["隐患 › 第 2 行 › 编号"]);
  await show(page, "#/report");
  await page.locator("main").getByText("「编号」写了两次:只留一处").first().waitFor();
  // As long as nothing was changed the file goes out as it came.
  assert.equal((await downloaded(page, "导出 JSON")).text, ROW);
  await show(page, at("隐患"));
  await box(page, "/隐患/1/编号").waitFor();
  assert.deepEqual([await box(page, "/隐患/0/编号").inputValue(), await box(page, "/隐患/1/编号").inputValue()], [school.隐患[0].编号, ""]);
  await box(page, "/隐患/1/责任人").fill("孙七");
  await rest(page);
  await page.reload();
  await panel(page).waitFor();
  await show(page, "#/finish");
  await page.getByText("还不能上报:文件里有 1 处没有放进表里").waitFor();
  await panel(page).getByRole("button", { name: "用「Y09」" }).click();
  await panel(page).waitFor({ state: "detached" });
  const out = JSON.parse((await downloaded(page, page.getByRole("button", { name: /^上报|照现在这样上报/ }))).text);
  const 隐患 = school.隐患.map((row, index) => (index === 1 ? { ...row, 编号: "Y09", 责任人: "孙七" } : row));
  assert.deepEqual(out, { ...school, 填报: { ...school.填报, 版次: 1 }, 隐患 });
  assert.deepEqual(page.errors, []);
  await page.context().close();
});

test("what stands twice in a row goes where the row goes, is gone with it, and back with it", async () => {
  const page = await opened("两次.json", ROW);
  const row = (number) => `隐患 › 第 ${number} 行 › 编号`;
  await show(page, at("隐患"));
  await page.getByRole("button", { name: "复制 第 1 行", exact: true }).click();
  assert.deepEqual(await asks(page), [row(3)]);
  // A row that the person makes of it is in no file.
  await page.getByRole("button", { name: "复制 第 3 行", exact: true }).click();
  assert.deepEqual(await asks(page), [row(3)]);
  await page.getByRole("button", { name: "删去 第 1 行", exact: true }).click();
  assert.deepEqual(await asks(page), [row(2)]);
  await page.getByRole("button", { name: "删去 第 2 行", exact: true }).click();
  await panel(page).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "撤销" }).click();
  assert.deepEqual(await asks(page), [row(2)]);
  await panel(page).getByRole("button", { name: "都不用" }).click();
  await panel(page).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "撤销" }).click();
  assert.deepEqual(await asks(page), [row(2)]);
  await page.getByRole("button", { name: "重做" }).click();
  await panel(page).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "撤销" }).click();
  await panel(page).getByRole("button", { name: "用「Y02」" }).click();
  assert.equal((await hazards(page))[1].编号, "Y02");
  await page.context().close();
});

test("of many that stand twice some are asked at once, and none is forgotten", async () => {
  const many = Array.from({ length: 60 }, (_, index) => `{"编号": "甲${index}", "编号": "乙${index}", "部位": "楼梯${index}"}`);
  const page = await opened("两次.json", text.replace(/"隐患": \[[\s\S]*?\n {2}\]/, `"隐患": [${many.join(",")}]`));
  await panel(page).getByText("另外还有 50 处").waitFor();
  for (let index = 0; index < 60; index += 1) await panel(page).getByRole("button", { name: `用「乙${index}」` }).click();
  await panel(page).waitFor({ state: "detached" });
  assert.deepEqual((await hazards(page)).map((one) => [one.编号, one.部位]), many.map((_, index) => [`乙${index}`, `楼梯${index}`]));
  await page.context().close();
});

test("of what must not be filled in nothing is kept, though it stands twice", async () => {
  for (const [from, to] of [
    ['"规则集"', '"身份证号": "机密一", "身份证号": "机密二",\n  "规则集"'],
    ['"编号": "Y02"', '"编号": "Y02", "身份证号": "机密一", "身份证号": "机密二"'],
    ['"编号": "Y02"', '"编号": "Y02", "编号": {"身份证号": "机密一"}'],
  ]) {
    const page = await opened("两次.json", replaced(from, to));
    await rest(page);
    const kept = JSON.stringify([await drafts(page), await page.evaluate(() => JSON.stringify(localStorage))]);
    assert.ok(kept.includes("南街小学") && !kept.includes("机密"), kept.slice(0, 2000));
    assert.ok(!(await page.locator("body").innerText()).includes("机密"), to);
    await page.context().close();
  }
});

for (const [what, content] of [
  ["no object", "[1, 2]"],
  ["what stands twice in a row within what stands twice", replaced('"隐患": [', '"隐患": [{"编号": "甲", "编号": "乙"}],\n  "隐患": [')],
  ["what stands twice within what stands twice", replaced('"学校": {', '"学校": {"名称": "甲", "名称": "乙"},\n  "学校": {')],
  ["nothing of the form", '{"name": "x", "dependencies": {}}'],
]) test(`a file that no form can show is offered back as it came, and no blank form stands in its place: ${what}`, async () => {
  const page = await opened("清单.json", content);
  for (const view of ["#/report", "#/fill", "#/finish", at("学校")]) {
    await show(page, view);
    await page.getByRole("region", { name: "这份文件不能当自查表打开" }).waitFor();
    assert.equal(await page.locator("main").getByRole("button", { name: "导出 JSON" }).count(), 0, view);
    assert.equal(await box(page, "/学校/名称").count(), 0, view);
    assert.equal(await page.locator("header [data-saved]").innerText(), "没有存到本机");
  }
  const back = await downloaded(page, "存回原来的文件");
  assert.deepEqual([back.name, back.text], ["清单.json", content]);
  await page.getByRole("button", { name: "新填一份" }).click();
  await page.getByRole("heading", { level: 1, name: "填自查表", exact: true }).waitFor();
  assert.equal((await drafts(page).catch(() => [])).length, 0);
  await page.context().close();
});
