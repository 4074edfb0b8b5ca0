//! The campus-safety pack and the sample schools, for tests.

use std::collections::BTreeMap;
use std::path::Path;

use bulou_ir::RuleSet;
use bulou_pack::{Files, load};

fn read(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            read(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, std::fs::read(entry.path()).expect("a file"));
        }
    }
}

/// The pack's files, with the calendar beside it.
#[allow(dead_code, reason = "not every test file needs it")]
pub fn files() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut files = BTreeMap::new();
    read(&root.join("campus-safety"), "", &mut files);
    read(&root.join("calendar"), "calendar/", &mut files);
    Files(files)
}

/// The files of the twenty rules that are compared with other engines, over the pack's data.
#[allow(dead_code, reason = "not every test file needs it")]
pub fn twenty() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = BTreeMap::new();
    read(&root.join("tests/bench/rules/twenty"), "", &mut files);
    files.insert("data.bulou".into(), std::fs::read(root.join("rules/campus-safety/data.bulou")).expect("the data"));
    Files(files)
}

/// The compiled pack.
#[allow(dead_code, reason = "not every test file needs it")]
pub fn rules() -> RuleSet {
    load(&files()).rules.expect("the pack has no error")
}

/// A sample school's text.
#[allow(dead_code, reason = "not every test file needs it")]
pub fn sample(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(name);
    std::fs::read_to_string(path).expect("a sample")
}
