//! The benchmark beside other engines, with what it needs built before.

use xtask::run::{Outcome, cargo_with, npm_in};

use crate::page;

/// Runs `tests/bench` natively and in Node, where the page's module is the one that is shipped. With `--write` among the
/// options, what it prints goes to `docs` as well.
pub fn bench(options: &[&str]) -> Outcome {
    page::packages()?;
    page::wasm("shipped")?;
    npm_in("tests/bench/node", &["ci", "--no-audit", "--no-fund", "--loglevel", "error"])?;
    let package =
        ["run", "--release", "--locked", "--manifest-path", "tests/bench/Cargo.toml", "--bin", "bulou-bench", "--"];
    // The C library keeps its memory: else what is measured of large trees is how pages come and go.
    let memory = [("MALLOC_TRIM_THRESHOLD_", "1000000000"), ("MALLOC_MMAP_THRESHOLD_", "1000000000")];
    cargo_with(&[&package[..], options].concat(), &memory)
}
