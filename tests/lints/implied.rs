//! Conditions that ranges, filters and other conditions decide: each is told where it stands, and one that decides something
//! is not.

use super::found;

const HEAD: &str = r#"规则集 甲 "甲" { 版本 1 施行 2022-01-01 至 2022-12-31 }
来源 文 外部 "文"
选项 类 { 小学, 初中, 高中 }
参数 下限: 整数 = 3 范围 1 至 10
记录 项 {
  号: 整数 范围 0 至 99 留存 "例"
  额: 整数 范围 0 至 1000000 留存 "例"
  种: 类 留存 "例"
  完: 日期? 已发生 留存 "例"
  销: 日期? 已发生 留存 "例"
  查: 日期 已发生 留存 "例"
  定: 日期 计划 留存 "例"
  约束 缺 完 或 完 ≥ 查 不符 "先后"
}
数据 学校 {
  数: 整数 范围 0 至 100 留存 "例"
  另: 整数 范围 0 至 100 留存 "例"
  率: 小数 范围 0 至 1 留存 "例"
  负: 整数 范围 -9 至 9 留存 "例"
  类: 类 留存 "例"
  寄宿: 是否 留存 "例"
  选: 整数? 范围 0 至 9 留存 "例"
  日: 日期 已发生 留存 "例"
  期: 日期 计划 留存 "例"
  列: [项] 留存 "例"
  数列: [整数] 范围 0 至 9 留存 "例"
  负列: [整数] 范围 -9 至 9 留存 "例"
}
定义 不少 = 数 ≥ 5
定义 完了 = 列[有 完]
"#;

/// What is said of the decisions of a rule's clauses: the code and the place.
fn said(clauses: &str) -> Vec<(String, String)> {
    let rules = format!("{HEAD}规则 一 \"一\" {{ 依据 文 {clauses} 整改 \"改\" }}\n");
    let of = |code: &str| ["W101", "W121", "W133", "W134", "W135", "W143"].contains(&code) || code.starts_with('E');
    found(&rules, "")
        .iter()
        .filter(|one| of(one.code.as_str()))
        .map(|one| {
            assert!(!one.help.zh.is_empty() && !one.help.en.is_empty());
            let place = rules.get(one.primary.span.start as usize..one.primary.span.end as usize).unwrap_or_default();
            (one.code.as_str().to_owned(), place.to_owned())
        })
        .collect()
}

/// Marked ⟦so⟧ in the clauses.
fn marked(clauses: &str) -> (String, String) {
    let place = clauses.split('⟦').nth(1).and_then(|rest| rest.split('⟧').next()).unwrap_or_default();
    (clauses.replace(['⟦', '⟧'], ""), place.to_owned())
}

