//! The package for npm: built as it is shipped, installed into an empty project, and tested there.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use xtask::files::files;
use xtask::run::{NPM, Outcome, root, run_in, step, target};

use crate::{native, page, test};

/// A school's document.
const SAMPLE: &str = "tests/samples/南街小学.json";
/// What the modules consist of in the package.
const MODULES: [&str; 5] = ["checker.js", "checker_bg.wasm", "office.js", "office_bg.wasm", "pack.bin"];

/// Builds the package, says how large it is and how soon it answers, and passes its tests.
pub fn package() -> Outcome {
    test::browser()?;
    step("npm packages of the page, for its tools", page::packages)?;
    page::package()?;
    let tarball = packed()?;
    let project = empty()?;
    soon(&tarball, &project)?;
    step("program, to compare with", || native::build("bulou", native::How::Tested))?;
    step("tests of the package", || tested(&project))
}

/// The tarball.
fn packed() -> Result<PathBuf, String> {
    let (package, made) = (folder().join("package"), folder().join("made"));
    drop(std::fs::remove_dir_all(&package));
    for part in ["cli", "lib"] {
        for path in files(&root().join("src/npm").join(part))? {
            let within = path.strip_prefix(root().join("src/npm")).map_err(|error| error.to_string())?;
            copy(&path, &package.join(within))?;
        }
    }
    for name in ["package.json", "README.md"] {
        copy(&root().join("src/npm").join(name), &package.join(name))?;
    }
    copy(&root().join("LICENSE"), &package.join("LICENSE"))?;
    for name in MODULES {
        copy(&made.join(name), &package.join("wasm").join(name))?;
    }
    copy(&made.join("bulou.wasm"), &package.join("cli/bulou.wasm"))?;
    write(&package.join("lib/types.d.ts"), &types(&made.join("office.d.ts"))?)?;
    run_in(&package, NPM, &["pack", "--silent", "--pack-destination", &folder().to_string_lossy()], &[])?;
    Ok(folder().join(format!("bulou-{}.tgz", version()?)))
}

/// The version of the package, which is the workspace's.
fn version() -> Result<String, String> {
    let quoted = |path: &str, before: &str| {
        let text = read(&root().join(path))?;
        let version = text.split_once(before).and_then(|(_, rest)| rest.split('"').next()).map(str::to_owned);
        version.ok_or_else(|| format!("{path} has no version"))
    };
    let (own, workspaces) =
        (quoted("src/npm/package.json", "\"version\": \"")?, quoted("Cargo.toml", "\nversion = \"")?);
    if own == workspaces { Ok(own) } else { Err(format!("src/npm/package.json is {own}, and Cargo.toml {workspaces}")) }
}

/// The types of what modules answer, without those of their calls, which nobody makes but the package.
fn types(generated: &Path) -> Result<String, String> {
    let text = read(generated)?;
    let answers = text.split_once("\nexport class ").map(|(answers, _)| answers);
    let end = answers.and_then(|answers| answers.rfind("\n}\n")).ok_or("wasm-bindgen wrote no types of answers")?;
    Ok(text.get(..end + 3).unwrap_or_default().to_owned())
}

/// A project with nothing in it.
fn empty() -> Result<PathBuf, String> {
    let project = folder().join("project");
    drop(std::fs::remove_dir_all(&project));
    write(&project.join("package.json"), "{ \"private\": true, \"type\": \"module\" }\n")?;
    Ok(project)
}

/// How large it is, and how long it takes from nothing to the first answer.
fn soon(tarball: &Path, project: &Path) -> Outcome {
    let size = |path: &Path| std::fs::metadata(path).map(|about| about.len() as f64 / 1e6).unwrap_or_default();
    let package = project.join("node_modules/bulou");
    let start = Instant::now();
    let install =
        ["install", "--offline", "--no-audit", "--no-fund", "--loglevel", "error", &tarball.to_string_lossy()];
    run_in(project, NPM, &install, &[])?;
    let installed = start.elapsed().as_secs_f64();
    let sample = root().join(SAMPLE).to_string_lossy().into_owned();
    let answer = |args: &[&str]| {
        let begun = Instant::now();
        let status = Command::new("node").args(args).current_dir(project).stdout(Stdio::null()).status();
        let status = status.map_err(|error| format!("`node` did not start: {error}"))?;
        if status.success() { Ok(begun.elapsed().as_secs_f64()) } else { Err(format!("`node {args:?}`: {status}")) }
    };
    let command = ["node_modules/bulou/cli/bulou.js", "check", "--as-of", "2022-06-28", &sample];
    let call = "import { Pack } from 'bulou'; import { readFileSync } from 'node:fs'; \
                (await Pack.load()).check(readFileSync(process.argv[1]), { asOf: '2022-06-28' });";
    let call = ["--input-type=module", "-e", call, &sample];
    let (by_command, by_call) = (answer(&command)?, answer(&call)?);
    let whole: f64 = files(&package)?.iter().map(|path| size(path)).sum();
    println!("{}: {:.1} MB, unpacked {whole:.1} MB", tarball.display(), size(tarball));
    for name in ["wasm/checker_bg.wasm", "wasm/office_bg.wasm", "wasm/pack.bin", "cli/bulou.wasm"] {
        println!("  {name}: {:.2} MB", size(&package.join(name)));
    }
    println!("seconds: npm install {installed:.2}, first check by the command {by_command:.2}, by a call {by_call:.2}");
    Ok(())
}

/// The tests, in the project: they import the package as whoever installed it does.
fn tested(project: &Path) -> Outcome {
    for path in files(&root().join("src/npm/tests"))? {
        let within = path.strip_prefix(root().join("src/npm/tests")).map_err(|error| error.to_string())?;
        copy(&path, &project.join(within))?;
    }
    let (program, repository) = (native::built("bulou"), root());
    let variables = [("BULOU", &*program.to_string_lossy()), ("ROOT", &*repository.to_string_lossy())];
    run_in(project, "node", &["--test", "--test-concurrency=1"], &variables)
}

/// Where all of it lies.
fn folder() -> PathBuf {
    target().join("npm")
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn write(path: &Path, text: &str) -> Outcome {
    made(path)?;
    std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

fn copy(from: &Path, to: &Path) -> Outcome {
    made(to)?;
    std::fs::copy(from, to).map(drop).map_err(|error| format!("{}: {error}", from.display()))
}

fn made(path: &Path) -> Outcome {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))
}
