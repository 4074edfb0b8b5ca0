//! What the services answer, as editors take it.

use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::texts;
use serde::Serialize;

use super::TextRange;

/// A place in a file of the pack.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct TextLocation {
    /// The file, by its path in the pack.
    pub file: String,
    /// Where in it.
    pub range: TextRange,
}

/// A change of text in a file of the pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct TextEdit {
    /// The file, by its path in the pack.
    pub file: String,
    /// What is replaced; empty where text is put in.
    pub range: TextRange,
    /// By what.
    pub text: String,
}

/// A further place of a problem.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Related {
    /// Where.
    pub location: TextLocation,
    /// What is there.
    pub message: String,
}

/// Something that is wrong with the pack.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Problem {
    /// `E012`; `bulou explain` has the long explanation.
    pub code: &'static str,
    /// Whether the pack cannot be used.
    pub error: bool,
    /// Where.
    pub location: TextLocation,
    /// Its line, one-based.
    pub line: u32,
    /// What is wrong.
    pub message: String,
    /// What to do next.
    pub help: String,
    /// Further places.
    pub related: Vec<Related>,
    /// The change that does what the help says, where one is known; its title is the help.
    pub fix: Option<TextEdit>,
}

/// What a completion stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum CompletionKind {
    /// A word of the language.
    Keyword,
    /// A field of the document or of a list's element.
    Field,
    /// An option.
    Option,
    /// A parameter.
    Param,
    /// A definition.
    Define,
    /// A table or a function over lists: brackets follow.
    Function,
    /// A list's element by `记作`, or a table's parameter.
    Variable,
    /// A type.
    Type,
    /// A source.
    Source,
    /// A passage of a source.
    Quote,
}

/// A text that can be put in at the cursor.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Completion {
    /// What the list shows.
    pub label: String,
    /// What is written.
    pub insert: String,
    /// What it replaces: from the start of the word, or of the text in quotation marks, to the cursor.
    pub range: TextRange,
    /// What it is.
    pub kind: CompletionKind,
    /// Its type or a word about it, short.
    pub detail: String,
    /// What it means.
    pub documentation: String,
    /// What the user may type to find it: its label and, for a keyword, its twin in the other language.
    pub filter: String,
}

/// What stands at a place, for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Hover {
    /// The name or word that is spoken of.
    pub range: TextRange,
    /// Markdown.
    pub markdown: String,
}

/// What a piece of text is, for colouring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum TokenKind {
    /// A word of the language.
    Keyword,
    /// From `#` to the end of the line.
    Comment,
    /// A text in quotation marks.
    String,
    /// A number or duration.
    Number,
    /// A date.
    Date,
    /// A mark for a comparison or calculation.
    Operator,
    /// The name of a type: a record, an option set, one that is built in.
    Type,
    /// A field.
    Field,
    /// An option.
    Option,
    /// A parameter of the pack.
    Param,
    /// A definition.
    Define,
    /// A table or a function over lists.
    Function,
    /// A list's element by `记作`, or a table's parameter.
    Variable,
    /// A source.
    Source,
    /// A rule's id.
    Rule,
    /// A name that means nothing here.
    Unknown,
}

impl TokenKind {
    /// All kinds in order.
    pub const ALL: [Self; 16] = [
        Self::Keyword,
        Self::Comment,
        Self::String,
        Self::Number,
        Self::Date,
        Self::Operator,
        Self::Type,
        Self::Field,
        Self::Option,
        Self::Param,
        Self::Define,
        Self::Function,
        Self::Variable,
        Self::Source,
        Self::Rule,
        Self::Unknown,
    ];
}

/// A piece of text to colour. Pieces do not overlap and none goes over a line's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Token {
    /// Where.
    pub range: TextRange,
    /// What it is.
    pub kind: TokenKind,
}

/// A declaration, or a field or option in it, for an outline.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct OutlineItem {
    /// Its name.
    pub name: String,
    /// Its title, label or type.
    pub detail: String,
    /// What it is.
    pub kind: TokenKind,
    /// All of it.
    pub range: TextRange,
    /// Its name's place.
    pub selection: TextRange,
    /// What it holds.
    pub children: Vec<OutlineItem>,
}

/// Why a file is not laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text().en)]
pub enum FormatRefused {
    /// The pack has no rule file of this name.
    NoFile,
    /// The file has errors.
    Errors,
    /// Laid out it would say something else: a fault of the formatter.
    Changed,
}

impl FormatRefused {
    /// The reason, in a sentence.
    #[must_use]
    pub fn text(self) -> LocalizedText {
        match self {
            Self::NoFile => texts::pack_no_such_rule().text(),
            Self::Errors => texts::file_errors_laid_out().text(),
            Self::Changed => texts::layout_would_change_what().text(),
        }
    }
}
