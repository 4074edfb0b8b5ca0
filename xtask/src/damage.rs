//! Workbooks and archives that were damaged at random, as many as there is time for.

use xtask::run::{Outcome, cargo_with};

/// Tries so many, from the one of this number on.
pub fn damage(count: &str, seed: &str) -> Outcome {
    for number in [count, seed] {
        number.parse::<u64>().map_err(|_| format!("`{number}` is no number: cargo xtask damage [COUNT] [SEED]"))?;
    }
    let args = ["test", "--locked", "--test", "workbooks", "--", "--nocapture", "no_mutant"];
    cargo_with(&args, &[("MUTANTS", count), ("MUTANT_SEED", seed)])
}
