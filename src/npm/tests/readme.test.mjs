// The README's examples run, and print what they say.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const readme = readFileSync(new URL("node_modules/bulou/README.md", import.meta.url), "utf8");
const examples = [...readme.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code);

test("the examples of the README", () => {
  const answers = examples.map((code) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], { cwd: import.meta.dirname });
    assert.equal(status, 0, `${code}\n${stderr}`);
    return stdout.toString().trim().split("\n");
  });
  assert.equal(answers.length, 3);
  assert.match(answers[0][0], /^(fail|undetermined) false$/);
  assert.deepEqual(answers[1].slice(0, 2), ["true", "undetermined"]);
  assert.match(answers[1][2], /^E\d+/);
  assert.equal(answers[2][0], "undetermined 2");
});
