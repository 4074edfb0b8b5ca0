//! Sheets: whatever stands in how many cells. As tables in text, for workbooks are read by a process whose memory has a
//! limit, within which valgrind has no room.

use crate::{Run, grows, lines};

const PACK: &str = "规则集 t \"测试\" { 版本 1 }
来源 文 外部 \"文\"
记录 名 { 标识码: 文本  名称: 文本 }
数据 学校 { 标识 码  日期 日  码: 文本  日: 日期 已发生 }
数据 全县 { 名册 名册.标识码  名册: [名]  备: 文本  各校: 汇总 学校 }
规则 一 \"t\" { 依据 文 要求 日 > 2022-01-01 不符 \"{码}\" 整改 \"改\" }
规则 甲 \"t\" 范围 全县 { 依据 文 要求 各校.码 不漏 名册.标识码 不符 \"{遗漏}\" 整改 \"改\" }
";

/// The county's document as a table: a form by the name of one, else a list.
fn county(name: &str, table: &str) -> Run {
    // A document with that many strange keys may be no county's at all.
    Run::faulty(&["county", "--pack", "pack", "--county", name, "--as-of", "2022-06-28", "s"])
        .file("pack/p.bulou", PACK)
        .file(name, table)
        .file("s/a.json", "{\"码\": \"c0\", \"日\": \"2022-06-24\"}")
}

#[test]
fn schools_of_a_roster() {
    grows(100, |size| county("名册.csv", &format!("标识码,名称\n{}\n", lines(size, |at| format!("c{at},第{at}校")))));
}

#[test]
fn rows_of_a_roster_with_one_code() {
    grows(100, |size| county("名册.csv", &format!("标识码,名称\n{}\n", lines(size, |at| format!("c0,第{at}校")))));
}

#[test]
fn rows_of_sums() {
    grows(100, |size| county("名册.csv", &format!("标识码,名称\nc0,第0校\n{}\n", lines(size, |_| "合计,1".into()))));
}

#[test]
fn columns_beside_the_headings() {
    grows(400, |size| {
        county(
            "名册.csv",
            &format!("标识码,名称{}\nc0,第0校\n", lines(size, |at| format!(",列{at}")).replace('\n', "")),
        )
    });
}

#[test]
fn rows_of_one_text() {
    grows(400, |size| county("填报表.csv", &format!("备,好\n{}", lines(size, |at| format!("第{at}部分")))));
}

#[test]
fn rows_that_nobody_asked_for() {
    grows(50, |size| county("填报表.csv", &format!("备,好\n{}", lines(size, |at| format!("题{at},答,又答")))));
}
