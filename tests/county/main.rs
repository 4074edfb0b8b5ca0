//! The county's roll-up: what the samples show, and that neither order nor split changes a byte of it.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test starts the program, reads files and fails by panic"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

const COUNTY: &str = "tests/county/全县.json";

fn county(args: &[&str]) -> Output {
    run(&[&["--as-of", "2022-06-28"], args].concat())
}

/// The same on a day that is among the arguments.
fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bulou"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .arg("county")
        .args(args)
        .output()
        .expect("the program runs")
}

fn report(args: &[&str]) -> Value {
    json_of(&[&["--county", COUNTY], args].concat())
}

fn json_of(args: &[&str]) -> Value {
    serde_json::from_slice(&county(&[args, &["--format", "json"]].concat()).stdout).expect("JSON")
}

fn rule<'r>(report: &'r Value, id: &str) -> &'r Value {
    report["rules"].as_array().expect("rules").iter().find(|rule| rule["id"] == id).expect("the rule")
}

mod accounts;
mod called;
mod codes;
mod intake;
mod messages;
mod names;
mod own;
mod pages;
mod rivals;
mod roll;
mod sets;
mod since;
mod wanting;
mod whole;
mod workbook;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("bulou-county-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.0.join(name), bytes).expect("written");
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("a path").to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn sample(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(name);
    serde_json::from_slice(&std::fs::read(path).expect("a sample")).expect("JSON")
}

/// A school of its own, whose answers vary with its number.
fn school(number: usize) -> Value {
    let mut document = sample(["南街小学.json", "北关小学-有问题.json", "县幼儿园-未填完.json"][number % 3]);
    document["学校"]["标识码"] = json!(format!("2141{number:06}"));
    document["学校"]["名称"] = json!(format!("第{number}小学"));
    document
}