#[test]
fn what_is_decided_is_told_where_it_stands() {
    let mut wrong = Vec::new();
    for (code, clauses) in [
        // Ends of what is calculated.
        ("W101", "要求 ⟦数量(列) ≥ 0⟧"),
        ("W101", "要求 ⟦数量(列[额 > 5]) < 0⟧"),
        ("W101", "要求 ⟦合计(列.额) ≥ 0⟧"),
        ("W101", "要求 ⟦合计(数列) + 数量(列) ≥ 0⟧"),
        ("W101", "要求 ⟦今天 - 日 ≥ 0日⟧"),
        ("W101", "要求 ⟦日 - 今天 ≤ 7日⟧"),
        ("W101", "要求 存在 列 满足 ⟦查 - 今天 ≤ 0日⟧"),
        ("W101", "要求 ⟦下限 ≥ 1⟧"),
        ("W101", "要求 ⟦数 + 另 ≤ 200⟧"),
        // Divisions.
        ("W143", "要求 ⟦数 / 另⟧ ≥ 0.9"),
        ("W143", "要求 若 数 > 5 则 ⟦数 整除 另⟧ ≥ 3"),
        ("W143", "要求 ⟦数 / 数量(列)⟧ ≥ 0.9"),
        ("W143", "要求 另 ≥ 0.5 * 数 且 ⟦数 / 另⟧ ≥ 0.9"),
        ("W143", "要求 每个 列 满足 ⟦额 / 号⟧ ≥ 3"),
        // Filters.
        ("W134", "要求 每个 列[有 完] 满足 ⟦有 完⟧"),
        ("W134", "要求 每个 列[有 完 且 额 ≥ 9] 满足 ⟦有 完⟧"),
        ("W134", "要求 没有 列[有 完] 满足 ⟦缺 完⟧"),
        ("W134", "要求 每个 列[额 ≥ 200000] 满足 ⟦额 > 10000⟧"),
        ("W134", "要求 每个 列[额 ≥ 9] 记作 甲 满足 ⟦甲.额 ≥ 9⟧"),
        ("W134", "要求 每个 完了 满足 ⟦有 完⟧"),
        ("W134", "要求 每个 列[种 = 小学] 满足 ⟦种 ≠ 初中⟧"),
        ("W134", "要求 每个 列[种 属于 {小学, 初中}] 满足 ⟦种 ≠ 高中⟧"),
        ("W134", "要求 存在 列[种 = 小学 且 ⟦种 = 初中⟧] 满足 额 > 5"),
        ("W134", "要求 数量(列[种 = 小学][⟦种 = 初中⟧]) = 3"),
        ("W134", "要求 数量(列[额 > 下限 且 ⟦额 < 1⟧]) = 3"),
        // Parts of one condition.
        ("W134", "要求 类 ≠ 小学 或 ⟦类 ≠ 初中⟧"),
        ("W121", "要求 ⟦类 = 小学 且 类 = 初中⟧"),
        ("W134", "要求 寄宿 或 类 = 小学 且 ⟦类 = 初中⟧"),
        ("W134", "要求 每个 列 满足 额 ≥ 15 且 ⟦额 < 5⟧"),
        ("W134", "要求 数 ≥ 下限 且 ⟦数 < 1⟧"),
        ("W134", "要求 数 ≥ 5 或 ⟦数 ≥ 7⟧"),
        ("W134", "要求 ⟦数 ≥ 7⟧ 或 数 ≥ 5"),
        ("W134", "要求 数 ≥ 5 且 ⟦数 ≥ 3⟧"),
        ("W134", "要求 ⟦数 ≥ 3⟧ 且 数 ≥ 5"),
        ("W134", "要求 5 ≤ 数 且 ⟦数 ≥ 5⟧"),
        ("W134", "要求 数 < 另 且 ⟦另 < 数⟧"),
        ("W134", "要求 数 ≤ 另 或 ⟦数 ≥ 另⟧"),
        ("W134", "要求 类 = 小学 或 类 = 初中 或 ⟦类 = 高中⟧"),
        ("W134", "要求 若 数 ≥ 5 则 ⟦数 ≥ 3⟧"),
        ("W134", "要求 若 数 ≥ 5 则 ⟦数 < 3⟧ 否则 寄宿"),
        ("W134", "要求 不少 且 ⟦数 ≥ 3⟧"),
        ("W134", "要求 若 数 在 3 至 5 之间 则 寄宿 且 ⟦数 < 9⟧"),
        ("W134", "要求 寄宿 或 率 > 0.5 且 ⟦率 < 0.4⟧"),
        ("W134", "要求 若 有 选 则 寄宿 或 选 > 2 且 ⟦选 < 3⟧"),
        // Under the rule's own condition.
        ("W133", "适用 寄宿 要求 ⟦寄宿⟧"),
        ("W133", "适用 数 ≥ 5 要求 ⟦数 ≥ 3⟧"),
        ("W133", "适用 数 ≥ 5 要求 ⟦数 < 3⟧"),
        ("W133", "要求 ⟦列.种 不漏 {}⟧"),
        // Requirements of one rule.
        ("W135", "要求 数 ≥ 另 要求 ⟦另 ≤ 数⟧"),
        ("W135", "要求 数 ≥ 5 要求 ⟦5 ≤ 数⟧"),
        ("W135", "要求 数 ≥ 下限 要求 ⟦数 ≥ 1⟧"),
        ("W135", "要求 ⟦数 ≥ 1⟧ 要求 数 ≥ 下限"),
        ("W135", "要求 数量(列) ≥ 下限 要求 ⟦数量(列) ≥ 1⟧"),
        ("W121", "要求 数 > 另 要求 ⟦数 < 另⟧"),
        ("W134", "要求 若 数量(列) = 0 则 寄宿 要求 若 ⟦数量(列) > 0⟧ 则 寄宿"),
        ("W134", "要求 若 有 选 则 寄宿 要求 若 ⟦缺 选⟧ 则 寄宿"),
    ] {
        let (clauses, place) = marked(clauses);
        let found = said(&clauses);
        if found != [(code.to_owned(), place)] {
            wrong.push(format!("{clauses}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_decides_something_is_not() {
    let mut wrong = Vec::new();
    for clauses in [
        "要求 数量(列) ≥ 1",
        "要求 合计(负列) ≥ 0",
        "要求 今天 - 日 ≤ 7日",
        "要求 期 - 今天 ≤ 7日",
        "要求 今天 - 期 ≥ 0日",
        "要求 下限 ≥ 2",
        "要求 数 - 另 ≥ 0",
        "要求 负 * 负 ≥ 1",
        "要求 每个 列[有 完] 满足 有 销",
        "要求 每个 列[有 完] 满足 完 ≥ 查",
        "要求 每个 列[额 ≥ 10] 满足 额 ≥ 11",
        "要求 每个 列[种 ≠ 小学] 满足 种 ≠ 初中",
        "要求 每个 列 记作 甲 满足 存在 列 记作 乙 满足 甲.额 ≥ 9 且 乙.额 < 5",
        "要求 每个 列[额 ≥ 9] 记作 甲 满足 存在 列 记作 乙 满足 乙.额 < 5 且 甲.号 ≠ 乙.号",
        "要求 每个 列[额 < 9] 记作 甲 满足 存在 完了 记作 乙 满足 乙.种 = 甲.种",
        "要求 (存在 列 满足 额 ≥ 9) 且 (存在 列 满足 额 < 5)",
        "要求 类 ≠ 小学 且 类 ≠ 初中",
        "要求 类 = 小学 或 类 = 初中",
        "要求 数 ≥ 5 或 另 ≥ 3",
        "要求 数 ≤ 另 且 另 ≤ 数",
        "要求 数 ≥ 下限 且 数 < 2",
        "要求 率 > 0.5 且 率 < 0.6",
        "要求 有 选 且 选 ≥ 5",
        "要求 缺 选 或 选 ≥ 5",
        "要求 若 有 选 则 选 ≥ 5 否则 寄宿",
        "要求 若 数 ≥ 5 则 数 ≥ 7",
        "适用 数 ≥ 5 要求 数 ≥ 7",
        "要求 数 ≥ 5 要求 另 ≥ 5",
        "要求 数 ≥ 5 要求 若 寄宿 则 数 ≥ 7",
        "要求 若 寄宿 则 数 ≥ 7 要求 若 非 寄宿 则 数 ≥ 5",
        "要求 若 数 ≥ 7 则 寄宿 要求 若 数 ≤ 5 则 寄宿",
        "要求 列.种 不漏 {小学}",
        "要求 数 / 下限 ≥ 0.9",
        "要求 若 另 > 0 则 数 / 另 ≥ 0.9",
        "要求 (若 另 ≠ 0 则 数 / 另 否则 0) ≥ 3",
        "要求 另 = 0 或 数 / 另 ≥ 0.9",
        "适用 另 ≥ 1 要求 数 / 另 ≥ 0.9",
        "要求 数量(列) ≥ 1 且 数 / 数量(列) ≥ 0.9",
        "要求 每个 列[号 > 0] 满足 额 / 号 ≥ 3",
        "要求 数量(列[号 > 0 且 额 / 号 ≥ 3]) ≥ 1",
    ] {
        let found = said(clauses);
        if !found.is_empty() {
            wrong.push(format!("{clauses}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A condition on three fields, of which every value can be tried.
#[derive(Clone)]
enum Cond {
    Number(bool, &'static str, i32),
    Two(&'static str),
    Option(bool, usize),
    Yes,
    Has(bool),
    Not(Box<Cond>),
    All(Vec<Cond>),
    Any(Vec<Cond>),
    If(Box<Cond>, Box<Cond>),
}

const OPTIONS: [&str; 3] = ["小学", "初中", "高中"];
const OPS: [&str; 6] = ["<", "≤", "=", "≠", "≥", ">"];

#[derive(Clone, Copy)]
struct Values {
    number: i32,
    other: i32,
    option: usize,
    boards: bool,
    has: bool,
}

fn compared(op: &str, a: i32, b: i32) -> bool {
    match op {
        "<" => a < b,
        "≤" => a <= b,
        "=" => a == b,
        "≠" => a != b,
        "≥" => a >= b,
        _ => a > b,
    }
}

impl Cond {
    fn any(next: &mut impl FnMut(usize) -> usize, depth: usize) -> Self {
        let kind = if depth == 0 { next(5) } else { next(9) };
        let op = OPS[next(6)];
        match kind {
            0 => Self::Number(next(2) == 0, op, i32::try_from(next(5)).unwrap_or(0) + 3),
            1 => Self::Two(op),
            2 => Self::Option(next(2) == 0, next(3)),
            3 => Self::Yes,
            4 => Self::Has(next(2) == 0),
            5 => Self::Not(Box::new(Self::any(next, depth - 1))),
            6 => Self::All((0..2 + next(2)).map(|_| Self::any(next, depth - 1)).collect()),
            7 => Self::Any((0..2 + next(2)).map(|_| Self::any(next, depth - 1)).collect()),
            _ => Self::If(Box::new(Self::any(next, depth - 1)), Box::new(Self::any(next, depth - 1))),
        }
    }

    fn words(&self) -> String {
        let joined = |parts: &[Self], by: &str| parts.iter().map(Self::words).collect::<Vec<_>>().join(by);
        match self {
            Self::Number(own, op, end) => format!("({} {op} {end})", if *own { "数" } else { "另" }),
            Self::Two(op) => format!("(数 {op} 另)"),
            Self::Option(is, option) => format!("(类 {} {})", if *is { "=" } else { "≠" }, OPTIONS[*option]),
            Self::Yes => "寄宿".to_owned(),
            Self::Has(is) => format!("({} 选)", if *is { "有" } else { "缺" }),
            Self::Not(inner) => format!("(非 {})", inner.words()),
            Self::All(parts) => format!("({})", joined(parts, " 且 ")),
            Self::Any(parts) => format!("({})", joined(parts, " 或 ")),
            Self::If(test, then) => format!("(若 {} 则 {})", test.words(), then.words()),
        }
    }

    fn holds(&self, of: Values) -> bool {
        match self {
            Self::Number(own, op, end) => compared(op, if *own { of.number } else { of.other }, *end),
            Self::Two(op) => compared(op, of.number, of.other),
            Self::Option(is, option) => (of.option == *option) == *is,
            Self::Yes => of.boards,
            Self::Has(is) => of.has == *is,
            Self::Not(inner) => !inner.holds(of),
            Self::All(parts) => parts.iter().all(|part| part.holds(of)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(of)),
            Self::If(test, then) => !test.holds(of) || then.holds(of),
        }
    }
}

/// Every document that makes a difference: beyond 10 the numbers are all alike but for their order.
fn all() -> impl Iterator<Item = Values> {
    (0..13 * 13 * 3 * 4).map(|at| {
        let (number, other, rest) = (at % 13, at / 13 % 13, at / 169);
        let (option, two) = (usize::try_from(rest % 3).unwrap_or(0), rest / 3);
        Values { number, other, option, boards: two % 2 == 1, has: two > 1 }
    })
}

#[test]
fn what_is_told_of_requirements_is_so() {
    let mut state = 7_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % below
    };
    let mut told = 0;
    for _ in 0..600 {
        let (one, other) = (Cond::any(&mut next, 2), Cond::any(&mut next, 1));
        let (first, second) = (one.words(), other.words());
        let found = said(&format!("要求 {first} 要求 {second}"));
        for (code, place) in &found {
            let inner = |words: &str| words.trim_start_matches('(').trim_end_matches(')').to_owned();
            let is_first = inner(place) == inner(&first);
            let (asked, beside) = if is_first { (&one, &other) } else { (&other, &one) };
            let constant = || all().all(|of| asked.holds(of)) || !all().any(|of| asked.holds(of));
            let so = match code.as_str() {
                "W133" => constant(),
                "W135" => all().all(|of| !beside.holds(of) || asked.holds(of)),
                "W121" => !all().any(|of| one.holds(of) && other.holds(of)),
                _ => continue,
            };
            told += 1;
            assert!(so, "{code} `{place}`: {first}; {second}");
        }
    }
    assert!(told > 20, "{told}");
}
