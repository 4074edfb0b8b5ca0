//! Every code of a document's problem, and of why published rules are not accepted, is one of a list (which is held to the
//! explanations where it stands), is reported by somebody, and is written nowhere else in the sources.

#![allow(clippy::expect_used, clippy::disallowed_methods, reason = "a test reads its files and fails by panic")]

use std::path::Path;

use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::publication_codes::PublicationCode;

/// Where the lists stand.
const LISTS: [&str; 2] = ["problem_codes.rs", "publication_codes.rs"];

/// Everything in Rust under a folder but the lists themselves.
fn sources(folder: &Path, into: &mut String) {
    for entry in std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && !LISTS.iter().any(|list| path.ends_with(list))
        {
            into.push_str(&std::fs::read_to_string(&path).expect("a source file"));
        }
    }
}

#[test]
fn every_code_is_reported_and_said_by_its_name() {
    let mut text = String::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut text);
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let problems = ProblemCode::ALL.iter().map(|known| (format!("ProblemCode::{known:?}"), known.as_str()));
    let publications = PublicationCode::ALL.iter().map(|known| (format!("PublicationCode::{known:?}"), known.as_str()));
    for (name, known) in problems.chain(publications) {
        let is_whole = |rest: &&str| !rest.starts_with(|c: char| c.is_alphanumeric());
        assert!(code.split(&name).skip(1).any(|rest| is_whole(&rest)), "nobody reports {known}: {name}");
        assert!(!code.contains(&format!("\"{known}\"")), "say {name} for {known}");
    }
}
