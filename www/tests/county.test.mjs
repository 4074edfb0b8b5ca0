// The county view: the command line's numbers, whatever comes in and however it comes.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";

import { downloaded, launch, open, openFile, PATIENCE, root, serve, setDay, single, tryRules, until } from "./browser.mjs";
import { commandLine, countyCommandLine, samples, templateCommandLine } from "./cases.mjs";
import { day, folder, gb18030, MIXED, mixed, own, pack, school, zip } from "./counties.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

const about = { day, county: own };
/** How a folder's settings begin on a Mac. */
const finder = Buffer.from("\0\0\0\x01Bud1");
const paths = samples.map(({ name }) => join(root, "tests/samples", name));

async function begun(url = single, options = {}) {
  const page = await open(browser, url + "#/county", options);
  await setDay(page, day);
  await page.locator("[data-pick=own]").setInputFiles(own);
  return page;
}

/** Chooses files or a folder, and waits for the report. */
async function choose(page, what, box = "files") {
  await page.locator(`[data-pick=${box}]`).setInputFiles(what);
  await page.locator("#headline").waitFor();
}

const report = async (page) => (await downloaded(page, "报告 JSON")).text;

/** Drops a tree of files as a browser hands it over: folders that answer at most a hundred entries a call. */
function drop(page, tree) {
  return page.evaluate((tree) => {
    const entry = (name, content, path) => {
      const fullPath = `${path}/${name}`;
      if (!Array.isArray(content)) {
        const bytes = Uint8Array.from(atob(content), (char) => char.charCodeAt(0));
        return { isFile: true, isDirectory: false, name, fullPath, file: (found) => found(new File([bytes], name, { lastModified: 1 })) };
      }
      const createReader = () => {
        const left = content.map(([inner, value]) => entry(inner, value, fullPath));
        return { readEntries: (found) => setTimeout(() => found(left.splice(0, 100))) };
      };
      return { isFile: false, isDirectory: true, name, fullPath, createReader };
    };
    const items = tree.map(([name, content]) => ({ kind: "file", webkitGetAsEntry: () => entry(name, content, "") }));
    const event = new Event("drop", { bubbles: true, cancelable: true });
    Object.defineProperty(event, "dataTransfer", { value: { items, files: [] } });
    document.querySelector("main").dispatchEvent(event);
  }, tree);
}

/** Files by path as a tree for `drop`. */
function tree(files) {
  const all = new Map();
  for (const [path, content] of files) {
    const [name, ...rest] = path.split("/");
    if (rest.length === 0) all.set(name, content.toString("base64"));
    else all.set(name, [...(all.get(name) ?? []), [rest.join("/"), content]]);
  }
  return [...all].map(([name, content]) => [name, Array.isArray(content) ? tree(content) : content]);
}

