//! Rule packs as a whole: loading, their own tests and how much these notice, their coverage of the source.

pub mod cases;
mod load;
pub mod mutate;
pub mod trace;

pub use load::{Files, Loaded, load};
