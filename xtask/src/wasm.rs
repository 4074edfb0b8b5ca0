//! The wasm package: built, bound by the same version of wasm-bindgen as the crate's, and made small.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use bulou::api::Pack;
use wasm_bindgen_cli_support::Bindgen;

use crate::run::{Outcome, cargo, npm, root, run};

const TARGET: &str = "wasm32-unknown-unknown";

/// Builds `www/src/wasm`, with `wasm-opt` from the npm packages: the checker, the checker with
/// the compiler, the checker with counties and workbooks, and the pack for them.
pub fn build() -> Outcome {
    let installed = Command::new("rustup").args(["target", "list", "--installed"]).output();
    if !installed.is_ok_and(|list| String::from_utf8_lossy(&list.stdout).contains(TARGET)) {
        run("rustup", &["target", "add", TARGET]).map_err(|error| {
            format!("{error}\nwithout rustup, install the target with your system's Rust packages, e.g. rust-web-src and lld")
        })?;
    }
    let out = root().join("www/src/wasm");
    module("compiler", "wasm-compiler", &out)?;
    module("office", "wasm-office", &out)?;
    module("checker", "wasm", &out)?;
    pack(&out)
}

/// One module with its JavaScript and types, built with one feature of the library.
fn module(name: &str, feature: &str, out: &Path) -> Outcome {
    let features = ["--no-default-features", "--features", feature];
    cargo(&[&["build", "--locked", "--profile", "wasm", "--target", TARGET, "--lib"], &features[..]].concat())?;
    Bindgen::new()
        .input_path(target().join(TARGET).join("wasm/bulou.wasm"))
        .out_name(name)
        .web(true)
        .and_then(|bindgen| bindgen.typescript(true).omit_default_module_path(true).generate(out))
        .map_err(|error| format!("wasm-bindgen: {error:#}"))?;
    optimize(&out.join(format!("{name}_bg.wasm")))
}

/// Where cargo builds.
pub fn target() -> PathBuf {
    let metadata =
        Command::new("cargo").args(["metadata", "--no-deps", "--format-version", "1"]).current_dir(root()).output();
    let parsed = metadata.ok().and_then(|out| serde_json::from_slice::<serde_json::Value>(&out.stdout).ok());
    let folder = parsed.and_then(|parsed| parsed.get("target_directory")?.as_str().map(PathBuf::from));
    folder.unwrap_or_else(|| root().join("target"))
}

fn optimize(wasm: &Path) -> Outcome {
    let path = wasm.to_string_lossy().into_owned();
    let features =
        ["--enable-bulk-memory", "--enable-nontrapping-float-to-int", "--enable-sign-ext", "--enable-mutable-globals"];
    let args = [&["exec", "--", "wasm-opt", "-Oz", "--strip-debug", "--strip-producers"], &features[..]].concat();
    npm(&[args.as_slice(), &[path.as_str(), "-o", path.as_str()]].concat())
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
