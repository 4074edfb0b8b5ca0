//! All tests, and the programs that they need beside ours.

use xtask::run::{Outcome, cargo, cargo_command, cargo_with, has, npm_with, run, step};

use crate::{native, page, suite};

/// Passes all tests. What is wrong soonest is told first.
pub fn test() -> Outcome {
    minisign()?;
    z3()?;
    valgrind()?;
    browser()?;
    firefox()?;
    step("layout of the sources", || cargo(&["fmt", "--all", "--check"]))?;
    let packages = std::thread::spawn(page::packages);
    step("lints", || cargo(&["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    step("tests of the program, built", || cargo(&["test", "--locked", "--workspace", "--no-run"]))?;
    step("what is generated is up to date", || cargo(&["test", "--locked", "--workspace", "--bins"]))?;
    packages.join().map_err(|_| "npm ci failed".to_owned())??;
    // What makes the page mostly waits for one processor.
    let programs = suite::programs()?;
    let page = std::thread::spawn(|| page::page("tested").and_then(|()| step("types of the page", page::types)));
    let passed = step("tests of the program", || suite::pass(&programs));
    let page = page.join().unwrap_or_else(|_| Err("the page was not made".to_owned()));
    let failed: Vec<String> = [passed, page].into_iter().filter_map(Outcome::err).collect();
    if !failed.is_empty() {
        return Err(failed.join("\n"));
    }
    step("documentation", documentation)?;
    step("examples in the documentation", || cargo(&["test", "--locked", "--workspace", "--doc"]))?;
    let program = native::built("bulou");
    step("tests of the page in a browser", || npm_with(&["--silent", "test"], &[("BULOU", &program.to_string_lossy())]))
}

/// Lints over what the tests do not build: the modules of the page and of the npm package, each alone and together, that one's
/// command, and each package of the workspace alone, with as few features as it may have.
pub fn lints() -> Outcome {
    let lint = |args: &[&str]| cargo(&[&["clippy", "--locked"], args, &["--", "-D", "warnings"]].concat());
    page::compilers()?;
    let of_package = ["checker,package", "compiler,office,package"];
    for features in ["checker", "compiler", "bureau", "office", "office,compiler,bureau"].into_iter().chain(of_package)
    {
        step(&format!("module: {features}"), || {
            lint(&["-p", "bulou-wasm", "--target", "wasm32-unknown-unknown", "--features", features])
        })?;
    }
    step("command line for WASI", || lint(&["-p", "bulou-program", "--bin", "bulou", "--target", page::WASI]))?;
    for package in members()? {
        step(&package, || lint(&["-p", &package, "--no-default-features"]))?;
    }
    for features in ["xlsx", "cli"] {
        step(&format!("library: {features}"), || lint(&["-p", "bulou", "--features", features]))?;
    }
    step("Python", || lint(&["--manifest-path", "src/python/Cargo.toml", "--all-targets"]))?;
    // Packages of their own, which nothing else here builds.
    ["fuzz", "bench"].into_iter().try_for_each(|package| {
        step(package, || lint(&["--manifest-path", &format!("tests/{package}/Cargo.toml"), "--all-targets"]))
    })
}

/// The packages of the workspace, as cargo knows them.
fn members() -> Result<Vec<String>, String> {
    let tree = ["tree", "--locked", "--workspace", "--depth", "0", "--prefix", "none", "--format", "{p}"];
    let output = cargo_command(&tree).output().map_err(|error| format!("`cargo` did not start: {error}"))?;
    // `bulou-api v0.1.0 (/…/src/api)`
    let said = String::from_utf8_lossy(&output.stdout);
    let names = said.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned);
    let names: Vec<String> = names.collect();
    let why = || String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() && !names.is_empty() { Ok(names) } else { Err(why()) }
}

/// What `cargo doc` says of every room: no link in it leads nowhere.
fn documentation() -> Outcome {
    cargo_with(&["doc", "--locked", "--workspace", "--no-deps"], &[("RUSTDOCFLAGS", "-D warnings")])
}

/// A browser and a Chinese font for the tests.
pub fn browser() -> Outcome {
    let chromium = std::env::var("CHROMIUM").unwrap_or("/usr/bin/chromium-headless-shell".into());
    if std::path::Path::new(&chromium).exists() {
        return Ok(());
    }
    install("the browser tests need Chromium (or set CHROMIUM to its path)", "chromium-headless-shell fonts-noto-cjk")
}

/// The second browser of the tests.
fn firefox() -> Outcome {
    let firefox = std::env::var("FIREFOX").unwrap_or("/usr/bin/firefox-esr".into());
    if std::path::Path::new(&firefox).exists() {
        return Ok(());
    }
    install("the tests of the page in Firefox need it (or set FIREFOX to its path)", "firefox-esr")
}

/// The program whose signatures ours must agree with.
fn minisign() -> Outcome {
    if has("minisign", "-v") { Ok(()) } else { install("the tests of signatures need minisign", "minisign") }
}

/// The solver of which `bulou prove` asks its questions.
fn z3() -> Outcome {
    if has("z3", "--version") { Ok(()) } else { install("the tests of proofs need z3", "z3") }
}

/// What counts instructions, so that no test of growth depends on the machine's speed.
fn valgrind() -> Outcome {
    if has("valgrind", "--version") { Ok(()) } else { install("the tests of growth need valgrind", "valgrind") }
}

/// Installs Debian's packages where that is possible, else names the command.
fn install(why: &str, packages: &str) -> Outcome {
    let command = format!("apt-get update && apt-get install -y {packages}");
    println!("installing {packages}: {command}");
    run("sh", &["-c", &command]).map_err(|_| format!("{why}; install with: {command}"))
}
