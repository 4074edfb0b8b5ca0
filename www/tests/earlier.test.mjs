// Earlier reports: what is not one is named in people's words, and nothing of a comparison from before stays.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { downloaded, launch, open, openFile, root, setDay, single } from "./browser.mjs";
import { commandLine, countyCommandLine, samples } from "./cases.mjs";
import { day, own } from "./counties.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const schools = samples.map(({ name }) => join(root, "tests/samples", name));
const county = Buffer.from(countyCommandLine(schools, { day, county: own }));
const south = samples.find(({ name }) => name === "南街小学.json");
const north = samples.find(({ name }) => name.startsWith("北关小学"));
const one = Buffer.from(commandLine(south));
const json = (bytes, change) => Buffer.from(JSON.stringify(change(JSON.parse(bytes))));

/** What a parser says, and no person. */
const PARSER = /missing field|expected|EOF|invalid|trailing|Unexpected|JSON\.parse|column \d/i;

test("an earlier county report that is refused is named in people's words, in both languages, and nothing is compared", async () => {
  const page = await open(browser, single + "#/county");
  await setDay(page, day);
  await page.locator("[data-pick=own]").setInputFiles(own);
  await page.locator("[data-pick=files]").setInputFiles(schools);
  await page.locator("#headline").waitFor();
  const since = page.getByRole("region", { name: /与以前的全县报告比较|Compare with an earlier county report/ });
  const choose = (name, buffer) => page.locator("[data-pick=previous]").setInputFiles({ name, mimeType: "application/json", buffer });
  const compared = since.getByText("的报告(好的.json)相比");
  const report = async () => (await downloaded(page, "报告 JSON")).text;
  const plain = await report();
  for (const [name, bytes, words, english] of [
    ["断了.json", county.subarray(0, county.length / 2), "文件不完整,到第", "is cut off"],
    ["空的.json", Buffer.alloc(0), "文件是空的", "is empty"],
    ["一所.json", one, "它像是一所学校的报告", "looks like a school's report"],
    ["自查表.json", Buffer.from(south.bytes), "它像是填报的内容", "a document that somebody filled in"],
    ["别的.json", Buffer.from("[1]"), "是别的文件", "something else"],
    ["改坏.json", Buffer.from(county.toString().replace('"as_of":', '"as_of"')), "起读不懂,可能改坏了", "altered"],
    ["旧版.json", json(county, ({ by_rule: _, ...rest }) => ({ ...rest, by_rule: 1 })), "写出它的是别的版本,或者改过", "another version"],
    ["表.csv", Buffer.from("标识码,名称\n"), "里面不是 JSON", "no JSON"],
    ["记事本.json", Buffer.from(`\uFEFF${county}`, "utf16le"), "另存成了 UTF-16", "saved as UTF-16"],
    ["后来.json", json(county, (all) => ({ ...all, as_of: "2023-01-01" })), "比这一次的", "later than"],
    ["别套.json", json(county, (all) => ({ ...all, pack: { ...all.pack, id: "other" } })), "另一套规则(other)", "other rules (other)"],
  ]) {
    await choose("好的.json", county);
    await compared.waitFor();
    assert.ok(JSON.parse(await report()).since, name);
    await choose(name, bytes);
    const said = since.getByText(`不能与「${name}」比较`);
    await said.waitFor();
    const text = await since.innerText();
    assert.ok(text.includes(words), `${name}: ${text}`);
    assert.ok(!PARSER.test(text), text);
    assert.equal(await compared.count(), 0, name);
    assert.equal(await report(), plain, name);
    await page.getByRole("button", { name: "English" }).click();
    await since.getByText(english).waitFor();
    assert.ok(!/[\u4e00-\u9fff]/.test((await since.locator(".alarm").innerText()).replaceAll(name, "")), name);
    await page.getByRole("button", { name: "中文" }).click();
    await page.locator("#headline").waitFor();
  }
  // Another day, on which it would be a later one's: the county is there, and the comparison is not.
  await choose("好的.json", county);
  await compared.waitFor();
  await setDay(page, "2022-06-27");
  await since.getByText("不能与「好的.json」比较").waitFor();
  await page.locator("#headline").waitFor();
  await setDay(page, day);
  await compared.waitFor();
  assert.equal(await since.locator(".alarm", { hasText: "不能与" }).count(), 0);
  assert.deepEqual(page.errors, []);
  await page.context().close();
});

test("an earlier report of a school is that school's, whole and earlier, or nothing is compared", async () => {
  const page = await open(browser, single);
  await setDay(page, "2022-06-28");
  await openFile(page, north.name, north.bytes);
  const compare = page.locator("details", { hasText: "与以前的报告比较" });
  await compare.locator("summary").click();
  const choose = (name, buffer) => compare.locator("input").setInputFiles({ name, mimeType: "application/json", buffer });
  const good = Buffer.from(commandLine(north));
  const compared = compare.getByText("与 2022-06-28 的报告(好的.json)相比");
  // Characters of three bytes: a file is cut off between two of them, or within one.
  const half = good.findIndex((byte, at) => at > good.length / 2 && byte >= 0xe0);
  for (const [name, bytes, words] of [
    ["断了.json", good.subarray(0, half), "没有存完整"],
    ["断在字里.json", good.subarray(0, half + 1), "断在一个字中间"],
    ["断在字尾.json", good.subarray(0, half + 2), "断在一个字中间"],
    ["全县.json", county, "不是一所学校的报告"],
    ["记事本.json", Buffer.from(`\uFEFF${good}`, "utf16le"), "记事本.json 不是 UTF-8 编码"],
    ["别校.json", one, "另一所学校(南街小学)"],
    ["后来.json", json(good, (all) => ({ ...all, as_of: "2023-01-01" })), "核对日是 2023-01-01"],
    ["别套.json", json(good, (all) => ({ ...all, pack: { ...all.pack, id: "other" } })), "另一套规则(other)"],
  ]) {
    await choose("好的.json", good);
    await compared.waitFor();
    await choose(name, bytes);
    await compare.getByText(words).waitFor();
    assert.equal(await compared.count(), 0, name);
  }
  await page.context().close();
});
