// The county view: the command line's numbers, as lists, as a matrix, of one school, and beside an earlier report's.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { downloaded, launch, open, root, serve, setDay, single, tryRules, until } from "./browser.mjs";
import { commandLine, countyCommandLine, samples } from "./cases.mjs";
import { about, atCounty, choose, day, folder, MIXED, mixed, own, pack, paths, report, zip } from "./counties.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

test("350 mixed files: the page's county is the command line's, byte for byte, and all are accounted for", async () => {
  const path = folder(mixed());
  const page = await atCounty(browser);
  await choose(page, path, "folder");
  const text = await report(page);
  assert.equal(text, countyCommandLine([path], about));
  const { by_school, schools } = JSON.parse(text);
  const more = (list) => list.reduce((sum, one) => sum + one.files.length - 1, 0);
  const [conflict, identical] = [more(schools.conflict), more(schools.identical)];
  assert.equal(by_school.length + conflict + identical + schools.unreadable.length, MIXED);
  const accounts = [
    `收到 ${MIXED} 份:${by_school.length} 所学校各以一份为准,较早的重复 0 份,读不了 ${schools.unreadable.length} 份。`,
    `还有与别的一份说法不一的 ${conflict} 份、内容一字不差的 ${identical} 份。`,
  ];
  await page.getByText(accounts.join("")).waitFor();
  assert.equal((await downloaded(page, "矩阵 CSV")).text, countyCommandLine([path], about, "csv"));
  const workbook = join(path, ".workbook.xlsx");
  countyCommandLine([path], { ...about, output: workbook }, "xlsx");
  assert.deepEqual((await downloaded(page, "Excel 工作簿")).bytes, readFileSync(workbook));
  await page.locator("summary", { hasText: "读不了的文件" }).click();
  await page.getByRole("button", { name: `全部 ${schools.unreadable.length} 项` }).click();
  for (const [name, why] of [["s3.xls", "Excel 文件已损坏"], ["s5.json", "空的"], ["坏.zip", "坏了"], ["s16.json", "没有标识"]]) {
    await page.getByRole("row", { name: new RegExp(`${name}.*${why}`) }).waitFor();
  }
  await page.locator("summary", { hasText: "同一份表有几个文件" }).click();
  await page.getByRole("row", { name: /第7小学.*s7\.json、再交\/s7\.json/ }).waitFor();
  assert.deepEqual(page.errors, []);
  await page.context().close();
});

test("one school's report is the command line's, from a file, an archive and a line, and the way back leads to its row", async () => {
  const [first, second, third] = samples;
  const archive = zip([["乡/b.json", second.bytes]]);
  const line = Buffer.concat([Buffer.from("\n"), Buffer.from(JSON.stringify(JSON.parse(third.bytes))), Buffer.from("\r\n")]);
  const path = folder([[first.name, first.bytes], ["收表.zip", archive], ["其他.ndjson", line]]);
  const page = await atCounty(browser);
  await choose(page, path, "folder");
  const all = JSON.parse(await report(page)).by_school;
  const bytes = { [first.name]: first.bytes, "收表.zip/乡/b.json": second.bytes, "其他.ndjson:2": line.subarray(1, -2) };
  assert.deepEqual(all.map(({ document }) => document.name).toSorted(), Object.keys(bytes).toSorted());
  for (const { id, name, document } of all) {
    await page.getByRole("grid").getByRole("link", { name, exact: true }).click();
    await page.locator("#verdict").waitFor();
    const expected = commandLine({ name: "a.json", bytes: bytes[document.name], day }).replace('"name": "a.json"', `"name": ${JSON.stringify(document.name)}`);
    assert.equal(await report(page), expected, id);
    await page.getByRole("link", { name: "回到全县" }).click();
    await page.waitForFunction((name) => document.activeElement?.textContent === name, name);
  }
  await page.context().close();
});

