//! Which cell asks what: one sheet with a line for every question and section, and a sheet for every list of records.
//! Hidden keys (JSON Pointers, `-` for any element) say it to the program, labels say it to people.

use std::collections::BTreeSet;

use bulou_document::locate::escape;
use bulou_document::normalize::is_blank;
pub use bulou_document::shape::ENVELOPE;
use bulou_document::shape::{Field, Fields, Kind, Shape};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;

use super::content::Holds;
use super::entry::{Entry, names, ordinal, without_blanks};

/// A name or title of the template's, in the language of the form: Chinese, and English. It is known in both.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name(pub Phrase);

impl Name {
    /// In a language.
    pub fn name(self, lang: Lang) -> String {
        self.0.get(lang).to_owned()
    }

    /// Whether a text is this name.
    pub fn is(self, text: &str) -> bool {
        [Lang::Zh, Lang::En].iter().any(|lang| self.0.get(*lang) == text)
    }
}

/// The sheets that are no list.
pub(super) const INTRODUCTION: Name = Name(texts::how_fill());
pub(super) const FORM: Name = Name(texts::form());
pub(super) const OPTIONS: Name = Name(texts::options_3());
pub(super) const FINDINGS: Name = Name(texts::findings());
/// Titles on the introduction.
pub(super) const HOW_TITLE: Name = Name(texts::how_filled());
pub(super) const WHICH_TITLE: Name = Name(texts::sheet_click_name_open());
/// Heading of a column of row numbers.
pub(super) const NUMBER: Name = Name(texts::no_4());
/// Headings of the options that every form has.
pub(super) const YES_NO: Name = Name(texts::yes_no_2());
pub(super) const SOME_NONE: Name = Name(texts::some_none());
/// How many characters (UTF-16 units) a sheet's name may have.
const SHEET_NAME: usize = 31;

/// JSON Pointer of a path of keys.
pub(super) fn pointer(path: &[String]) -> String {
    path.iter().map(|key| format!("/{}", escape(key))).collect()
}

/// A list of records, on a sheet of its own.
#[derive(Clone, Debug)]
pub(super) struct Listing<'s> {
    /// JSON Pointer with `-` for the elements of lists.
    pub key: String,
    /// Keys from the document, or from the element of the list that owns it.
    pub path: Vec<String>,
    /// The list whose elements have it; nothing when the document does.
    pub owner: Option<usize>,
    /// Its field.
    pub field: &'s Field,
    /// What its elements are.
    pub fields: &'s Fields,
    /// Name of its sheet.
    pub sheet: String,
    /// Its columns.
    pub columns: Vec<Entry<'s>>,
}

impl Listing<'_> {
    /// Whether a key leads to an element of the list, or into one.
    pub fn has_elements_at(&self, key: &str) -> bool {
        key.strip_prefix(&*self.key).is_some_and(|rest| rest.starts_with('/'))
    }

    /// Key of the column that numbers its rows for the lists within them.
    pub fn number_key(&self) -> String {
        format!("{}/-#", self.key)
    }

    /// Key of the column that says whose row a row is.
    pub fn owner_key(&self) -> String {
        format!("{}#", self.key)
    }

    /// What stands above its headings in the template; `row` of the form, from 1, speaks of it.
    pub fn title(&self, row: u32, lang: Lang) -> String {
        let hint = self.field.notes.guidance().map(|hint| format!("({hint})")).unwrap_or_default();
        self.titled(&hint, row, lang)
    }

    fn titled(&self, hint: &str, row: u32, lang: Lang) -> String {
        let label = &self.field.label;
        let form = FORM.name(lang);
        match self.field.min_items {
            0 => texts::one_row_none_choose(label, &hint, &form, &row).get(lang),
            least => texts::one_row_least_click(label, &hint, &least, &form, &row).get(lang),
        }
    }

    /// Whether a text is that, for some row; an older version of the pack may have had no hint.
    fn has_title(&self, text: &str) -> bool {
        let of = |lang: Lang| {
            let row = text.rsplit_once(texts::row().get(lang))?.1.split_whitespace().next()?.parse().ok()?;
            Some(text == self.title(row, lang) || text == self.titled("", row, lang))
        };
        [Lang::Zh, Lang::En].into_iter().any(|lang| of(lang) == Some(true))
    }

    /// The column for a whole element that is no record, or an empty one.
    pub fn whole(&self) -> Entry<'static> {
        Entry {
            key: format!("{}/-", self.key),
            path: Vec::new(),
            label: texts::whole_item().get(Lang::of(&self.field.label)).into(),
            names: Vec::new(),
            depth: 0,
            field: None,
            holds: Holds::Anything,
            list: None,
        }
    }
}

/// Where everything of a pack's document stands.
#[derive(Debug)]
pub(super) struct Layout<'s> {
    pub shape: &'s Shape,
    /// The language of the form.
    pub lang: Lang,
    /// What the pack is called.
    title: &'s str,
    /// Lines of the form.
    pub lines: Vec<Entry<'s>>,
    /// Lists; each after the one that owns it.
    pub lists: Vec<Listing<'s>>,
}

