//! Documents and folders of them.

use crate::{Run, grows, lines};

const PACK: &str = "规则集 t \"测试\" { 版本 1 }
来源 文 外部 \"文\"
记录 项 { 编号: 文本 唯一  部位: 文本  k: 整数  d: 日期? }
记录 名 { 标识码: 文本 }
数据 学校 { 标识 码  日期 日  码: 文本  日: 日期  t: 文本  L: [项]  S: [文本]  D: [日期]  谁: 文本? 格式 人员 }
数据 全县 { 名册 名册.标识码  名册: [名]  各校: 汇总 学校 }
规则 人 \"t\" { 依据 文 要求 有 谁 整改 \"改\" }
规则 一 \"t\" { 依据 文 要求 每个 L 满足 k ≥ 1 且 有 部位 不符 \"{编号}\" 整改 \"改\" }
规则 二 \"t\" { 依据 文 要求 数量(去重(S)) ≥ 1 要求 S 不漏 去重(L.部位) 不符 \"{遗漏}\" 整改 \"改\" }
规则 三 \"t\" { 依据 文 要求 每个 L[有 d] 满足 d 须在 2022-06-20 起 30日 内 整改 \"改\" }
规则 四 \"t\" { 依据 文 要求 没有 L 满足 S 包含 编号 整改 \"改\" }
规则 五 \"t\" { 依据 文 要求 D 每 月 不少于 1 次 自 2022-01-01 整改 \"改\" }
规则 六 \"t\" { 依据 文 要求 每个 去重(L[有 d].d) 记作 x 满足 合计(L 记作 y [有 y.d 且 y.d = x].k) ≥ 1 整改 \"改\" }
规则 甲 \"t\" 范围 全县 { 依据 文 要求 各校.码 不漏 名册.标识码 不符 \"{遗漏}\" 整改 \"改\" }
规则 乙 \"t\" 范围 全县 { 依据 文 要求 每个 各校 满足 有 t 不符 \"{码}\" 整改 \"改\" }
";

fn school(code: &str, rest: &str) -> String {
    format!("{{\"码\": \"{code}\", \"日\": \"2022-06-28\", \"t\": \"x\", \"L\": [], \"S\": [\"a\"], \"D\": []{rest}}}")
}

fn row(at: usize) -> String {
    format!("{{\"编号\": \"Y{at}\", \"部位\": \"b{at}\", \"k\": 1}}")
}

fn check(document: &str) -> Run {
    Run::faulty(&["check", "--pack", "pack", "--as-of", "2022-06-28", "--format", "json", "a.json"])
        .file("pack/p.bulou", PACK)
        .file("a.json", document)
}

fn rows(size: usize, row: impl Fn(usize) -> String) -> String {
    (0..size).map(row).collect::<Vec<_>>().join(",")
}

#[test]
fn elements_of_a_list() {
    grows(25, |size| check(&school("a", "").replace("\"L\": []", &format!("\"L\": [{}]", rows(size, row)))));
}

#[test]
fn elements_that_are_doubles() {
    let same = |_| row(7);
    grows(25, |size| check(&school("a", "").replace("\"L\": []", &format!("\"L\": [{}]", rows(size, same)))));
}

#[test]
fn texts_of_a_list() {
    let text = |at| format!("\"s{at}\"");
    grows(50, |size| check(&school("a", "").replace("[\"a\"]", &format!("[{}]", rows(size, text)))));
}

#[test]
fn elements_that_are_wrong() {
    let wrong = |at| format!("{{\"编号\": {at}, \"部位\": 3, \"k\": \"x\"}}");
    grows(25, |size| check(&school("a", "").replace("\"L\": []", &format!("\"L\": [{}]", rows(size, wrong)))));
}

/// Each date that cannot be read may be any other's.
#[test]
fn dates_that_cannot_be_read() {
    let wrong =
        |at: usize| format!("{{\"编号\": \"Y{at}\", \"部位\": \"b\", \"k\": 1, \"d\": \"2022/6/{}\"}}", at % 28 + 1);
    grows(25, |size| check(&school("a", "").replace("\"L\": []", &format!("\"L\": [{}]", rows(size, wrong)))));
}

#[test]
fn dates_of_a_frequency() {
    let day = |at| format!("\"2022-{:02}-{:02}\"", at % 6 + 1, at % 28 + 1);
    grows(50, |size| check(&school("a", "").replace("\"D\": []", &format!("\"D\": [{}]", rows(size, day)))));
}

#[test]
fn unknown_keys() {
    grows(25, |size| check(&school("a", &format!(",{}", rows(size, |at| format!("\"u{at}\": {at}"))))));
}

