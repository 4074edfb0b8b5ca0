//! Every code of a document's problem is one of a list (which is held to the explanations where it stands), is reported by
//! somebody, and is written nowhere else in the sources.

#![allow(clippy::expect_used, clippy::disallowed_methods, reason = "a test reads its files and fails by panic")]

use std::path::Path;

use bulou_messages::problem_codes::ProblemCode;

/// Everything in Rust under a folder but the list itself.
fn sources(folder: &Path, into: &mut String) {
    for entry in std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("problem_codes.rs") {
            into.push_str(&std::fs::read_to_string(&path).expect("a source file"));
        }
    }
}

#[test]
fn every_code_of_a_document_is_reported_and_said_by_its_name() {
    let mut text = String::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut text);
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    for known in ProblemCode::ALL {
        let name = format!("ProblemCode::{known:?}");
        let is_whole = |rest: &&str| !rest.starts_with(|c: char| c.is_alphanumeric());
        assert!(code.split(&name).skip(1).any(|rest| is_whole(&rest)), "nobody reports {known}: {name}");
        assert!(!code.contains(&format!("\"{known}\"")), "say {name} for {known}");
    }
}
