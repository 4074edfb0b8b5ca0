//! The engine against its reference evaluator, on as many generated cases as there is time for.

use xtask::run::{Outcome, cargo_with};

/// Compares so many cases, from the pack of this number on, on every core.
pub fn oracle(cases: &str, seed: &str) -> Outcome {
    compare("many_", cases, seed)
}

/// The same with what `bulou prove` translates; z3 is asked of each document.
pub fn prove(cases: &str, seed: &str) -> Outcome {
    compare("translations_of_many", cases, seed)
}

fn compare(tests: &str, cases: &str, seed: &str) -> Outcome {
    for number in [cases, seed] {
        number.parse::<u64>().map_err(|_| format!("`{number}` is no number: cargo xtask oracle [CASES] [SEED]"))?;
    }
    let args = [
        "test",
        "--release",
        "--locked",
        "--test",
        "oracle",
        "--",
        "--ignored",
        "--nocapture",
        "--test-threads=1",
        tests,
    ];
    cargo_with(&args, &[("ORACLE_CASES", cases), ("ORACLE_SEED", seed)])
}
