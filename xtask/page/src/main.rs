//! Makes the page's wasm modules and what the page loads beside them. `cargo xtask` builds this and starts it.

mod modules;
mod texts;

use std::process::ExitCode;

use xtask::run::{Outcome, root};

fn main() -> ExitCode {
    let outcome = match std::env::args().nth(1).as_deref() {
        Some("quick") => build(&modules::QUICK),
        Some("tested") => build(&modules::TESTED),
        Some("shipped") => build(&modules::SHIPPED),
        _ => Err("cargo xtask lists the commands; this one takes `quick`, `tested` or `shipped`".to_owned()),
    };
    xtask::run::ended(outcome)
}

/// Makes `www/src/wasm`.
fn build(how: &modules::How) -> Outcome {
    let out = root().join("www/src/wasm");
    modules::build(how, &out)?;
    texts::write(&out)
}