impl<'s> Layout<'s> {
    /// The layout for a pack's documents.
    pub fn new(rules: &'s RuleSet) -> Self {
        let shape = &rules.shape;
        let lang = shape.lang();
        let mut layout = Self { shape, lang, title: &rules.title, lines: Vec::new(), lists: Vec::new() };
        if let Some(fields) = shape.document() {
            let mut lines = Vec::new();
            if fields.field(ENVELOPE).is_none() {
                let key = format!("/{ENVELOPE}");
                let path = vec![ENVELOPE.to_owned()];
                let (label, holds) = (texts::rules_leave().get(lang).to_owned(), Holds::Value(&Kind::Text(None)));
                let names = names(&label, &path, None);
                lines.push(Entry { key, path, label, names, depth: 0, field: None, holds, list: None });
            }
            layout.entries(fields, ("", &[], ""), None, &mut lines);
            layout.lines = lines;
        }
        layout.name_sheets();
        layout
    }

    /// The form's line for a path of keys.
    pub fn line(&self, key: &str) -> Option<&Entry<'s>> {
        self.lines.iter().find(|line| line.key == key)
    }

    /// Whether a text is a title that the template has, or the name of what its sheets hold.
    pub fn is_title(&self, text: &str) -> bool {
        let name = without_blanks(text);
        let is_list = |list: &Listing<'_>| {
            [&list.field.label, &list.sheet].into_iter().any(|own| name == without_blanks(own))
                || list.path.last().is_some_and(|key| *key == name)
                || list.has_title(text.trim())
        };
        let is_line = |line: &Entry<'_>| line.is_called(&name) || name == without_blanks(&line.label);
        name == without_blanks(self.title) || self.lists.iter().any(is_list) || self.lines.iter().any(is_line)
    }

    fn entries(
        &mut self,
        fields: &'s Fields,
        (key, path, label): (&str, &[String], &str),
        owner: Option<usize>,
        into: &mut Vec<Entry<'s>>,
    ) {
        // What stands for other documents is not asked for; a slot means something in its own table alone.
        let asked = |field: &&Field| owner.is_some() || self.shape.fold != Some(field.slot);
        for field in fields.fields.iter().filter(asked).collect::<Vec<_>>() {
            let unit = field.notes.unit.as_ref().map(|unit| format!("({unit})")).unwrap_or_default();
            let label = format!("{label}{}{unit}", field.label);
            let path: Vec<String> = path.iter().cloned().chain([field.name.clone()]).collect();
            let entry = Entry {
                key: format!("{key}/{}", escape(&field.name)),
                names: names(&label, &path, Some(field)),
                label,
                depth: path.len() - 1,
                path,
                field: Some(field),
                holds: Holds::Value(&field.kind),
                list: None,
            };
            match &field.kind {
                Kind::Record(inner) => {
                    // The columns of a list have no sections above them.
                    let label = if owner.is_some() { format!("{}·", entry.label) } else { String::new() };
                    let within = (entry.key.clone(), entry.path.clone());
                    into.push(Entry { holds: Holds::Record, ..entry });
                    self.entries(inner, (&within.0, &within.1, &label), owner, into);
                }
                Kind::List(table) => match self.shape.records(*table) {
                    Some(element) => {
                        let list = self.list(field, element, &entry, owner);
                        into.push(Entry { holds: Holds::Listing, list: Some(list), ..entry });
                    }
                    None => into.push(entry),
                },
                _ => into.push(entry),
            }
        }
    }

    fn list(&mut self, field: &'s Field, fields: &'s Fields, entry: &Entry<'s>, owner: Option<usize>) -> usize {
        let index = self.lists.len();
        let (key, path) = (entry.key.clone(), entry.path.clone());
        let sheet = String::new();
        self.lists.push(Listing { key: key.clone(), path, owner, field, fields, sheet, columns: Vec::new() });
        let mut columns = Vec::new();
        if let Some(list) = self.lists.get(index)
            && owner.is_some()
        {
            columns.push(ordinal(list.owner_key(), texts::belongs_no().get(self.lang)));
        }
        self.entries(fields, (&format!("{key}/-"), &[], ""), Some(index), &mut columns);
        if let Some(list) = self.lists.get_mut(index) {
            if columns.iter().any(|column| column.list.is_some()) {
                columns.insert(0, ordinal(list.number_key(), &NUMBER.name(self.lang)));
            }
            list.columns = columns;
        }
        index
    }

    /// Names each list's sheet after its label: what a name may not have is left out, and no two are alike.
    fn name_sheets(&mut self) {
        let mut taken: BTreeSet<String> =
            [INTRODUCTION, FORM, OPTIONS, FINDINGS].map(|name| name.name(self.lang).to_lowercase()).into();
        for list in &mut self.lists {
            let label: String =
                list.field.label.chars().filter(|c| !"[]:*?/\\'".contains(*c) && !c.is_control()).collect();
            let label = if is_blank(&label) { texts::list().get(self.lang) } else { label.trim() };
            let numbered = (1..).map(|number| match number {
                1 => shortened(label, ""),
                _ => shortened(label, &format!("({number})")),
            });
            let free = numbered.into_iter().find(|name| !taken.contains(&name.to_lowercase()));
            list.sheet = free.unwrap_or_default();
            taken.insert(list.sheet.to_lowercase());
        }
    }
}

fn shortened(label: &str, suffix: &str) -> String {
    let room = SHEET_NAME - suffix.len();
    let mut used = 0;
    let kept: String = label
        .chars()
        .take_while(|c| {
            used += c.len_utf16();
            used <= room
        })
        .collect();
    kept + suffix
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheet_names_fit_and_differ() {
        let long = "很长".repeat(20);
        assert_eq!(shortened(&long, "").encode_utf16().count(), 31);
        assert_eq!(shortened(&long, "(2)").encode_utf16().count(), 31);
        assert_eq!(shortened("𠀀".repeat(20).as_str(), "").encode_utf16().count(), 30);
    }
}
