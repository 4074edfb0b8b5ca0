//! The programs of the workspace: the product, and those that serve to make it. All are built soon rather than fast.

use std::path::PathBuf;
use std::process::Command;

use xtask::run::{Outcome, cargo, root, run, target};

/// How programs are built.
#[derive(Clone, Copy)]
pub enum How {
    /// As the tests are, which run long: what is compiled serves both.
    Tested,
    /// As soon as possible: optimizing our own packages takes as long as all else.
    Quick,
}

/// Builds a program. All packages decide together which features their dependencies have, so that what is compiled for one
/// program serves the other and the tests.
pub fn build(name: &str, how: How) -> Outcome {
    // The profile optimizes some of our packages by name.
    let named = ["base", "compile", "document", "eval", "syntax"];
    let named = named.map(|package| format!("profile.dev.package.bulou-{package}.opt-level=0"));
    let all =
        ["profile.dev.opt-level=0", "profile.dev.debug=false"].into_iter().chain(named.iter().map(String::as_str));
    let config: Vec<&str> = match how {
        How::Tested => Vec::new(),
        How::Quick => all.flat_map(|one| ["--config", one]).collect(),
    };
    cargo(&[&["build", "--locked", "--workspace", "--bin", name], &config[..]].concat())
}

/// Checks the sample schools. Some of them have faults, and the exit code says so: what matters is that there is a report.
pub fn samples() -> Outcome {
    let args = ["check", "--as-of", "2022-06-28", "tests/samples"];
    let path = built("bulou");
    let status = Command::new(&path).args(args).current_dir(root()).status();
    match status.map_err(|error| format!("{}: {error}", path.display()))?.code() {
        Some(0 | 1) => Ok(()),
        code => Err(format!("`bulou {}` ended with {code:?}", args.join(" "))),
    }
}

/// Builds a program where that is needed, and runs it.
pub fn start(name: &str, args: &[&str]) -> Outcome {
    build(name, How::Tested)?;
    run(&built(name).to_string_lossy(), args)
}

/// Where cargo puts what it builds for the tests.
pub fn built(name: &str) -> PathBuf {
    target().join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
