//! Other programs.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

/// Nothing, or what went wrong.
pub type Outcome = Result<(), String>;

/// The repository.
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

/// Where cargo builds: this program lies in it, in the folder of its profile.
pub fn target() -> PathBuf {
    let program = std::env::current_exe().ok();
    let target = program.as_deref().and_then(Path::parent).and_then(Path::parent);
    target.map_or_else(|| root().join("target"), Path::to_owned)
}

/// What a task's process ends with.
pub fn ended(outcome: Outcome) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Does what takes a while: named as it starts, with its time when it ends.
pub fn step(name: &str, work: impl FnOnce() -> Outcome) -> Outcome {
    let start = Instant::now();
    println!("── {name}");
    let outcome = work();
    let how = if outcome.is_ok() { "done" } else { "failed" };
    println!("── {name}: {how} after {} s", start.elapsed().as_secs());
    outcome
}

/// Runs a program in the repository.
pub fn run(program: &str, args: &[&str]) -> Outcome {
    run_with(program, args, &[])
}

/// Runs a program in the repository with variables set.
pub fn run_with(program: &str, args: &[&str], variables: &[(&str, &str)]) -> Outcome {
    start(Command::new(program).args(args).envs(variables.iter().copied()).current_dir(root()), program, args)
}

/// Runs cargo.
pub fn cargo(args: &[&str]) -> Outcome {
    cargo_with(args, &[])
}

/// Runs cargo with variables set.
pub fn cargo_with(args: &[&str], variables: &[(&str, &str)]) -> Outcome {
    start(cargo_command(args).envs(variables.iter().copied()), "cargo", args)
}

/// Cargo in the repository.
pub fn cargo_command(args: &[&str]) -> Command {
    let mut command = Command::new(std::env::var("CARGO").unwrap_or("cargo".into()));
    command.args(args).current_dir(root());
    command
}

/// Runs npm in `www/`.
pub fn npm(args: &[&str]) -> Outcome {
    npm_in("www", args)
}

/// Runs npm in a folder of the repository.
pub fn npm_in(folder: &str, args: &[&str]) -> Outcome {
    start(&mut npm_command(folder, args), "npm", args)
}

/// Runs npm in `www/` with variables set.
pub fn npm_with(args: &[&str], variables: &[(&str, &str)]) -> Outcome {
    start(npm_command("www", args).envs(variables.iter().copied()), "npm", args)
}

/// Runs a program in some folder with variables set.
pub fn run_in(folder: &Path, program: &str, args: &[&str], variables: &[(&str, &str)]) -> Outcome {
    start(Command::new(program).args(args).envs(variables.iter().copied()).current_dir(folder), program, args)
}

/// What npm is called.
pub const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

fn npm_command(folder: &str, args: &[&str]) -> Command {
    let mut command = Command::new(NPM);
    command.args(args).current_dir(root().join(folder));
    command
}

/// Whether a program can be started at all.
pub fn has(program: &str, version: &str) -> bool {
    Command::new(program).arg(version).output().is_ok()
}

fn start(command: &mut Command, program: &str, args: &[&str]) -> Outcome {
    let status = command.status().map_err(|error| format!("`{program}` did not start: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{program} {}` failed: {status}", args.join(" "))) }
}
