//! `jsonschema` on the structure alone, by the schema that Bulou writes of its own data model: types, options, ranges
//! and patterns. No rule.

use serde_json::Value;

use super::{Engine, Kind, Verdicts};
use crate::packs::Packs;

pub struct Structure(jsonschema::Validator);

impl Structure {
    pub fn new(packs: &Packs) -> Self {
        Self(jsonschema::validator_for(&packs.schema()).expect("the schema"))
    }
}

impl Engine for Structure {
    fn name(&self) -> &'static str {
        "jsonschema"
    }
    fn kind(&self) -> Kind {
        Kind::Structure
    }
    fn does(&self) -> &'static str {
        "Value, then `is_valid` by the compiled schema of the same documents: structure only, no rule"
    }
    fn run(&mut self, bytes: &[u8]) -> Option<Verdicts> {
        let document: Value = serde_json::from_slice(bytes).expect("JSON");
        assert!(self.0.is_valid(&document), "the documents are well formed");
        None
    }
}
