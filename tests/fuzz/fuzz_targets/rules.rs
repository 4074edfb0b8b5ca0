//! Any text as a rule file: it compiles, or it is refused with a place in it. What compiles, checks.
#![no_main]

use bulou_api::Pack;
use bulou_fuzz::{files, no_gb18030, options, written};
use bulou_messages::diagnostic::Lang;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut given = files();
    given.retain(|name, _| !name.ends_with(".bulou"));
    given.insert("case.bulou".to_owned(), text.to_owned());
    let pack = Pack::load(given);
    for lang in [Lang::Zh, Lang::En] {
        let answer = pack.answer(lang);
        // CR and LF count as two: no line is beyond these.
        let lines = text.split(['\n', '\r', '\u{2028}', '\u{2029}']).count();
        for diagnostic in &answer.diagnostics {
            assert!(!diagnostic.message.is_empty() && !diagnostic.help.is_empty(), "{diagnostic:?}");
            assert!(diagnostic.file != "case.bulou" || diagnostic.line <= lines, "{diagnostic:?}");
        }
        assert!(answer.pack.is_some() || answer.diagnostics.iter().any(|diagnostic| diagnostic.error));
    }
    let Ok(compiled) = pack.compiled() else { return };
    let compiled = Pack::from_compiled(&compiled).expect("what was compiled loads");
    for document in ["{}", "[]"].map(str::to_owned).into_iter().chain(pack.template()) {
        let [report, again] = [&pack, &compiled].map(|pack| {
            let report = pack.check("case.json", document.as_bytes(), options(Lang::Zh), &no_gb18030);
            report.expect("the options fit")
        });
        written(&report);
        let json = |report| serde_json::to_string(report).expect("JSON");
        assert_eq!(json(&report), json(&again));
    }
    serde_json::from_str::<serde_json::Value>(&pack.schema().expect("a schema")).expect("JSON");
});
