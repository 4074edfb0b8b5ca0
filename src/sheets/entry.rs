//! One question, section or list, and what people call it.

use bulou_document::locate::escape;
use bulou_document::shape::Field;
use bulou_document::typed::plain;

use super::content::Holds;

/// What people write in brackets behind any label.
const BEHIND: [&str; 4] = ["必填", "选填", "可不填", "单选"];
/// One question, section or list: a line of the form, or a column of a list.
#[derive(Clone, Debug)]
pub(super) struct Entry<'s> {
    /// JSON Pointer with `-` for the elements of lists.
    pub key: String,
    /// Keys from the document, or from the list's element.
    pub path: Vec<String>,
    /// For people, with its unit.
    pub label: String,
    /// What people may call it, as [`bare`] leaves a heading.
    pub(super) names: Vec<String>,
    /// How many records it stands in.
    pub depth: usize,
    /// Its field; nothing for what the shape does not know.
    pub field: Option<&'s Field>,
    /// What its cell holds.
    pub holds: Holds<'s>,
    /// The list that its cell speaks of.
    pub list: Option<usize>,
}

impl Entry<'_> {
    /// How many elements its list must have.
    pub fn least(&self) -> u32 {
        self.field.map_or(0, |field| field.min_items)
    }

    /// An entry of the same record that the shape does not know.
    pub fn stranger(&self, name: &str) -> Self {
        stranger(&self.key, &self.path, name)
    }

    /// The same by another key.
    pub fn keyed(self, key: &str) -> Self {
        Self { key: key.to_owned(), ..self }
    }

    /// Whether what its cell says may be repeated: a `敏感` value must not, nor what may be `禁填`.
    pub fn may_be_told(&self) -> bool {
        self.field.is_some_and(|field| !field.sensitive)
    }

    /// The unit of its numbers.
    pub fn unit(&self) -> Option<&str> {
        self.field?.notes.unit.as_deref()
    }

    /// Whether its cell's label says something else than its key. What the shape does not know has no label of its own.
    pub fn is_denied_by(&self, label: &str) -> bool {
        let name = bare(label);
        self.field.is_some() && !name.is_empty() && !self.is_called(&name)
    }

    /// Whether it stands for a whole record.
    pub fn is_record(&self) -> bool {
        matches!(self.holds, Holds::Record)
    }

    /// What stands in brackets behind a label that names it, unless its own label has it there, or it is the unit or says
    /// whether there has to be an answer.
    pub fn words_behind(&self, label: &str) -> Option<String> {
        let label = without_blanks(label);
        let (_, words) = label.strip_suffix(')')?.split_once('(')?;
        let own = label == without_blanks(&self.label) || self.unit().is_some_and(|unit| without_blanks(unit) == words);
        (!own && !BEHIND.contains(&words)).then(|| words.to_owned())
    }

    /// Whether people may mean this by a heading, which is [`bare`]: its label or key.
    pub fn is_called(&self, heading: &str) -> bool {
        self.names.iter().any(|name| name == heading)
    }
}

/// What people may call an entry.
pub(super) fn names(label: &str, path: &[String], field: Option<&Field>) -> Vec<String> {
    let key = path.last().cloned().unwrap_or_default();
    let own = field.map(|field| bare(&field.label)).unwrap_or_default();
    let mut names = vec![bare(label), key, path.join("."), own];
    names.retain(|name| !name.is_empty());
    names
}

/// An entry that the shape does not know.
pub(super) fn stranger<'s>(record: &str, path: &[String], name: &str) -> Entry<'s> {
    Entry {
        key: format!("{record}/{}", escape(name)),
        path: path.iter().cloned().chain([name.to_owned()]).collect(),
        label: name.to_owned(),
        names: Vec::new(),
        depth: path.len(),
        field: None,
        holds: Holds::Anything,
        list: None,
    }
}

/// A column of row numbers.
pub(super) fn ordinal<'s>(key: String, label: &str) -> Entry<'s> {
    Entry {
        key,
        path: Vec::new(),
        label: label.to_owned(),
        names: vec![label.to_owned()],
        depth: 0,
        field: None,
        holds: Holds::Ordinal,
        list: None,
    }
}

/// A heading without the mark of what must be filled in, its unit and white space.
pub(super) fn bare(heading: &str) -> String {
    let heading = without_blanks(heading);
    match heading.split_once('(') {
        Some((before, _)) if heading.ends_with(')') && !before.is_empty() => before.to_owned(),
        _ => heading.trim_end_matches(':').to_owned(),
    }
}

/// What a person reads, without the mark of what must be filled in.
pub(super) fn without_blanks(heading: &str) -> String {
    plain(heading).chars().filter(|c| !c.is_whitespace() && *c != '*').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_what_people_see() {
        assert_eq!(bare(" 在册学生数\u{FF08}人\u{FF09} *"), "在册学生数");
        assert_eq!(bare("疏散用时(秒)"), "疏散用时");
        assert_eq!(bare("名称\u{FF1A}"), "名称");
    }
}
