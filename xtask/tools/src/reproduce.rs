//! Whether the page is the same wherever it is built: the last commit built in two folders, compared byte by byte.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use bulou_eval::sha256;

use xtask::run::{Outcome, root, run, target};

/// Folders whose names differ in length, so that a path that gets into a file moves what stands after it.
const PLACES: [&str; 2] = ["a", "another-place"];

/// Builds the page twice, says the hash of each file, and fails where they differ; `cargo xtask reproduce FOLDER` compares a
/// page that was given, as its folder `dist`, with a build of this source.
pub fn reproduce(given: Option<&str>) -> Outcome {
    let (folder, commit) = (target().join("reproduce"), commit()?);
    println!("of commit {commit}");
    let mut pages = Vec::new();
    if let Some(given) = given {
        pages.push(hashes(Path::new(given))?);
    }
    for place in PLACES.iter().skip(usize::from(given.is_some())) {
        pages.push(built(&folder.join(place), &commit)?);
    }
    let [one, other] = pages.as_slice() else { return Err("two pages are compared".into()) };
    let mut different = Vec::new();
    // Of a page that was given there may be no more than the single file.
    let more = other.keys().filter(|name| given.is_none() && !one.contains_key(*name));
    for name in one.keys().chain(more) {
        match (one.get(name), other.get(name)) {
            (Some(hash), Some(same)) if hash == same => println!("same       {hash}  {name}"),
            (hash, same) => {
                let shown = |hash: Option<&String>| hash.map_or("-", String::as_str).to_owned();
                println!("DIFFERENT  {}  {name}\n           {}", shown(hash), shown(same));
                different.push(name.as_str());
            }
        }
    }
    if different.is_empty() { Ok(()) } else { Err(format!("not the same: {}", different.join(", "))) }
}

/// The last commit, by its name, for others may come while two pages are built.
fn commit() -> Result<String, String> {
    let output = Command::new("git").args(["rev-parse", "HEAD"]).current_dir(root()).output();
    let output = output.map_err(|error| format!("git: {error}"))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The page of a commit, built in this folder with a target folder of its own.
fn built(place: &Path, commit: &str) -> Result<BTreeMap<String, String>, String> {
    if place.exists() {
        std::fs::remove_dir_all(place).map_err(|error| format!("{}: {error}", place.display()))?;
    }
    let path = place.to_string_lossy().into_owned();
    run("git", &["clone", "--quiet", "--no-checkout", ".", &path])?;
    run("git", &["-C", &path, "checkout", "--quiet", commit])?;
    let program = std::env::var("CARGO").unwrap_or("cargo".into());
    let mut command = Command::new(program);
    command.args(["run", "--quiet", "--locked", "--package", "xtask", "--", "build"]).current_dir(place);
    // The page without a bureau's key is what can be compared.
    command.env("CARGO_TARGET_DIR", place.join("target")).env_remove("BULOU_PUBLIC_KEY");
    let status = command.status().map_err(|error| error.to_string())?;
    if status.success() { hashes(&place.join("www/dist")) } else { Err(format!("the build in {path} failed")) }
}

/// The files below a folder with their SHA-256.
fn hashes(folder: &Path) -> Result<BTreeMap<String, String>, String> {
    let mut found = BTreeMap::new();
    for path in xtask::files::files(folder)? {
        let bytes = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
        found.insert(name, sha256(&bytes));
    }
    Ok(found)
}
