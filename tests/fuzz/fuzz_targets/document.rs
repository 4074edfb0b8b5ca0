//! Any bytes as a school's document, workbooks included.
#![no_main]

use bulou::api::LangName;
use bulou::report::Verdict;
use bulou_fuzz::{PACK, no_gb18030, options, written};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let report = PACK.check("case.json", bytes, options(LangName::Zh), &no_gb18030).expect("the options fit");
    written(&report);
    // What cannot be read, or is wrong in its structure, is never a pass.
    let wrong = report.structure.iter().any(|problem| !problem.notice);
    assert!(report.verdict != Verdict::Pass || !wrong && !report.rules.is_empty());
    let _ = PACK.document(bytes, bulou::diagnostic::Lang::Zh, &no_gb18030);
});
