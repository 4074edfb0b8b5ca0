//! Every code of a document's problem that the program can report has an explanation, and no other.

#![allow(clippy::expect_used, clippy::disallowed_methods, reason = "a test reads its files and fails by panic")]

use std::collections::BTreeSet;
use std::path::Path;

use bulou_messages::diagnostic::Lang;

fn literals(folder: &Path, into: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            literals(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).expect("a source file");
            let quoted =
                text.split("\"D").skip(1).filter_map(|rest| rest.get(..3).filter(|_| rest.get(3..4) == Some("\"")));
            into.extend(
                quoted.filter(|digits| digits.bytes().all(|b| b.is_ascii_digit())).map(|digits| format!("D{digits}")),
            );
        }
    }
}

#[test]
fn every_document_code_is_explained() {
    let mut used = BTreeSet::new();
    literals(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut used);
    let explained: BTreeSet<String> = bulou_messages::explain::all(Lang::Zh)
        .map(|found| found.code.to_owned())
        .filter(|code| code.starts_with('D'))
        .collect();
    assert_eq!(used, explained);
}
