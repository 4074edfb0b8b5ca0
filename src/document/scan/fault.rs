//! What can be wrong with a text that should be JSON.

use bulou_messages::sentence::Phrase;
use bulou_messages::texts;

/// Why scanning stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong there.
    pub wrong: Wrong,
    /// Byte offset of what cannot stand there; the text's length when it ends too early.
    pub at: usize,
}

/// What is wrong there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// No value begins here.
    Value,
    /// No key begins here.
    Key,
    /// A key without its colon.
    Colon,
    /// Behind a member comes neither a comma nor the end of the object.
    AfterMember,
    /// Behind an element comes neither a comma nor the end of the array.
    AfterElement,
    /// No number is written like this.
    Number,
    /// A control character in a text, such as a line break, or the text does not end.
    Control,
    /// No escape is written like this.
    Escape,
    /// More brackets inside one another than any document needs.
    Deep,
    /// Something follows the value.
    Trailing,
}

impl Wrong {
    /// What should stand there, in Chinese and in English.
    pub fn words(self) -> Phrase {
        match self {
            Self::Value => texts::value_missing(),
            Self::Key => texts::key_quotes_missing(),
            Self::Colon => texts::colon_missing_after_key(),
            Self::AfterMember => texts::comma_missing_2(),
            Self::AfterElement => texts::comma_missing(),
            Self::Number => texts::no_number_written_like(),
            Self::Control => texts::line_break_text_closing(),
            Self::Escape => texts::backslash_out_place(),
            Self::Deep => texts::nested_too_deep(),
            Self::Trailing => texts::something_follows(),
        }
    }
}
