// What comes into the county view, whatever it is and however it comes: read as on the command line, or named.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";

import { launch, open, openFile, PATIENCE, root, serve, setDay, single } from "./browser.mjs";
import { countyCommandLine, samples, templateCommandLine } from "./cases.mjs";
import { about, atCounty, choose, day, folder, gb18030, own, paths, report, school, zip } from "./counties.mjs";
import { rest } from "./rest.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** How a folder's settings begin on a Mac. */
const finder = Buffer.from("\0\0\0\x01Bud1");

/** Drops a tree of files so many times as a browser hands it over: folders that answer at most a hundred entries a call. */
function drop(page, tree, times = 1) {
  return page.evaluate(([tree, times]) => {
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
    for (let time = 0; time < times; time += 1) document.querySelector("main").dispatchEvent(event);
  }, [tree, times]);
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

test("a dropped folder of more than a hundred entries is read to its end, in whatever order they come", async () => {
  const files = Array.from({ length: 230 }, (_, number) => [`s${number}.json`, Buffer.from(JSON.stringify(school(number % 200)))]);
  // The lock of a file that is not there was copied in its place, and is named; that of one beside it is not.
  files.push([".DS_Store", finder], ["~$s0.json", Buffer.from("x")], ["~$a.xlsx", Buffer.from("x")]);
  const path = folder(files);
  const expected = countyCommandLine([path], about);
  const encoded = files.map(([name, content]) => [name, content.toString("base64")]);
  for (const order of [encoded, encoded.toReversed()]) {
    const page = await atCounty(browser);
    await drop(page, [["收表", order]]);
    await page.locator("#headline").waitFor();
    assert.equal(await report(page), expected);
    const { identical, unreadable } = JSON.parse(expected).schools;
    assert.equal(identical.length, 30);
    assert.deepEqual(unreadable.map(({ name }) => name), ["~$a.xlsx"]);
    await page.context().close();
  }
});

test("what is dropped twice at once is read once more, and the reading that was given up asks for nothing", async () => {
  const files = [0, 1, 2].map((number) => [`s${number}.json`, Buffer.from(JSON.stringify(school(number)))]);
  const page = await atCounty(browser);
  // What a reading needs is there, and a worker for it is not.
  const encoded = files.map(([name, content]) => [name, content.toString("base64")]);
  await drop(page, [["收表", encoded.slice(0, 1)]]);
  await page.locator("#headline").waitFor();
  await drop(page, [["收表", encoded]], 2);
  await rest(page);
  await page.locator("#headline").waitFor();
  assert.equal(await report(page), countyCommandLine([folder(files)], about));
  await page.context().close();
});

test("what systems leave is accounted for as the command line does: in folders, in archives, and chosen by itself", async () => {
  const bytes = Buffer.from(JSON.stringify(school(1)));
  const left = [["Thumbs.db", Buffer.from("x")], ["乡/.DS_Store", Buffer.from("x")], ["乡/~$南街.xlsx", Buffer.from("x")], ["__MACOSX/~$东街.xlsx", Buffer.from("x")]];
  for (const files of [
    [["a.json", bytes], ...left, ["收表.zip", zip([["b.json", Buffer.from(JSON.stringify(school(2)))], ...left])]],
    [["~$a.xlsx", Buffer.from("x")], ["收表.zip", zip([["Thumbs.db", Buffer.from("x")]])]],
  ]) {
    const path = folder(files);
    const page = await atCounty(browser);
    await drop(page, [["收表", tree(files)]]);
    await page.locator("#headline").waitFor();
    const expected = countyCommandLine([path], about);
    assert.equal(await report(page), expected);
    assert.ok(JSON.parse(expected).schools.unreadable.some(({ name }) => name.includes("~$")), expected);
    await page.context().close();
  }
  // What a person chooses by itself is meant.
  const path = join(folder([[".表.json", bytes]]), ".表.json");
  const page = await atCounty(browser);
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
  const page = await atCounty(browser);
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
    const page = await atCounty(browser);
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
    const page = await atCounty(browser, url);
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
  const page = await atCounty(browser);
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
  const page = await atCounty(browser);
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
  const page = await atCounty(browser, single, { context });
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
  const page = await atCounty(browser, single, { context });
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