#[test]
fn one_key_again_and_again() {
    grows(25, |size| check(&school("a", &format!(",{}", rows(size, |_| "\"t\": \"y\"".to_owned())))));
}

#[test]
fn length_of_a_text() {
    grows(1_000, |size| check(&school("a", "").replace("\"x\"", &format!("\"{}\"", "长".repeat(size)))));
}

#[test]
fn length_of_a_person() {
    grows(500, |size| check(&school("a", &format!(",\"谁\": \"{}\"", "主任".repeat(size)))));
}

#[test]
fn persons_of_one_text() {
    grows(500, |size| check(&school("a", &format!(",\"谁\": \"{}\"", "李强、".repeat(size)))));
}

#[test]
fn length_of_a_key() {
    grows(1_000, |size| check(&school("a", &format!(",\"{}\": 1", "k".repeat(size)))));
}

#[test]
fn depth_of_what_no_rule_knows() {
    grows(5, |size| {
        let one = format!("{}1{}", "[".repeat(size), "]".repeat(size));
        check(&school("a", &format!(",\"u\": [{}]", vec![one; 400].join(","))))
    });
}

#[test]
fn required_fields_that_are_blank() {
    grows(30, |size| {
        let fields = lines(size, |at| format!("f{at}: 整数 范围 0 至 9"));
        let rules = lines(size, |at| format!("规则 r{at} \"t\" {{ 依据 文 要求 f{at} ≥ 1 整改 \"改\" }}"));
        let pack = format!(
            "规则集 t \"t\" {{ 版本 1 }}\n来源 文 外部 \"文\"\n数据 学校 {{ 标识 码 码: 文本 {fields} }}\n{rules}"
        );
        Run::faulty(&["check", "--pack", "pack", "--as-of", "2022-06-28", "a.json"])
            .file("pack/p.bulou", &pack)
            .file("a.json", "{\"码\": \"a\"}")
    });
}

fn county(roster: usize, documents: &str) -> Run {
    let names = rows(roster, |at| format!("{{\"标识码\": \"c{at}\"}}"));
    Run::faulty(&["county", "--pack", "pack", "--county", "k.json", "--as-of", "2022-06-28", "--format", "json"])
        .with(&["--ndjson", "s.ndjson"])
        .file("pack/p.bulou", PACK)
        .file("k.json", &format!("{{\"名册\": [{names}]}}"))
        .file("s.ndjson", documents)
}

#[test]
fn schools() {
    grows(25, |size| county(size, &lines(size, |at| school(&format!("c{at}"), ""))));
}

#[test]
fn schools_that_did_not_submit() {
    grows(25, |size| county(size, &school("c0", "")));
}

#[test]
fn documents_of_one_school() {
    grows(25, |size| county(1, &lines(size, |at| school("c0", &format!(", \"v\": {at}")))));
}

#[test]
fn documents_of_one_school_that_are_the_same() {
    grows(25, |size| county(1, &lines(size, |_| school("c0", ""))));
}

#[test]
fn documents_without_a_code() {
    grows(25, |size| county(1, &lines(size, |at| format!("{{\"v\": {at}}}"))));
}

#[test]
fn documents_that_are_checked() {
    grows(25, |size| {
        Run::faulty(&["check", "--pack", "pack", "--as-of", "2022-06-28", "--format", "ndjson", "--ndjson", "s.ndjson"])
            .file("pack/p.bulou", PACK)
            .file("s.ndjson", &lines(size, |at| school(&format!("c{at}"), "")))
    });
}

fn waived(waivers: &str) -> Run {
    Run::faulty(&["check", "--pack", "pack", "--as-of", "2022-06-28", "--waivers", "w.json", "s.json"])
        .file("pack/p.bulou", PACK)
        .file("s.json", &school("c0", ""))
        .file("w.json", &format!("[{waivers}]"))
}

fn waiver(school: usize, day: &str) -> String {
    let who = "\"理由\": \"整修\", \"批准\": \"李四\"";
    format!("{{\"标识码\": \"c{school}\", \"规则\": \"一\", \"自\": \"{day}\", \"至\": \"{day}\", {who}}}")
}

#[test]
fn waivers_of_schools() {
    grows(50, |size| waived(&rows(size, |at| waiver(at, "2022-07-01"))));
}

#[test]
fn waivers_of_one_school() {
    let day = |at: usize| format!("{:04}-{:02}-{:02}", 2000 + at / 336, 1 + at / 28 % 12, 1 + at % 28);
    grows(50, |size| waived(&rows(size, |at| waiver(0, &day(at)))));
}
