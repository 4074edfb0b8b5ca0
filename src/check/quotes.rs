//! Where a quote stands in a text, found without going through the text once for each quote.

use std::collections::HashMap;

use crate::source::is_line_end;

/// So many characters of a quote are looked up; a shorter quote is searched for.
const KEY: usize = 4;

/// The places of a text by the characters that stand there.
pub(crate) struct Places<'a> {
    text: &'a str,
    places: HashMap<&'a str, Vec<usize>>,
    /// Where paragraphs begin that are not blank.
    paragraphs: Vec<usize>,
}

impl<'a> Places<'a> {
    /// Of a text.
    pub fn of(text: &'a str) -> Self {
        let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        for (start, end) in starts.iter().zip(starts.iter().skip(KEY)) {
            places.entry(text.get(*start..*end).unwrap_or_default()).or_default().push(*start);
        }
        let mut paragraphs = Vec::new();
        let mut start = 0;
        for paragraph in text.split_inclusive(is_line_end) {
            if !paragraph.trim().is_empty() {
                paragraphs.push(start);
            }
            start += paragraph.len();
        }
        Self { text, places, paragraphs }
    }

    /// The first two places where a quote stands.
    pub fn find(&self, quote: &str) -> (Option<usize>, Option<usize>) {
        let Some((end, _)) = quote.char_indices().nth(KEY) else {
            let mut found = self.text.match_indices(quote).map(|(at, _)| at);
            return (found.next(), found.next());
        };
        let candidates = quote.get(..end).and_then(|key| self.places.get(key)).map(Vec::as_slice).unwrap_or_default();
        let stands = |at: &usize| self.text.get(*at..).is_some_and(|rest| rest.starts_with(quote));
        let mut found = candidates.iter().copied().filter(stands);
        let first = found.next();
        // Two places that overlap are one passage, as `str::match_indices` sees it.
        let second = first.and_then(|first| found.find(|at| *at >= first + quote.len()));
        (first, second)
    }

    /// The paragraph that byte `at` stands in, with its ordinal among those that are not blank, from 1 on.
    pub fn paragraph(&self, at: usize) -> Option<(usize, &'a str)> {
        let ordinal = self.paragraphs.partition_point(|start| *start <= at);
        let rest = self.text.get(*self.paragraphs.get(ordinal.checked_sub(1)?)?..)?;
        let paragraph = rest.split(is_line_end).next().unwrap_or_default();
        Some((ordinal, paragraph))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_found_as_a_search_finds_them() {
        let text = "三日内完成摸底。\n\n三日内必需完成摸底排查,哈哈哈哈哈哈。";
        let places = Places::of(text);
        for quote in ["三日内完成摸底", "三日内", "摸底", "哈哈哈哈哈", "哈哈哈", "没有这句话", "完成摸底排查,"]
        {
            let mut found = text.match_indices(quote).map(|(at, _)| at);
            assert_eq!(places.find(quote), (found.next(), found.next()), "{quote}");
        }
        assert_eq!(places.paragraph(text.len() - 3).map(|(ordinal, _)| ordinal), Some(2));
    }
}
