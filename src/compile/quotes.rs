//! Where a quote stands in a text, found without going through the text once for each quote.

use std::collections::HashMap;

use bulou_base::source::is_line_end;
use bulou_document::normalize::is_blank;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;

/// So many characters of a quote are looked up; a shorter quote is searched for.
const KEY: usize = 4;

/// The places of a text by the characters that stand there.
pub(crate) struct Places<'a> {
    text: &'a str,
    places: HashMap<&'a str, Vec<usize>>,
    /// Where paragraphs begin that are not blank, and what each is called.
    paragraphs: Vec<(usize, String)>,
}

impl<'a> Places<'a> {
    /// Of a text.
    pub fn of(text: &'a str) -> Self {
        let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        for (start, end) in starts.iter().zip(starts.iter().skip(KEY)) {
            places.entry(text.get(*start..*end).unwrap_or_default()).or_default().push(*start);
        }
        // A place is named in the language of the text, as its own marks are.
        let lang = Lang::of(text);
        let ordinal = |number: usize| texts::paragraph(&number).get(lang);
        let mut paragraphs = Vec::new();
        let mut start = 0;
        for paragraph in text.split_inclusive(is_line_end) {
            if !is_blank(paragraph) {
                let name = mark_of(paragraph).unwrap_or_else(|| ordinal(paragraphs.len() + 1));
                paragraphs.push((start, name));
            }
            start += paragraph.len();
        }
        Self { text, places, paragraphs }
    }

    /// The first two places where a quote stands.
    pub fn find(&self, quote: &str) -> (Option<usize>, Option<usize>) {
        let mut found = self.all(quote);
        (found.next(), found.next())
    }

    /// All places where a quote stands, as `str::match_indices` sees them: two that overlap are one.
    pub fn all<'p>(&'p self, quote: &'p str) -> Box<dyn Iterator<Item = usize> + 'p> {
        let Some((before, candidates)) = self.rarest(quote) else {
            return Box::new(self.text.match_indices(quote).map(|(at, _)| at));
        };
        let starts = candidates.iter().filter_map(move |at| at.checked_sub(before));
        let mut free = 0;
        Box::new(starts.filter(move |at| {
            let stands = *at >= free && self.text.get(*at..).is_some_and(|rest| rest.starts_with(quote));
            if stands {
                free = at + quote.len();
            }
            stands
        }))
    }

    /// Of all that is looked up of a quote, what stands at the fewest places of the text, and how many bytes into the
    /// quote: texts repeat themselves, but hardly all of a quote. `None` for a quote that is too short.
    fn rarest(&self, quote: &str) -> Option<(usize, &[usize])> {
        let starts: Vec<usize> = quote.char_indices().map(|(at, _)| at).chain([quote.len()]).collect();
        let keys = starts.iter().zip(starts.iter().skip(KEY));
        let places = |key: &str| self.places.get(key).map(Vec::as_slice).unwrap_or_default();
        keys.map(|(start, end)| (*start, places(quote.get(*start..*end).unwrap_or_default())))
            .min_by_key(|(_, places)| places.len())
    }

    /// What the paragraph is called that byte `at` stands in: its 第…, else its ordinal among those that are not blank.
    pub fn section(&self, at: usize) -> &str {
        let ordinal = self.paragraphs.partition_point(|(start, _)| *start <= at);
        ordinal.checked_sub(1).and_then(|at| self.paragraphs.get(at)).map(|(_, name)| name.as_str()).unwrap_or_default()
    }
}

fn mark_of(paragraph: &str) -> Option<String> {
    let mut rest = paragraph;
    while let Some(at) = rest.find('第') {
        let after = rest.get(at + '第'.len_utf8()..)?;
        let numeral: String = after.chars().take_while(|c| "一二三四五六七八九十".contains(*c)).collect();
        if !numeral.is_empty() && after.get(numeral.len()..)?.starts_with('。') {
            return Some(format!("第{numeral}"));
        }
        rest = after;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_found_as_a_search_finds_them() {
        let text = "三日内完成摸底。\n\n三日内必需完成摸底排查,哈哈哈哈哈哈。";
        let places = Places::of(text);
        for quote in
            ["三日内完成摸底", "三日内", "摸底", "哈哈哈哈哈", "哈哈哈", "没有这句话", "完成摸底排查,", "哈哈哈哈。"]
        {
            let mut found = text.match_indices(quote).map(|(at, _)| at);
            assert_eq!(places.find(quote), (found.next(), found.next()), "{quote}");
        }
        assert_eq!(places.section(text.len() - 3), "第2段");
    }
}
