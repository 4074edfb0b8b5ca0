//! The long explanation of every code: `E…` and `W…` about packs, `D…` about documents, `P…` about published packs.

use crate::diagnostic::Lang;

/// A code's explanation: what it means, why it matters, what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// `E012`
    pub code: &'static str,
    /// A few words.
    pub title: &'static str,
    /// Paragraphs of plain text with code between backticks.
    pub text: &'static str,
}

/// All explanations in one language, ordered `E`, `W`, `D`, `P` and by number.
pub fn all(lang: Lang) -> impl Iterator<Item = Explanation> {
    let book = match lang {
        Lang::Zh => include_str!("zh.md"),
        Lang::En => include_str!("en.md"),
    };
    book.split("## ").filter_map(|section| {
        let (head, text) = section.split_once('\n')?;
        let (code, title) = head.split_once(' ')?;
        Some(Explanation { code, title, text: text.trim() })
    })
}

/// The explanation of a code, in either case and with or without zeros before its number.
///
/// ```
/// use bulou_messages::diagnostic::Lang;
/// assert_eq!(bulou_messages::explain::explain("w102", Lang::En).map(|found| found.code), Some("W102"));
/// assert_eq!(bulou_messages::explain::explain("e23", Lang::Zh).map(|found| found.code), Some("E023"));
/// assert!(bulou_messages::explain::explain("X1", Lang::Zh).is_none());
/// ```
#[must_use]
pub fn explain(code: &str, lang: Lang) -> Option<Explanation> {
    let written = code.trim().to_ascii_uppercase();
    let (letter, number) = written.split_at_checked(1).unwrap_or_default();
    let digits = number.chars().all(|c| c.is_ascii_digit());
    let number = number.parse::<u16>().ok().filter(|_| digits)?;
    let code = format!("{letter}{number:03}");
    all(lang).find(|found| found.code == code)
}

/// The code that is written most like a text.
#[must_use]
pub fn nearest(text: &str) -> &'static str {
    let written = text.trim().to_ascii_uppercase();
    let distance = |found: &Explanation| strsim::osa_distance(&written, found.code);
    all(Lang::Zh).min_by_key(distance).map_or("", |found| found.code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::Code;

    #[test]
    fn every_pack_code_has_its_title_and_an_explanation_in_both_languages() {
        for code in Code::ALL {
            let (zh, en) = code.title();
            for (lang, title) in [(Lang::Zh, zh), (Lang::En, en)] {
                let found = explain(code.as_str(), lang);
                assert_eq!(found.map(|found| found.title), Some(title), "{}", code.as_str());
                assert!(found.is_some_and(|found| found.text.len() > 40), "{}", code.as_str());
            }
        }
    }

    #[test]
    fn both_languages_explain_the_same_codes() {
        let codes = |lang| all(lang).map(|found| found.code).collect::<Vec<_>>();
        assert_eq!(codes(Lang::Zh), codes(Lang::En));
    }
}
