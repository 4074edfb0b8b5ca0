// The package as whoever installed it calls it, in Node.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import vm from "node:vm";
import { Worker } from "node:worker_threads";

import { BulouError, DayError, DocumentError, ModuleError, NoDocumentsError, Pack, PackError, provide, today, UnfitError } from "bulou";

const { BULOU, ROOT } = process.env;
const SAMPLES = ["北关小学-有问题.json", "南街小学.json", "县幼儿园-未填完.json"];
const bytes = (name) => readFileSync(join(ROOT, "tests/samples", name));
const asOf = "2022-06-28";
const DEMO = `规则集 demo "演示" { 版本 1 }
来源 文 外部 "文"
数据 学校 { 保安人数: 整数 范围 0 至 100 备注: 文本? }
规则 保安 "有保安" { 依据 文 要求 保安人数 >= 1 不符 "没有保安" }`;

/** What the native program prints of a sample. */
function printed(name, ...more) {
  const { stdout, error } = spawnSync(BULOU, ["check", join("tests/samples", name), "--as-of", asOf, ...more], { cwd: ROOT });
  assert.ifError(error);
  return stdout.toString();
}

test("reports are those of the command line, byte for byte", async () => {
  for (const workbooks of [false, true]) {
    const pack = await Pack.load({ workbooks });
    for (const name of SAMPLES) {
      const report = pack.check(bytes(name), { name, asOf });
      assert.equal(report.json(), printed(name, "--format", "json"));
      assert.equal(report.ndjson(), printed(name, "--format", "ndjson"));
      assert.equal(report.text(), printed(name));
      assert.deepEqual(JSON.parse(JSON.stringify(report)), JSON.parse(report.json()));
      assert.equal(report.passed, false);
    }
    const english = pack.check(bytes(SAMPLES[0]), { name: SAMPLES[0], asOf, lang: "en" });
    assert.equal(english.text(), printed(SAMPLES[0], "--lang", "en"));
  }
});

test("a pack of texts, of a folder and the one that comes along are one", async () => {
  const [own, folder] = [await Pack.load(), await Pack.load(join(ROOT, "rules/campus-safety"))];
  assert.equal(folder.sha256, own.sha256);
  assert.equal(folder.check(bytes(SAMPLES[0]), { name: "a", asOf }).json(), own.check(bytes(SAMPLES[0]), { name: "a", asOf }).json());
  assert.equal(own.id, "campus-safety");
  assert.ok(own.rules.length > 50);
  const demo = await Pack.fromFiles({ "demo.bulou": DEMO }, { lang: "en" });
  assert.equal(demo.check({ 规则集: "demo", 保安人数: 2 }).passed, true);
  assert.equal(demo.check({ 规则集: "demo", 保安人数: 2n, 备注: null }).passed, true);
  const failed = demo.check({ 规则集: "demo", 保安人数: 0 });
  assert.deepEqual([failed.verdict, failed.findings[0].rule, failed.findings[0].message], ["fail", "保安", "没有保安"]);
  // Two packs at once: each judges by its own rules.
  assert.notEqual(own.check({ 规则集: "demo", 保安人数: 2 }).verdict, "pass");
});

