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
    step("action.yml", "- name: Check")
}

/// What a step in a file runs: its script's lines are indented as far as the first.
fn step(file: &str, name: &str) -> String {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("the file");
    let step = text.split(name).nth(1).expect("the step");
    let script = step.split("run: |\n").nth(1).expect("its script");
    let indent = script.len() - script.trim_start().len();
    let lines = script.lines().map_while(|line| line.split_at_checked(indent.min(line.len())));
    lines.take_while(|(blank, _)| blank.trim().is_empty()).map(|(_, line)| line).collect::<Vec<_>>().join("\n")
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
        self.run_by(paths, sarif, &[])
    }

    /// The same with further inputs of the action.
    fn run_by(&self, paths: &str, sarif: &str, inputs: &[(&str, &str)]) -> Output {
        let run = Command::new("bash")
            .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script()])
            .current_dir(self.0.join("work"))
            .env("RUNNER_TEMP", self.0.join("runner"))
            .envs([("PATHS", paths), ("AS_OF", "2022-06-28"), ("PACK", ""), ("FAIL_ON", "fail"), ("SARIF", sarif)])
            .envs([("PUBLISHED", ""), ("PUBLIC_KEY", ""), ("COUNTY", "")])
            .envs(inputs.iter().copied())
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
    // A file called like the pattern takes nobody's place.
    checkout.file("交/*.json", GOOD);
    checkout.file("交/坏.json", BAD);
    checkout.file("又/[a].json", GOOD);
    checkout.file("又/a.json", BAD);
    checkout.file("大/BAD.JSON", BAD);
    // Whose name begins with a dot is as good as any.
    checkout.file("藏/a.json", GOOD);
    checkout.file("藏/.b.json", BAD);
    for paths in ["交/*.json", "又/[a].json", "大/*.json", "藏/*.json"] {
        assert_eq!(checkout.run(paths, "bulou.sarif").status.code(), Some(1), "{paths}");
    }
    for (paths, words) in [("收/*.xlsx", "收/*.xlsx"), ("", "no file"), ("\n \n", "no file")] {
        let output = checkout.run(paths, "bulou.sarif");
        assert_eq!(output.status.code(), Some(2), "{paths:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(words), "{paths:?}");
    }
}

#[test]
fn the_rules_are_those_that_are_named() {
    let checkout = Checkout::new("rules");
    checkout.file("good.json", GOOD);
    let new =
        Command::new(env!("CARGO_BIN_EXE_bulou")).args(["new", "pack"]).current_dir(checkout.0.join("work")).status();
    assert!(new.expect("the program runs").success());
    // By other rules than it is filled in for, nothing of it is met.
    let of = |inputs: &[(&str, &str)]| checkout.run_by("good.json", "bulou.sarif", inputs).status.code();
    assert_eq!(of(&[]), Some(0));
    assert_ne!(of(&[("PACK", "pack")]), Some(0));
    // What is published is not used unverified, nor beside other rules.
    assert_eq!(of(&[("PUBLISHED", "pack")]), Some(2));
    assert_eq!(of(&[("PUBLIC_KEY", "key.pub")]), Some(2));
    assert_eq!(of(&[("PUBLISHED", "pack"), ("PUBLIC_KEY", "key.pub")]), Some(2));
}

#[test]
fn the_roster_is_the_county_s_that_is_named() {
    let checkout = Checkout::new("roster");
    checkout.file("good.json", GOOD);
    let county = |name: &str, id: &str| {
        let text = format!("{{\"名册\": [{{\"标识码\": \"{id}\", \"名称\": \"南街小学\"}}]}}");
        std::fs::write(checkout.0.join("work").join(name), text).expect("written");
    };
    county("全 县.json", "2141000345");
    county("other.json", "2141000346");
    county("none.json", "");
    let of =
        |county: &str| checkout.run_by("good.json", "bulou.sarif", &[("COUNTY", county), ("FAIL_ON", "undetermined")]);
    assert_eq!(of("全 县.json").status.code(), Some(0));
    let other = of("other.json");
    assert_eq!(other.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&other.stdout).contains("title=D072"), "{other:?}");
    assert_eq!(checkout.told(), ["good.json"]);
    assert_eq!((of("none.json").status.code(), of("nowhere.json").status.code()), (Some(2), Some(2)));
}

#[test]
fn the_workflow_and_hooks_name_the_bureau_s_rules() {
    let read =
        |name: &str| std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("the file");
    let workflow = read("src/cli/init/layout/.github/workflows/check.yml");
    for (wanted, why) in [
        ("          pack: ${{ steps.changed.outputs.pack }}\n", "the check goes by the bureau's rules"),
        ("          county: ${{ steps.changed.outputs.county }}\n", "whose a document is, the roster says"),
        ("          PACK: ${{ steps.changed.outputs.pack }}\n", "and so does the county's report"),
    ] {
        assert!(workflow.contains(wanted), "{why}");
    }
    let hooks = read(".pre-commit-hooks.yaml");
    let lint = hooks.split("- id: ").find(|hook| hook.starts_with("bulou-lint")).expect("the hook");
    assert!(lint.contains("args: [pack]") && lint.contains("files: ^pack/"), "{lint}");
    let checkout = Checkout::new("hooks");
    std::fs::create_dir_all(checkout.0.join("work")).expect("a folder");
    let bulou = |args: &[&str]| {
        let run = Command::new(env!("CARGO_BIN_EXE_bulou")).args(args).current_dir(checkout.0.join("work")).output();
        run.expect("the program runs")
    };
    assert_eq!(bulou(&["new", "pack"]).status.code(), Some(0));
    let lint = ["lint", "--deny", "warnings", "pack"];
    assert_eq!(bulou(&lint).status.code(), Some(0));
    let rules = checkout.0.join("work/pack/pack.bulou");
    let text = std::fs::read_to_string(&rules).expect("the rules");
    std::fs::write(&rules, text + "规则 坏 {").expect("written");
    assert_eq!(bulou(&lint).status.code(), Some(1));
    // Which rules were looked at where none are named is said.
    let own = bulou(&["lint"]);
    assert!(String::from_utf8_lossy(&own.stderr).contains("程序自带的规则集"), "{own:?}");
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
