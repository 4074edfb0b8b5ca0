//! Packs that compile, as text, and documents for them.

pub mod conditions;
pub mod documents;
pub mod holes;
pub mod lists;
pub mod model;
pub mod names;
pub mod packs;
pub mod twice;
pub mod values;
