// The county's roster as a table, in every encoding and however it comes: read as on the command line.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { launch, open, setDay, single } from "./browser.mjs";
import { countyCommandLine } from "./cases.mjs";
import { choose, day, folder, gb18030, own, paths as schools, report, zip } from "./counties.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const TEXT = "标识码,名称,办学类型,乡镇,重点校\r\n2141000345,南街小学,小学,城关镇,是\r\n2141000346,北关小学,小学,城关镇,否\r\n2141000399,西关小学,小学,城关镇,否\r\n";
const little = Buffer.from(`\uFEFF${TEXT}`, "utf16le");
const ENCODINGS = {
  "UTF-8": Buffer.from(TEXT),
  "UTF-8 with its mark": Buffer.from(`\uFEFF${TEXT}`),
  "UTF-16 LE": little,
  "UTF-16 BE": Buffer.from(little).swap16(),
  GB18030: gb18030(TEXT),
};
/** Refused, with the same words on both sides. */
const REFUSED = {
  "UTF-16 without its mark": Buffer.from(TEXT, "utf16le"),
  "UTF-16 that was cut off": little.subarray(0, little.length - 1),
  "a quote without another": Buffer.from(TEXT.replace("南街小学", '"南街小学')),
};

async function begun() {
  const page = await open(browser, single + "#/county");
  await setDay(page, day);
  return page;
}

for (const [name, bytes] of [...Object.entries(ENCODINGS), ...Object.entries(REFUSED)]) {
  test(`a roster in ${name} that was chosen is read as on the command line`, async () => {
    const county = join(folder([["学校名册.csv", bytes]]), "学校名册.csv");
    const page = await begun();
    await page.locator("[data-pick=own]").setInputFiles(county);
    await choose(page, schools);
    const text = await report(page);
    assert.equal(text, countyCommandLine(schools, { day, county }));
    assert.equal(JSON.parse(text).schools.expected, name in ENCODINGS ? 3 : 0);
    await page.context().close();
  });
}

test("a roster among the schools' files is the county's, by its headings or its name, in a folder and in an archive", async () => {
  for (const [name, bytes, inside] of [
    ["各校一览.csv", ENCODINGS["UTF-8"]],
    ["名册.CSV", ENCODINGS["UTF-16 LE"]],
    ["学校名册.csv", ENCODINGS.GB18030, true],
    // One that is called so and cannot be read is not a school's file that cannot be: what is wrong with it is said.
    ["学校名册.csv", REFUSED["a quote without another"]],
  ]) {
    const path = folder([[name, bytes], ["收.zip", zip([[`县/${name}`, bytes]])]]);
    const page = await begun();
    await choose(page, [...schools, join(path, inside ? "收.zip" : name)]);
    await page.getByText(`全县数据:${name}`).waitFor();
    const text = await report(page);
    assert.equal(text, countyCommandLine(schools, { day, county: join(path, name) }), name);
    assert.deepEqual(JSON.parse(text).schools.unreadable, []);
    await page.context().close();
  }
});

test("a table that is no roster stays a file that cannot be read, and a document of the county goes before a roster alone", async () => {
  const path = folder([["0名册.csv", ENCODINGS["UTF-8"]], ["价目.csv", Buffer.from("品名,单价\n粉笔,3\n")], ["全县.json", readFileSync(own)]]);
  const page = await begun();
  await choose(page, [...schools, ...["0名册.csv", "价目.csv", "全县.json"].map((name) => join(path, name))]);
  await page.getByText("全县数据:全县.json").waitFor();
  const text = await report(page);
  assert.deepEqual(JSON.parse(text).schools.unreadable.map(({ name }) => name), ["0名册.csv", "价目.csv"]);
  assert.equal(text, countyCommandLine([...schools, ...["0名册.csv", "价目.csv"].map((name) => join(path, name))], { day, county: own }));
  await page.context().close();
});
