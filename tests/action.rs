//! The action's script, run as it stands, over paths as people write them.
#![cfg(unix)]
#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a test starts programs and may fail"
)]

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What the step `Check` runs.
fn script() -> String {
    let action = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml")).expect("the action");
    let step = action.split("- name: Check").nth(1).expect("the step");
    let lines = step.split("run: |\n").nth(1).expect("its script").lines();
    lines.map(|line| line.strip_prefix("        ").unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(name)
}

/// A checkout with submissions under odd names, and the program where the action installs it.
struct Checkout(PathBuf);

impl Checkout {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("action").join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(folder.join("runner/bulou/bin")).expect("a folder");
        symlink(env!("CARGO_BIN_EXE_bulou"), folder.join("runner/bulou/bin/bulou")).expect("a link");
        Self(folder)
    }

    fn file(&self, name: &str, from: &str) {
        let path = self.0.join("work").join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::copy(sample(from), path).expect("copied");
    }

    fn run(&self, paths: &str, sarif: &str) -> Output {
        let run = Command::new("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script()])
            .current_dir(self.0.join("work"))
            .env("RUNNER_TEMP", self.0.join("runner"))
            .envs([("PATHS", paths), ("AS_OF", "2022-06-28"), ("PACK", ""), ("FAIL_ON", "fail"), ("SARIF", sarif)])
            .output();
        run.expect("bash runs")
    }

    /// The files that the last run's SARIF speaks of.
    fn told(&self) -> Vec<String> {
        let text = std::fs::read_to_string(self.0.join("work/bulou.sarif")).expect("a SARIF file");
        let log: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let results = log["runs"][0]["results"].as_array().cloned().unwrap_or_default();
        let place = |one: &serde_json::Value| {
            one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap_or_default().to_owned()
        };
        let mut files: Vec<String> = results.iter().map(place).collect();
        files.sort();
        files.dedup();
        files
    }
}

const BAD: &str = "北关小学-有问题.json";
const GOOD: &str = "南街小学.json";

#[test]
fn every_line_is_used_whole() {
    let checkout = Checkout::new("lines");
    for name in ["a b/$(touch x) 'q' \"d\".json", "second.json", "[1]*.json", "-dash.json"] {
        checkout.file(name, BAD);
    }
    checkout.file("good.json", GOOD);
    let paths = "good.json\n\n  \na b/$(touch x) 'q' \"d\".json\r\nsecond.json\n[1]*.json\n-dash.json";
    let output = checkout.run(paths, "bulou.sarif");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(checkout.told().len() >= 4, "{:?}", checkout.told());
    assert!(!checkout.0.join("work/x").exists(), "nothing of a path is run");
    assert!(String::from_utf8_lossy(&output.stdout).contains("second.json"), "annotations come from the same run");
    // The last line counts as the first does.
    assert_eq!(checkout.run("good.json\nsecond.json", "bulou.sarif").status.code(), Some(1));
    assert_eq!(checkout.run("second.json\ngood.json", "bulou.sarif").status.code(), Some(1));
    assert_eq!(checkout.run("good.json", "bulou.sarif").status.code(), Some(0));
}

#[test]
fn patterns_stand_for_what_fits_and_for_nothing_they_are_refused() {
    let checkout = Checkout::new("patterns");
    checkout.file("收/乡 一/a.json", BAD);
    checkout.file("收/b.json", GOOD);
    assert_eq!(checkout.run("收/*.json", "bulou.sarif").status.code(), Some(0));
    assert_eq!(checkout.run("收/**/*.json", "bulou.sarif").status.code(), Some(1));
    for (paths, words) in [("收/*.xlsx", "收/*.xlsx"), ("", "no file"), ("\n \n", "no file")] {
        let output = checkout.run(paths, "bulou.sarif");
        assert_eq!(output.status.code(), Some(2), "{paths:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(words), "{paths:?}");
    }
}

#[test]
fn what_cannot_be_read_or_written_is_no_success() {
    let checkout = Checkout::new("broken");
    checkout.file("good.json", GOOD);
    assert_eq!(checkout.run("good.json\nmissing.json", "bulou.sarif").status.code(), Some(2));
    let output = checkout.run("good.json", "no/such/folder/bulou.sarif");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("bulou.sarif"));
    let output = checkout.run("good.json", "good.json");
    assert_eq!(output.status.code(), Some(2), "an output is no input");
    assert_eq!(
        std::fs::read(checkout.0.join("work/good.json")).expect("a file"),
        std::fs::read(sample(GOOD)).expect("a file")
    );
}
