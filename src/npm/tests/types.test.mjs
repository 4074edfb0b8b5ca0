// The package's types, by TypeScript at its strictest.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const GOOD = `import { DocumentError, Pack, PackError, provide, type CountyReport, type Report, type Settings } from "bulou";
const settings: Settings = { asOf: "2022-06-28", params: { 每日巡查下限: 5 }, lang: "en" };
const pack: Pack = await Pack.load({ workbooks: true });
const report: Report = pack.check({ 学校: { 名称: "南街小学" } }, settings);
const verdict: "pass" | "pending" | "undetermined" | "fail" = report.verdict;
const passed: boolean = report.passed;
for (const { rule, message, status } of report.findings) rule.concat(message, status);
for (const { code, path, line } of report.structure) code.concat(path, line.toFixed());
const county: CountyReport = (await pack.county(settings)).report("{}", { earlier: report.json() });
const names: string[] = county.schools.unreadable.map(({ name }) => name);
try { await Pack.fromFiles({ "a.bulou": new Uint8Array() }); } catch (error) {
  if (error instanceof PackError) error.diagnostics.map(({ code, line }) => code + line);
  if (error instanceof DocumentError) error.code.concat(error.zh, error.en);
}
provide({ checker: new URL("https://example.org/checker_bg.wasm") });
export { names, passed, verdict };
`;
const BAD = ['pack.check(3)', "pack.check(null)", "pack.check(undefined)", 'pack.check("{}", { as_of: "2022-06-28" })', 'pack.check("{}", { asOf: new Date() })', 'pack.check("{}", { lang: "fr" })',
  'pack.check("{}").verdict === "passed"', 'pack.check("{}").verdict = "pass"', "new Pack()", 'Pack.load("x").id', "pack.check([])", "pack.nothing()"];

test("types", () => {
  writeFileSync("good.ts", GOOD);
  BAD.forEach((line, index) => writeFileSync(`bad${index}.ts`, `import { Pack } from "bulou";\nconst pack = await Pack.load();\n${line};\nexport {};\n`));
  const tsc = join(process.env.ROOT, "www/node_modules/typescript/bin/tsc");
  for (const resolution of [["nodenext", "nodenext"], ["esnext", "bundler"]]) {
    const options = ["--strict", "--noEmit", "--target", "es2022", "--lib", "es2022,dom", "--module", resolution[0], "--moduleResolution", resolution[1]];
    const check = (...files) => spawnSync(process.execPath, [tsc, ...options, ...files]).stdout.toString();
    assert.equal(check("good.ts"), "");
    const said = check(...BAD.map((_, index) => `bad${index}.ts`));
    BAD.forEach((line, index) => assert.match(said, new RegExp(`bad${index}\\.ts\\(3,`), line));
  }
});
