// JSONLogic by json-logic-engine, the rules compiled to functions once. The rules are the same file as the native
// peer's; the one difference of two dates is the host's method, as there. Sums of two lists are subtracted and compared
// with nothing: compiled by 5.0.7, a comparison of two list expressions forgets the first.

import { LogicEngine } from "json-logic-engine";
import { parse } from "./parsers.mjs";

const DAY = 86_400_000;

export function jsonLogic({ rules, jsonlogic }) {
  const engine = new LogicEngine();
  engine.addMethod("days_between", ([from, to]) => (Date.parse(to) - Date.parse(from)) / DAY, { sync: true, deterministic: true });
  const compiled = rules.map((rule) => engine.build(jsonlogic[rule]));
  return {
    name: "json-logic-engine (JSONLogic)",
    kind: "peer",
    does: "JSON.parse, then twenty rules compiled to functions",
    run({ bytes }) {
      const document = parse(bytes);
      return compiled.map((rule) => rule(document));
    },
  };
}
