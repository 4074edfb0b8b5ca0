//! Packs: as long as they compile, twice as many declarations may cost little more than twice as much.

use crate::{Run, grows, lines};

const HEAD: &str = "规则集 t \"测试\" { 版本 1 }
来源 文 外部 \"文\"
记录 项 { 编号: 文本 唯一  k: 整数 }
";

fn data(fields: &str) -> String {
    format!("数据 学校 {{ 标识 码  码: 文本  n: 整数  L: [项]  {fields} }}\n")
}

fn rule(number: usize, requirement: &str) -> String {
    format!("规则 r{number} \"t\" {{ 依据 文 要求 {requirement} 整改 \"改\" }}")
}

fn lint(text: &str) -> Run {
    Run::new(&["lint", "."]).file("p.bulou", text)
}

#[test]
fn rules() {
    grows(25, |size| lint(&format!("{HEAD}{}{}", data(""), lines(size, |at| rule(at, "n ≥ 1")))));
}

#[test]
fn requirements_of_one_rule() {
    grows(25, |size| {
        let requirements = lines(size, |at| format!("要求 n ≥ {at}"));
        lint(&format!("{HEAD}{}规则 r \"t\" {{ 依据 文 {requirements} 整改 \"改\" }}", data("")))
    });
}

#[test]
fn definitions() {
    grows(25, |size| {
        let defines = lines(size, |at| format!("定义 d{at} = n + {at}"));
        let rules = lines(size, |at| rule(at, &format!("d{at} ≥ 1")));
        lint(&format!("{HEAD}{}{defines}\n{rules}", data("")))
    });
}

#[test]
fn parameters() {
    grows(25, |size| {
        let params = lines(size, |at| format!("参数 p{at}: 整数 = {at} \"注\""));
        let rules = lines(size, |at| rule(at, &format!("n ≥ p{at}")));
        lint(&format!("{HEAD}{}{params}\n{rules}", data("")))
    });
}

#[test]
fn tables() {
    grows(12, |size| {
        let tables = lines(size, |at| {
            format!("表 t{at}(a: 整数) -> 整数 {{\n| a | 结果 |\n| 不满 1 | 1 |\n| 不少于 1 | 2 |\n}}")
        });
        let rules = lines(size, |at| rule(at, &format!("t{at}(n) ≥ 1")));
        lint(&format!("{HEAD}{}{tables}\n{rules}", data("")))
    });
}

#[test]
fn rows_of_a_table() {
    grows(12, |size| {
        let rows = lines(size, |at| format!("| {} 至 {} | {at} |", at * 10, at * 10 + 9));
        let table =
            format!("表 t(a: 整数) -> 整数 {{\n| a | 结果 |\n| 不满 0 | 1 |\n{rows}\n| 不少于 {} | 2 |\n}}", size * 10);
        lint(&format!("{HEAD}{}{table}\n{}", data(""), rule(0, "t(n) ≥ 1")))
    });
}

#[test]
fn fields() {
    grows(25, |size| {
        let fields = lines(size, |at| format!("f{at}: 整数"));
        let rules = lines(size, |at| rule(at, &format!("f{at} ≥ 1")));
        lint(&format!("{HEAD}{}{rules}", data(&fields)))
    });
}

#[test]
fn records() {
    grows(12, |size| {
        let records = lines(size, |at| format!("记录 甲{at} {{ v: 整数 }}"));
        let fields = lines(size, |at| format!("g{at}: [甲{at}]"));
        let rules = lines(size, |at| rule(at, &format!("每个 g{at} 满足 v ≥ 1")));
        lint(&format!("{HEAD}{records}\n{}{rules}", data(&fields)))
    });
}

#[test]
fn options() {
    grows(25, |size| {
        let options = format!("选项 类 {{ {} }}", (0..size).map(|at| format!("选{at}")).collect::<Vec<_>>().join(", "));
        let rules = lines(size, |at| rule(at, &format!("q ≠ 选{at}")));
        lint(&format!("{HEAD}{options}\n{}{rules}", data("q: 类")))
    });
}

