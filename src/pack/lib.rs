//! Rule packs as a whole: loading, their own tests and how much these notice, their coverage of the source, their
//! publication and their versions.

pub mod cases;
pub mod diff;
pub mod laziest;
mod load;
pub mod mutate;
#[cfg(feature = "verify")]
pub mod publish;
pub mod strays;
pub mod trace;

pub use load::{Files, Loaded, calendars, fingerprint, load};
pub use strays::is_hidden_part;
