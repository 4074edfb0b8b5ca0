//! `bulou new`, `completions` and `man`: what they write works as it stands.

#![allow(clippy::expect_used, clippy::disallowed_methods, reason = "a test may fail, and starts the program")]

use std::path::Path;
use std::process::{Command, Output};

fn bulou(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bulou")).current_dir(folder).args(args).output().expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn a_new_pack_lints_clean_is_laid_out_and_its_cases_hold() {
    for lang in ["zh", "en"] {
        let folder = tempfile::tempdir().expect("a folder");
        let run = |args: &[&str]| {
            let output = bulou(folder.path(), &[args, &["--lang", lang]].concat());
            assert_eq!(output.status.code(), Some(0), "{lang} {args:?}: {}", said(&output));
            said(&output)
        };
        assert!(run(&["new", "fire-2"]).contains("bulou lint fire-2"));
        run(&["lint", "fire-2", "--deny", "warnings"]);
        run(&["fmt", "--check", "fire-2"]);
        run(&["test", "fire-2"]);
        run(&["check", "--pack", "fire-2", "--as-of", "2026-03-02", "fire-2/cases/base/good.json"]);
        run(&["template", "fire-2", "-o", "form.xlsx"]);
        assert!(
            run(&[
                "check",
                "--pack",
                "fire-2",
                "--as-of",
                "2026-03-02",
                "fire-2/cases/base/good.json",
                "--format",
                "json"
            ])
            .contains("\"fire-2\"")
        );
    }
}

#[test]
fn nothing_that_is_there_is_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("mine")).expect("a folder");
    std::fs::write(folder.path().join("mine/pack.bulou"), "mine").expect("a file");
    for name in ["mine", "mine/pack.bulou"] {
        let output = bulou(folder.path(), &["new", name]);
        assert!(output.status.code() == Some(2) && said(&output).contains("已经有东西"), "{}", said(&output));
    }
    assert_eq!(std::fs::read_to_string(folder.path().join("mine/pack.bulou")).expect("a file"), "mine");
    // An empty folder is as good as none.
    std::fs::create_dir(folder.path().join("empty")).expect("a folder");
    assert_eq!(bulou(folder.path(), &["new", "empty"]).status.code(), Some(0));
}

#[test]
fn shells_and_the_manual_know_every_command_and_no_inner_one() {
    let folder = tempfile::tempdir().expect("a folder");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = said(&bulou(folder.path(), &["completions", shell]));
        for word in ["check", "county", "publish", "fail-on"] {
            assert!(script.contains(word), "{shell} {word}");
        }
    }
    let checked = Command::new("bash").arg("-n").arg("/dev/stdin").stdin(std::process::Stdio::piped()).spawn();
    let mut checked = checked.expect("bash runs");
    let script = bulou(folder.path(), &["completions", "bash"]).stdout;
    std::io::Write::write_all(&mut checked.stdin.take().expect("a pipe"), &script).expect("written");
    assert!(checked.wait().expect("bash ends").success());
    let output = bulou(folder.path(), &["man", "man"]);
    assert_eq!(output.status.code(), Some(0));
    let names: Vec<_> =
        std::fs::read_dir(folder.path().join("man")).expect("a folder").flatten().map(|one| one.file_name()).collect();
    assert!(names.contains(&"bulou.1".into()) && names.contains(&"bulou-check.1".into()), "{names:?}");
    assert!(!names.iter().any(|name| name.to_string_lossy().contains("untrusted")));
    let page = std::fs::read_to_string(folder.path().join("man/bulou-check.1")).expect("a page");
    assert!(page.starts_with(".") && page.contains("fail\\-on"), "{page}");
}
