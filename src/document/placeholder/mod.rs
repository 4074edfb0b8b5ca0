//! Texts that only say that there is nothing to say: `无`, `/`, `待定`. Where something has to be filled in they are no
//! answer. Which words these are, a pack may say itself (`占位`), and a field may take one as an answer (`可填`).

mod forms;
mod identity;
mod list;
mod names;
mod people;
mod persons;
mod phrases;
mod pieces;
mod post;
mod sure;
mod who;
mod words;

use std::sync::OnceLock;

use super::document_number::document_number;
use super::normalize::normal;
use bulou_base::order;
use bulou_syntax::built_in::Format;
use forms::{is_error_value, is_template, is_wordless};
pub use people::People;
pub use who::{Who, is_person};
pub use words::BUILT_IN;

/// The parts of a text with the blanks between them, which a normal form between Chinese characters has not; none where a
/// blank only widens a name: `王 芳`.
fn apart(written: &str) -> Option<String> {
    let parts: Vec<_> = written.split_whitespace().map(normal).collect();
    (parts.len() > 1 && parts.iter().all(|part| part.chars().nth(1).is_some())).then(|| parts.join(" "))
}

/// What makes a placeholder the word that it is: its letters and digits without case and repetition, or of a text without
/// any its marks.
///
/// ```
/// use bulou_document::placeholder::core;
/// assert_eq!(core("(无)。"), core("无"));
/// assert_eq!(core("N/A"), core("n.a."));
/// assert_eq!(core("———"), core("—"));
/// assert_ne!(core("无锡"), core("无"));
/// ```
#[must_use]
pub fn core(text: &str) -> String {
    let text = normal(text);
    let mut core: Vec<char> = text.chars().filter(|c| is_word_letter(*c)).flat_map(lowercase).collect();
    if core.is_empty() {
        core = text.chars().filter(|c| *c != ' ').collect();
    }
    core.dedup();
    core.into_iter().collect()
}

/// A letter or digit; of what most texts are written in that is known at once.
fn is_word_letter(c: char) -> bool {
    is_common(c) || c.is_alphanumeric()
}

fn is_letter(c: char) -> bool {
    is_common(c) || c.is_alphabetic()
}

/// A common Chinese character.
fn is_common(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

fn lowercase(c: char) -> impl Iterator<Item = char> {
    let is_one = is_common(c) || c.is_ascii();
    let one = is_one.then(|| c.to_ascii_lowercase());
    let several = (!is_one).then(|| c.to_lowercase());
    one.into_iter().chain(several.into_iter().flatten())
}

/// What is asked for, as far as it decides what says nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'f> {
    /// Placeholders that are answers here (`可填`), as [`core()`] writes them.
    pub allowed: &'f [String],
    /// The names of what is asked for, which say nothing in an answer.
    pub names: [&'f str; 2],
    /// Whether anybody is asked for, or what is the case, of which something may be lacking.
    pub format: Option<Format>,
    /// Whether it need not be filled in, so that a text may say that nothing was found.
    pub optional: bool,
}

impl Asked<'_> {
    fn is_person(&self) -> bool {
        self.format == Some(Format::Person)
    }
}

/// The placeholders of a pack, in a form that tells at once that a text is none.
#[derive(Debug)]
pub struct Placeholders<'s> {
    cores: &'s [String],
    /// Beginnings of the cores.
    begin: Beginnings,
    /// In bytes; what is much longer is no placeholder.
    longest: usize,
}

impl<'s> Placeholders<'s> {
    /// `cores` are those of a pack's words.
    pub fn new(cores: &'s [String]) -> Self {
        let begin = Beginnings::of(cores.iter().filter_map(|core| core.chars().next()));
        let longest = cores.iter().map(String::len).max().map_or(0, |longest| longest * 3 + 12);
        Self { cores, begin, longest }
    }

    /// Who somebody is without what is said beside a name, where that is another text than the normal form of what is
    /// written: `校长` of `校长(兼)`, `王芳` of `王芳 派出所民警`.
    #[must_use]
    pub fn person(&self, normal: &str, written: &str) -> Option<String> {
        let apart = apart(written).and_then(|apart| identity::key(&apart));
        apart.or_else(|| identity::key(normal))
    }

