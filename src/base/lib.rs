//! What every room may use: days, texts made safe to show, names of files, places in a text, values of fields, and the
//! limits of what is read. It knows nothing of rules, documents or reports.

pub mod date;
pub mod filename;
pub mod hash;
pub mod limits;
pub mod order;
pub mod parallel;
pub mod sanitize;
pub mod source;
pub mod value;
