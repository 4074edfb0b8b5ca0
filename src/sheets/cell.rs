//! A cell of an `.xlsx` as it stands there, held against what its reader made of it: that takes what is no number of a text for
//! the first, and a text for what stands before its first piece.

use bulou_document::normalize::is_blank;

use super::content::Content;
use super::letters::{Letters, Pieces};
use super::seen::letters;
use super::words::shown;

/// A cell while it is open.
#[derive(Default)]
pub(super) struct Cell {
    /// Of which type its content is, and how it looks.
    pub kind: String,
    pub style: usize,
    /// It has no style of its own: some programs then draw it as its row or column.
    pub is_plain: bool,
    pub has_formula: bool,
    /// It shows a value of another part's, such as a share's price.
    pub is_rich: bool,
    pub content: String,
    /// A text that the cell does not share, in its pieces.
    pub own: Pieces,
    /// It is not one piece.
    pub is_pieced: bool,
}

impl Cell {
    /// Whether what was read says what stands here.
    pub fn is_read(&self, content: &Content, texts: &[Pieces]) -> bool {
        let is_inline = !self.own.text.is_empty();
        let said = if is_inline { &self.own.text } else { &self.content };
        // A formula without an answer is read as an error.
        if said.is_empty() {
            return content.is_blank() || self.has_formula && matches!(content, Content::Error(_));
        }
        if is_inline != (self.kind == "inlineStr") {
            return false;
        }
        let is_plain = |text: &str| !self.is_pieced && text.bytes().all(|byte| byte.is_ascii_digit());
        match self.kind.as_str() {
            "s" if is_plain(said) => self.shared(texts).is_some_and(|shared| is_same(&shared.text, content)),
            // Where a letter is written by its number, only the reader says what it is.
            "str" | "inlineStr" => !(self.is_pieced && said.contains("_x")) && is_same(said, content),
            "n" => !self.is_pieced && is_number(said, content),
            "b" => !self.is_pieced && *content == Content::Bool(["1", "true"].contains(&said.trim())),
            "e" => matches!(content, Content::Error(_)),
            "d" => !self.is_pieced && !content.is_blank(),
            _ => false,
        }
    }

    /// The text that it shares.
    fn shared<'t>(&self, texts: &'t [Pieces]) -> Option<&'t Pieces> {
        texts.get(self.content.parse::<usize>().ok()?)
    }

    /// The letters of the pieces of its text.
    pub fn letters<'t>(&'t self, texts: &'t [Pieces]) -> &'t [Letters] {
        match self.kind.as_str() {
            "s" => self.shared(texts).map_or(&[], |shared| &shared.letters),
            _ => &self.own.letters,
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
