//! Workbooks: what a document loses on its way through one (nothing), what is read from those that people make, and what
//! no workbook can do to the program.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::cast_possible_truncation,
    reason = "a test reads fixtures, starts the program and fails by panic"
)]

#[path = "../packs_support/mod.rs"]
mod packs_support;

mod annotated;
mod beside;
mod colours;
mod command;
mod concealed;
mod damaged;
mod elsewhere;
mod hand_made;
mod hostile;
mod joined;
mod labels;
mod left;
mod mutants;
mod ods;
mod reach;
mod shown;
mod shown_ods;
mod template;
mod totals;
mod typed;
mod unseen;
mod whole;

use bulou_api::check_any_encoding;
use bulou_eval::{Checker, Options};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
use bulou_report::Report;
use rust_xlsxwriter::Workbook;
use serde_json::Value;

/// The text of a document as a value.
fn value(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

fn fixture(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/workbooks").join(name);
    std::fs::read(path).expect("a fixture")
}

/// A pack of one file.
fn pack(text: &str) -> RuleSet {
    // A pack has a rule.
    let files = [("a.bulou", text), ("z.bulou", "规则 常 \"常\" { 要求 今天 > 2000-01-01 }\n")];
    let files = bulou_pack::Files(files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into());
    let loaded = bulou_pack::load(&files);
    loaded.rules.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
}

/// The report of a document or workbook on a day of the samples.
fn report<'r>(rules: &'r RuleSet, name: &str, bytes: &[u8]) -> Report<'r> {
    let options = Options::on(bulou_base::date::parse("2022-06-28").expect("a date"));
    let mut checker = Checker::new(rules, &options).expect("the options fit");
    check_any_encoding(&mut checker, name, bytes, Lang::Zh, &|_| None)
}

/// A workbook of texts, as some other program might make it.
fn drawn(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(*name).expect("a name");
        for (row, cells) in (0_u32..).zip(*rows) {
            for (column, text) in (0_u16..).zip(*cells).filter(|(_, text)| !text.is_empty()) {
                sheet.write_string(row, column, *text).expect("a cell");
            }
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// What was read, and the problems as `code cell`.
fn read(rules: &RuleSet, bytes: &[u8]) -> (Value, Vec<String>) {
    let reading = bulou_sheets::read(rules, bytes, Lang::Zh).expect("a workbook");
    let problem =
        |problem: &bulou_report::Problem| format!("{} {}", problem.code, problem.cell.as_deref().unwrap_or_default());
    (value(&reading.text), reading.problems.iter().map(problem).collect())
}
