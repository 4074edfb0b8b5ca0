//! What the program says: sentences in both languages, diagnostics with their codes, and the explanations of each code.

pub mod codes;
pub mod diagnostic;
pub mod explain;
pub mod stopped;