test("350 mixed files: the page's county is the command line's, byte for byte, and all are accounted for", async () => {
  const path = folder(mixed());
  const page = await begun();
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

test("a dropped folder of more than a hundred entries is read to its end, in whatever order they come", async () => {
  const files = Array.from({ length: 230 }, (_, number) => [`s${number}.json`, Buffer.from(JSON.stringify(school(number % 200)))]);
  // The lock of a file that is not there was copied in its place, and is named; that of one beside it is not.
  files.push([".DS_Store", finder], ["~$s0.json", Buffer.from("x")], ["~$a.xlsx", Buffer.from("x")]);
  const path = folder(files);
  const expected = countyCommandLine([path], about);
  const encoded = files.map(([name, content]) => [name, content.toString("base64")]);
  for (const order of [encoded, encoded.toReversed()]) {
    const page = await begun();
    await drop(page, [["收表", order]]);
    await page.locator("#headline").waitFor();
    assert.equal(await report(page), expected);
    const { identical, unreadable } = JSON.parse(expected).schools;
    assert.equal(identical.length, 30);
    assert.deepEqual(unreadable.map(({ name }) => name), ["~$a.xlsx"]);
    await page.context().close();
  }
});

test("what systems leave is accounted for as the command line does: in folders, in archives, and chosen by itself", async () => {
  const bytes = Buffer.from(JSON.stringify(school(1)));
  const left = [["Thumbs.db", Buffer.from("x")], ["乡/.DS_Store", Buffer.from("x")], ["乡/~$南街.xlsx", Buffer.from("x")], ["__MACOSX/~$东街.xlsx", Buffer.from("x")]];
  for (const files of [
    [["a.json", bytes], ...left, ["收表.zip", zip([["b.json", Buffer.from(JSON.stringify(school(2)))], ...left])]],
    [["~$a.xlsx", Buffer.from("x")], ["收表.zip", zip([["Thumbs.db", Buffer.from("x")]])]],
  ]) {
    const path = folder(files);
    const page = await begun();
    await drop(page, [["收表", tree(files)]]);
    await page.locator("#headline").waitFor();
    const expected = countyCommandLine([path], about);
    assert.equal(await report(page), expected);
    assert.ok(JSON.parse(expected).schools.unreadable.some(({ name }) => name.includes("~$")), expected);
    await page.context().close();
  }
  // What a person chooses by itself is meant.
  const path = join(folder([[".表.json", bytes]]), ".表.json");
  const page = await begun();
  await choose(page, path);
  assert.equal(await report(page), countyCommandLine([path], about));
  await page.context().close();
});

test("a workbook of the county's own data is taken as the command line takes it, dropped with the schools' files or chosen", async () => {
  const schools = [0, 1, 2].map((number) => [`s${number}.json`, Buffer.from(JSON.stringify(school(number)))]);
  const workbook = templateCommandLine({ name: "全县.json", bytes: readFileSync(own) }, { county: true });
  const sent = [...schools, ["s3.xlsx", templateCommandLine({ name: "s3.json", bytes: Buffer.from(JSON.stringify(school(3))) })]];
  const path = folder([...sent, ["全县.xlsx", workbook]]);
  const expected = countyCommandLine([path], { day, county: join(path, "全县.xlsx") });
  assert.equal(JSON.parse(expected).by_school.length, 4);
  const page = await open(browser, single + "#/county");
  await setDay(page, day);
  await drop(page, [["收表", tree([...sent, ["全县.xlsx", workbook]])]]);
  await page.locator("#headline").waitFor();
  assert.equal(await report(page), expected);
  await page.getByText("全县数据:全县.xlsx").waitFor();
  await page.getByRole("heading", { name: "各乡镇" }).waitFor();
  await page.getByRole("button", { name: "清空" }).click();
  await page.locator("[data-pick=own]").setInputFiles(join(path, "全县.xlsx"));
  await choose(page, path, "folder");
  assert.equal(await report(page), expected);
  // Of one that is damaged the report says so, and judges no county rule by it.
  const damaged = join(folder([["坏.xlsx", workbook.subarray(0, 3000)]]), "坏.xlsx");
  await page.locator("[data-pick=own]").setInputFiles(damaged);
  await page.getByText("全县数据:坏.xlsx").waitFor();
  const without = countyCommandLine([path], { day, county: damaged });
  assert.equal(await report(page), without);
  await page.getByText(JSON.parse(without).structure[0].message).waitFor();
  await page.context().close();
});

test("a roster in CSV is the command line's, in whatever encoding, and beside a broken one nothing is judged in silence", async () => {
  const text = readFileSync(join(root, "tests/county/学校名册.csv"), "utf8").replace("\uFEFF", "");
  const made = folder([
    ["国标/学校名册.csv", gb18030(text)],
    ["名册.CSV", Buffer.from(`\uFEFF${text.replaceAll(",", ";")}`)],
    ["引号/学校名册.csv", Buffer.from(text.replace(/([^\n]+)\n?$/, '"$1'))],
    ["空/学校名册.csv", Buffer.from("")],
  ]);
  const page = await open(browser, single + "#/county");
  await setDay(page, day);
  for (const one of [join(root, "tests/county/学校名册.csv"), ...readdirSync(made, { recursive: true }).filter((name) => /\.csv$/i.test(name)).map((name) => join(made, name))]) {
    await page.locator("[data-pick=own]").setInputFiles(one);
    await page.getByText(`全县数据:${basename(one)}`).waitFor();
    await choose(page, paths);
    assert.equal(await report(page), countyCommandLine(paths, { day, county: one }), one);
    await page.getByRole("button", { name: "清空" }).click();
  }
  await page.context().close();
});

test("every file that was chosen is accounted for by name: those that a system left folded, and the file of a school that is not on the roster", async () => {
  const ini = Buffer.from("[.ShellClassInfo]\r\nIconResource=x\r\n");
  const thumbs = Buffer.from("d0cf11e0a1b11ae1", "hex");
  const sent = [0, 1, 2].map((number) => [`乡/第${number}份.json`, Buffer.from(JSON.stringify(school(number)))]);
  const left = [[".DS_Store", finder], ["乡/desktop.ini", ini], ["乡/Thumbs.db", thumbs], ["乡/~$第0份.json", Buffer.from("x")]];
  const zipped = [["包里.json", Buffer.from(JSON.stringify(school(3)))], [".DS_Store", finder], ["__MACOSX/._包里.json", Buffer.from([0, 5, 0x16, 7, 0])]];
  const page = await begun();
  await drop(page, [["收表", tree([...sent, ...left, ["收表.zip", zip(zipped)], ["坏.json", Buffer.from("{")]])]]);
  await page.locator("#headline").waitFor();
  await page.getByText("系统留下的文件 6 个,没有读。").waitFor();
  const list = page.locator("details", { has: page.locator("summary", { hasText: /^系统留下的文件\(没有读\) 6 个$/ }) });
  assert.equal(await list.evaluate((one) => one.open), false);
  await list.locator("summary").click();
  assert.deepEqual((await list.locator("tbody td").allInnerTexts()).sort(), [...left.map(([name]) => name), "收表.zip/.DS_Store", "收表.zip/__MACOSX/._包里.json"].sort());
  // Together with the lists of the others each name stands somewhere.
  for (const details of await page.locator("section[aria-labelledby=intake] details").all()) await details.evaluate((one) => (one.open = true));
  const words = await page.locator("section[aria-labelledby=intake]").innerText();
  for (const [name] of [...left, ...sent, ["收表.zip/包里.json"], ["坏.json"]]) assert.ok(words.includes(name), `${name}: ${words}`);
  await page.getByRole("button", { name: "清空" }).click();
  await choose(page, join(folder([["独.json", sent[0][1]]]), "独.json"));
  await page.locator("#headline").waitFor();
  assert.equal(await page.locator("summary", { hasText: "系统留下的文件" }).count(), 0);
  await page.context().close();
});

test("a folder in which there is nothing to check says so", async () => {
  // A compound file, as Windows leaves it; what is only called so is a file that was sent.
  const thumbs = Buffer.from("d0cf11e0a1b11ae1", "hex").toString("base64");
  for (const [files, words] of [[[], /里面没有文件/], [[["Thumbs.db", thumbs], [".DS_Store", finder.toString("base64")]], /选的 2 个文件里没有可以核对的/]]) {
    const page = await begun();
    await drop(page, [["空", files]]);
    await page.locator("[role=status]", { hasText: words }).waitFor();
    await page.context().close();
  }
});

test("a folder that is really dropped is read, on the single file and on the hosted page", async () => {
  const files = Array.from({ length: 130 }, (_, number) => [`${number % 2 ? "城关镇/" : ""}s${number}.json`, Buffer.from(JSON.stringify(school(number)))]);
  const path = folder([...files, ["收表.zip", zip([["乡/z.json", Buffer.from(JSON.stringify(school(200)))]])]]);
  const server = await serve();
  for (const url of [single, server.url]) {
    const page = await begun(url);
    const cdp = await page.context().newCDPSession(page);
    const data = { items: [], files: [path], dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"]) await cdp.send("Input.dispatchDragEvent", { type, x: 300, y: 300, data });
    await page.locator("#headline").waitFor();
    assert.equal(await report(page), countyCommandLine([path], about), url);
    await page.context().close();
  }
  await server.close();
});

test("a folder that the browser will not open is named, and the other files count", async () => {
  const page = await begun();
  await page.evaluate((text) => {
    const shut = { isFile: false, isDirectory: true, name: "东乡", createReader: () => ({ readEntries: (_, failed) => failed(new Error("shut")) }) };
    const file = { isFile: true, isDirectory: false, name: "a.json", file: (found) => found(new File([text], "a.json")) };
    const event = new Event("drop", { bubbles: true, cancelable: true });
    const items = [shut, file].map((entry) => ({ kind: "file", webkitGetAsEntry: () => entry }));
    Object.defineProperty(event, "dataTransfer", { value: { items, files: [] } });
    document.querySelector("main").dispatchEvent(event);
  }, JSON.stringify(school(1)));
  await page.locator("#headline").waitFor();
  const { by_school, schools } = JSON.parse(await report(page));
  assert.equal(by_school.length, 1);
  assert.deepEqual(schools.unreadable.map(({ name }) => name), ["东乡"]);
  await page.context().close();
});

test("a workbook that a school filled in counts as its document", async () => {
  const path = folder([["甲.xlsx", templateCommandLine(samples[0])]]);
  const page = await begun();
  await choose(page, path, "folder");
  const expected = countyCommandLine([path], about);
  assert.equal(JSON.parse(expected).by_school.length, 1);
  assert.equal(await report(page), expected);
  await page.getByRole("grid").getByRole("link").first().click();
  await page.locator("#verdict").waitFor();
  await page.context().close();
});

test("the county's own document is found among what is dropped, and is no school's", async () => {
  const page = await open(browser, single + "#/county");
  await setDay(page, day);
  const files = [...paths, own].map((path) => [basename(path), readFileSync(path).toString("base64")]);
  await drop(page, [["全部", files]]);
  await page.getByText("全县数据:全县.json").waitFor();
  assert.equal(await page.locator("#headline").innerText(), "交表 3/5 所,缺 2 所");
  assert.equal(await report(page), countyCommandLine(paths, about));
  await page.getByRole("button", { name: "清空" }).click();
  await choose(page, paths);
  await page.getByText(/还没有全县数据/).waitFor();
  assert.equal(await page.locator("#headline").innerText(), "交表 3 所(没有名册)");
  await page.context().close();
});

/** Has a script run in the page's workers before their own, which is a Blob of the page. */
function inWorkers(context, script) {
  return context.addInitScript((script) => {
    window.Blob = class extends Blob {
      constructor(parts, options) {
        super(options?.type?.includes("javascript") ? [script, ...parts] : parts, options);
      }
    };
  }, script);
}

test("the reading stops at once, and half a county is no report", async () => {
  const context = await browser.newContext({ locale: "zh-CN", acceptDownloads: true });
  // Every step is told of; and with the third slice of a file the worker is busy for ever.
  await inWorkers(context, `let now = 0; performance.now = () => (now += 1000);
    let slices = 0; const read = Blob.prototype.arrayBuffer;
    Blob.prototype.arrayBuffer = function () { if (this.size > 1e5 && ++slices > 2) for (;;); return read.call(this); };`);
  const page = await begun(single, { context });
  await page.evaluate((text) => {
    const box = document.querySelector("[data-pick=files]");
    const transfer = new DataTransfer();
    transfer.items.add(new File(Array(2000).fill(text), "all.ndjson"));
    box.files = transfer.files;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }, JSON.stringify(school(1)) + "\n");
  await page.getByText(/已读 0\/1 个文件,[1-9]\d* 份/).waitFor();
  const ended = page.workers().at(-1).waitForEvent("close", { timeout: PATIENCE });
  // At once: before anything else happens, whatever the worker is at.
  const left = await page.evaluate(async () => {
    [...document.querySelectorAll("button")].find((button) => button.textContent === "停止").click();
    await Promise.resolve();
    return document.querySelectorAll("progress").length;
  });
  assert.equal(left, 0);
  await page.getByText(/已停止,没有出报告/).waitFor();
  await ended;
  assert.equal(await page.locator("#headline").count(), 0);
  await page.getByRole("button", { name: "清空" }).click();
  await page.locator("[data-pick=own]").setInputFiles(own);
  await choose(page, paths);
  assert.equal(await report(page), countyCommandLine(paths, about));
  await context.close();
});

test("lines are read in slices: no more than a megabyte of a file is asked for at a time", async () => {
  const context = await browser.newContext({ locale: "zh-CN", acceptDownloads: true });
  await inWorkers(context, `self.asked = []; const read = Blob.prototype.arrayBuffer;
    Blob.prototype.arrayBuffer = function () { self.asked.push(this.size); return read.call(this); };`);
  const page = await begun(single, { context });
  const lines = Array.from({ length: 600 }, (_, number) => JSON.stringify(school(number)));
  // Longer than a slice, blank, and without an end.
  lines.splice(300, 0, JSON.stringify({ ...school(9000), 备注: "长".repeat(1 << 20) }), " \t", "");
  const path = folder([["各校.ndjson", Buffer.from(lines.join("\r\n"))]]);
  await choose(page, join(path, "各校.ndjson"));
  const expected = countyCommandLine([join(path, "各校.ndjson")], about);
  assert.equal(await report(page), expected);
  assert.equal(JSON.parse(expected).by_school.length, 601);
  const asked = (await Promise.all(page.workers().map((worker) => worker.evaluate(() => self.asked)))).flat();
  const size = readFileSync(join(path, "各校.ndjson")).length;
  assert.ok(asked.reduce((sum, one) => sum + one, 0) >= size, "every byte was read under watch");
  assert.ok(Math.max(...asked) <= 1 << 20);
  await context.close();
});

test("one school's report is the command line's, from a file, an archive and a line, and the way back leads to its row", async () => {
  const [first, second, third] = samples;
  const archive = zip([["乡/b.json", second.bytes]]);
  const line = Buffer.concat([Buffer.from("\n"), Buffer.from(JSON.stringify(JSON.parse(third.bytes))), Buffer.from("\r\n")]);
  const path = folder([[first.name, first.bytes], ["收表.zip", archive], ["其他.ndjson", line]]);
  const page = await begun();
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
  const page = await begun();
  await choose(page, path, "folder");
  writeFileSync(join(path, samples[0].name), "{}");
  await page.getByRole("grid").getByRole("link").first().click();
  await page.getByRole("alert").getByText(/可能被移走、改动/).waitFor();
  await page.context().close();
});

test("by keyboard: the arrow keys move in the matrix, Enter opens the school at the group", async () => {
  const page = await begun();
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
  const page = await begun();
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
  const page = await begun();
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
  const page = await begun();
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
  const page = await begun(single, { context });
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

test("what is dropped on another view is still opened as a school's document", async () => {
  const page = await open(browser, single);
  await openFile(page, samples[0].name, samples[0].bytes);
  await page.goto(single + "#/county");
  await page.getByRole("heading", { name: "全县汇总" }).waitFor();
  await page.goto(single + "#/");
  await page.evaluate((text) => {
    const event = new Event("drop", { bubbles: true, cancelable: true });
    Object.defineProperty(event, "dataTransfer", { value: { files: [new File([text], "x.json")], items: [] } });
    document.querySelector("main").dispatchEvent(event);
  }, samples[1].bytes.toString());
  await page.locator("[data-landing]").waitFor();
  assert.match(page.url(), /#\/report\?draft=/);
  await page.context().close();
});
