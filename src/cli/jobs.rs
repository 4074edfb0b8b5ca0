//! How many things are done at once.

use clap::builder::RangedI64ValueParser;

/// Each job holds a checker, or a pack that is changed, of its own.
const MOST: u16 = 256;

/// What `--jobs` takes.
pub fn some() -> RangedI64ValueParser<u16> {
    clap::value_parser!(u16).range(1..=i64::from(MOST))
}

/// As many as were asked for, else as there are processors; one where there are no threads.
pub fn at_once(asked: Option<u16>) -> usize {
    if cfg!(target_os = "wasi") {
        return 1;
    }
    let processors = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    asked.map_or_else(processors, usize::from).min(MOST.into())
}
