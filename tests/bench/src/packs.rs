//! The packs as they stand in the repository.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bulou_api::Pack;
use bulou_document::schema;
use bulou_ir::RuleSet;
use bulou_pack::{Files, load};
use serde_json::Value;

use crate::engines::RULES;

pub struct Packs {
    /// The twenty rules, over the data model of the whole pack.
    pub twenty: RuleSet,
    pub whole: RuleSet,
}

impl Packs {
    pub fn new() -> Self {
        let twenty = load(&twenty());
        let rules = twenty.rules.unwrap_or_else(|| panic!("the twenty rules: {:#?}", twenty.diagnostics));
        assert!(rules.rules.iter().map(|rule| rule.card.id.as_str()).eq(RULES), "the rules and their names");
        Self { twenty: rules, whole: load(&whole()).rules.expect("the whole pack") }
    }

    /// The JSON Schema of the documents.
    pub fn schema(&self) -> Value {
        schema::schema(&self.twenty.shape)
    }
}

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The files of the whole pack.
pub fn whole() -> Files {
    let mut files = BTreeMap::new();
    read(&root().join("rules/campus-safety"), "", &mut files);
    read(&root().join("rules/calendar"), "calendar/", &mut files);
    Files(files)
}

/// The files of the twenty rules, with the data model of the whole pack.
pub fn twenty() -> Files {
    let mut files = BTreeMap::new();
    read(&root().join("tests/bench/rules/twenty"), "", &mut files);
    files.insert(
        "data.bulou".into(),
        std::fs::read(root().join("rules/campus-safety/data.bulou")).expect("the data model"),
    );
    Files(files)
}

/// Of files in memory, the pack as the page loads it.
pub fn compiled(files: &Files) -> Vec<u8> {
    let text = |(name, bytes): (&String, &Vec<u8>)| (name.clone(), String::from_utf8_lossy(bytes).into_owned());
    Pack::load(files.0.iter().map(text).collect()).compiled().expect("the pack")
}

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
