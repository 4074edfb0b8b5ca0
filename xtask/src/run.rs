//! Other programs.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Nothing, or what went wrong.
pub type Outcome = Result<(), String>;

/// The repository.
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

/// Runs a program in the repository.
pub fn run(program: &str, args: &[&str]) -> Outcome {
    start(Command::new(program).args(args).current_dir(root()), program, args)
}

/// Runs cargo.
pub fn cargo(args: &[&str]) -> Outcome {
    run(&std::env::var("CARGO").unwrap_or("cargo".into()), args)
}

/// Runs cargo with variables set.
pub fn cargo_with(args: &[&str], variables: &[(&str, &str)]) -> Outcome {
    let program = std::env::var("CARGO").unwrap_or("cargo".into());
    let mut command = Command::new(&program);
    start(command.args(args).envs(variables.iter().copied()).current_dir(root()), "cargo", args)
}

/// Runs cargo for a program whose exit code is an answer: these are no failure.
pub fn cargo_with_codes(args: &[&str], codes: &[i32]) -> Outcome {
    let program = std::env::var("CARGO").unwrap_or("cargo".into());
    let status = Command::new(&program).args(args).current_dir(root()).status();
    match status.map_err(|error| format!("`{program}` did not start: {error}"))?.code() {
        Some(code) if codes.contains(&code) => Ok(()),
        code => Err(format!("`cargo {}` ended with {code:?}", args.join(" "))),
    }
}

/// Runs npm in `www/`.
pub fn npm(args: &[&str]) -> Outcome {
    npm_in("www", args)
}

/// Runs npm in a folder of the repository.
pub fn npm_in(folder: &str, args: &[&str]) -> Outcome {
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    start(Command::new(program).args(args).current_dir(root().join(folder)), "npm", args)
}

fn start(command: &mut Command, program: &str, args: &[&str]) -> Outcome {
    let status = command.status().map_err(|error| format!("`{program}` did not start: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{program} {}` failed: {status}", args.join(" "))) }
}
