//! Documents: their shape, their decoding, their schema.

mod constant;
pub mod dates;
mod decode;
mod document;
mod document_number;
pub mod encoding;
pub mod file_kind;
pub mod forbidden;
pub mod locate;
mod memo;
pub mod normalize;
pub mod number;
pub mod placeholder;
pub mod places;
mod problems;
pub mod scan;
pub mod schema;
pub mod shape;
pub mod sums;
pub mod text;
mod twice;
pub mod typed;
pub mod types;

pub use constant::{Constant, TextConstant, is_compound};
pub use dates::Clock;
pub use decode::decode_row;
pub use decode::{Decoded, TextMemo, decode};
pub use document::{Document, Doubt, Slot};
pub use file_kind::{no_lines, no_self_assessment, too_large};
pub use locate::item_words;
pub use locate::{field_label, field_path, item_label, pointer, pointer_of_row, pointer_step};
pub use problems::Listed;
pub use problems::Problems;
pub use problems::problem;
pub use twice::from_json;
pub use twice::{Unread, twice, without_mark};
