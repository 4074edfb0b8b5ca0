//! Every command of the program on a small English pack: what each says, in both languages, is kept beside the test, and in
//! English has no Chinese in it.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test starts the program, reads what it wrote, and fails by panic"
)]

mod english;
mod given;
mod shown;