test("what is no document is refused by its type, and never a pass", async () => {
  const pack = await Pack.fromFiles({ "demo.bulou": DEMO });
  const round = { 保安人数: 2 };
  round.备注 = round;
  let deep = {};
  for (let depth = 0; depth < 5000; depth++) deep = { 备注: deep };
  const refused = [
    ["type", undefined], ["type", null], ["type", NaN], ["type", 3], ["type", 3n], ["type", true], ["type", Symbol("x")], ["type", () => ({})], ["type", new Date()],
    ["type", new Map([["保安人数", 2]])], ["type", new Set()], ["type", []], ["type", [{ 保安人数: 2 }]], ["type", Promise.resolve({})], ["type", new Blob(["{}"])], ["type", new (class A {})()],
    ["type", new String("{}")], ["type", /x/], ["type", new Error("x")], ["type", new URL("file:///a.json")], ["path", "学校.json"], ["path", "a/b.xlsx"], ["surrogate", '{"a":"\ud800"}'],
    ["undefined", { 保安人数: 2, 备注: undefined }], ["undefined", { 备注: [,] }], ["nan", { 保安人数: NaN }], ["nan", { 保安人数: Infinity }], ["type", { 保安人数: new Date() }],
    ["type", { 备注: new Map() }], ["type", { 备注: Symbol("x") }], ["type", { 备注: () => 1 }], ["type", { 保安人数: Object(2) }], ["key", { [Symbol("x")]: 1 }],
    ["surrogate", { 备注: "\udc00" }], ["surrogate", { "\ud800": 1 }], ["deep", round], ["deep", deep],
  ];
  for (const [code, document] of refused) {
    assert.throws(() => pack.check(document), (error) => error instanceof DocumentError && error.code === code && error.zh !== "" && error.en !== "" && error.zh !== error.en, code);
    const [report] = pack.checkMany([document], { lang: "en" });
    assert.deepEqual([report.verdict, report.structure[0].code, report.name ?? report.document.name], ["undetermined", "D024", "documents[0]"]);
    assert.match(report.text(), /documents\[0\] · D024/);
  }
  assert.throws(() => pack.check({ 保安人数: NaN }), /`\/保安人数`/);
  const broken = new Error("mine");
  assert.throws(() => pack.check({ get 保安人数() { throw broken; } }), broken);
  // An object of another realm is as plain as one of this.
  assert.equal(pack.check(vm.runInNewContext("({ 规则集: 'demo', 保安人数: 2 })")).passed, true);
});

test("what is a document and cannot be read has a report that says so", async () => {
  for (const workbooks of [false, true]) {
    const pack = await Pack.load({ workbooks });
    const unread = ["", "{", "no JSON", "[]", "null", "{}", new Uint8Array(), Buffer.from([0xff, 0xfe, 0x00]), new ArrayBuffer(3), new DataView(new ArrayBuffer(2)), "\u0000", '{"学校":1}', '{"学校":{},"学校":{}}'];
    for (const document of unread) {
      const report = pack.check(document, { asOf });
      assert.notEqual(report.verdict, "pass");
      assert.notEqual(report.structure.length, 0);
    }
    const huge = pack.check(new Uint8Array((256 << 20) + 1), { asOf, lang: "en" });
    assert.deepEqual([huge.verdict, huge.structure[0].code], ["undetermined", "D024"]);
  }
  const pack = await Pack.load({ workbooks: true });
  const workbook = (name) => pack.check(readFileSync(join(ROOT, "tests/workbooks", name)), { name, asOf });
  const { stdout } = spawnSync(BULOU, ["check", "deadline.xlsx", "--as-of", asOf, "--format", "json"], { cwd: join(ROOT, "tests/workbooks") });
  assert.equal(workbook("deadline.xlsx").json(), stdout.toString());
  const damaged = workbook("boundless.xls");
  assert.deepEqual([damaged.verdict, damaged.structure[0].code], ["undetermined", "D024"]);
  // The module is as good as before.
  assert.equal(workbook("deadline.xlsx").json(), stdout.toString());
  const plain = await Pack.load();
  assert.throws(() => plain.check(readFileSync(join(ROOT, "tests/workbooks/deadline.xlsx"))), (error) => error instanceof DocumentError && error.code === "workbook");
});

test("a report is neither true nor false, and nobody makes a pass of it", async () => {
  const report = (await Pack.load()).check("{}", { asOf });
  assert.throws(() => report == true, TypeError);
  assert.throws(() => `${report}`, TypeError);
  assert.throws(() => report + 1, TypeError);
  assert.throws(() => { report.verdict = "pass"; }, TypeError);
  assert.throws(() => { report.passed = true; }, TypeError);
  assert.throws(() => { report.counts.fail = 0; }, TypeError);
  assert.equal(report.passed, false);
});