test("a file that changed since it was chosen is said, not judged by what it was", async () => {
  const path = folder([[samples[0].name, samples[0].bytes]]);
  const page = await atCounty(browser);
  await choose(page, path, "folder");
  writeFileSync(join(path, samples[0].name), "{}");
  await page.getByRole("grid").getByRole("link").first().click();
  await page.getByRole("alert").getByText(/可能被移走、改动/).waitFor();
  await page.context().close();
});

test("by keyboard: the arrow keys move in the matrix, Enter opens the school at the group", async () => {
  const page = await atCounty(browser);
  await choose(page, paths);
  const { by_rule, by_school } = JSON.parse(await report(page));
  const groups = [...new Set(by_rule.map(({ group }) => group))];
  const grid = page.getByRole("grid");
  assert.equal(await grid.locator("[tabindex='0']").count(), 1, "one stop for Tab");
  assert.equal(await grid.getByRole("row").count(), 1 + by_school.length);
  const counts = await grid.locator("td a").allInnerTexts();
  assert.equal(counts.length, by_school.length * (1 + groups.length));
  for (const words of counts) assert.match(words, /\d+\/\d+$/);
  await page.getByLabel("排列").focus();
  await page.keyboard.press("Tab");
  const at = () => page.evaluate(() => document.activeElement?.dataset.at);
  assert.equal(await at(), "0:0");
  for (const [key, place] of [
    ["ArrowDown", "1:0"], ["ArrowRight", "1:1"], ["ArrowUp", "0:1"], ["ArrowUp", "0:1"], ["End", `0:${groups.length + 1}`],
    ["ArrowRight", `0:${groups.length + 1}`], ["Control+End", `${by_school.length - 1}:${groups.length + 1}`], ["Home", `${by_school.length - 1}:0`],
    ["Control+Home", "0:0"], ["PageDown", `${by_school.length - 1}:0`], ["PageUp", "0:0"], ["ArrowRight", "0:1"], ["ArrowRight", "0:2"],
  ]) {
    await page.keyboard.press(key);
    assert.equal(await at(), place, key);
  }
  await page.keyboard.press("Enter");
  await page.getByText(`只列「${groups[0]}」`).waitFor();
  const shown = await page.locator("article h3").count();
  assert.equal(shown, by_rule.filter(({ group }) => group === groups[0]).length);
  await page.getByRole("link", { name: "看全部规则" }).click();
  await page.waitForFunction((count) => document.querySelectorAll("article h3").length === count, by_rule.length);
  await page.context().close();
});

test("every cell's figures are those of the report", async () => {
  const page = await atCounty(browser);
  // A school that some rules leave alone.
  const spared = { 学校: { 标识码: "1141000001", 名称: "向阳幼儿园", 办学类型: "幼儿园", 寄宿: false, 有食堂: false } };
  await choose(page, [...paths, join(folder([["向阳.json", Buffer.from(JSON.stringify(spared))]]), "向阳.json")]);
  const { by_rule, by_school } = JSON.parse(await report(page));
  assert.ok(by_school.some(({ statuses }) => statuses.includes("n")));
  const groups = [...new Set(by_rule.map(({ group }) => group))];
  const letters = { f: "✖", u: "?", d: "◷", h: "!", p: "✔" };
  for (const school of by_school) {
    const row = page.getByRole("row", { name: new RegExp(`^${school.name}`) });
    for (const [index, group] of groups.entries()) {
      const statuses = [...school.statuses].filter((_, at) => by_rule[at].group === group);
      const worst = [..."fudhp"].find((letter) => statuses.includes(letter));
      const expected = worst ? `${letters[worst]} ${statuses.filter((one) => one === worst).length}/${statuses.filter((one) => one !== "n").length}` : "– 0/0";
      assert.equal(await row.locator("td a").nth(index + 1).innerText(), expected, `${school.name} ${group}`);
    }
  }
  await page.getByLabel("找学校(名称或标识)").fill("北关");
  await page.getByText("第 1 至 1 所,共 1 所").waitFor();
  await page.getByLabel("找学校(名称或标识)").fill("");
  await page.getByLabel("只看").selectOption("pending");
  await page.getByText("第 1 至 1 所,共 1 所").waitFor();
  await page.context().close();
});

