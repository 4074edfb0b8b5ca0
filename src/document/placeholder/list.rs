//! Lists of words and of characters, which texts are looked at for without going through them.

use std::sync::OnceLock;

use bulou_base::order;

/// Words with blanks between them.
pub(super) struct List {
    words: &'static str,
    index: OnceLock<Index>,
}

/// The words by their first and by their last characters.
struct Index {
    first: Vec<(char, &'static str)>,
    last: Vec<(char, &'static str)>,
}

impl List {
    pub const fn new(words: &'static str) -> Self {
        Self { words, index: OnceLock::new() }
    }

    /// Whether a text begins with one of the words.
    pub fn begins(&self, text: &str) -> bool {
        self.heads(text).next().is_some()
    }

    /// Whether a text ends in one of the words.
    pub fn ends(&self, text: &str) -> bool {
        let last = text.chars().next_back();
        last.is_some_and(|last| under(&self.index().last, last).any(|word| text.ends_with(word)))
    }

    /// Whether one of the words stands anywhere in a text.
    pub fn stands_in(&self, text: &str) -> bool {
        text.char_indices().any(|(at, _)| text.get(at..).is_some_and(|rest| self.begins(rest)))
    }

    /// Whether a text is one of the words.
    pub fn has(&self, text: &str) -> bool {
        self.heads(text).any(|word| word == text)
    }

    /// The words that a text begins with.
    pub fn heads(&self, text: &str) -> impl Iterator<Item = &'static str> {
        let first = text.chars().next().into_iter();
        first.flat_map(|first| under(&self.index().first, first)).filter(|word| text.starts_with(word))
    }

    /// All words.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.words.split(' ').filter(|word| !word.is_empty())
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let by = |character: fn(&str) -> Option<char>| {
                let mut words: Vec<_> = self.iter().filter_map(|word| Some((character(word)?, word))).collect();
                order::sort_by_key(&mut words, |(character, _)| *character);
                words
            };
            Index { first: by(|word| word.chars().next()), last: by(|word| word.chars().next_back()) }
        })
    }
}

/// The words of a character.
fn under(words: &[(char, &'static str)], character: char) -> impl Iterator<Item = &'static str> {
    let from = words.partition_point(|(known, _)| *known < character);
    let words = words.get(from..).unwrap_or_default();
    words.iter().take_while(move |(known, _)| *known == character).map(|(_, word)| *word)
}

/// A set of characters.
pub(super) struct Letters {
    letters: &'static str,
    sorted: OnceLock<Vec<char>>,
}

impl Letters {
    pub const fn new(letters: &'static str) -> Self {
        Self { letters, sorted: OnceLock::new() }
    }

    pub fn has(&self, letter: char) -> bool {
        let sorted = self.sorted.get_or_init(|| {
            let mut letters: Vec<char> = self.letters.chars().collect();
            order::sort(&mut letters);
            letters
        });
        sorted.binary_search(&letter).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::{Letters, List};

    #[test]
    fn words_are_found_where_they_stand() {
        static WORDS: List = List::new("校长 校 园长 长春 ab");
        let ask = |text| [WORDS.begins(text), WORDS.ends(text), WORDS.stands_in(text), WORDS.has(text)];
        assert_eq!(ask("校长"), [true; 4]);
        assert_eq!(ask("副校长"), [false, true, true, false]);
        assert_eq!(ask("校园"), [true, false, true, false]);
        assert_eq!(ask("在长春路"), [false, false, true, false]);
        assert_eq!(ask("园"), [false; 4]);
        assert_eq!(ask(""), [false; 4]);
        assert_eq!(WORDS.heads("校长室").collect::<Vec<_>>(), ["校长", "校"]);
        assert_eq!(WORDS.iter().count(), 5);
    }

    #[test]
    fn letters_are_those_of_the_text_and_no_others() {
        static LETTERS: Letters = Letters::new("王李张");
        assert!(
            LETTERS.has('李') && LETTERS.has('王') && LETTERS.has('张') && !LETTERS.has('季') && !LETTERS.has('\0')
        );
    }
}
