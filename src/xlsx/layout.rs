//! Which cell asks what: one sheet with a line for every question and section, and a sheet for every list of records.
//! Hidden keys (JSON Pointers, `-` for any element) say it to the program, labels say it to people.

use std::collections::BTreeSet;

use crate::data::locate::escape;
use crate::data::normalize::is_blank;
pub(super) use crate::data::shape::ENVELOPE;
use crate::data::shape::{Field, Fields, Kind, Shape};
use crate::data::typed::plain;

use super::content::Holds;

/// The sheets that are no list.
pub(super) const INTRODUCTION: &str = "填写说明";
pub(super) const FORM: &str = "填报表";
pub(super) const OPTIONS: &str = "选项";
pub(super) const FINDINGS: &str = "核对结果";
/// Titles on the introduction.
pub(super) const HOW_TITLE: &str = "怎么填";
pub(super) const WHICH_TITLE: &str = "哪张是哪张(点名称打开)";
/// Heading of a column of row numbers.
pub(super) const NUMBER: &str = "序号";
/// How many characters (UTF-16 units) a sheet's name may have.
const SHEET_NAME: usize = 31;

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
    names: Vec<String>,
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

    /// Whether people may mean this by a heading, which is [`bare`]: its label or key.
    pub fn is_called(&self, heading: &str) -> bool {
        self.names.iter().any(|name| name == heading)
    }
}

/// What people may call an entry.
fn names(label: &str, path: &[String], field: Option<&Field>) -> Vec<String> {
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

    /// The column for a whole element that is no record, or an empty one.
    pub fn whole(&self) -> Entry<'static> {
        Entry {
            key: format!("{}/-", self.key),
            path: Vec::new(),
            label: "整项".into(),
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
    /// Lines of the form.
    pub lines: Vec<Entry<'s>>,
    /// Lists; each after the one that owns it.
    pub lists: Vec<Listing<'s>>,
}

impl<'s> Layout<'s> {
    /// The layout for a shape.
    pub fn new(shape: &'s Shape) -> Self {
        let mut layout = Self { shape, lines: Vec::new(), lists: Vec::new() };
        if let Some(fields) = shape.document() {
            let mut lines = Vec::new();
            if !fields.fields.iter().any(|field| field.name == ENVELOPE) {
                let key = format!("/{ENVELOPE}");
                let path = vec![ENVELOPE.to_owned()];
                let (label, holds) = ("规则集(请不要改)".to_owned(), Holds::Value(&Kind::Text(None)));
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
            columns.push(ordinal(list.owner_key(), "属于第几项"));
        }
        self.entries(fields, (&format!("{key}/-"), &[], ""), Some(index), &mut columns);
        if let Some(list) = self.lists.get_mut(index) {
            if columns.iter().any(|column| column.list.is_some()) {
                columns.insert(0, ordinal(list.number_key(), NUMBER));
            }
            list.columns = columns;
        }
        index
    }

    /// Names each list's sheet after its label: what a name may not have is left out, and no two are alike.
    fn name_sheets(&mut self) {
        let mut taken: BTreeSet<String> = [INTRODUCTION, FORM, OPTIONS, FINDINGS].map(str::to_owned).into();
        for list in &mut self.lists {
            let label: String =
                list.field.label.chars().filter(|c| !"[]:*?/\\'".contains(*c) && !c.is_control()).collect();
            let label = if is_blank(&label) { "清单" } else { label.trim() };
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

/// A heading without the mark of what must be filled in, its unit and white space.
pub(super) fn bare(heading: &str) -> String {
    let heading: String = plain(heading).chars().filter(|c| !c.is_whitespace() && *c != '*').collect();
    match heading.split_once('(') {
        Some((before, _)) if heading.ends_with(')') && !before.is_empty() => before.to_owned(),
        _ => heading.trim_end_matches(':').to_owned(),
    }
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

    #[test]
    fn headings_are_known_by_what_people_see() {
        assert_eq!(bare(" 在册学生数\u{FF08}人\u{FF09} *"), "在册学生数");
        assert_eq!(bare("疏散用时(秒)"), "疏散用时");
        assert_eq!(bare("名称\u{FF1A}"), "名称");
    }
}
