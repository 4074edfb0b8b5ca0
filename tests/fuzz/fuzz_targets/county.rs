//! Any text as the partial state of a county: it is refused, or it makes a report.
#![no_main]

use bulou::api::LangName;
use bulou::api::county::County;
use bulou::county::text;
use bulou::diagnostic::Lang;
use bulou_fuzz::{PACK, no_gb18030, options};
use libfuzzer_sys::fuzz_target;

const OWN: &str = include_str!("../../county/全县.json");

fuzz_target!(|state: &str| {
    let mut county = County::new(&PACK, options(LangName::Zh)).expect("the options fit");
    if county.merge(state).is_err() {
        return;
    }
    let first = county.partial().expect("JSON");
    // Merging what was merged changes nothing.
    county.merge(&first).expect("the same rules");
    assert_eq!(first, county.partial().expect("JSON"));
    let report = county.finish("全县.json", OWN.as_bytes(), None, &no_gb18030).expect("the pack has county rules");
    for lang in [Lang::Zh, Lang::En] {
        let _ = text::render(&report, lang, true);
        let _ = text::matrix(&report, lang);
    }
    serde_json::to_string(&report).expect("a report is JSON");
});
