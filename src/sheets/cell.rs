//! A cell of an `.xlsx` as it stands there, held against what its reader made of it: that takes what is no number of a text for
//! the first, and a text for what stands before its first piece.

use bulou_document::normalize::is_blank;

use super::content::Content;
use super::seen::letters;
use super::words::shown;

/// A cell while it is open.
#[derive(Default)]
pub(super) struct Cell {
    /// Of which type its content is, and how it looks.
    pub kind: String,
    pub style: usize,
    pub has_formula: bool,
    /// It shows a value of another part's, such as a share's price.
    pub is_rich: bool,
    pub content: String,
    /// That is in the form of texts which cells do not share.
    pub is_inline: bool,
    /// It is not one piece.
    pub is_pieced: bool,
}

impl Cell {
    /// Whether what was read says what stands here.
    pub fn is_read(&self, content: &Content, texts: &[String]) -> bool {
        let said = &self.content;
        // A formula without an answer is read as an error.
        if said.is_empty() {
            return content.is_blank() || self.has_formula && matches!(content, Content::Error(_));
        }
        if self.is_inline != (self.kind == "inlineStr") {
            return false;
        }
        let is_plain = |text: &str| !self.is_pieced && text.bytes().all(|byte| byte.is_ascii_digit());
        match self.kind.as_str() {
            "s" if is_plain(said) => {
                said.parse().ok().and_then(|at: usize| texts.get(at)).is_some_and(|text| is_same(text, content))
            }
            // Where a letter is written by its number, only the reader says what it is.
            "str" | "inlineStr" => !(self.is_pieced && said.contains("_x")) && is_same(said, content),
            "n" => !self.is_pieced && is_number(said, content),
            "b" => !self.is_pieced && *content == Content::Bool(["1", "true"].contains(&said.trim())),
            "e" => matches!(content, Content::Error(_)),
            "d" => !self.is_pieced && !content.is_blank(),
            _ => false,
        }
    }
}

/// Whether a text was read as such; how blanks stand in it is not compared.
fn is_same(said: &str, content: &Content) -> bool {
    match content {
        Content::Blank => is_blank(said) || said.contains("_x"),
        Content::Text(text) => said.contains("_x") || letters(said) == letters(text),
        _ => false,
    }
}

fn is_number(said: &str, content: &Content) -> bool {
    match (said.parse::<f64>(), content) {
        (Ok(value), Content::Number(digits, _)) => *digits == shown(value).0,
        (Ok(value), Content::Date(_)) => value.is_finite(),
        (Ok(value), Content::Error(_)) => !value.is_finite(),
        _ => false,
    }
}
