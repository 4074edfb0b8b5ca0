//! Which sentence has which rules: through the library, and as the program writes it.

#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test starts the program, reads its files and fails by panic"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use bulou_messages::diagnostic::Lang;
use bulou_pack::trace::{Clause, Counts, Quoted, State, Trace, text, trace};
use bulou_pack::{Files, load};
use percent_encoding::percent_decode_str;
use proptest::prelude::*;

const RULES: &str = r#"规则集 a "甲县" { 版本 1.0 }
来源 会议 "source/meeting.txt" "会议 <发言>"
来源 国标 外部 "国家标准"
记录 门卫项 { 人数: 整数 }
记录 学校项 { 标识码: 文本 名称: 文本 日期: 日期 已发生 门卫: 门卫项? }
数据 学校 { 标识 学校.标识码 名称 学校.名称 日期 学校.日期 学校: 学校项 }
数据 全县 { 名册 名册.标识码 各校: 汇总 学校 名册: [名册项] }
记录 名册项 { 标识码: 文本 }
规则 有门卫 "校门有人守" {
  依据 会议 "校门要有人守" 不足 "守得好不好,看不出来"
  依据 国标 "第三条" 不足 "只看人数"
  责任 "学校" 严重 重大
  适用 有 学校.门卫
  要求 若 有 学校.门卫 则 学校.门卫.人数>=1 不符 "只有 {学校.标识码}"
  整改 "配门卫"
}
规则 都交表 "所有学校都交表" 范围 全县 {
  依据 会议 "一所不漏"
  责任 "教体局"
  要求 各校.学校.标识码 不漏 名册.标识码
}
规则 只引国标 "只引国标的规则" { 依据 国标 "第四条" 要求 有 学校.标识码 }
不查 会议 "认识要提高" 理由 "思想认识,无数据可证"
"#;
const SOURCE: &str = "同志们<b>,认识要提高。\n\n校门要有人守,夜里要巡逻。学校一所不漏!还有一句没有规则。\n";

fn files() -> Files {
    let texts = [("rules.bulou", RULES), ("source/meeting.txt", SOURCE)];
    Files(BTreeMap::from(texts.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))))
}

fn traced(lang: Lang) -> Trace {
    let loaded = load(&files());
    let rules = loaded.rules.unwrap_or_else(|| unreachable!("{:#?}", loaded.diagnostics));
    trace(&rules, &files(), lang)
}

/// The program's trace of the pack, from a folder of a test's own.
fn program(name: &str, args: &[&str]) -> Output {
    let folder: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join("trace").join(name);
    std::fs::create_dir_all(folder.join("source")).expect("a folder");
    for (name, bytes) in &files().0 {
        std::fs::write(folder.join(name), bytes).expect("a file");
    }
    let folder = folder.to_str().expect("a path");
    let output = Command::new(env!("CARGO_BIN_EXE_bulou")).args(["trace", folder]).args(args).output();
    output.expect("the program runs")
}

