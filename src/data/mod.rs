//! Documents: their shape, their decoding, their schema.

mod constant;
pub(crate) mod dates;
mod decode;
mod document;
pub mod encoding;
pub mod forbidden;
pub(crate) mod foreign;
pub(crate) mod locate;
pub mod normalize;
pub(crate) mod number;
pub mod placeholder;
pub mod places;
mod problems;
pub(crate) mod scan;
pub mod schema;
pub mod shape;
pub(crate) mod text;
mod twice;
pub mod typed;

pub use constant::{Constant, TextConstant};
pub use dates::Clock;
pub(crate) use decode::decode_row;
pub use decode::{Decoded, decode};
pub use document::{Document, Slot};
pub use foreign::{no_lines, no_self_assessment, too_large};
pub(crate) use locate::item_words;
pub use locate::{field_label, field_path, item_label, pointer, pointer_of_row, pointer_step};
#[cfg(feature = "xlsx")]
pub(crate) use problems::Listed;
pub(crate) use problems::Problems;
pub use problems::problem;
pub use twice::from_json;
pub(crate) use twice::{TWICE, twice, without_mark};
