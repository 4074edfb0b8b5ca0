//! Any bytes as a school's document, workbooks included.
#![no_main]

use bulou_fuzz::{PACK, no_gb18030, options, written};
use bulou_messages::diagnostic::Lang;
use bulou_report::{Report, Verdict};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|bytes: &[u8]| {
    let report = PACK.check("case.json", bytes, options(Lang::Zh), &no_gb18030).expect("the options fit");
    written(&report);
    // What cannot be read, or is wrong in its structure, is never a pass.
    let wrong = report.structure.iter().any(|problem| !problem.notice);
    assert!(report.verdict != Verdict::Pass || !wrong && !report.rules.is_empty());
    judge_as_serde_json_does(bytes, &report);
    let _ = PACK.document(bytes, bulou_messages::diagnostic::Lang::Zh, &no_gb18030);
});

/// The project's own scanner and `serde_json` agree on what is JSON, but for numbers that no float holds and for more
/// brackets inside one another than a document needs.
fn judge_as_serde_json_does(bytes: &[u8], report: &Report) {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let codes: Vec<&str> = report.structure.iter().map(|problem| problem.code.as_str()).collect();
    match serde_json::from_slice::<Value>(bytes) {
        Ok(json) => {
            // What is no document of the pack, or says that it is another's, is not judged.
            let is_other = codes.iter().any(|code| ["D013", "D018"].contains(code));
            assert!(!json.is_object() || is_other || !report.rules.is_empty(), "{codes:?}");
        }
        Err(error) if error.to_string().contains("number out of range") => {}
        // Other encodings and workbooks are made JSON first.
        Err(_) if std::str::from_utf8(bytes).is_err() || codes.contains(&"D015") => {}
        Err(error) => assert!(report.rules.is_empty() || error.to_string().contains("recursion"), "{error}"),
    }
}