fn page(name: &str, args: &[&str]) -> String {
    let output = program(name, &[&["--format", "html"], args].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn attributes<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    page.split(&format!(" {name}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn sentences_are_covered_excused_or_left_out() {
    let trace = traced(Lang::Zh);
    let source = &trace.sources[0];
    let states: Vec<(usize, State)> = source.sentences.iter().map(|sentence| (sentence.line, sentence.state)).collect();
    assert_eq!(states, [(1, State::Excused), (3, State::Covered), (3, State::Covered), (3, State::Uncovered)]);
    assert_eq!(
        source.counts,
        Counts { sentences: 4, covered: 2, short: 1, excused: 1, uncovered: 1, clauses: 2, partly: 1 }
    );
    assert_eq!(source.sentences[0].reasons, ["思想认识,无数据可证"]);
    assert_eq!(source.sentences[1].unquoted(), ["夜里要巡逻。"]);
    assert_eq!((source.sentences[2].unquoted(), source.sentences[2].partly()), (vec![], vec!["学校"]));
    assert_eq!(source.sentences[1].shortfalls, ["守得好不好,看不出来"]);
    let cited = |at: usize| trace.rule("有门卫").expect("it").citations[at].shortfall.clone();
    assert_eq!((cited(0), cited(1)), (Some("守得好不好,看不出来".to_owned()), Some("只看人数".to_owned())));
    let told = text(&trace, Lang::Zh);
    assert!(told.contains("不足:守得好不好,看不出来"), "{told}");
    assert!(page("short", &[]).contains("不足:守得好不好"));
    assert_eq!(trace.sources[1].rules, ["有门卫", "只引国标"]);
}

#[test]
fn rules_of_schools_and_county_show_what_they_ask() {
    let trace = traced(Lang::Zh);
    let rule = trace.rule("有门卫").expect("a rule for schools");
    assert_eq!((rule.county, rule.title.as_str(), rule.remedy.as_str()), (false, "校门有人守", "配门卫"));
    assert_eq!(rule.applies.as_deref(), Some("有 学校.门卫"));
    assert_eq!(rule.requirements[0].text, "若 有 学校.门卫 则 学校.门卫.人数 ≥ 1");
    assert_eq!(rule.requirements[0].message.as_deref(), Some("只有 {学校.标识码}"));
    let rule = trace.rule("都交表").expect("a rule of the county");
    assert_eq!((rule.county, rule.title.as_str(), rule.responsible.as_str()), (true, "所有学校都交表", "教体局"));
    assert_eq!(rule.requirements[0].text, "各校.学校.标识码 不漏 名册.标识码");
    let english = traced(Lang::En);
    assert_eq!(english.rule("都交表").expect("it").requirements[0].text, "各校.学校.标识码 covers 名册.标识码");
}

#[test]
fn the_text_starts_with_what_is_left_out() {
    let text = text(&traced(Lang::Zh), Lang::Zh);
    assert!(text.starts_with("规则集 a 1.0 · 甲县\n"), "{text}");
    let places: Vec<usize> = [
        "✖ 第 3 行 还有一句没有规则",
        "– 第 1 行",
        "✔ 第 3 行 校门",
        "全县规则 都交表:所有学校都交表",
        "国标 · 国家标准: 有门卫 只引国标",
    ]
    .iter()
    .map(|words| text.find(words).unwrap_or_else(|| unreachable!("{words} in {text}")))
    .collect();
    assert!(places.is_sorted(), "{places:?}\n{text}");
}

#[test]
fn the_page_keeps_the_order_of_the_text_and_loads_nothing() {
    let page = page("order", &[]);
    assert!(page.contains("default-src 'none'") && page.contains("<html lang=\"zh-CN\">"));
    for foreign in ["<script", "src=", "http:", "https:", "<b>", "<发言>"] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    let order =
        ["<h2>没有规则 (1)</h2>", "id=\"会议-1\"", "id=\"会议-2\"", "id=\"会议-3\"", "id=\"会议-4\"", "全部规则"];
    let places: Vec<Option<usize>> = order.iter().map(|words| page.find(words)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
    assert!(page.contains("<span class=\"unquoted\">夜里要巡逻</span>。"), "{page}");
    assert!(
        page.contains("<span class=\"unquoted\">学校</span>一所不漏!") && page.contains("规则集 a 1.0 · 甲县"),
        "{page}"
    );
    for words in ["学校.门卫.人数 ≥ 1", "只有 {学校.标识码}", "配门卫", "思想认识,无数据可证", "「一所不漏」", "重大"]
    {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn every_link_of_the_page_has_one_place() {
    let page = page("links", &["--lang", "en"]);
    assert!(page.contains("<html lang=\"en\">") && page.contains("no rule (1)"));
    let ids = attributes(&page, "id");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(unique.len(), ids.len(), "{ids:?}");
    for rule in ["rule-有门卫", "rule-都交表", "rule-只引国标"] {
        assert!(unique.contains(rule), "{rule}");
    }
    let links = attributes(&page, "href");
    assert!(links.len() >= 5, "{links:?}");
    for link in links {
        let id = percent_decode_str(link.trim_start_matches('#')).decode_utf8().expect("UTF-8");
        assert!(unique.contains(id.as_ref()), "{id}");
    }
}

#[test]
fn json_holds_the_same_and_a_file_may_take_it() {
    let output = program("json", &["--format", "json"]);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(value, serde_json::to_value(traced(Lang::Zh)).expect("JSON"));
    assert_eq!(value["sources"][0]["sentences"][3]["state"], "uncovered");
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("trace/written.json");
    let written = program("json", &["--format", "json", "--output", path.to_str().expect("a path")]);
    assert!(written.stdout.is_empty());
    assert_eq!(std::fs::read(path).expect("the file"), output.stdout);
}

/// Words of a clause that are no numerals, marks or item numbers.
const WORDS: &str = "校门夜里巡逻值守登记报告检查隐患整改食堂宿舍车辆消防";

/// What parts two clauses, and the marks of items that begin one.
const PARTED: [&str; 8] = [",", ",", "、", ":", "——", "……", "\t", "……"];
const MARKED: [&str; 10] = ["(一)", "(二)", "(3)", "①", "⑫", "㈡", "一是", "2.", "第三,", ""];

fn clause() -> impl Strategy<Value = String> {
    let characters: Vec<char> = WORDS.chars().collect();
    proptest::collection::vec(proptest::sample::select(characters), 5..9).prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// However a sentence is cut into clauses, a quote that lacks a character of one's words never covers it, and is told.
    #[test]
    fn a_part_of_a_clause_never_covers_it(
        clauses in proptest::collection::vec((clause(), 0..PARTED.len(), 0..MARKED.len()), 2..6),
        at in any::<proptest::sample::Index>(),
        (left, right) in (0_usize..5, 0_usize..5),
    ) {
        let mut sentence = String::new();
        let mut places = Vec::new();
        for (words, parted, marked) in &clauses {
            sentence += MARKED[*marked];
            places.push((sentence.len(), sentence.len() + words.len()));
            sentence += words;
            sentence += PARTED[*parted];
        }
        let at = at.index(clauses.len());
        let words = clauses[at].0.chars().count();
        prop_assume!(left + right > 0 && left + right < words);
        // Up to some character of the clause from the beginning, and from another to the end.
        let (start, end) = places[at];
        let before = if left > 0 { &sentence[..start] } else { "" };
        let skipped: usize = clauses[at].0.chars().take(left).map(char::len_utf8).sum();
        let cut: usize = clauses[at].0.chars().rev().take(right).map(char::len_utf8).sum();
        let quotes = if left > 0 && right > 0 {
            vec![before, &sentence[start + skipped..end - cut]]
        } else if left > 0 {
            vec![before, &sentence[start + skipped..]]
        } else {
            vec![&sentence[..end - cut]]
        };
        let text = format!("{sentence}。");
        // The first words may stand twice in the sentence by chance.
        prop_assume!(quotes.iter().all(|quote| text.matches(quote).count() <= 1));
        let cites: String = quotes.iter().filter(|quote| !quote.is_empty()).map(|quote| format!("依据 文 \"{}\" ", quote)).collect();
        let rules = format!("规则集 甲 \"甲\" {{ 版本 1 }}\n来源 文 \"source/text.txt\" \"文\"\n数据 学校 {{ 数: 整数 }}\n规则 一 \"一\" {{ {cites} 要求 数 > 1 整改 \"改\" }}\n");
        let files = Files(BTreeMap::from([("rules.bulou", rules.clone()), ("source/text.txt", text.clone())].map(|(name, text)| (name.to_owned(), text.into_bytes()))));
        let loaded = load(&files);
        prop_assert!(loaded.rules.is_some(), "{rules}\n{:?}", loaded.diagnostics);
        let trace = trace(&loaded.rules.expect("rules"), &files, Lang::Zh);
        let found: Vec<&Clause> = trace.sources[0].sentences[0].clauses.iter().filter(|one| one.text.contains(&*clauses[at].0)).collect();
        prop_assert_eq!(trace.sources[0].sentences[0].clauses.iter().filter(|one| one.text.chars().any(|c| WORDS.contains(c))).count(), clauses.len(), "{}", text);
        prop_assert!(found.iter().all(|one| one.quoted != Quoted::Whole) && !found.is_empty(), "{}\n{}", text, rules);
        prop_assert!(loaded.diagnostics.iter().any(|one| one.code.as_str() == "W102"), "{}", text);
    }
}