test("an earlier report shows what was fixed, what broke and who is missing again, as the command line does", async () => {
  const path = folder([["before.json", countyCommandLine(paths, about)]]);
  const previous = join(path, "before.json");
  const mended = JSON.parse(readFileSync(paths.find((one) => one.includes("北关小学"))));
  mended.保卫.专职保安数 = mended.保卫.持证保安数 = 3;
  const now = folder([["a.json", Buffer.from(JSON.stringify(mended))]]);
  const page = await atCounty(browser);
  await choose(page, now, "folder");
  await page.locator("[data-pick=previous]").setInputFiles(own);
  await page.getByText("不能与「全县.json」比较").waitFor();
  await page.locator("[data-pick=previous]").setInputFiles(previous);
  await page.getByText("与 2022-06-28 的报告(before.json)相比").waitFor();
  await page.getByRole("row", { name: /北关小学.*专职保安配足/ }).waitFor();
  await page.getByText("连续两次没有交表 (2/4)").waitFor();
  assert.equal(await report(page), countyCommandLine([now], { ...about, previous }));
  await page.context().close();
});

test("another day gives another report, and rule files of one's own are in force here too", async () => {
  const page = await atCounty(browser);
  await choose(page, paths);
  await setDay(page, "2022-07-05");
  await page.waitForFunction(() => document.querySelector("#headline"));
  await page.getByText("逾期 6 项,未到期 0 项").waitFor();
  assert.equal(await report(page), countyCommandLine(paths, { ...about, day: "2022-07-05" }));
  await setDay(page, day);
  await page.getByText("逾期 3 项,未到期 3 项").waitFor();
  const files = pack((name, text) => (name === "pack.bulou" ? text.replace("版本 2022.6.24", "版本 2022.6.25") : text));
  const object = Object.fromEntries(files.map(([name, content]) => [name, content.toString()]));
  await tryRules(page, [{ name: "pack.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(object)) }]);
  await page.goto(single + "#/county");
  await page.locator("summary", { hasText: /规则版本不一致 3\/3 所/ }).click();
  await page.getByRole("row", { name: /北关小学.*campus-safety@2022\.6\.24/ }).waitFor();
  assert.equal(await report(page), countyCommandLine(paths, { ...about, pack: folder(files) }));
  await page.context().close();
});

test("the single file rolls a county up with the network off, and the hosted page offline", async () => {
  const context = await browser.newContext({ locale: "zh-CN", acceptDownloads: true });
  const requests = [];
  context.on("request", (request) => /^(file|blob|data):/.test(request.url()) || requests.push(request.url()));
  await context.setOffline(true);
  const page = await atCounty(browser, single, { context });
  await choose(page, paths);
  assert.equal(await report(page), countyCommandLine(paths, about));
  assert.deepEqual(requests, []);
  await context.close();

  // Who has been at the bureau's view has all that it needs, workbooks included.
  const server = await serve();
  const hosted = await open(browser, server.url);
  await hosted.getByRole("link", { name: /我是教育局/ }).click();
  await hosted.getByRole("heading", { name: "全县汇总" }).waitFor();
  const all = readdirSync(join(root, "www/dist/assets")).length + 1;
  await until(hosted, async (all) => {
    const kept = (await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))).flat();
    return navigator.serviceWorker.controller && kept.length === all;
  }, all);
  await server.close();
  await hosted.reload();
  await setDay(hosted, day);
  await hosted.locator("[data-pick=own]").setInputFiles(own);
  await choose(hosted, paths);
  assert.equal(await report(hosted), countyCommandLine(paths, about));
  for (const { method, url } of server.seen) assert.ok(method === "GET" && !url.includes("?"), url);
  await hosted.context().close();
});
