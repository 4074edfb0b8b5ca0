//! Bulou (不漏, "nothing left out"): a rules and compliance checker. Rule text and a school's JSON go in, a report comes out.
#![forbid(unsafe_code)]

pub mod source;
pub mod diagnostic;
pub mod codes;
pub mod limits;
pub mod value;
pub mod syntax;
pub mod check;
pub mod ir;
pub mod data;
pub mod eval;
pub mod report;
pub mod pack;
