//! Rule packs as a whole: loading, their own tests, their coverage of the source.

pub mod cases;
mod load;
pub mod trace;

pub use load::{Files, Loaded, load};
