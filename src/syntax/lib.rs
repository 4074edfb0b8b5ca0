//! From rule text to the tree of what was written.

pub mod aggregates;
mod all_else;
pub mod ast;
pub mod blanks;
pub mod built_in;
pub mod expect;
pub mod format;
mod from_expr;
mod from_members;
mod from_pairs;
mod from_relation;
mod from_rule;
mod from_table;
mod from_template;
pub mod keywords;
pub mod lex;
mod look_alike;
mod messages;
mod parser;
pub mod print;
mod scan;
mod synonyms;
pub mod tree;
mod twins;

pub use aggregates::AGGREGATES;
pub use all_else::is_all_else;
pub use format::format;
pub use from_expr::too_deep;
pub use look_alike::{is_mixed, seen_as};
pub use parser::chunks;
pub use parser::{parse, parse_unplaced};
