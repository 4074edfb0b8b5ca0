//! The pack under `rules/` is embedded in the program: a change there is a change of the program. What a build compiles
//! and keeps is read again by the same build alone, which is told by a hash over what the library is made of.
#![allow(clippy::disallowed_methods, reason = "a build script reads files")]

use std::path::{Path, PathBuf};

/// What the library is made of.
const PARTS: [&str; 3] = ["../../src", "../../grammar", "../../Cargo.lock"];
/// Neither the command line nor what only JavaScript has is a part of the library, which is not compiled again for its sake.
const APART: [&str; 3] = ["../../src/cli", "../../src/main.rs", "../../src/npm"];

/// FNV-1a of 128 bits: builds differ by chance, not by somebody's design.
struct Hash(u128);

impl Hash {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
}

fn main() -> std::io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    let mut files = Vec::new();
    for part in PARTS {
        gather(Path::new(part), &mut files)?;
    }
    files.sort();
    let mut hash = Hash(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
    for path in files {
        let bytes = std::fs::read(&path)?;
        hash.add(path.to_string_lossy().replace('\\', "/").as_bytes());
        hash.add(&[0]);
        hash.add(&(bytes.len() as u64).to_le_bytes());
        hash.add(&bytes);
    }
    println!("cargo:rustc-env=BULOU_BUILD={:032x}", hash.0);
    Ok(())
}

/// The files of a part; each is watched, so that one which is apart makes nothing anew.
fn gather(path: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if APART.iter().any(|apart| Path::new(apart) == path) {
        return Ok(());
    }
    if !path.is_dir() {
        println!("cargo:rerun-if-changed={}", path.display());
        files.push(path.to_owned());
        return Ok(());
    }
    std::fs::read_dir(path)?.try_for_each(|entry| gather(&entry?.path(), files))
}
