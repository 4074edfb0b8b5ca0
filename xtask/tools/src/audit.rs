//! What the program is made of: licences, sources, versions, and weaknesses that are known of them.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use xtask::run::{Outcome, cargo, root};

/// The product, and what is built beside it.
const MANIFESTS: [&str; 4] = ["Cargo.toml", "src/python/Cargo.toml", "tests/fuzz/Cargo.toml", "tests/bench/Cargo.toml"];
/// Where npm's packages are locked.
const PAGES: [&str; 2] = ["www", "editors/vscode"];
/// Licences of npm's packages, of which only Svelte's and CodeMirror's code gets into the page (MIT).
const LICENCES: [&str; 6] = ["MIT", "ISC", "Apache-2.0", "BSD-3-Clause", "0BSD", "MPL-2.0"];

/// What became of one check.
enum Found {
    Nothing,
    Wrong(String),
    /// What has to be known for it could not be had: that is no pass.
    NotChecked(String),
}

/// Checks everything that can be checked, and says what could not.
pub fn audit() -> Outcome {
    if !runs("cargo-deny", &["--version"]) {
        cargo(&["install", "--locked", "cargo-deny"])?;
    }
    let mut all: Vec<(String, Found)> =
        MANIFESTS.map(|manifest| (format!("{manifest}: licences, bans, sources"), rules(manifest))).into();
    let known = runs("cargo-deny", &["fetch", "db"]);
    all.extend(MANIFESTS.map(|manifest| (format!("{manifest}: advisories"), advisories(manifest, known))));
    all.extend(PAGES.map(|page| (format!("{page}: licences, hashes"), locked(page))));
    all.extend(PAGES.map(|page| (format!("{page}: advisories"), npm_audit(page))));
    println!();
    let mut open = Vec::new();
    for (what, found) in all {
        let (mark, words) = match found {
            Found::Nothing => ("ok", String::new()),
            Found::Wrong(why) => ("WRONG", why),
            Found::NotChecked(why) => ("NOT CHECKED", why),
        };
        println!("{mark:12} {what}{}{words}", if words.is_empty() { "" } else { ": " });
        if mark != "ok" {
            open.push(format!("{what} {}", mark.to_lowercase()));
        }
    }
    if open.is_empty() { Ok(()) } else { Err(open.join("; ")) }
}

/// cargo-deny in the repository, with the one list of what is allowed.
fn deny(manifest: &str, checks: &[&str]) -> Found {
    let fixed = ["--locked", "--config", "deny.toml", "--manifest-path", manifest, "--log-level", "error", "check"];
    let status = Command::new("cargo-deny").args(fixed).args(checks).current_dir(root()).status();
    match status {
        Ok(status) if status.success() => Found::Nothing,
        Ok(_) => Found::Wrong("see above".into()),
        Err(error) => Found::NotChecked(format!("cargo-deny did not start: {error}")),
    }
}

fn rules(manifest: &str) -> Found {
    deny(manifest, &["--hide-inclusion-graph", "licenses", "bans", "sources"])
}

fn advisories(manifest: &str, known: bool) -> Found {
    if !known {
        return Found::NotChecked(
            "RustSec's database could not be fetched (https://github.com/RustSec/advisory-db)".into(),
        );
    }
    deny(manifest, &["--disable-fetch", "advisories"])
}

/// Whether npm's packages are locked by hash, with a licence that is allowed, and from no other place than the registry.
fn locked(page: &str) -> Found {
    let path = root().join(page).join("package-lock.json");
    let lock = std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    let Some(packages) = lock.as_ref().and_then(|lock| lock.get("packages")?.as_object()) else {
        return Found::NotChecked(format!("{} cannot be read", path.display()));
    };
    let text = |package: &Value, key: &str| package.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let sound = |package: &Value| {
        let elsewhere = text(package, "resolved");
        let registry = elsewhere.is_empty() || elsewhere.starts_with("https://registry.npmjs.org/");
        registry && !text(package, "integrity").is_empty() && LICENCES.contains(&text(package, "license").as_str())
    };
    // The package without a name is the page itself.
    let wrong: Vec<&str> = packages
        .iter()
        .filter(|(name, package)| !name.is_empty() && !sound(package))
        .map(|(name, _)| name.as_str())
        .collect();
    if wrong.is_empty() { Found::Nothing } else { Found::Wrong(wrong.join(", ")) }
}

fn npm_audit(page: &str) -> Found {
    let folder = root().join(page);
    let answer = npm(&folder).and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    let total = answer.as_ref().and_then(|answer| answer.pointer("/metadata/vulnerabilities/total")?.as_u64());
    match total {
        Some(0) => Found::Nothing,
        Some(_) => Found::Wrong(format!("run npm audit in {page}")),
        None => Found::NotChecked("npm's registry gave no answer to npm audit".into()),
    }
}

fn npm(folder: &Path) -> Option<Vec<u8>> {
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let output = Command::new(program).args(["audit", "--json"]).current_dir(folder).stderr(Stdio::null()).output();
    output.ok().map(|output| output.stdout)
}

fn runs(program: &str, args: &[&str]) -> bool {
    let command = Command::new(program).args(args).current_dir(root()).output();
    command.is_ok_and(|output| output.status.success())
}
