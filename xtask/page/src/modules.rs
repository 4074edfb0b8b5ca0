//! The wasm package: built, bound by the same version of wasm-bindgen as the crate's, and made small.

use std::path::{Path, PathBuf};
use std::process::Command;

use wasm_bindgen_cli_support::Bindgen;

use xtask::run::{Outcome, cargo, npm, root, step, target};

const TARGET: &str = "wasm32-unknown-unknown";
const WASI: &str = "wasm32-wasip1";
/// The four of the hosted page, and for the page that is a single file `whole`, which is all of them but the checker: what
/// they have in common goes from hand to hand once.
const MODULES: [&str; 5] = ["compiler", "bureau", "office", "whole", "checker"];

/// How the modules are built.
pub struct How {
    /// Which.
    modules: &'static [&'static str],
    /// The library's features for a module.
    features: fn(name: &str) -> String,
    /// Cargo's profile for a module.
    profile: fn(name: &str) -> &'static str,
    /// What cargo is told besides.
    config: &'static [&'static str],
    /// How `wasm-opt` goes over a module; nothing where it is left as it is.
    goal: Option<fn(name: &str) -> &'static str>,
}

/// As soon as possible: the library is compiled once, with all that any of the modules has.
pub const QUICK: How = How { features: |_| MODULES.map(features).join(","), ..TESTED };

/// Each with what it has when it is shipped, but soon rather than small. In the tests' profile, so that macros and build
/// scripts are compiled once for both; a little optimized, for without it a module is three times as large.
pub const TESTED: How = How {
    modules: &MODULES,
    features,
    profile: |_| "dev",
    config: &["profile.dev.opt-level=1", "profile.dev.debug=false", "profile.dev.incremental=false"],
    goal: None,
};

/// Small, and fast where that counts.
pub const SHIPPED: How = How {
    modules: &MODULES,
    features,
    profile: |name| if name == "checker" { "wasm-fast" } else { "wasm" },
    config: &[],
    goal: Some(|name| if name == "checker" { "-O3" } else { "-Oz" }),
};

/// Those of the npm package: `checker` judges, and `office` does all else that JavaScript is given to do.
pub const PACKAGE: How = How {
    modules: &["office", "checker"],
    features: |name| if name == "checker" { "checker,package" } else { "compiler,office,package" }.to_owned(),
    ..SHIPPED
};

/// The features of the library for a module.
fn features(name: &str) -> String {
    if name == "whole" { "compiler,bureau,office".to_owned() } else { name.to_owned() }
}

/// Builds all modules; `wasm-opt` is one of the npm packages.
pub fn build(how: &How, out: &Path) -> Outcome {
    how.modules.iter().try_for_each(|name| step(&format!("module {name}"), || module(name, how, out)))
}

/// One module with its JavaScript and types.
fn module(name: &str, how: &How, out: &Path) -> Outcome {
    let profile = (how.profile)(name);
    let flags = format!("target.{TARGET}.rustflags={}", flags(&[])?);
    let own = format!("bulou-wasm/{}", (how.features)(name).replace(',', ",bulou-wasm/"));
    // Modules of one profile are all built with what reads workbooks, though few have it: the packages decide together which
    // features their dependencies have, so that what is compiled for one module serves the others.
    let (packages, features) = match how.modules.iter().filter(|other| (how.profile)(other) == profile).count() {
        1 => (&["-p", "bulou-wasm"][..], own),
        _ => (&["-p", "bulou-wasm", "-p", "bulou-sheets"][..], own + ",bulou-sheets/wasm"),
    };
    let build = ["build", "--locked", "--profile", profile, "--target", TARGET, "--config", &flags];
    let config: Vec<&str> = how.config.iter().flat_map(|one| ["--config", one]).collect();
    cargo(&[&build[..], packages, &config, &["--features", &features]].concat())?;
    // The folder of the profile `dev` has another name.
    let folder = if profile == "dev" { "debug" } else { profile };
    Bindgen::new()
        .input_path(target().join(TARGET).join(folder).join("bulou_wasm.wasm"))
        .out_name(name)
        .remove_name_section(how.goal.is_none())
        .web(true)
        .and_then(|bindgen| bindgen.typescript(true).omit_default_module_path(true).generate(out))
        .map_err(|error| format!("wasm-bindgen: {error:#}"))?;
    how.goal.map_or(Ok(()), |goal| optimize(&out.join(format!("{name}_bg.wasm")), goal(name)))
}

/// The command line as a program for WASI, made as small as a module.
pub fn command_line(out: &Path) -> Outcome {
    // As much stack as a program has that is started natively.
    let flags = format!("target.{WASI}.rustflags={}", flags(&["-Clink-arg=-zstack-size=8388608"])?);
    cargo(&["build", "--locked", "--profile", "wasm", "--target", WASI, "--config", &flags, "--bin", "bulou"])?;
    let (built, made) = (target().join(WASI).join("wasm/bulou.wasm"), out.join("bulou.wasm"));
    std::fs::copy(&built, &made).map_err(|error| format!("{}: {error}", built.display()))?;
    optimize(&made, "-Oz")
}

/// The compiler's flags. Paths are renamed, so that none of this machine gets into a module: it would tell who built it,
/// and make every build another.
fn flags(more: &[&str]) -> Result<String, String> {
    let root = root().canonicalize().map_err(|error| error.to_string())?;
    let home = std::env::var_os("HOME").or(std::env::var_os("USERPROFILE")).map(PathBuf::from).unwrap_or_default();
    let cargo = std::env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
    let rustc = |args: &[&str]| {
        let output = Command::new("rustc").args(args).current_dir(&root).output();
        let output = output.map_err(|error| format!("rustc: {error}"))?;
        Ok::<_, String>(String::from_utf8_lossy(&output.stdout).into_owned())
    };
    // Where the standard library's source is installed it is named by that place, else as it was built.
    let source = PathBuf::from(rustc(&["--print", "sysroot"])?.trim()).join("lib/rustlib/src/rust");
    let version = rustc(&["-vV"])?;
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: ")).unwrap_or("unknown");
    let standard = format!("/rustc/{commit}");
    let names = [(root.clone(), "/bulou"), (target(), "/target"), (cargo, "/cargo"), (source, &standard)];
    // Of several that fit, the last counts.
    let flags = names.map(|(path, name)| format!("--remap-path-prefix={}={name}", path.display()));
    // Chrome has these instructions since version 91, and the page asks for 109.
    let mut flags = [&flags[..], &["-Ctarget-feature=+simd128".to_owned()]].concat();
    flags.extend(more.iter().map(|flag| (*flag).to_owned()));
    serde_json::to_string(&flags).map_err(|error| error.to_string())
}

fn optimize(wasm: &Path, goal: &str) -> Outcome {
    let path = wasm.to_string_lossy().into_owned();
    let features = [
        "--enable-bulk-memory",
        "--enable-nontrapping-float-to-int",
        "--enable-sign-ext",
        "--enable-mutable-globals",
        "--enable-simd",
    ];
    let args = [&["exec", "--", "wasm-opt", goal, "--strip-debug", "--strip-producers"], &features[..]].concat();
    npm(&[args.as_slice(), &[path.as_str(), "-o", path.as_str()]].concat())
}
