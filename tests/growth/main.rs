//! The cost of every dimension of an input, counted in instructions: each is doubled three times, and may not grow
//! faster than n^1.3. Instructions are counted by valgrind's cachegrind, so that no machine's speed matters.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panic")]
#![allow(clippy::disallowed_methods, reason = "the program reads files")]

mod documents;
mod packs;
mod workbooks;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use tempfile::TempDir;

/// How much faster than its size an input's cost may grow, as an exponent.
const EXPONENT: f64 = 1.3;

/// A command over inputs of a size, in a folder of its own.
pub struct Run {
    folder: TempDir,
    args: Vec<String>,
    /// Exit codes that are an answer; 2 is none unless the input is meant to be refused.
    codes: &'static [i32],
}

impl Run {
    /// A command in a new folder; its arguments may name files of the folder.
    pub fn new(args: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { folder, args: args.iter().map(|arg| (*arg).to_owned()).collect(), codes: &[0, 1] }
    }

    /// The same for an input that may have faults of its own.
    pub fn faulty(args: &[&str]) -> Self {
        Self { codes: &[0, 1, 2], ..Self::new(args) }
    }

    /// With further arguments.
    pub fn with(mut self, args: &[&str]) -> Self {
        self.args.extend(args.iter().map(|arg| (*arg).to_owned()));
        self
    }

    /// With a file in the folder.
    pub fn file(self, name: &str, text: &str) -> Self {
        let path: PathBuf = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
        self
    }

    /// Instructions that the command executes.
    fn instructions(&self) -> u64 {
        let output = Command::new("valgrind")
            .args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", "--trace-children=yes"])
            .arg(program())
            .args(&self.args)
            .current_dir(self.folder.path())
            .output()
            .expect("valgrind starts; install it with: apt-get install -y valgrind");
        let said = String::from_utf8_lossy(&output.stderr);
        let code = output.status.code();
        assert!(code.is_some_and(|code| self.codes.contains(&code)), "{:?} ended with {code:?}: {said}", self.args);
        let counts: Vec<u64> = said.lines().filter_map(counted).collect();
        assert!(!counts.is_empty(), "valgrind says no count: {said}");
        counts.iter().sum()
    }
}

/// The program without what debuggers read of it: valgrind reads that first, each time, for longer than the program runs.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let program = PathBuf::from(env!("CARGO_BIN_EXE_bulou"));
        let bare = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bulou-bare");
        let strip = Command::new("strip").arg("-o").arg(&bare).arg(&program).status();
        if strip.is_ok_and(|status| status.success()) { bare } else { program }
    })
}

/// The instructions in a line of what cachegrind says: `==7== I   refs:      647,024,584`.
fn counted(line: &str) -> Option<u64> {
    let (before, count) = line.split_once("refs:")?;
    let of_instructions = before.split_whitespace().next_back() == Some("I");
    of_instructions.then(|| count.trim().replace(',', "").parse().expect("a count"))
}

/// Doubles a dimension three times from `size` on. What is compared are the differences from each size to the next, for
/// then whatever does not depend on the size drops out.
pub fn grows(size: usize, run: impl Fn(usize) -> Run) {
    let counts: Vec<u64> = (0..4).map(|double| run(size << double).instructions()).collect();
    let steps: Vec<f64> = counts.windows(2).map(|pair| pair[1].saturating_sub(pair[0]) as f64).collect();
    assert!(steps.iter().all(|step| *step > 0.0), "{size} doubled three times costs nothing: {counts:?}");
    let exponent = (steps[2] / steps[1]).log2();
    println!("{size} doubled three times: {counts:?} instructions, exponent {exponent:.2}");
    assert!(exponent <= EXPONENT, "exponent {exponent:.2}");
}

/// Lines made of numbers up to `count`.
pub fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_quadratic_is_found() {
    let squares = |n: usize| (n * n) as u64 + 1_000_000;
    let steps: Vec<f64> = [100, 200, 400, 800].map(squares).windows(2).map(|p| (p[1] - p[0]) as f64).collect();
    assert!((steps[2] / steps[1]).log2() > EXPONENT);
    assert!(Path::new(env!("CARGO_BIN_EXE_bulou")).exists());
    assert_eq!(counted("==7== I   refs:      647,024,584"), Some(647_024_584));
    assert_eq!(counted("==7== I refs:        1,234"), Some(1234));
    assert_eq!((counted("==7== D   refs:      5"), counted("==7== Command: bulou")), (None, None));
}
