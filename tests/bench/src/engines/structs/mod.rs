//! What a programmer would write instead of rules: `serde` structs that borrow from the bytes and hold only what the
//! twenty rules ask, and the rules as Rust. Keys that no rule asks for are skipped unread, and nothing else of the
//! document's structure is checked: the least that the task can cost with `serde_json`.

mod model;
mod rules;

use super::{Engine, Kind, Verdicts};

pub struct Structs;

impl Engine for Structs {
    fn name(&self) -> &'static str {
        "serde structs, rules in Rust"
    }
    fn kind(&self) -> Kind {
        Kind::Hand
    }
    fn does(&self) -> &'static str {
        "borrowing structs with only the fields that the rules ask, the rules written by hand"
    }
    fn run(&mut self, bytes: &[u8]) -> Option<Verdicts> {
        let document: model::Document<'_> = serde_json::from_slice(bytes).expect("a document");
        Some(rules::verdicts(&document))
    }
}
