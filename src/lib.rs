//! Bulou (不漏, "nothing left out"): a rules and compliance checker. Rule text and a school's JSON go in, a report comes out.
#![forbid(unsafe_code)]

pub mod api;
#[cfg(feature = "xlsx")]
pub mod archive;
pub mod built_in;
pub mod check;
pub mod codes;
pub mod county;
pub mod data;
pub mod date;
pub mod diagnostic;
pub mod editor;
pub mod eval;
pub mod explain;
pub mod filename;
pub mod ir;
pub mod limits;
pub mod pack;
pub mod report;
pub mod shown;
pub mod source;
#[cfg(feature = "xlsx")]
pub mod stopped;
pub mod syntax;
pub mod value;
#[cfg(feature = "wasm")]
pub mod wasm;
#[cfg(feature = "xlsx")]
pub mod xlsx;
