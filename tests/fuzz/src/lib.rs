//! What the targets have in common: the campus-safety pack, compiled once, and every way to write a report.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use bulou_api::{CheckOptions, Pack};
use bulou_messages::diagnostic::Lang;
use bulou_report::text::TextOptions;
use bulou_report::{Report, csv, text};

/// The campus-safety pack.
pub static PACK: LazyLock<Pack> = LazyLock::new(|| Pack::load(files()));

/// The pack's files by path, the calendar among them.
pub fn files() -> BTreeMap<String, String> {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules");
    let mut files = BTreeMap::new();
    for (folder, prefix) in [("campus-safety", ""), ("campus-safety/source", "source/"), ("calendar", "calendar/")] {
        for entry in std::fs::read_dir(rules.join(folder)).expect("a folder").filter_map(Result::ok) {
            if let Ok(text) = std::fs::read_to_string(entry.path()) {
                files.insert(format!("{prefix}{}", entry.file_name().to_string_lossy()), text);
            }
        }
    }
    files
}

/// A check on the day of the samples.
pub fn options(lang: Lang) -> CheckOptions {
    let as_of = bulou_base::date::parse("2022-06-28").expect("a date");
    CheckOptions { as_of, params: BTreeMap::new(), waivers: Vec::new(), lang }
}

/// Bytes in GB18030 are not what is tried here.
pub fn no_gb18030(_: &[u8]) -> Option<String> {
    None
}

/// Writes a report in every format of the library.
pub fn written(report: &Report<'_>) {
    for (lang, quiet, color, width) in [(Lang::Zh, false, true, 80), (Lang::En, true, false, 1)] {
        let _ = text::render(report, TextOptions { color, width, lang, quiet });
        let _ = csv::rows(report, lang);
    }
    serde_json::to_string(report).expect("a report is JSON");
    let rules: u32 = report.rules.len().try_into().expect("few rules");
    let open = report.rules.iter().filter(|rule| !rule.findings.is_empty()).count();
    assert!(open <= rules as usize);
}
