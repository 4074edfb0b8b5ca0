//! Every sentence that the program says, a function each, made from `texts/zh.ftl` and `texts/en.ftl`: what stands in it
//! are the function's arguments, in the order in which the Chinese sentence names them.
//!
//! ```
//! use bulou_messages::diagnostic::Lang;
//! use bulou_messages::texts;
//! assert_eq!(texts::no_option(&"甲").get(Lang::En), "there is no option `甲`");
//! ```

use crate::sentence::{Coded, Phrase, Say, Sentence};

/// What the help says of a command, an argument or a value: `command-check`, `value-lang-zh`.
#[must_use]
pub fn help(name: &str) -> Option<Phrase> {
    let found = HELP.binary_search_by_key(&name, |(name, _)| name).ok()?;
    HELP.get(found).map(|(_, text)| *text)
}

include!(concat!(env!("OUT_DIR"), "/texts.rs"));
