// Bulou's own WebAssembly as the page loads it: the module `checker` and packs that were compiled before. The report is
// a JSON text; to have verdicts of it, it is parsed. Statuses come without reasons, a byte a rule.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** The statuses by the bytes that `Pack.statuses` gives. */
const NAMES = ["pass", "pending", "undetermined", "fail", "hint", "not_applicable"];

/** Whether rules pass, by their statuses; the documents leave none undecided. */
function verdicts(statuses) {
  return statuses.map((status) => {
    if (status !== "pass" && status !== "fail") throw new Error(`undecided: ${status}`);
    return status === "pass";
  });
}

export async function bulou({ wasm, today, twenty, whole }) {
  const { initSync, Pack } = await import(pathToFileURL(join(wasm, "checker.js")));
  initSync({ module: readFileSync(join(wasm, "checker_bg.wasm")) });
  const options = JSON.stringify({ as_of: today });
  const rows = (name, bytes, kind) => {
    const pack = Pack.compiled(bytes);
    const by = kind === "whole" ? " by all rules of `rules/campus-safety` for a school" : "";
    const answer = (statuses) => (kind === "whole" ? null : verdicts(statuses));
    const report = {
      name: `${name}, full report`,
      kind,
      does: `\`check\` of the page's module${by}: structure, every finding with its words and places, as JSON, which is parsed again`,
      run({ bytes }) {
        return answer(JSON.parse(pack.check("document", bytes, options)).rules.map((rule) => rule.status));
      },
    };
    const statuses = {
      name: `${name}, statuses`,
      kind,
      does: `\`statuses\` of the page's module${by}: structure and every rule's status, without reasons`,
      run({ bytes }) {
        return answer(Array.from(pack.statuses(bytes, options), (status) => NAMES[status]));
      },
    };
    return [statuses, report];
  };
  return [...rows("Bulou wasm", twenty, "bulou"), ...rows("Bulou wasm, whole pack", whole, "whole")];
}
