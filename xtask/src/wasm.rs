//! The wasm package: built, bound by the same version of wasm-bindgen as the crate's, and made small.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use bulou::api::Pack;
use bulou::diagnostic::Lang;
use bulou::explain::all;
use wasm_bindgen_cli_support::Bindgen;

use crate::run::{Outcome, cargo, npm, root, run};

const TARGET: &str = "wasm32-unknown-unknown";

/// Builds `www/src/wasm`, with `wasm-opt` from the npm packages: the modules of the page, the pack for them, and the
/// explanations of what may be wrong with a pack.
pub fn build() -> Outcome {
    let installed = Command::new("rustup").args(["target", "list", "--installed"]).output();
    if !installed.is_ok_and(|list| String::from_utf8_lossy(&list.stdout).contains(TARGET)) {
        run("rustup", &["target", "add", TARGET]).map_err(|error| {
            format!("{error}\nwithout rustup, install the target with your system's Rust packages, e.g. rust-web-src and lld")
        })?;
    }
    let out = root().join("www/src/wasm");
    for name in ["compiler", "bureau", "office", "checker"] {
        module(name, &out)?;
    }
    explanations(&out)?;
    pack(&out)
}

/// One module with its JavaScript and types, built with the feature of the library that has its name.
fn module(name: &str, out: &Path) -> Outcome {
    let features = ["--no-default-features", "--features", &format!("wasm-{name}")];
    let flags = format!("target.{TARGET}.rustflags={}", flags()?);
    let (profile, goal) = if name == "checker" { ("wasm-fast", "-O3") } else { ("wasm", "-Oz") };
    let build = ["build", "--locked", "--profile", profile, "--target", TARGET, "--lib", "--config", &flags];
    cargo(&[&build[..], &features[..]].concat())?;
    Bindgen::new()
        .input_path(target().join(TARGET).join(profile).join("bulou.wasm"))
        .out_name(name)
        .web(true)
        .and_then(|bindgen| bindgen.typescript(true).omit_default_module_path(true).generate(out))
        .map_err(|error| format!("wasm-bindgen: {error:#}"))?;
    optimize(&out.join(format!("{name}_bg.wasm")), goal)
}

/// The compiler's flags. Paths are renamed, so that none of this machine gets into a module: it would tell who built it,
/// and make every build another.
fn flags() -> Result<String, String> {
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
    let flags = [&flags[..], &["-Ctarget-feature=+simd128".to_owned()]].concat();
    serde_json::to_string(&flags).map_err(|error| error.to_string())
}

/// Where cargo builds.
pub fn target() -> PathBuf {
    let metadata =
        Command::new("cargo").args(["metadata", "--no-deps", "--format-version", "1"]).current_dir(root()).output();
    let parsed = metadata.ok().and_then(|out| serde_json::from_slice::<serde_json::Value>(&out.stdout).ok());
    let folder = parsed.and_then(|parsed| parsed.get("target_directory")?.as_str().map(PathBuf::from));
    folder.unwrap_or_else(|| root().join("target"))
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

/// The long explanations by language and code.
fn explanations(out: &Path) -> Outcome {
    let by_code = |lang| all(lang).map(|found| (found.code, found.text)).collect::<BTreeMap<_, _>>();
    let book = BTreeMap::from([("zh", by_code(Lang::Zh)), ("en", by_code(Lang::En))]);
    write(&out.join("explanations.json"), &serde_json::to_vec(&book).map_err(|error| error.to_string())?)
}

/// The campus-safety pack as the page loads it: compiled, and its texts and cases for who changes it.
fn pack(out: &Path) -> Outcome {
    let mut files = BTreeMap::new();
    let rules = root().join("rules");
    read(&rules.join("campus-safety"), "", &mut files)?;
    read(&rules.join("calendar"), "calendar/", &mut files)?;
    let texts = serde_json::to_vec(&files).map_err(|error| error.to_string())?;
    write(&out.join("pack-texts.json"), &texts)?;
    files.retain(|name, _| !name.starts_with("cases/"));
    write(&out.join("pack.bin"), &Pack::load(files).compiled()?)
}

fn write(path: &Path, bytes: &[u8]) -> Outcome {
    std::fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}

/// Gathers a folder's texts by path.
pub fn read(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) -> Outcome {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for entry in entries.filter_map(Result::ok) {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            read(&entry.path(), &format!("{name}/"), files)?;
        } else {
            let text = std::fs::read_to_string(entry.path()).map_err(|error| format!("{name}: {error}"))?;
            files.insert(name, text);
        }
    }
    Ok(())
}
