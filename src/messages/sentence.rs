//! A sentence in all languages, and what can stand in it.

use std::fmt::{Display, Write as _};
use std::ops::Deref;

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

/// What is another in each language: Chinese, English.
#[derive(Clone, Copy)]
pub struct Each<'a>(pub &'a dyn Say, pub &'a dyn Say);

impl Say for Each<'_> {
    fn say(&self, lang: Lang, into: &mut String) {
        lang.pick(self.0, self.1).say(lang, into);
    }
}

impl Say for &LocalizedText {
    fn say(&self, lang: Lang, into: &mut String) {
        into.push_str(self.get(lang));
    }
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
    /// In each language; the control character of a number is the argument of that number, from 1 on.
    pub(crate) said: [&'static str; 2],
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

/// A sentence that may be a reason: a program can take what it says and say it its own way.
pub struct Coded<'a, const N: usize> {
    pub(crate) code: &'static str,
    pub(crate) names: [&'static str; N],
    pub(crate) sentence: Sentence<'a, N>,
}

impl<'a, const N: usize> Deref for Coded<'a, N> {
    type Target = Sentence<'a, N>;

    fn deref(&self) -> &Self::Target {
        &self.sentence
    }
}

impl<const N: usize> Coded<'_, N> {
    /// The sentence with what it is made of.
    #[must_use]
    pub fn reason(&self, lang: Lang) -> Reason {
        let said = |argument: &dyn Say| {
            let mut said = String::new();
            argument.say(lang, &mut said);
            said
        };
        let arguments = self.sentence.arguments.iter().map(|argument| said(*argument));
        Reason { code: self.code, arguments: self.names.into_iter().zip(arguments).collect(), text: self.get(lang) }
    }
}

impl<const N: usize> Say for Coded<'_, N> {
    fn say(&self, lang: Lang, into: &mut String) {
        self.sentence.say(lang, into);
    }
}

/// A sentence as data: which it is, and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Its key in the catalogue.
    pub code: &'static str,
    /// What stands in it, by name, as the report's language shows it.
    pub arguments: Vec<(&'static str, String)>,
    /// The sentence.
    pub text: String,
}

impl Reason {
    /// With what is said before and behind it, which the arguments have as it is.
    #[must_use]
    pub fn within(mut self, text: String, arguments: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        self.text = text;
        for (name, said) in arguments {
            self.arguments.retain(|(known, _)| *known != name);
            self.arguments.push((name, said));
        }
        self.arguments.retain(|(_, said)| !said.is_empty());
        self
    }

    /// Of a sentence that nothing is put into.
    #[must_use]
    pub fn plain(code: &'static str, text: &str) -> Self {
        Self { code, arguments: Vec::new(), text: text.to_owned() }
    }
}

fn fill([zh, en]: [&str; 2], arguments: &[&dyn Say], lang: Lang) -> String {
    let mut text = String::new();
    for letter in lang.pick(zh, en).chars() {
        match (letter as usize).checked_sub(1).and_then(|index| arguments.get(index)) {
            Some(argument) => argument.say(lang, &mut text),
            None => text.push(letter),
        }
    }
    text
}
