//! Makes the wasm modules of the page and of the npm package, and what they load beside them. `cargo xtask` builds this and starts it.

mod modules;
mod texts;

use std::process::ExitCode;

use xtask::run::{Outcome, root, step, target};

fn main() -> ExitCode {
    let outcome = match std::env::args().nth(1).as_deref() {
        Some("quick") => build(&modules::QUICK),
        Some("tested") => build(&modules::TESTED),
        Some("shipped") => build(&modules::SHIPPED),
        Some("package") => package(),
        _ => Err("cargo xtask lists the commands; this one takes `quick`, `tested`, `shipped` or `package`".to_owned()),
    };
    xtask::run::ended(outcome)
}

/// Makes what the npm package has of Rust: `target/npm/made`.
fn package() -> Outcome {
    let out = target().join("npm/made");
    std::fs::create_dir_all(&out).map_err(|error| format!("{}: {error}", out.display()))?;
    modules::build(&modules::PACKAGE, &out)?;
    texts::compiled(&out)?;
    step("command line for WASI", || modules::command_line(&out))
}

/// Makes `www/src/wasm`.
fn build(how: &modules::How) -> Outcome {
    let out = root().join("www/src/wasm");
    modules::build(how, &out)?;
    texts::write(&out)
}
