//! A sentence in all languages, and what can stand in it.

use std::fmt::{Display, Write as _};

use crate::diagnostic::{Lang, LocalizedText};

/// What can stand in a sentence: whatever is shown alike in all languages, and a text that each says its own way.
pub trait Say {
    /// Adds it as a language says it.
    fn say(&self, lang: Lang, into: &mut String);
}

impl<T: Display + ?Sized> Say for T {
    fn say(&self, _: Lang, into: &mut String) {
        // A string takes all that is written.
        let _: Result<(), std::fmt::Error> = write!(into, "{self}");
    }
}

impl Say for LocalizedText {
    fn say(&self, lang: Lang, into: &mut String) {
        into.push_str(self.get(lang));
    }
}

/// What is another in each language.
#[derive(Clone, Copy, Debug)]
pub struct Each<A, B>(
    /// Chinese.
    pub A,
    /// English.
    pub B,
);

impl<A: Say, B: Say> Say for Each<A, B> {
    fn say(&self, lang: Lang, into: &mut String) {
        let Self(zh, en) = self;
        lang.pick::<&dyn Say>(zh, en).say(lang, into);
    }
}

impl Say for &LocalizedText {
    fn say(&self, lang: Lang, into: &mut String) {
        into.push_str(self.get(lang));
    }
}

/// A part of a sentence.
#[derive(Debug)]
pub(crate) enum Piece {
    /// Words.
    Text(&'static str),
    /// One of the arguments.
    Argument(usize),
}

/// Words that nothing is put into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase(pub(crate) [&'static str; 2]);

impl Phrase {
    /// The words in one language.
    #[must_use]
    pub const fn get(self, lang: Lang) -> &'static str {
        let Self([zh, en]) = self;
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// The words in all languages.
    #[must_use]
    pub fn text(self) -> LocalizedText {
        LocalizedText::new(self.get(Lang::Zh), self.get(Lang::En))
    }
}

impl Say for Phrase {
    fn say(&self, lang: Lang, into: &mut String) {
        into.push_str(self.get(lang));
    }
}

/// A sentence and what stands in it.
pub struct Sentence<'a, const N: usize> {
    pub(crate) said: &'static [&'static [Piece]; 2],
    pub(crate) arguments: [&'a dyn Say; N],
}

impl<const N: usize> Sentence<'_, N> {
    /// The sentence in one language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> String {
        fill(self.said, &self.arguments, lang)
    }

    /// The sentence in all languages.
    #[must_use]
    pub fn text(&self) -> LocalizedText {
        LocalizedText::new(self.get(Lang::Zh), self.get(Lang::En))
    }
}

impl<const N: usize> Say for Sentence<'_, N> {
    fn say(&self, lang: Lang, into: &mut String) {
        into.push_str(&self.get(lang));
    }
}

fn fill(said: &[&[Piece]; 2], arguments: &[&dyn Say], lang: Lang) -> String {
    let [zh, en] = said;
    let mut text = String::new();
    for piece in lang.pick(*zh, *en) {
        match piece {
            Piece::Text(words) => text.push_str(words),
            Piece::Argument(index) => {
                if let Some(argument) = arguments.get(*index) {
                    argument.say(lang, &mut text);
                }
            }
        }
    }
    text
}
