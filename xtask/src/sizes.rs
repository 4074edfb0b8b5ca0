//! Sizes of what the page loads, and the budgets that fail the build.

use std::io::Write as _;
use std::path::Path;

use crate::run::{Outcome, root};

const CHECKER: usize = 150 * 1024;
/// All that an editor of rules asks for while somebody types: compiler, editor's services, formatter.
const COMPILER: usize = 250 * 1024;
const FIRST_LOAD: usize = 250 * 1024;

/// What is no part of the first load: the compiler, the bureau and what is loaded for rule files that are changed or were
/// published, the office for counties and workbooks, and what is not loaded into the page at all.
const LATER: [&str; 11] = [
    "compiler",
    "bureau",
    "explanations",
    "office",
    "County",
    "Rules",
    "Offer",
    "Effects",
    "pack-texts",
    "bulou.html",
    "sw.js",
];

/// Prints sizes raw, by gzip and by brotli; an error when one is over its budget.
pub fn check() -> Outcome {
    println!("{:44} {:>10} {:>10} {:>10}", "bytes", "raw", "gzip", "brotli");
    let dist = root().join("www/dist");
    let mut first = 0;
    let mut over = Vec::new();
    for path in files(&dist)? {
        let bytes = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let name = path.strip_prefix(&dist).unwrap_or(&path).to_string_lossy().into_owned();
        let small = brotli(&bytes)?;
        println!("{name:44} {:>10} {:>10} {small:>10}", bytes.len(), gzip(&bytes)?);
        if !LATER.iter().any(|one| name.contains(one)) {
            first += small;
        }
        for (module, budget) in [("checker", CHECKER), ("compiler", COMPILER)] {
            if name.contains(module) && name.ends_with(".wasm") && small > budget {
                over.push(format!("{name} is over {budget} bytes"));
            }
        }
    }
    println!("{:44} {:>32}", "first load", first);
    if first > FIRST_LOAD {
        over.push(format!("the first load is over {FIRST_LOAD} bytes"));
    }
    if over.is_empty() { Ok(()) } else { Err(over.join("; ")) }
}

/// The files below a folder, sorted.
pub fn files(folder: &Path) -> Result<Vec<std::path::PathBuf>, String> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        if path.is_dir() {
            found.extend(files(&path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn gzip(bytes: &[u8]) -> Result<usize, String> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes).and_then(|()| out.finish()).map(|out| out.len()).map_err(|error| error.to_string())
}

fn brotli(bytes: &[u8]) -> Result<usize, String> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    let mut input = bytes;
    brotli::BrotliCompress(&mut input, &mut out, &params).map_err(|error| error.to_string())?;
    Ok(out.len())
}
