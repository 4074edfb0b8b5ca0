// The command of the package beside the native program: what is printed, where, and the exit code are the same bytes.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const { BULOU, ROOT } = process.env;
const CLI = join(import.meta.dirname ?? process.cwd(), "node_modules/bulou/cli/bulou.js");
const DAY = ["--as-of", "2022-06-28"];

/** A folder of schools with all that goes wrong with folders. */
function schools() {
  const folder = mkdtempSync(join(tmpdir(), "bulou-"));
  mkdirSync(join(folder, "东关 学校"));
  cpSync(join(ROOT, "tests/samples"), join(folder, "东关 学校/中心"), { recursive: true });
  writeFileSync(join(folder, "空.json"), "");
  writeFileSync(join(folder, "坏.json"), "{");
  writeFileSync(join(folder, "gbk.json"), Buffer.from([0x7b, 0x22, 0xd1, 0xa7, 0xd0, 0xa3, 0x22, 0x3a, 0x7b, 0x7d, 0x7d]));
  writeFileSync(join(folder, "行.ndjson"), '{}\n\n{"学校":{"名称":"南街小学"}}\nno JSON\n');
  for (const name of ["deadline.xlsx", "licence.xlsx"]) copyFileSync(join(ROOT, "tests/workbooks", name), join(folder, name));
  copyFileSync(join(ROOT, "tests/containers/infozip.zip"), join(folder, "压缩.zip"));
  writeFileSync(join(folder, "豁免.json"), "[]");
  if (process.platform !== "win32") {
    symlinkSync("东关 学校/中心/南街小学.json", join(folder, "链接.json"));
    symlinkSync("nowhere.json", join(folder, "断.json"));
    symlinkSync("round.json", join(folder, "round.json"));
    assert.equal(spawnSync("mkfifo", [join(folder, "pipe.json")]).status, 0);
  }
  return folder;
}

function answer(program, args, cwd, input) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, input, env: { ...process.env, RUST_BACKTRACE: "0" }, maxBuffer: 1 << 28 });
  assert.ifError(error);
  return { status, stdout: stdout.toString(), stderr: stderr.toString() };
}

const packages = (cwd, words, input = "") => answer(process.execPath, [CLI, ...words], cwd, input);

function both(cwd, words, input = "") {
  return [packages(cwd, words, input), answer(BULOU, words, cwd, input)];
}

function same(cwd, words, input) {
  const [ours, native] = both(cwd, words, input);
  // A comparison of thousands of lines takes minutes to be shown: the first that differs is enough.
  for (const stream of ["stderr", "stdout"]) {
    const [one, other] = [ours[stream].split("\n"), native[stream].split("\n")];
    const line = one.findIndex((text, index) => text !== other[index]);
    assert.equal(one[line], other[line], `bulou ${words.join(" ")}: ${stream}, line ${line + 1}`);
    assert.equal(one.length, other.length, `bulou ${words.join(" ")}: ${stream}`);
  }
  assert.equal(ours.status, native.status, `bulou ${words.join(" ")}`);
  return native;
}

test("checks of files, folders, workbooks and archives, in every format and both languages", () => {
  const folder = schools();
  const everything = same(folder, ["check", ".", ...DAY]);
  assert.equal(everything.status, 2);
  assert.match(everything.stdout, /东关 学校/);
  for (const format of ["json", "ndjson", "csv", "sarif", "junit", "github", "html"]) {
    assert.equal(same(folder, ["check", "东关 学校", ...DAY, "--format", format, "--lang", "en"]).status, 1, format);
  }
  const one = "东关 学校/中心/南街小学.json";
  assert.equal(same(folder, ["check", one, ...DAY]).status, 0);
  assert.equal(same(folder, ["check", join(folder, one), ...DAY, "--quiet"]).status, 0);
  assert.equal(same(join(folder, "东关 学校"), ["check", "../链接.json", "./中心", ...DAY]).status, 1);
  for (const workbook of ["deadline.xlsx", "licence.xlsx", "压缩.zip", "行.ndjson"]) same(folder, ["check", workbook, ...DAY, "--format", "json"]);
  for (const least of ["fail", "pending", "undetermined"]) same(folder, ["check", one, ...DAY, "--fail-on", least]);
  same(folder, ["check", "东关 学校", ...DAY, "--jobs", "4"]);
  same(folder, ["check", one, ...DAY, "--pack", join(ROOT, "rules/campus-safety"), "--param", "每日巡查下限=5"]);
});

test("what is typed wrong, is not there or cannot be read", () => {
  const folder = schools();
  const lines = [[], ["check"], ["check", "没有.json"], ["check", "断.json"], ["check", "round.json"], ["check", "空.json"], ["check", "坏.json"], ["check", "pipe.json"],
    ["check", "gbk.json"], ["check", ""], ["check", "/dev/null"], ["check", "坏.json", "--as-of", "2022-02-30"], ["check", "--nope"], ["nope"], ["check", "坏.json", "--pack", "没有"],
    ["check", "坏.json", "--pack", "坏.json"], ["check", "坏.json", "--param", "没有=3"], ["check", "坏.json", "--waivers", "没有.json"], ["county", "坏.json"],
    ["check", "坏.json", "--county", "没有.json"], ["lint", "."], ["explain", "D999"]];
  for (const line of lines) for (const lang of ["zh", "en"]) assert.equal(same(folder, [...line, "--lang", lang]).status, 2, line.join(" "));
});

