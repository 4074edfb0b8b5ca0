//! What the program says: sentences in both languages, diagnostics with their codes, and the explanations of each code.

pub mod codes;
pub mod diagnostic;
pub mod explain;
pub mod problem_codes;
pub mod publication_codes;
pub mod sentence;
mod stable;
pub mod stopped;
#[allow(clippy::too_many_arguments, clippy::doc_markdown, reason = "made of sentences")]
pub mod texts;
