//! Bulou beside other engines on the same bytes. `cargo xtask bench` builds what this needs and runs it; alone:
//! `bulou-bench [--write] [--rounds N] [--many N]`, with `www/src/wasm` built and the packages of `node` installed.

mod agree;
mod documents;
mod engines;
mod measure;
mod node;
mod packs;
mod report;
mod scale;

use std::process::ExitCode;

use documents::Documents;
use report::{Machine, Results};

/// What the others are compared with.
const BASE: &str = "serde_json Value";

struct Options {
    write: bool,
    rounds: usize,
    /// How many documents the set of many has.
    many: usize,
}

impl Options {
    fn from_args() -> Result<Self, String> {
        let mut options = Self { write: false, rounds: 25, many: 300 };
        let mut args = std::env::args().skip(1);
        while let Some(arg) = args.next() {
            let mut number = || -> Result<usize, String> {
                let number = args.next().and_then(|text| text.parse().ok()).filter(|number| *number > 0);
                number.ok_or_else(|| format!("{arg} takes a number"))
            };
            match arg.as_str() {
                "--write" => options.write = true,
                "--rounds" => options.rounds = number()?,
                "--many" => options.many = number()?,
                _ => return Err(format!("`{arg}`: bulou-bench [--write] [--rounds N] [--many N]")),
            }
        }
        Ok(options)
    }
}

fn main() -> ExitCode {
    match Options::from_args().and_then(|options| run(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("bench: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), String> {
    let (packs, documents) = (packs::Packs::new(), Documents::new(options.many));
    let mut engines = engines::all(&packs);
    let agreed = agree::agree(&mut engines, &documents.named())?;
    eprintln!("{} native engines agree: {} verdicts compared", agreed.engines, agreed.compared);
    let rounds = options.rounds;
    let folder = std::env::temp_dir().join(format!("bulou-bench-{}", std::process::id()));
    let node = node::run(&folder, &packs, &documents, &agreed, rounds);
    // What is left in a temporary folder does no harm.
    let _ = std::fs::remove_dir_all(&folder);
    let node = node?;
    eprintln!("{} engines in Node agree: {} verdicts compared", node.agreed.engines, node.agreed.compared);
    let results = Results {
        machine: Machine::here(&node.version),
        native: measure::measure(&mut engines, &documents, BASE, rounds),
        workers: scale::workers(&packs, &documents, rounds),
        county: scale::county(&documents, rounds),
        load: scale::loading(&packs, rounds),
        documents: &documents,
        rounds,
        agreed: &agreed,
        node,
    };
    let page = report::page(&results);
    print!("{page}");
    if options.write {
        write("docs/benchmarks.md", &page)?;
        write("docs/benchmarks.svg", &report::plot(&results))?;
    }
    Ok(())
}

fn write(path: &str, text: &str) -> Result<(), String> {
    std::fs::write(packs::root().join(path), text).map_err(|error| format!("{path}: {error}"))
}