#[test]
fn option_sets() {
    grows(25, |size| {
        let sets = lines(size, |at| format!("选项 类{at} {{ 甲, 乙 }}"));
        let fields = lines(size, |at| format!("q{at}: 类{at}"));
        let rules = lines(size, |at| rule(at, &format!("q{at} = 甲")));
        lint(&format!("{HEAD}{sets}\n{}{rules}", data(&fields)))
    });
}

#[test]
fn cited_sentences() {
    grows(25, |size| {
        let rules = lines(size, |at| {
            format!("规则 r{at} \"t\" {{ 依据 文件 \"第{at}句要求学校做好第{at}件事\" 要求 n ≥ 1 整改 \"改\" }}")
        });
        sourced(size, &rules)
    });
}

#[test]
fn excused_sentences() {
    grows(25, |size| {
        let excuses = lines(size, |at| format!("不查 文件 \"第{at}句要求学校做好第{at}件事\" 理由 \"无数据\""));
        sourced(size, &format!("{excuses}\n{}", rule(0, "n ≥ 1")))
    });
}

/// A rule for each passage of a source that is one line.
fn one_line(size: usize, passage: impl Fn(usize) -> String) -> Run {
    let rules = lines(size, |at| {
        let quote = passage(at);
        let quote = quote.trim_end_matches(['。', ',']);
        format!("规则 r{at} \"t\" {{ 依据 文件 \"{quote}\" 要求 n ≥ 1 整改 \"改\" }}")
    });
    let text: String = (0..size).map(passage).collect();
    lint(&format!("{HEAD}来源 文件 \"source/s.txt\" \"文件\"\n{}{rules}", data(""))).file("source/s.txt", &text)
}

#[test]
fn sentences_of_a_paragraph() {
    grows(40, |size| one_line(size, |at| format!("第{at}句要求学校做好第{at}件事。")));
}

#[test]
fn clauses_of_a_sentence() {
    grows(40, |size| one_line(size, |at| format!("第{at}句要求学校做好第{at}件事,")));
}

#[test]
fn sentences_that_begin_alike() {
    grows(40, |size| one_line(size, |at| format!("学校应当做好第{at}件事。")));
}

#[test]
fn points_in_a_source() {
    grows(4_000, |size| {
        let pack = format!("{HEAD}来源 文件 \"source/s.txt\" \"文件\"\n{}{}", data(""), rule(0, "n ≥ 1"));
        lint(&pack).file("source/s.txt", &"a.".repeat(size))
    });
}

#[test]
fn headings_that_are_the_same() {
    grows(40, |size| {
        let excuses = lines(size, |at| format!("不查 文件 \"一件事要做好\" 理由 \"无{at}\""));
        let text = lines(size, |_| "一件事要做好".to_owned());
        let pack = format!("{HEAD}来源 文件 \"source/s.txt\" \"文件\"\n{}{excuses}\n{}", data(""), rule(0, "n ≥ 1"));
        lint(&pack).file("source/s.txt", &text)
    });
}

/// Each rule changed, so that an example is searched for of each.
#[test]
fn changed_rules() {
    grows(6, |size| {
        let pack = |least: usize| format!("{HEAD}{}{}", data(""), lines(size, |at| rule(at, &format!("n ≥ {least}"))));
        Run::new(&["diff", "old", "new"]).file("old/p.bulou", &pack(1)).file("new/p.bulou", &pack(2))
    });
}

#[test]
fn uncited_sentences() {
    grows(25, |size| sourced(size, &rule(0, "n ≥ 1")));
}

fn sourced(size: usize, rules: &str) -> Run {
    let text = lines(size, |at| format!("第{at}句要求学校做好第{at}件事。"));
    lint(&format!("{HEAD}来源 文件 \"source/s.txt\" \"文件\"\n{}{rules}", data(""))).file("source/s.txt", &text)
}