    /// Whether a text that is in its normal form is one of them, and none that is allowed.
    #[inline]
    pub fn hold(&self, normal: &str, asked: &Asked<'_>) -> bool {
        let Some(first) = normal.chars().next() else { return false };
        let begins = self.begin.may_hold(first.to_ascii_lowercase());
        let ends = || normal.ends_with(|c: char| !is_plain(c));
        let is_serial = || first.is_ascii_digit() && normal.chars().nth(1).is_some_and(|c| !is_word_letter(c));
        let may_be_one = || {
            begins || is_serial() || !is_plain(first) || ends() || phrases::may_be_one(normal) || is_template(normal)
        };
        (is_asked(normal, asked) || may_be_one()) && self.found(normal, asked)
            || asked.is_person() && self.name_nobody(normal, asked)
            || asked.format == Some(Format::DocumentNumber) && self.issue_nothing(normal, asked)
    }

    /// Whether a document's number was issued by nobody: `待定〔2022〕1号`.
    fn issue_nothing(&self, normal: &str, asked: &Asked<'_>) -> bool {
        let issuer = document_number(normal).map_or("", |number| number.issuer);
        let mut parts = issuer.split(['(', ')']).filter(|part| !part.is_empty());
        parts.any(|part| self.hold(part, &Asked { format: None, ..*asked }))
    }

    /// Whether a text names nobody where somebody is asked for, or one of its parts says so: `王芳(未到岗)`.
    fn name_nobody(&self, normal: &str, asked: &Asked<'_>) -> bool {
        let names_somebody = || !normal.contains(is_letter) || persons::name_somebody(normal);
        let parts =
            normal.split(|c: char| !is_word_letter(c)).filter(|part| !part.is_empty() && part.len() <= self.limit());
        let mut parts = parts.map(core).filter(|part| part != normal);
        (!names_somebody() || parts.any(|part| self.is_word(&part, asked, &[])))
            && !asked.allowed.contains(&core(normal))
    }

    /// Whether a text that they hold says that there is nothing, by its form or a word and by no phrase. Of any other nobody
    /// knows whether it says something: what is lacking (`LACKS`), or a tick; and where what is the case is asked for, any but
    /// those of `ABSENCES`, for `待落实` or `见附件` may be what is wrong.
    pub fn say_nothing_is_there(&self, normal: &str, format: Option<Format>) -> bool {
        let narrative = format == Some(Format::Narrative);
        let is_word = |word: &String| {
            let lists: [&[&str]; 2] = [&ABSENCES, &LACKS];
            let [absences, lacks] = lists.map(|list| list.contains(&word.as_str()));
            if narrative { absences } else { self.cores.contains(word) && !lacks }
        };
        // A tick, a star or a question may say that something is wrong.
        let is_dash =
            |c: char| c.is_whitespace() || "/\\|-—–―_~.。·…、,;:*()[]{}<>\"'“”‘’「」『』【】〔〕《》〇○□".contains(c);
        let is_form = normal.chars().all(is_dash) || !narrative && (is_error_value(normal) || is_template(normal));
        let is_error = normal.starts_with('#') || normal.contains('?');
        let mut words = normal.split(|c: char| !is_word_letter(c)).filter(|word| !word.is_empty()).map(core);
        let are_words = is_word(&core(normal)) || !is_wordless(normal) && words.all(|word| is_word(&word));
        is_form || are_words && !(narrative && is_error)
    }

    /// What is longer is neither a word nor a phrase, in bytes: phrases are read in every way that they can be.
    fn limit(&self) -> usize {
        self.longest.max(phrases::LONGEST)
    }

    #[cold]
    fn found(&self, normal: &str, asked: &Asked<'_>) -> bool {
        let by_form = is_wordless(normal) || is_error_value(normal) || is_template(normal) || is_asked(normal, asked);
        if !by_form && normal.len() > self.limit() {
            return false;
        }
        let core = core(normal);
        let is_one = || {
            let names: Vec<String> = asked.names.iter().flat_map(|name| phrases::names(name)).collect();
            self.is_word(&core, asked, &names) || self.is_made_of(normal, asked, &names)
        };
        (by_form || is_one()) && !asked.allowed.contains(&core)
    }

