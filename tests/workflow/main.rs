//! The repository that `bulou init` writes: its workflow, run step by step over pull requests, and its other checks.
#![cfg(unix)]
#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test starts programs and may fail"
)]

mod begun;
mod runner;

use runner::{Branch, CHECK, RULES, roster, school};

#[test]
fn a_school_that_hands_in_passes_by_the_rules_of_the_base() {
    let branch = Branch::new("added", &[]);
    branch.write("submissions/a.json", &school("100", 12));
    let ran = branch.run();
    assert_eq!(ran.failed, [""; 0], "{}", ran.log);
    assert_eq!(ran.lines("paths"), ["submissions/a.json"]);
    assert_eq!((ran.lines("taken"), ran.lines("stray"), ran.lines("bureau")), (vec![], vec![], vec![]));
    assert!(branch.path("county.html").exists());
    branch.write("submissions/b.json", &school("100", 3));
    assert_eq!(branch.run().failed, [CHECK]);
}

#[test]
fn a_document_under_another_school_s_code_or_one_of_nobody_fails() {
    let named = |code: &str, name: &str| school(code, 12).replace(&format!("{code}校"), name);
    for (text, fails) in [
        (named("100", " 100\u{3000}校\u{200B}"), false),
        (named("100", "300校"), true),
        // It is on the roster of nobody but the school itself.
        (named("300", "300校"), true),
    ] {
        let branch = Branch::new("whose", &[]);
        branch.write("submissions/a.json", &text);
        let ran = branch.run();
        assert_eq!(ran.failed.contains(&CHECK.to_owned()), fails, "{text}: {}", ran.log);
        assert_eq!(ran.log.contains("title=D072"), fails, "{text}: {}", ran.log);
        assert!(ran.failed.len() == usize::from(fails) && branch.path("county.html").exists(), "{:?}", ran.failed);
    }
}

#[test]
fn the_roster_that_is_proposed_has_to_have_all_who_handed_in() {
    let branch = Branch::new("roster", &[("a.json", &school("100", 12))]);
    branch.write("全县.json", &roster(&["300"]));
    assert_eq!(branch.run().failed, [CHECK]);
    branch.write("全县.json", &roster(&["100", "100"]));
    assert_eq!(branch.run().failed, [CHECK], "a roster that is not clear is none");
}

#[test]
fn a_school_brings_neither_rules_nor_roster() {
    for (file, text) in [
        ("pack/pack.bulou", RULES.replace("人数 ≥ 10", "人数 ≥ 1")),
        ("全县.json", roster(&["100", "300"])),
        (".github/workflows/check.yml", "on: push".to_owned()),
        ("pack/cases/a.json", "{}".to_owned()),
    ] {
        let branch = Branch::new("rules", &[]);
        branch.write("submissions/a.json", &school("100", 3));
        branch.write(file, &text);
        let ran = branch.run();
        assert!(ran.failed.contains(&CHECK.to_owned()), "by other rules it would pass: {}", ran.log);
        assert!(ran.failed.contains(&"The bureau's files change apart".to_owned()), "{file}: {}", ran.log);
        assert!(ran.log.contains(file), "{}", ran.log);
        // The report goes by the roster of the base, on which there is one school.
        let report = std::fs::read_to_string(branch.path("county.html")).expect("a report");
        assert!(!report.contains("300校"), "{file}");
    }
}

#[test]
fn what_stands_in_no_place_fails_and_is_named() {
    for file in ["a.json", "Submissions/镇/a.json", "submission/a.json", "submissions2/a.json", "packs/a.bulou"] {
        let branch = Branch::new("stray", &[("z.json", &school("100", 12))]);
        branch.write(file, &school("200", 3));
        let ran = branch.run();
        assert_eq!(ran.failed, ["Everything stands in its place"], "{file}: {}", ran.log);
        assert!(ran.log.contains(file), "{}", ran.log);
    }
}

