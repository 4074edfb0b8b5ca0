//! What the tasks share with the packages that need more than the standard library.

pub mod files;
pub mod run;