    /// Whether it is a word or phrase; with a number it is the same, told apart from others: `空缺1`.
    fn is_word(&self, core: &str, asked: &Asked<'_>, names: &[String]) -> bool {
        let is_lack = asked.format == Some(Format::Narrative) && LACKS.contains(&core);
        let is_digit = |c: char| c.is_ascii_digit();
        let unnumbered = core.trim_matches(is_digit);
        let numberless: String = core.chars().filter(|c| !is_digit(*c)).collect();
        let is_numbered = numberless != core && numberless.starts_with(|c: char| !c.is_ascii());
        let is_one = self.cores.iter().any(|word| word == core || is_numbered && word == unnumbered)
            || phrases::says_nothing(core, asked, names)
            || is_numbered && phrases::says_nothing(&numberless, asked, names);
        is_one && !is_lack
    }

    /// Nothing but placeholders between marks, but for a serial number: `无(暂无)`, `1.TBD`.
    fn is_made_of(&self, normal: &str, asked: &Asked<'_>, names: &[String]) -> bool {
        let is_number = |word: &String| word.bytes().all(|byte| byte.is_ascii_digit());
        let mut words = normal.split(|c: char| !is_word_letter(c)).filter(|word| !word.is_empty()).map(core);
        let is_parted = normal.chars().any(|c| !is_word_letter(c));
        let first = words.next().filter(|_| is_parted);
        let is_one = |word: String| self.is_word(&word, asked, names);
        first.is_some_and(|first| if is_number(&first) { words.next().is_some_and(is_one) } else { is_one(first) })
            && words.all(is_one)
    }
}

/// Placeholders that say that there is nothing, as [`core()`] writes them.
#[rustfmt::skip]
const ABSENCES: [&str; 24] = [
    "无", "没有", "暂无", "无内容", "无此项", "空", "空白", "略", "否", "不适用", "无需", "不需要", "不填", "免填", "无需填写", "没",
    "無", "暫無", "na", "none", "nil", "nul", "blank", "empty",
];

/// Placeholders that may as well say what is wrong.
const LACKS: [&str; 5] = ["缺", "缺失", "缺岗", "空缺", "未落实"];

/// Whether a text repeats what is asked for: `副校长` where the 法治副校长 is.
fn is_asked(text: &str, asked: &Asked<'_>) -> bool {
    !text.is_ascii() && text.chars().nth(1).is_some() && asked.names.iter().any(|name| name.ends_with(text))
}

/// Characters as bits, far more than there are words, so that few others fall on the bits of these.
#[derive(Debug, Default)]
struct Beginnings([u64; 16]);

impl Beginnings {
    fn of(characters: impl Iterator<Item = char>) -> Self {
        let mut all = Self::default();
        for (word, bit) in characters.map(Self::place) {
            if let Some(word) = all.0.get_mut(word) {
                *word |= bit;
            }
        }
        all
    }

    fn may_hold(&self, c: char) -> bool {
        let (word, bit) = Self::place(c);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }

    fn place(c: char) -> (usize, u64) {
        let number = u32::from(c) as usize % 1024;
        (number / 64, 1 << (number % 64))
    }
}

/// Surely a letter or digit, and begins no error value. Of others it takes longer to tell.
fn is_plain(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}') && c != '错' || (c.is_ascii_alphanumeric() && !matches!(c, 'E' | 'e'))
}

/// The cores of the words of packs that name none.
pub fn built_in() -> &'static [String] {
    static CORES: OnceLock<Vec<String>> = OnceLock::new();
    CORES.get_or_init(|| cores(Some(BUILT_IN.iter().copied())))
}

/// The cores of a pack's words: its own, or those of packs that name none.
pub fn cores<'w>(own: Option<impl Iterator<Item = &'w str>>) -> Vec<String> {
    let Some(words) = own else { return built_in().to_vec() };
    let mut cores: Vec<String> = words.map(core).collect();
    cores.retain(|core| !core.is_empty());
    order::sort(&mut cores);
    cores.dedup();
    cores
}

#[cfg(test)]
mod tests;
