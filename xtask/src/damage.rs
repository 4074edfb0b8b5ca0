//! Workbooks and archives that were damaged at random, as many as there is time for; and workbooks changed one by one, read
//! by another program too.

use xtask::run::{Outcome, cargo_with, run, target};

/// Tries so many, from the one of this number on.
pub fn damage(count: &str, seed: &str) -> Outcome {
    for number in [count, seed] {
        number.parse::<u64>().map_err(|_| format!("`{number}` is no number: cargo xtask damage [COUNT] [SEED]"))?;
    }
    let args = ["test", "--locked", "--test", "workbooks", "--", "--nocapture", "no_mutant"];
    cargo_with(&args, &[("MUTANTS", count), ("MUTANT_SEED", seed)])
}

/// Reads all changed workbooks, then with openpyxl in this Python, and compares.
pub fn reread(python: &str) -> Outcome {
    let folder = target().join("mutants");
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let folder = folder.to_str().ok_or("the target folder's name is not UTF-8")?;
    let args = ["test", "--locked", "--test", "workbooks", "--", "what_may_be_read_otherwise"];
    cargo_with(&args, &[("MUTANTS_TO", folder)])?;
    run(python, &["tests/workbooks/compare.py", folder])
}
