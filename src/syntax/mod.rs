//! From rule text to the tree of what was written.

pub mod ast;
pub mod format;
mod from_expr;
mod from_pairs;
pub mod keywords;
mod messages;
mod parser;
mod scan;

pub use parser::{parse, parse_unplaced};