test("several documents keep their order, and none is no success", async () => {
  const pack = await Pack.load();
  const reports = pack.checkMany(SAMPLES.map(bytes), { names: SAMPLES, asOf });
  assert.deepEqual(reports.map(({ document }) => document.name), SAMPLES);
  assert.deepEqual(reports.map(({ verdict }) => verdict), SAMPLES.map((name) => pack.check(bytes(name), { asOf }).verdict));
  assert.throws(() => pack.checkMany([]), NoDocumentsError);
  for (const one of ["{}", {}, bytes(SAMPLES[0]), undefined, null, 3]) assert.throws(() => pack.checkMany(one), DocumentError);
  for (const names of [[], ["a", "b"], [3], [undefined]]) assert.throws(() => pack.checkMany(["{}"], { names }), UnfitError);
});

test("settings that do not fit are refused before anything is checked", async () => {
  const pack = await Pack.load();
  for (const day of ["", "2022-02-30", "2022-6-1", "today", "20220628", "2022-06-28T00:00:00Z", null, new Date(), 20220628]) assert.throws(() => pack.checker({ asOf: day }), DayError, String(day));
  const unfit = [{ params: { 没有: 3 } }, { params: { 每日巡查下限: "x" } }, { params: { 每日巡查下限: NaN } }, { params: { 每日巡查下限: 1.5 } }, { params: { 每日巡查下限: undefined } }, { params: [] },
    { params: new Map() }, { waivers: [{}] }, { waivers: [3] }, { waivers: 3 }, { waivers: "x" }, { as_of: asOf }, { asof: asOf }];
  for (const settings of unfit) assert.throws(() => pack.check("{}", settings), UnfitError, JSON.stringify(settings));
  for (const lang of ["fr", "", null, 3]) assert.throws(() => pack.check("{}", { lang }), BulouError);
  assert.throws(() => pack.check("{}", { name: 3 }), UnfitError);
  assert.equal(pack.check(bytes(SAMPLES[1]), { asOf, params: { 每日巡查下限: 5 } }).params.每日巡查下限, "5");
  assert.match(today(), /^\d{4}-\d\d-\d\d$/);
  assert.equal(pack.check("{}").as_of, today());
});

test("packs that are none are refused, with everything that is wrong", async () => {
  await assert.rejects(Pack.fromFiles({ "a.bulou": "规则 r" }), (error) => {
    assert.ok(error instanceof PackError);
    assert.ok(error.diagnostics.some(({ code }) => code === error.code));
    assert.equal(error.diagnostics.length, error.diagnosticsEn.length);
    assert.notEqual(error.zh, error.en);
    return true;
  });
  for (const files of [undefined, null, {}, [], "规则", { "a.bulou": 3 }, { "a.bulou": null }, { "a.bulou": new Uint8Array([0xff]) }, new Map()]) await assert.rejects(Pack.fromFiles(files), UnfitError);
  for (const folder of ["没有", join(ROOT, "README.md"), join(ROOT, "tests/samples"), 3, []]) await assert.rejects(Pack.load(folder), UnfitError);
  await assert.rejects(Pack.load({ lang: "fr" }), BulouError);
});

test("a pack that was freed answers nothing", async () => {
  const pack = await Pack.load();
  const [checker, report] = [pack.checker({ asOf }), pack.check("{}", { asOf })];
  pack.free();
  pack.free();
  const freed = (error) => error instanceof UnfitError && error.code === "freed";
  assert.throws(() => pack.check("{}"), freed);
  assert.throws(() => checker.check("{}"), freed);
  assert.throws(() => checker.checkMany(["{}"]), freed);
  assert.throws(() => report.text(), freed);
  await assert.rejects(pack.county(), freed);
  assert.equal(report.passed, false);
});

