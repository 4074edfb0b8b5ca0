//! The wheel for Python: built as it is shipped, installed into an environment of its own, and tested there.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use xtask::files::files;
use xtask::run::{Outcome, has, root, run, run_with, step, target};

/// What builds it.
const MATURIN: &str = "maturin>=1.9,<2";
/// What its tests need beside it; the last four read its tables, or its types.
const TESTS: [&str; 7] = ["pytest>=7", "pyarrow>=16", "pandas", "polars", "duckdb", "mypy", "pyyaml"];
/// A school's document.
const SAMPLE: &str = "tests/samples/南街小学.json";

/// Builds the wheel, passes its tests, and says how large it is and how soon it answers.
pub fn wheel() -> Outcome {
    let wheel = built()?;
    let tests = environment("tests")?;
    step("tests of the wheel, what they need", || pip(&tests, &TESTS))?;
    step("tests of the wheel, installed", || pip(&tests, &["--force-reinstall", "--no-deps", &text(&wheel)]))?;
    step("types", || {
        run(&tool(&tests, "mypy"), &["--strict", "--config-file", "src/python/pyproject.toml", "-p", "bulou"])
    })?;
    step("tests of the wheel", || {
        let args = ["-q", "-p", "no:cacheprovider", "src/python/tests"];
        run_with(&tool(&tests, "pytest"), &args, &[("BULOU_WHEEL", &text(&wheel))])
    })?;
    soon(&wheel)
}

/// The wheel, built as it is shipped.
pub fn built() -> Result<PathBuf, String> {
    let (tools, out) = (environment("tools")?, folder().join("out"));
    step("maturin", || pip(&tools, &[MATURIN]))?;
    drop(std::fs::remove_dir_all(&out));
    step("wheel, optimized as a whole", || {
        let (out, built) = (text(&out), text(&target().join("python")));
        let build = ["build", "--release", "--locked", "--manifest-path", "src/python/Cargo.toml", "--out", &out];
        run_with(&tool(&tools, "maturin"), &build, &[("CARGO_TARGET_DIR", &built)])
    })?;
    let found = files(&out)?.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "whl"));
    found.ok_or_else(|| format!("maturin left no wheel in {}", out.display()))
}

/// How long it takes from nothing to the first answer, beside others of which people say that they are there at once. Their
/// wheels come over the network, ours does not.
fn soon(wheel: &Path) -> Outcome {
    let size = std::fs::metadata(wheel).map_err(|error| format!("{}: {error}", wheel.display()))?.len();
    println!("{}: {:.1} MB", wheel.display(), size as f64 / 1e6);
    let (schema, python) = (folder().join("schema.json"), folder().join("nothing.py"));
    std::fs::write(&python, "x = 1\n").map_err(|error| format!("{}: {error}", python.display()))?;
    let ours = first("bulou", &text(wheel), &["check", "--as-of", "2022-06-28", SAMPLE])?;
    let written = Command::new(tool(&folder().join("bulou"), "bulou")).arg("schema").output();
    let written = written.map_err(|error| format!("`bulou` did not start: {error}"))?.stdout;
    std::fs::write(&schema, written).map_err(|error| format!("{}: {error}", schema.display()))?;
    let checked = first("check-jsonschema", "check-jsonschema", &["--schemafile", &text(&schema), SAMPLE])?;
    let linted = first("ruff", "ruff", &["check", "--no-cache", "--isolated", &text(&python)])?;
    println!("seconds                pip install  first check  again");
    for (name, [install, once, again]) in [("bulou", ours), ("check-jsonschema", checked), ("ruff", linted)] {
        let seconds = |time: Duration| time.as_secs_f64();
        println!("{name:<22} {:>11.2}  {:>11.3}  {:>5.3}", seconds(install), seconds(once), seconds(again));
    }
    Ok(())
}

/// How long a package takes to be installed, to answer once, and to answer again.
fn first(name: &str, package: &str, command: &[&str]) -> Result<[Duration; 3], String> {
    drop(std::fs::remove_dir_all(folder().join(name)));
    let place = environment(name)?;
    let start = Instant::now();
    pip(&place, &["--no-cache-dir", package])?;
    let install = start.elapsed();
    let answer = || {
        let start = Instant::now();
        let mut program = Command::new(tool(&place, name));
        program.args(command).current_dir(root()).stdout(Stdio::null()).stderr(Stdio::null());
        let status = program.status().map_err(|error| format!("`{name}` did not start: {error}"))?;
        if status.code().is_none_or(|code| code > 1) {
            Err(format!("`{name}` ended with {status}"))
        } else {
            Ok(start.elapsed())
        }
    };
    Ok([install, answer()?, answer()?])
}

/// Where all of it lies.
fn folder() -> PathBuf {
    target().join("wheel")
}

/// An environment of Python, made where it is not there.
fn environment(name: &str) -> Result<PathBuf, String> {
    let (place, python) = (folder().join(name), std::env::var("PYTHON").unwrap_or("python3".into()));
    if !has(&python, "--version") {
        return Err(format!("the wheel needs Python 3.9 or later with venv; `{python}` did not start (or set PYTHON)"));
    }
    if !place.join("pyvenv.cfg").exists() {
        run(&python, &["-m", "venv", &text(&place)])?;
    }
    Ok(place)
}

fn pip(place: &Path, packages: &[&str]) -> Outcome {
    let fixed = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    run(&tool(place, "python"), &[&fixed[..], packages].concat())
}

/// A program in an environment.
fn tool(place: &Path, name: &str) -> String {
    text(&place.join(if cfg!(windows) { "Scripts" } else { "bin" }).join(name))
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
