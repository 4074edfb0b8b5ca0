//! `cargo xtask COMMAND`: the steps that more than one tool takes part in.

mod bench;
mod damage;
mod native;
mod npm;
mod oracle;
mod page;
mod site;
mod suite;
mod test;
mod wheel;

use std::process::ExitCode;

use native::start;
use xtask::run::{Outcome, cargo, npm as in_page, step};

const USAGE: &str = "cargo xtask COMMAND

  serve [--port N]   set up and build all, check the samples, serve the page
  test               pass all tests, the browser's included
  dist               what is shipped: the program in target/dist and the page in www/dist, within its budgets
  build              of that, the page only: www/dist and www/dist/bulou.html, with their sizes
  wheel              the wheel for Python: built, installed into an environment of its own and tested there
  npm                the package for npm: built, installed into an empty project and tested there
  site               the pages of docs/ as a book, by mdbook: target/site
  wasm               the wasm modules only, built soon rather than small: www/src/wasm
  gen                what is made of the sources and kept in git: docs/codes.md, the TextMate grammar in editors/vscode
  oracle [CASES] [SEED]
                     the engine against its reference evaluator, the decoder against the schema (1000000 cases)
  oracle prove [CASES] [SEED]
                     what `bulou prove` translates against the engine, by z3 (100000 rules of generated documents)
  lints              clippy over the modules of the page, each package alone, and the package for Python
  fuzz [TARGET] [SECONDS]
                     hostile rules, document, county and publication by cargo-fuzz (all, 300 s each)
  damage [COUNT] [SEED]
                     workbooks and archives damaged at random, beside schools that must be reported as ever (20000)
  reread PYTHON      workbooks changed one by one, read by the program and by openpyxl in this Python (8700)
  audit              licences, sources and known weaknesses of all that the program is made of (cargo-deny, npm)
  reproduce [DIST]   whether two builds of the last commit are the same, or one and a page that was given
  bench [--write] [--rounds N] [--many N]
                     beside other engines, natively and in Node; --write: docs/benchmarks.md and its plot
  figures            how fast the shipped page is, in Chromium and beside JSON.parse
  screenshots        the pictures in docs/";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match args.as_slice() {
        ["serve"] => serve("8000"),
        ["serve", "--port", port] => serve(port),
        ["test"] => test::test(),
        ["lints"] => test::lints(),
        ["dist"] => dist(),
        ["build"] => page::shipped(),
        ["wheel"] => wheel::wheel(),
        ["npm"] => npm::package(),
        ["site"] => site::site(),
        ["wasm"] => page::packages().and_then(|()| page::wasm("tested")),
        ["oracle", "prove"] => oracle::prove("100000", "1"),
        ["oracle", "prove", cases] => oracle::prove(cases, "1"),
        ["oracle", "prove", cases, seed] => oracle::prove(cases, seed),
        ["oracle"] => oracle::oracle("1000000", "1"),
        ["oracle", cases] => oracle::oracle(cases, "1"),
        ["oracle", cases, seed] => oracle::oracle(cases, seed),
        ["damage"] => damage::damage("20000", "1"),
        ["damage", count] => damage::damage(count, "1"),
        ["damage", count, seed] => damage::damage(count, seed),
        ["reread", python] => damage::reread(python),
        ["gen" | "fuzz" | "audit" | "reproduce", ..] => start("xtask-tools", &args),
        ["bench", options @ ..] => bench::bench(options),
        ["figures"] => {
            page::shipped().and_then(|()| test::browser()).and_then(|()| in_page(&["run", "--silent", "figures"]))
        }
        ["screenshots"] => screenshots(),
        _ => Err(USAGE.to_owned()),
    };
    xtask::run::ended(outcome)
}

/// The main job, what a newcomer wants to see: first what the program says of a school, then the page.
fn serve(port: &str) -> Outcome {
    port.parse::<u16>().map_err(|_| "--port takes a number".to_owned())?;
    let packages = std::thread::spawn(page::packages);
    step("program", || native::build("bulou", native::How::Quick))?;
    step("sample schools", native::samples)?;
    packages.join().map_err(|_| "npm ci failed".to_owned())??;
    page::page("quick")?;
    page::serve(port)
}

/// What is shipped.
fn dist() -> Outcome {
    step("program, optimized as a whole", || cargo(&["build", "--locked", "--profile", "dist", "--bin", "bulou"]))?;
    page::shipped()
}

fn screenshots() -> Outcome {
    page::packages()?;
    page::page("quick")?;
    test::browser()?;
    in_page(&["run", "screenshots"])
}
