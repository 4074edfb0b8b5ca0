//! The test programs, as many at once as there are processors: cargo runs one after the other, and each ends with a single
//! test that keeps all but one processor waiting.

use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use xtask::run::{Outcome, cargo_command, root};

/// The test programs that cargo has built, by their paths.
pub fn programs() -> Result<Vec<String>, String> {
    let mut command = cargo_command(&["test", "--locked", "--workspace", "--no-run"]);
    let output = command.output().map_err(|error| format!("`cargo` did not start: {error}"))?;
    // `  Executable tests/cli.rs (target/debug/deps/cli-0b7dad6e28453024)`
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let named = said.lines().filter(|line| line.trim_start().starts_with("Executable "));
    let programs = named.filter_map(|line| Some(line.rsplit_once('(')?.1.strip_suffix(')')?.to_owned()));
    let programs: Vec<String> = programs.collect();
    if output.status.success() && !programs.is_empty() { Ok(programs) } else { Err(said) }
}

/// Runs the programs. Of one that fails, all it said is printed; the others run to their end.
pub fn pass(programs: &[String]) -> Outcome {
    let (next, failed) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(program) = programs.get(next.fetch_add(1, Ordering::Relaxed)) {
            if let Err(why) = one(program) {
                failed.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push(why);
            }
        }
    };
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| (0..processors).for_each(|_| drop(scope.spawn(work))));
    let failed = failed.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    if failed.is_empty() { Ok(()) } else { Err(failed.join("\n")) }
}

/// Runs a program and says how it ended, in a line where all is well.
fn one(program: &str) -> Outcome {
    let start = Instant::now();
    let output = Command::new(root().join(program)).current_dir(root()).output();
    let output = output.map_err(|error| format!("`{program}` did not start: {error}"))?;
    let said = String::from_utf8_lossy(&output.stdout);
    let result = said.lines().rfind(|line| line.starts_with("test result: ")).unwrap_or("test result: none");
    println!("{program}: {result}; {} s", start.elapsed().as_secs());
    // A program that is no test passes nothing and says nothing.
    if output.status.success() && result.starts_with("test result: ok") {
        return Ok(());
    }
    println!("{said}\n{}", String::from_utf8_lossy(&output.stderr));
    Err(format!("`{program}` failed: {}", output.status))
}
