// Undo: what it changes is seen and named, and what was handed in stays handed in.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { at, box, downloaded, exported, launch, open, openFile, setDay, single } from "./browser.mjs";
import { samples } from "./cases.mjs";
import { rest } from "./rest.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const school = samples.find(({ name }) => name === "南街小学.json");

async function opened() {
  const page = await open(browser, single);
  await setDay(page, "2022-06-28");
  await openFile(page, school.name, school.bytes);
  return page;
}

const undo = (page) => page.getByRole("button", { name: "撤销" });
const redo = (page) => page.getByRole("button", { name: "重做" });
const edition = async (page) => Number((await exported(page)).填报.版次);

test("no undo takes back an edition that went out, and an export leaves what can be redone", async () => {
  const page = await opened();
  const before = JSON.parse(school.bytes).填报.版次 ?? 0;
  await page.goto(single + at("学校"));
  const town = box(page, "/学校/乡镇");
  await town.fill("甲镇");
  assert.equal(await edition(page), before + 1);
  await page.goto(single + "#/finish");
  const handed = JSON.parse((await downloaded(page, page.getByRole("button", { name: /上报/ }))).bytes);
  assert.equal(handed.填报.版次, before + 2);
  await page.goto(single + at("学校"));
  await town.fill("乙镇");
  assert.equal(await edition(page), before + 3);
  // Each step is one of the person's own, and the number stays.
  await undo(page).click();
  assert.equal(await town.inputValue(), "甲镇");
  await undo(page).click();
  assert.equal(await town.inputValue(), JSON.parse(school.bytes).学校.乡镇);
  assert.ok(await undo(page).isDisabled());
  const now = await exported(page);
  assert.deepEqual([now.填报.版次, now.学校.乡镇], [before + 4, JSON.parse(school.bytes).学校.乡镇]);
  await redo(page).click();
  await redo(page).click();
  assert.equal(await town.inputValue(), "乙镇");
  assert.ok(await redo(page).isDisabled());
  const last = await exported(page);
  assert.deepEqual([last.填报.版次, last.学校.乡镇], [before + 5, "乙镇"]);
  await page.context().close();
});

test("an edition that a person types is no way back either: what goes out is later than all that went out, also after F5", async () => {
  const page = await opened();
  await page.goto(single + at("填报"));
  const box5 = box(page, "/填报/版次");
  await box5.fill("7");
  assert.equal(await edition(page), 8);
  // The typed number is no step any more: what went out replaced it.
  assert.ok(await undo(page).isDisabled());
  await box5.fill("2");
  await rest(page);
  await page.reload();
  await box5.waitFor();
  assert.equal(await edition(page), 9);
  await box5.fill("");
  assert.equal(await edition(page), 10);
  await page.context().close();
});

test("what is undone and redone is gone to and named, wherever the person is", async () => {
  const page = await opened();
  await page.goto(single + at("学校"));
  await box(page, "/学校/乡镇").fill("甲镇");
  await page.goto(single + at("隐患"));
  const list = page.locator('[id="/隐患"] tbody tr');
  const rows = JSON.parse(school.bytes).隐患.length;
  await list.nth(rows - 1).waitFor();
  await box(page, "/隐患/0/描述").fill("改过的");
  await page.getByRole("button", { name: "删去 第 1 行" }).click();
  await page.getByRole("button", { name: "加一行 隐患" }).click();
  await page.goto(single + at("消防"));
  const told = page.locator("[data-stepped]");
  // The row that was added: its list.
  await undo(page).click();
  await told.filter({ hasText: "已撤销:隐患" }).waitFor();
  await page.getByRole("heading", { level: 1, name: "隐患" }).waitFor();
  assert.equal(await list.count(), rows - 1);
  await undo(page).click();
  await told.filter({ hasText: "已撤销:隐患 › 第 1 行" }).waitFor();
  assert.equal(await list.count(), rows);
  await undo(page).click();
  await told.filter({ hasText: "已撤销:隐患 › 第 1 行 › 隐患描述" }).waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "/隐患/0/描述");
  await undo(page).click();
  await told.filter({ hasText: /已撤销:.*乡镇/ }).waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "/学校/乡镇");
  assert.ok(await undo(page).isDisabled());
  await page.goto(single + "#/fill");
  await redo(page).click();
  await told.filter({ hasText: /已重做:.*乡镇/ }).waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "/学校/乡镇");
  assert.equal(await box(page, "/学校/乡镇").inputValue(), "甲镇");
  // The next edit is not what was undone.
  await box(page, "/学校/乡镇").fill("乙镇");
  assert.equal(await told.innerText(), "");
  await page.context().close();
});

test("what was typed and taken back by hand is no step", async () => {
  const page = await opened();
  await page.goto(single + at("学校"));
  const town = box(page, "/学校/乡镇");
  const was = await town.inputValue();
  await town.fill("甲镇");
  await town.fill(was);
  assert.ok(await undo(page).isDisabled());
  await town.fill("乙镇");
  await undo(page).click();
  assert.equal(await town.inputValue(), was);
  await page.context().close();
});

test("a number that is no edition is said and left to be mended, and no other is counted from it", async () => {
  const page = await opened();
  await page.goto(single + at("填报"));
  const typed = box(page, "/填报/版次");
  await typed.fill("20220628");
  assert.equal(await edition(page), 20220628);
  assert.equal(await edition(page), 20220628);
  await page.goto(single + at("填报"));
  await typed.fill("2");
  assert.equal(await edition(page), 3);
  await page.goto(single + at("填报"));
  await typed.fill("10000");
  assert.equal(await edition(page), 10000);
  await page.context().close();
});
