//! The tasks that need the library. `cargo xtask` builds this and starts it; it lists the commands.

mod audit;
mod codes;
mod fuzz;
mod grammar;
mod reproduce;

use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match args.as_slice() {
        ["gen"] => codes::write().and_then(|()| grammar::write()),
        ["fuzz"] => fuzz::fuzz(None, "300"),
        ["fuzz", target] => fuzz::fuzz(Some(target), "300"),
        ["fuzz", target, seconds] => fuzz::fuzz(Some(target), seconds),
        ["audit"] => audit::audit(),
        ["reproduce"] => reproduce::reproduce(None),
        ["reproduce", given] => reproduce::reproduce(Some(given)),
        _ => Err(format!("cargo xtask lists the commands; this is none: {}", args.join(" "))),
    };
    xtask::run::ended(outcome)
}
