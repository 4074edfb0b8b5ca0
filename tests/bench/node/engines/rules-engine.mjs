// json-rules-engine. It has no quantifiers, so what lists are asked for are operators of the host, and what is worked out
// are dynamic facts, as its documentation tells its users. Paths are plain keys by a resolver of one step, which is
// faster than its JSONPath. Dates compare as texts. A rule that fires is a rule that passes.

import { Engine } from "json-rules-engine";
import { parse } from "./parsers.mjs";

const MEETING = "2022-06-24";
const TODAY = "2022-06-28";
const DAY = 86_400_000;

const is = (fact, path, operator, value) => ({ fact, path, operator, value });
const list = (fact, operator, value) => ({ fact, operator, value });
const yes = (fact, path) => is(fact, path, "equal", true);
const no = (fact, path) => is(fact, path, "equal", false);
const least = (fact, path, value) => is(fact, path, "greaterThanInclusive", value);
const spent = (year) => ({ fact: "硬件支出", params: { year } });

const RULES = {
  第一责任人: [
    is("责任", "职务", "in", ["校长", "园长", "书记"]),
    is("责任", "第一责任人", "notEqual", { fact: "责任", path: "分管负责人" }),
  ],
  对照检查: [list("自查", "covers", { field: "方面", wanted: ["思想认识", "组织领导", "工作部署", "措施落实"], since: MEETING })],
  薄弱环节有措施: [list("自查", "everyHas", { when: "薄弱环节", keys: ["措施", "责任人"] })],
  四项制度: [list("制度", "covers", { field: "类别", wanted: ["门卫", "值班", "巡逻", "安全检查"] })],
  保安配足: [
    least("保卫", "专职保安数", { fact: "应配保安" }),
    least("保卫", "持证保安数", { fact: "保卫", path: "专职保安数" }),
  ],
  技防达标: [
    yes("技防", "一键报警"),
    yes("技防", "与公安联网"),
    least("技防", "视频保存天数", 30),
    { any: [no("学校", "反恐重点目标"), least("技防", "视频保存天数", 90)] },
  ],
  食堂安全: [
    {
      any: [
        no("学校", "有食堂"),
        { all: [is("食堂", "许可证有效期至", "notBefore", TODAY), least("食堂", "留样克数", 125), least("食堂", "留样小时", 48)] },
      ],
    },
  ],
  防火防盗有检查: [
    list("检查", "covers", { field: "领域", wanted: ["消防", "防盗"], since: MEETING }),
    is("消防", "设施检测日期", "notBefore", "2021-06-27"),
    least("消防", "灭火器数", 1),
  ],
  隐患有措施: [list("隐患", "everyHas", { keys: ["整改措施", "责任人", "整改期限"] })],
  隐患按期销号: [list("隐患", "closedInTime", TODAY)],
  隐患日期合理: [list("隐患", "inOrder", [["发现日期", "完成日期"], ["完成日期", "销号日期"]])],
  重大隐患停办: [{ any: [is("学校", "开办状态", "notEqual", "正常开办"), list("隐患", "noneOpen", "重大")] }],
  重点部位有人管: [list("重点部位", "covers", { fact: "应巡部位" })],
  教育培训不漏人: [
    list("教育培训", "covers", { field: "对象", wanted: ["学生", "教职工"] }),
    list("教育培训", "attended", true),
  ],
  全员应到: [list("教育培训", "expects", { fact: "学校" })],
  放学巡查够次: [{ fact: "放学巡查次数", operator: "greaterThanInclusive", value: 10 }],
  培训及时: [{ fact: "培训间隔", operator: "lessThanInclusive", value: 7 }],
  三日摸底: [is("摸底排查", "完成日期", "notAfter", "2022-06-27")],
  高峰值守: [list("高峰值守", "watched", ["上学", "放学"])],
  硬件投入: [
    list("经费", "atLeast", 2),
    list("经费", "spends", true),
    { ...spent(2022), operator: "greaterThan", value: spent(2021) },
  ],
};