#[test]
fn sources() {
    grows(25, |size| {
        let sources = lines(size, |at| format!("来源 文{at} 外部 \"文\""));
        let rules = lines(size, |at| format!("规则 r{at} \"t\" {{ 依据 文{at} 要求 n ≥ 1 整改 \"改\" }}"));
        lint(&format!("{HEAD}{sources}\n{}{rules}", data("")))
    });
}

#[test]
fn rule_files() {
    grows(25, |size| {
        let run = lint(&format!("{HEAD}{}", data("")));
        (0..size).fold(run, |run, at| run.file(&format!("r{at}.bulou"), &rule(at, "n ≥ 1")))
    });
}

#[test]
fn misspelt_names() {
    grows(25, |size| {
        let rules = lines(size, |at| rule(at, &format!("错{at} ≥ 1")));
        Run::faulty(&["lint", "."]).file("p.bulou", &format!("{HEAD}{}{rules}", data("")))
    });
}

#[test]
fn misspelt_options() {
    grows(25, |size| {
        let options = format!("选项 类 {{ {} }}", (0..size).map(|at| format!("选{at}")).collect::<Vec<_>>().join(", "));
        let rules = lines(size, |at| rule(at, &format!("q = 误{at}")));
        Run::faulty(&["lint", "."]).file("p.bulou", &format!("{HEAD}{options}\n{}{rules}", data("q: 类")))
    });
}

#[test]
fn conjunctions() {
    grows(25, |size| {
        let parts = (0..size).map(|at| format!("n ≥ {at}")).collect::<Vec<_>>().join(" 且 ");
        lint(&format!("{HEAD}{}{}", data(""), rule(0, &parts)))
    });
}

/// On one line, and each with something to say of it.
#[test]
fn warnings_of_one_line() {
    grows(25, |size| {
        let blanks = " ".repeat(300);
        let parts = (10..size + 10).map(|at| format!("m = {at}{blanks}")).collect::<Vec<_>>().join(" 或 ");
        lint(&format!("{HEAD}{}{}", data("m: 整数 范围 0 至 9"), rule(0, &parts)))
    });
}

#[test]
fn literal_lists() {
    grows(25, |size| {
        let parts = (0..size).map(|at| at.to_string()).collect::<Vec<_>>().join(", ");
        lint(&format!("{HEAD}{}{}", data(""), rule(0, &format!("n 属于 {{{parts}}}"))))
    });
}

#[test]
fn comments_and_texts() {
    grows(1_000, |size| lint(&format!("{HEAD}{}# {}\n{}", data(""), "注".repeat(size), rule(0, "n ≥ 1"))));
}

#[test]
fn cases() {
    grows(10, |size| {
        let case = |at| {
            format!(
                "{{\"说明\": \"例{at}\", \"今天\": \"2022-06-28\", \"数据\": {{\"码\": \"a\", \"n\": 1, \"L\": []}}, \"期望\": {{\"r0\": \"pass\"}}}}"
            )
        };
        let cases = (0..size).map(case).collect::<Vec<_>>().join(",");
        let pack = format!("{HEAD}{}{}", data(""), rule(0, "n ≥ 1"));
        Run::new(&["test", "."]).file("p.bulou", &pack).file("cases/c.json", &format!("[{cases}]"))
    });
}

#[test]
fn layout() {
    grows(12, |size| {
        let text = format!("{HEAD}{}{}", data(""), lines(size, |at| rule(at, "n ≥ 1 且 (n ≤ 9 或 非 n = 5)")));
        Run::new(&["fmt", "p.bulou"]).file("p.bulou", &text)
    });
}

#[test]
fn forbidden_keys() {
    grows(600, |size| {
        let keys: Vec<String> = (0..size).map(|at| format!("禁{at}")).collect();
        let forbidden = format!("记录 密 {{ 名: 文本  禁填 {} 理由 \"不收\" }}", keys.join(", "));
        lint(&format!("{HEAD}{forbidden}\n{}{}", data("密: [密]?"), rule(0, "n ≥ 1")))
    });
}
