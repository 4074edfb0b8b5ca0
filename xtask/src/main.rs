//! `cargo xtask COMMAND`: the steps that more than one tool takes part in.

mod audit;
mod bench;
mod codes;
mod damage;
mod fuzz;
mod grammar;
mod oracle;
mod reproduce;
mod run;
mod serve;
mod sizes;
mod wasm;

use std::process::ExitCode;

use run::{Outcome, cargo, cargo_with_codes, npm, root};

const USAGE: &str = "cargo xtask COMMAND

  serve [--port N]   set up and build all, check the samples, serve the page
  test               pass all tests, the browser's included
  build              the page only: www/dist and www/dist/bulou.html, with their sizes
  wasm               the wasm package only: www/src/wasm
  gen                what is made of the sources and kept in git: docs/codes.md, the TextMate grammar in editors/vscode
  oracle [CASES] [SEED]
                     the engine against its reference evaluator, the decoder against the schema (1000000 cases)
  fuzz [TARGET] [SECONDS]
                     hostile rules, document, county and publication by cargo-fuzz (all, 300 s each)
  damage [COUNT] [SEED]
                     workbooks and archives damaged at random, beside schools that must be reported as ever (20000)
  audit              licences, sources and known weaknesses of all that the program is made of (cargo-deny, npm)
  reproduce [DIST]   whether two builds of the last commit are the same, or one and a page that was given
  bench [--write] [--rounds N] [--many N]
                     beside other engines, natively and in Node; --write: docs/benchmarks.md and its plot
  figures            how fast the page is, in Chromium and beside JSON.parse
  screenshots        the pictures in docs/";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match args.as_slice() {
        ["serve"] => start(8000),
        ["serve", "--port", port] => port.parse().map_err(|_| "--port takes a number".to_owned()).and_then(start),
        ["test"] => test(),
        ["build"] => build(),
        ["gen"] => codes::write().and_then(|()| grammar::write()),
        ["wasm"] => packages().and_then(|()| wasm::build()),
        ["oracle"] => oracle::oracle("1000000", "1"),
        ["oracle", cases] => oracle::oracle(cases, "1"),
        ["oracle", cases, seed] => oracle::oracle(cases, seed),
        ["fuzz"] => fuzz::fuzz(None, "300"),
        ["fuzz", target] => fuzz::fuzz(Some(target), "300"),
        ["fuzz", target, seconds] => fuzz::fuzz(Some(target), seconds),
        ["damage"] => damage::damage("20000", "1"),
        ["damage", count] => damage::damage(count, "1"),
        ["damage", count, seed] => damage::damage(count, seed),
        ["audit"] => audit::audit(),
        ["reproduce"] => reproduce::reproduce(None),
        ["reproduce", given] => reproduce::reproduce(Some(given)),
        ["bench", options @ ..] => bench::bench(options, packages),
        ["figures"] => build().and_then(|()| browser()).and_then(|()| npm(&["run", "--silent", "figures"])),
        ["screenshots"] => build().and_then(|()| browser()).and_then(|()| npm(&["run", "screenshots"])),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

/// The main job: what a newcomer wants to see.
fn start(port: u16) -> Outcome {
    build()?;
    let check = ["run", "--release", "--locked", "--", "check", "--as-of", "2022-06-28", "tests/samples"];
    // One of the samples has faults, and the exit code says so: what matters here is that there is a report.
    cargo_with_codes(&check, &[0, 1])?;
    serve::serve(&root().join("www/dist"), port)
}

fn test() -> Outcome {
    minisign()?;
    cargo(&["fmt", "--check"])?;
    cargo(&["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
    cargo(&["test", "--locked", "--workspace"])?;
    build()?;
    browser()?;
    npm(&["run", "check"])?;
    npm(&["test"])
}

/// The npm packages, as locked.
fn packages() -> Outcome {
    npm(&["ci", "--no-audit", "--no-fund", "--loglevel", "error"])
}

fn build() -> Outcome {
    packages()?;
    wasm::build()?;
    npm(&["run", "--silent", "build"])?;
    sizes::check()
}

/// A browser and a Chinese font for the tests.
fn browser() -> Outcome {
    let chromium = std::env::var("CHROMIUM").unwrap_or("/usr/bin/chromium".into());
    if std::path::Path::new(&chromium).exists() {
        return Ok(());
    }
    install("the browser tests need Chromium (or set CHROMIUM to its path)", "chromium fonts-noto-cjk")
}

/// The program whose signatures ours must agree with.
fn minisign() -> Outcome {
    let found = std::process::Command::new("minisign").arg("-v").output();
    if found.is_ok() { Ok(()) } else { install("the tests of signatures need minisign", "minisign") }
}

/// Installs Debian's packages where that is possible, else names the command.
fn install(why: &str, packages: &str) -> Outcome {
    let command = format!("apt-get update && apt-get install -y {packages}");
    println!("installing {packages}: {command}");
    run::run("sh", &["-c", &command]).map_err(|_| format!("{why}; install with: {command}"))
}