const OPERATORS = {
  notBefore: (date, other) => date >= other,
  notAfter: (date, other) => date <= other,
  covers(rows, { field, wanted, since = "" }) {
    const found = new Set();
    for (const row of rows) if (since === "" || row.日期 >= since) found.add(row[field]);
    return wanted.every((one) => found.has(one));
  },
  everyHas: (rows, { when, keys }) =>
    rows.every((row) => (when !== undefined && row[when] === undefined) || keys.every((key) => row[key] !== undefined)),
  closedInTime: (rows, today) => rows.every((row) => row.整改期限 === undefined || (row.销号日期 ?? today) <= row.整改期限),
  inOrder: (rows, pairs) =>
    rows.every((row) => pairs.every(([from, to]) => row[from] === undefined || row[to] === undefined || row[from] <= row[to])),
  noneOpen: (rows, grade) => !rows.some((row) => row.等级 === grade && row.销号日期 === undefined),
  attended: (rows) => rows.every((row) => row.实到 + row.补训 >= row.应到),
  expects: (rows, school) => rows.every((row) => row.应到 >= (row.对象 === "学生" ? school.学生数 : school.教职工数)),
  watched: (rows, times) => times.every((time) => rows.some((row) => row.时段 === time && row.护校队人数 >= 1)),
  atLeast: (rows, count) => rows.length >= count,
  spends: (rows) => rows.every((row) => row.安全硬件支出 > 0 && row.公用经费 >= row.安全硬件支出),
};

/** Facts that are worked out of others. */
const FACTS = {
  应配保安(_, { 学生数: pupils, 寄宿: boarding, 寄宿生数: boarders }) {
    const byPupils = pupils < 100 ? 1 : pupils < 1000 ? 2 : 3 + Math.floor((pupils - 1000) / 500);
    return Math.max(byPupils, boarding ? 2 + Math.floor(boarders / 300) : 0);
  },
  应巡部位: (_, { 寄宿: boarding, 有食堂: canteen }) => ({
    field: "部位",
    wanted: ["周边", "大门", "围墙", "厕所", "楼梯", ...(boarding ? ["宿舍"] : []), ...(canteen ? ["餐厅"] : [])],
  }),
  放学巡查次数: (_, { 巡查: patrols }) => patrols.reduce((sum, row) => sum + (row.时段 === "放学" ? row.次数 : 0), 0),
  培训间隔: (_, { 成立日期: founded, 培训日期: trained }) => (Date.parse(trained) - Date.parse(founded)) / DAY,
  硬件支出: ({ year }, rows) => rows.reduce((sum, row) => sum + (row.年度 === year ? row.安全硬件支出 : 0), 0),
};
const OF = { 应配保安: "学校", 应巡部位: "学校", 放学巡查次数: "护校队", 培训间隔: "护校队", 硬件支出: "经费" };

export function rulesEngine({ rules }) {
  const pathResolver = (value, path) => value?.[path];
  const engine = new Engine([], { allowUndefinedFacts: true, pathResolver });
  for (const [name, holds] of Object.entries(OPERATORS)) {
    engine.addOperator(name, (fact, value) => fact !== undefined && holds(fact, value));
  }
  for (const [name, work] of Object.entries(FACTS)) {
    engine.addFact(name, async (params, almanac) => work(params, await almanac.factValue(OF[name])));
  }
  for (const rule of rules) engine.addRule({ name: rule, conditions: { all: RULES[rule] }, event: { type: rule } });
  return {
    name: "json-rules-engine",
    kind: "peer",
    does: "JSON.parse, then one `run` with the document's parts as facts; lists and sums by functions of the host",
    async run({ bytes }) {
      const { events } = await engine.run(parse(bytes));
      const passed = new Set(events.map((event) => event.type));
      return rules.map((rule) => passed.has(rule));
    },
  };
}
