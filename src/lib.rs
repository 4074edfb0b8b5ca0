//! Bulou (不漏, "nothing left out"): a rules and compliance checker. Rule text and a school's JSON go in, a report comes out.

pub use bulou_api as api;
