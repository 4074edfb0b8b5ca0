//! What can be wrong with a text that should be JSON.

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
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Value => ("应是一个值", "a value is missing"),
            Self::Key => ("应是加引号的名称", "a key in quotes is missing"),
            Self::Colon => ("名称后面少了冒号", "a colon is missing after the key"),
            Self::AfterMember => ("少了逗号或 }", "a comma or } is missing"),
            Self::AfterElement => ("少了逗号或 ]", "a comma or ] is missing"),
            Self::Number => ("数写得不对", "no number is written like this"),
            Self::Control => {
                ("文字里有换行或控制符,或少了后引号", "a line break in a text, or its closing quote is missing")
            }
            Self::Escape => ("反斜杠用错了", "a backslash is out of place"),
            Self::Deep => ("括号嵌套太深", "nested too deep"),
            Self::Trailing => ("后面有多余的内容", "something follows"),
        }
    }
}