test("counties: order and splits change nothing, and what cannot be read is named", async () => {
  const pack = await Pack.load();
  const roster = { 名册: [{ 标识码: "2141000345", 名称: "南街小学" }] };
  const [one, two, other] = [await pack.county({ asOf }), await pack.county({ asOf }), await pack.county({ asOf })];
  assert.equal(one.addMany([...SAMPLES.map(bytes), null, "{"], { names: [...SAMPLES, "无", "坏"] }), 5);
  assert.notEqual(other.add("{", { name: "坏" }).verdict, "pass");
  other.addMany([bytes(SAMPLES[2]), null], { names: [SAMPLES[2], "无"] });
  two.add(bytes(SAMPLES[1]), { name: SAMPLES[1] });
  two.merge(other.partial());
  two.merge(other.partial());
  two.add(bytes(SAMPLES[0]), { name: SAMPLES[0] });
  const [report, split] = [one.report(roster), two.report(roster)];
  assert.equal(report.json(), split.json());
  assert.deepEqual(report.schools.unreadable.map(({ name }) => name).sort(), ["坏", "无"]);
  assert.equal(report.passed, false);
  assert.throws(() => report == false, TypeError);
  assert.match(report.csv(), /南街小学/);
  assert.match(report.text(), /campus-safety/);
  assert.throws(() => one.addMany([]), NoDocumentsError);
  assert.throws(() => one.merge("{}"), UnfitError);
  for (const nothing of [undefined, null, []]) assert.throws(() => one.report(nothing), DocumentError);
  assert.throws(() => one.report(roster, { earlier: "{}" }), BulouError);
  assert.equal(one.report(roster, { earlier: report.json() }).verdict, report.verdict);
  assert.equal((await pack.county({ asOf })).report({}).passed, false);
});

test("a thread of its own, and the package loaded twice", async () => {
  const code = `import("bulou").then(async ({ Pack }) => { const { parentPort } = await import("node:worker_threads");
    parentPort.postMessage((await Pack.load()).check("{}", { asOf: "${asOf}" }).json()); })`;
  const answer = await new Promise((resolve, reject) => new Worker(code, { eval: true }).once("message", resolve).once("error", reject));
  const expected = (await Pack.load()).check("{}", { asOf }).json();
  assert.equal(answer, expected);
  const again = await import(`${import.meta.resolve("bulou")}?again`);
  assert.equal((await again.Pack.load()).check("{}", { asOf }).json(), expected);
  const packs = await Promise.all(Array.from({ length: 5 }, () => Pack.load()));
  assert.deepEqual(new Set(packs.map((pack) => pack.check("{}", { asOf }).json())).size, 1);
});

test("a module that cannot be had is said, and may be asked for again", async () => {
  const code = `
    import { ModuleError, Pack, provide } from "bulou";
    const failed = async (source) => { provide({ checker: source }); try { await Pack.load(); return "loaded"; } catch (error) { return error instanceof ModuleError && error.zh !== error.en ? error.code : String(error); } };
    const html = () => Promise.resolve(new Response("<!doctype html>"));
    console.log(JSON.stringify([await failed("http://127.0.0.1:1/none.wasm"), await failed(html()), await failed(new Response("", { status: 404 })), await failed(new Uint8Array([0, 97, 115, 109])),
      await failed(undefined), await failed((await import("node:fs")).readFileSync(process.argv[1]))]));
    try { provide({ checker: "x" }); } catch (error) { console.log(error.code); }
    try { provide({ other: "x" }); } catch (error) { console.log(error.code); }`;
  const wasm = new URL("wasm/checker_bg.wasm", import.meta.resolve("bulou/package.json"));
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code, wasm.pathname], { cwd: import.meta.dirname });
  assert.deepEqual(stdout.toString().trim().split("\n"), ['["module","module","module","module","module","loaded"]', "module", "module"], stderr.toString());
  assert.throws(() => provide({ checker: "late" }), ModuleError);
});
