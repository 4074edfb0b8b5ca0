//! The rooms of the house: which folder and file under `src` may use which, as ARCHITECTURE.md lists them.
#![allow(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may fail"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The rooms from the lowest to the highest: the first line of code in ARCHITECTURE.md.
fn listed() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the page");
    let line = text.split('`').nth(1).expect("the list").to_owned();
    line.split([' ', '→', '/', '\n']).filter(|room| !room.is_empty()).map(str::to_owned).collect()
}

/// Every source file, with its room.
fn files() -> Vec<(String, PathBuf)> {
    let src = root().join("src");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(&src).expect("src") {
        let path = entry.expect("an entry").path();
        let room = path.file_stem().expect("a name").to_string_lossy().into_owned();
        if !["lib", "main"].contains(&&*room) {
            within(&path, &room, &mut found);
        }
    }
    found
}

fn within(path: &Path, room: &str, found: &mut Vec<(String, PathBuf)>) {
    if path.is_dir() {
        for entry in std::fs::read_dir(path).expect("a folder") {
            within(&entry.expect("an entry").path(), room, found);
        }
    } else if path.extension().is_some_and(|ending| ending == "rs") {
        found.push((room.to_owned(), path.to_owned()));
    }
}

/// The rooms that a file's code uses: `crate::room`, `crate::{room, …}`; the command line says `bulou::room`. Tests at its
/// end may use whatever shows what they mean.
fn used(text: &str) -> BTreeSet<String> {
    let tests = text.rfind("#[cfg(test)]").filter(|at| text[*at..].contains("\nmod tests {"));
    let code = &text[..tests.unwrap_or(text.len())];
    let lines: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = lines.join("\n");
    let mut rooms = BTreeSet::new();
    for rest in ["crate::", "bulou::"].iter().flat_map(|root| code.split(root).skip(1)) {
        let names = match rest.strip_prefix('{') {
            Some(several) => several.split('}').next().unwrap_or_default(),
            None => rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default(),
        };
        rooms.extend(names.split(',').map(|name| name.trim().split("::").next().unwrap_or_default().to_owned()));
    }
    rooms
}

#[test]
fn every_room_uses_only_those_below_it() {
    let listed = listed();
    let place: BTreeMap<&str, usize> = listed.iter().enumerate().map(|(at, room)| (room.as_str(), at)).collect();
    assert_eq!(place.len(), listed.len(), "a room is listed twice");
    let files = files();
    let rooms: BTreeSet<&str> = files.iter().map(|(room, _)| room.as_str()).collect();
    assert_eq!(rooms, place.keys().copied().collect(), "ARCHITECTURE.md lists the rooms of src");
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (room, path) in &files {
        let text = std::fs::read_to_string(path).expect("a file");
        for other in used(&text) {
            let Some(below) = place.get(other.as_str()) else { continue };
            seen += 1;
            if *below > place[room.as_str()] {
                wrong.push(format!("{} uses {other}", path.strip_prefix(root()).expect("within").display()));
            }
        }
    }
    assert!(seen > 500, "{seen} uses seen");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