#[test]
fn the_bureau_s_own_change_is_named_and_does_not_judge_yet() {
    let branch = Branch::new("bureau", &[("a.json", &school("100", 3))]);
    branch.write("全县.json", &roster(&["100", "300"]));
    let ran = branch.run();
    assert_eq!(ran.failed, [CHECK], "{}", ran.log);
    assert!(ran.log.contains("changed: 全县.json") && ran.log.contains("::warning::"), "{}", ran.log);
    let report = std::fs::read_to_string(branch.path("county.html")).expect("a report");
    assert!(report.contains("300校"), "the report shows the roster that is proposed");
    let branch = Branch::new("bureau-pack", &[("a.json", &school("100", 3))]);
    branch.write("pack/pack.bulou", &RULES.replace("人数 ≥ 10", "人数 ≥ 1"));
    assert!(branch.run().failed.contains(&CHECK.to_owned()), "the rules of the base are in force");
    branch.write("pack/pack.bulou", "规则 坏 {");
    let ran = branch.run();
    assert!(ran.failed.contains(&"The rules that are proposed hold".to_owned()), "{}", ran.log);
}

#[test]
fn a_submission_that_is_deleted_moved_or_overwritten_is_told() {
    // Two schools' documents are so like one another that git sees a rename.
    let like = school("100", 12);
    let before = [("a.json", like.as_str()), ("b.json", "{}"), ("c.json", "[]"), ("d.json", "{\"d\": 1}")];
    let branch = Branch::new("taken", &before);
    branch.remove("submissions/a.json");
    branch.write("submissions/new.json", &school("101", 12));
    branch.write("submissions/b.json", "{\"of another\": 1}");
    branch.remove("submissions/c.json");
    branch.write("submissions/\"二\"\t.json", "{}");
    let ran = branch.run();
    let within = |names: [&str; 3]| names.map(|name| format!("submissions/{name}")).to_vec();
    assert_eq!(ran.lines("paths"), within(["\"二\"\t.json", "b.json", "new.json"]));
    assert_eq!(ran.lines("taken"), within(["a.json", "b.json", "c.json"]));
    assert!(ran.failed.contains(&"Nothing is taken back unnoticed".to_owned()), "{}", ran.log);
}

#[test]
fn a_pull_request_without_submissions_has_all_of_them_checked() {
    let branch = Branch::new("none", &[("a.json", &school("100", 12))]);
    branch.write("README.md", "words");
    let ran = branch.run();
    assert_eq!((ran.lines("paths"), ran.lines("bureau")), (vec!["submissions"], vec!["README.md"]));
    assert_eq!(ran.failed, [""; 0], "{}", ran.log);
}

#[test]
fn without_the_base_nothing_is_compared() {
    let branch = Branch::new("no-base", &[("a.json", "{}")]);
    branch.git(&["update-ref", "-d", "refs/remotes/origin/main"]);
    let ran = branch.run();
    assert_eq!(ran.failed, ["changed"]);
    assert!(ran.outputs.is_empty());
}

#[test]
fn a_name_of_several_lines_is_refused() {
    for name in ["submissions/b\nsubmissions\r.json", "submissions/a.json\r", "pack/a\nb"] {
        let branch = Branch::new("lines-in-a-name", &[("a.json", "{}")]);
        branch.write(name, "{}");
        assert_eq!(branch.run().failed, ["changed"], "{name:?}");
    }
}

#[test]
fn no_name_of_a_file_speaks_to_the_runner() {
    let branch = Branch::new("spoken", &[]);
    branch.write("submissions/a.json", &school("100", 3));
    let names = [
        "END-OF-PATHS",
        "paths=submissions/none.json",
        "stray=",
        "x<<END-OF-PATHS",
        "::notice::all is well",
        "##[notice]all is well",
    ];
    names.iter().for_each(|name| branch.write(name, "x"));
    let ran = branch.run();
    assert_eq!(ran.lines("paths"), ["submissions/a.json"]);
    assert!(
        ran.failed.contains(&CHECK.to_owned()) && ran.failed.contains(&"Everything stands in its place".to_owned())
    );
    let (before, after) = ran.log.split_once("::stop-commands::").expect("names are printed where no command is taken");
    let (secret, after) = after.split_once('\n').expect("a line");
    let (silent, _) = after.split_once(&format!("::{secret}::")).expect("an end");
    for name in names {
        assert!(ran.lines("stray").contains(&name) && silent.contains(name) && !before.contains(name), "{name}");
    }
    assert_ne!(secret, branch.run().outputs["silence"], "nobody knows it before");
}