test("standard input", () => {
  const document = readFileSync(join(ROOT, "tests/samples/南街小学.json"));
  assert.equal(same(ROOT, ["check", "-", ...DAY], document).status, 0);
  assert.equal(same(ROOT, ["check", "-", ...DAY, "--format", "json"], "").status, 2);
  assert.equal(same(ROOT, ["check", "-", "--ndjson", ...DAY], "{}\n{}\n").status, 2);
});

test("the other commands", () => {
  const county = join(mkdtempSync(join(tmpdir(), "bulou-")), "全县.json");
  writeFileSync(county, '{"名册":[{"标识码":"2141000345","名称":"南街小学"}]}');
  const samples = ["county", "--county", county, "tests/samples", ...DAY];
  for (const more of [[], ["--format", "json"], ["--format", "csv"], ["--partial"]]) same(ROOT, [...samples, ...more]);
  const lines = [["lint"], ["lint", "rules/campus-safety"], ["test"], ["test", "rules/campus-safety"], ["schema"], ["template"], ["explain"], ["explain", "D004", "--lang", "en"], ["--help"],
    ["check", "--help", "--lang", "en"], ["--version"], ["trace", "--format", "json"], ["completions", "bash"], ["fmt", "--check", "rules/campus-safety"]];
  for (const line of lines) assert.equal(same(ROOT, line).status, 0, line.join(" "));
  // A small pack: thousands of mutants take their time.
  const folder = mkdtempSync(join(tmpdir(), "bulou-"));
  const [ours, native] = ["ours", "native"].map((name) => join(folder, name));
  assert.equal(spawnSync(process.execPath, [CLI, "new", ours]).status, 0);
  assert.equal(spawnSync(BULOU, ["new", native]).status, 0);
  same(folder, ["test", "native", "--mutate", "--jobs", "2"]);
  assert.equal(same(folder, ["diff", "ours", "native"]).status, 0);
});

test("what is written is written whole, and over no input", () => {
  const folder = schools();
  const one = "东关 学校/中心/南街小学.json";
  const before = readFileSync(join(folder, one));
  const to = (name) => ["check", one, ...DAY, "--format", "json", "-o", name];
  assert.equal(spawnSync(process.execPath, [CLI, ...to("ours.json")], { cwd: folder }).status, 0);
  assert.equal(spawnSync(BULOU, to("native.json"), { cwd: folder }).status, 0);
  assert.deepEqual(readFileSync(join(folder, "ours.json")), readFileSync(join(folder, "native.json")));
  // Over what is there already.
  assert.equal(same(folder, to("ours.json")).status, 0);
  for (const over of [one, "链接.json", `./东关 学校/../${one}`]) assert.equal(same(folder, to(over)).status, 2, over);
  assert.equal(same(folder, ["check", "链接.json", "-o", one]).status, 2);
  assert.equal(same(folder, to("没有/x.json")).status, 2);
  assert.deepEqual(readFileSync(join(folder, one)), before);
});

test("what needs threads or other programs says so in both languages", () => {
  for (const command of ["lsp", "prove"]) {
    for (const [lang, word] of [["zh", "要用本机的程序"], ["en", "needs the native one"]]) {
      const ours = packages(ROOT, [command, "--lang", lang]);
      assert.equal(ours.status, 2);
      assert.equal(ours.stdout, "");
      assert.ok(ours.stderr.includes(`\`${command}\``) && ours.stderr.includes(word), ours.stderr);
    }
  }
});

test("a workbook that ends its reader costs no other file, and is no pass", () => {
  const folder = mkdtempSync(join(tmpdir(), "bulou-"));
  for (const name of ["boundless.xls", "deadline.xlsx"]) copyFileSync(join(ROOT, "tests/workbooks", name), join(folder, name));
  const [ours, native] = both(folder, ["check", ".", ...DAY, "--format", "ndjson"]);
  const reports = (text) => text.trim().split("\n").map((line) => JSON.parse(line));
  const [broken, sound] = reports(ours.stdout);
  assert.equal(ours.status, native.status);
  assert.equal(broken.verdict, "undetermined");
  assert.deepEqual(sound, reports(native.stdout)[1]);
});

test("a program that breaks off ends with 2, whatever it had printed", () => {
  const broken = mkdtempSync(join(tmpdir(), "bulou-"));
  cpSync(join(CLI, ".."), broken, { recursive: true });
  writeFileSync(join(broken, "package.json"), '{ "type": "module" }');
  for (const bytes of [Buffer.from("\0asm"), Buffer.from("<!doctype html>"), Buffer.alloc(0)]) {
    writeFileSync(join(broken, "bulou.wasm"), bytes);
    const { status, stderr } = spawnSync(process.execPath, [join(broken, "bulou.js"), "check", "x"]);
    assert.equal(status, 2);
    assert.match(stderr.toString(), /没有核对完[\s\S]*broke off/);
  }
});

test("paths of Windows, as the program sees them", async () => {
  const { roots, seen, typed } = await import(pathToFileURL(join(CLI, "../host.js")).href);
  assert.deepEqual(roots("linux", existsSync), { "/": "/" });
  assert.deepEqual(roots("win32", (path) => path === "c:\\" || path === "d:\\"), { "/c": "c:\\", "/d": "d:\\" });
  assert.equal(seen("C:\\学校\\a.json", "win32"), "/c/学校/a.json");
  const there = (path) => path === "学校\\a.json";
  assert.deepEqual(typed(["check", "D:/x", "--pack=C:\\规则", "学校\\a.json", "--param", "a=b\\c"], "win32", there), ["check", "/d/x", "--pack=/c/规则", "学校/a.json", "--param", "a=b\\c"]);
  assert.deepEqual(typed(["a\\b"], "linux", () => true), ["a\\b"]);
});
