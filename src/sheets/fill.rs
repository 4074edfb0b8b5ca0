//! A document laid out: what stands in each cell, and where each value stands.

use std::collections::BTreeSet;

use bulou_document::shape::{Fields, Kind};

use super::content::{Content, Holds, show};
use super::entry::{Entry, stranger};
use super::json::Json;
use super::layout::{ENVELOPE, FORM, Layout, Listing, pointer};
use super::place::{Place, Places};
use super::words;

/// Row of the form's first line, and the column of its values.
pub(super) const FORM_FIRST: u32 = 2;
pub(super) const FORM_VALUE: u16 = 1;
/// Row of a list's keys, of its headings, of its first element.
pub(super) const LIST_KEYS: u32 = 1;
pub(super) const LIST_HEADINGS: u32 = 2;
pub(super) const LIST_FIRST: u32 = 3;

/// A document laid out.
#[derive(Debug, Default)]
pub(super) struct Filled<'s> {
    /// The form's lines.
    pub lines: Vec<(Entry<'s>, Content)>,
    /// A table for every list of the layout.
    pub tables: Vec<Table<'s>>,
    /// Where each value stands.
    pub places: Places,
}

/// The elements of one list.
#[derive(Debug, Default)]
pub(super) struct Table<'s> {
    pub columns: Vec<Entry<'s>>,
    /// Rows, each with a cell a column.
    pub rows: Vec<Vec<Content>>,
}

/// An element of a list, and what it belongs to.
struct Item<'j> {
    owner: String,
    pointer: String,
    value: &'j Json,
}

/// Lays a document out.
pub(super) fn fill<'s>(layout: &Layout<'s>, document: &Json) -> Filled<'s> {
    let mut filling = Filling { layout, filled: Filled::default(), waiting: Vec::new() };
    filling.waiting.resize_with(layout.lists.len(), Vec::new);
    filling.filled.tables.resize_with(layout.lists.len(), Table::default);
    filling.form(document);
    // A list comes after the one that owns it, so that its elements are known by then.
    for (index, list) in layout.lists.iter().enumerate() {
        filling.list(index, list);
    }
    filling.filled
}

struct Filling<'l, 's, 'j> {
    layout: &'l Layout<'s>,
    filled: Filled<'s>,
    /// Elements of lists that are not laid out yet.
    waiting: Vec<Vec<Item<'j>>>,
}

impl<'s, 'j> Filling<'_, 's, 'j> {
    fn form(&mut self, document: &'j Json) {
        let layout = self.layout;
        for entry in &layout.lines {
            let value = document.at(&entry.path);
            self.line(entry.clone(), value);
            if let (Some(list), Some(Json::List(items))) = (entry.list, value) {
                self.wait(list, "", &entry.key, items);
            }
            if let (Some(Kind::Record(fields)), Some(Json::Object(members))) =
                (entry.field.map(|field| &field.kind), value)
            {
                for (name, value) in strangers(members, fields, None) {
                    self.line(entry.stranger(name), Some(value));
                }
            }
        }
        if let (Json::Object(members), Some(fields)) = (document, layout.shape.document()) {
            for (name, value) in strangers(members, fields, Some(ENVELOPE)) {
                self.line(stranger("", &[], name), Some(value));
            }
        }
    }

    fn line(&mut self, entry: Entry<'s>, value: Option<&Json>) {
        let content = self.content(&entry, value);
        let row = FORM_FIRST + small(self.filled.lines.len());
        self.filled
            .places
            .add(entry.key.clone(), Place { sheet: FORM.name(self.layout.lang), row, column: FORM_VALUE });
        self.filled.lines.push((entry, content));
    }

    /// What an entry's cell shows of its value.
    fn content(&self, entry: &Entry<'s>, value: Option<&Json>) -> Content {
        let lang = self.layout.lang;
        let said = |has: &str| Content::Text(has.to_owned());
        match (entry.holds, value) {
            (_, None) => Content::Blank,
            (Holds::Anything, Some(value)) => show(self.layout.shape, entry.holds, entry.unit(), value),
            (_, Some(Json::Null)) => Content::Blank,
            (Holds::Record, Some(value @ Json::Object(_))) => {
                let optional = entry.field.is_some_and(|field| field.optional);
                if optional || !value.says_something() { said(words::some(lang)) } else { Content::Blank }
            }
            (Holds::Listing, Some(Json::List(items))) => said(match items.is_empty() {
                true => words::none(lang),
                false => words::some(lang),
            }),
            (_, Some(value)) => show(self.layout.shape, entry.holds, entry.unit(), value),
        }
    }

    fn wait(&mut self, list: usize, owner: &str, pointer: &str, items: &'j [Json]) {
        let items = items.iter().enumerate().map(|(index, value)| Item {
            owner: owner.to_owned(),
            pointer: format!("{pointer}/{index}"),
            value,
        });
        if let Some(waiting) = self.waiting.get_mut(list) {
            waiting.extend(items);
        }
    }

    fn list(&mut self, index: usize, list: &Listing<'s>) {
        let items = self.waiting.get_mut(index).map(std::mem::take).unwrap_or_default();
        let mut columns = list.columns.clone();
        let mut rows = Vec::new();
        for (number, item) in items.iter().enumerate() {
            let number = (number + 1).to_string();
            let row = self.row(list, item, &number, &mut columns);
            rows.push(row);
        }
        // A record within the rows has a column of its own only where there is something to say about it.
        let kept: Vec<bool> = columns
            .iter()
            .enumerate()
            .map(|(at, column)| {
                let optional = column.field.is_some_and(|field| field.optional);
                let said = |row: &Vec<Content>| row.get(at).is_some_and(|content| !content.is_blank());
                !matches!(column.holds, Holds::Record) || optional || rows.iter().any(said)
            })
            .collect();
        let width = columns.len();
        retain(&mut columns, &kept);
        for row in &mut rows {
            row.resize(width, Content::Blank);
            retain(row, &kept);
        }
        self.place(&list.sheet, &columns, &items);
        if let Some(table) = self.filled.tables.get_mut(index) {
            *table = Table { columns, rows };
        }
    }

    fn row(&mut self, list: &Listing<'s>, item: &Item<'j>, number: &str, columns: &mut Vec<Entry<'s>>) -> Vec<Content> {
        let mut row = Vec::new();
        // An element of which nothing would show is written whole, or its row would pass for a blank one.
        let fields = Some(item.value).filter(|value| matches!(value, Json::Object(_)) && value.says_something());
        for entry in &list.columns {
            let value = fields.and_then(|fields| fields.at(&entry.path));
            row.push(match entry.holds {
                Holds::Ordinal if entry.key == list.number_key() => Content::Text(number.to_owned()),
                Holds::Ordinal => Content::Text(item.owner.clone()),
                _ => self.content(entry, value),
            });
            if let (Some(list), Some(Json::List(items))) = (entry.list, value) {
                self.wait(list, number, &format!("{}{}", item.pointer, pointer(&entry.path)), items);
            }
        }
        for (entry, value) in further(list, item.value) {
            let content = self.content(&entry, Some(value));
            let free = |row: &[Content], at: usize| row.get(at).is_none_or(|content| *content == Content::Blank);
            let known = columns
                .iter()
                .enumerate()
                .skip(list.columns.len())
                .find(|(at, column)| column.key == entry.key && free(&row, *at))
                .map(|(at, _)| at);
            let at = known.unwrap_or_else(|| {
                columns.push(entry);
                columns.len() - 1
            });
            row.resize(row.len().max(at + 1), Content::Blank);
            if let Some(cell) = row.get_mut(at) {
                *cell = content;
            }
        }
        row
    }

    fn place(&mut self, sheet: &str, columns: &[Entry<'s>], items: &[Item<'j>]) {
        for (index, item) in items.iter().enumerate() {
            let row = LIST_FIRST + small(index);
            let place = |column: usize| Place {
                sheet: sheet.to_owned(),
                row,
                column: u16::try_from(column).unwrap_or(u16::MAX),
            };
            for (column, entry) in columns.iter().enumerate() {
                if !matches!(entry.holds, Holds::Ordinal) {
                    self.filled.places.add(format!("{}{}", item.pointer, pointer(&entry.path)), place(column));
                }
            }
            self.filled.places.add(item.pointer.clone(), place(0));
        }
    }
}

/// What an element has that its list has no column for.
fn further<'s, 'j>(list: &Listing<'s>, value: &'j Json) -> Vec<(Entry<'s>, &'j Json)> {
    let members = match value {
        Json::Object(members) if value.says_something() => members,
        _ => return vec![(list.whole(), value)],
    };
    let mut found: Vec<_> = strangers(members, list.fields, None)
        .into_iter()
        .map(|(name, value)| (stranger(&format!("{}/-", list.key), &[], name), value))
        .collect();
    for entry in &list.columns {
        if let (Some(Kind::Record(fields)), Some(Json::Object(members))) =
            (entry.field.map(|field| &field.kind), value.at(&entry.path))
        {
            let inner = strangers(members, fields, None).into_iter();
            found.extend(inner.map(|(name, value)| (entry.stranger(name), value)));
        }
    }
    found
}

/// Members of a record that the shape does not know, and those that are there a second time.
fn strangers<'j>(members: &'j [(String, Json)], fields: &Fields, envelope: Option<&str>) -> Vec<(&'j str, &'j Json)> {
    let mut seen = BTreeSet::new();
    let known = |name: &str| envelope == Some(name) || fields.fields.iter().any(|field| field.name == name);
    members
        .iter()
        .filter(|(name, _)| !(known(name) && seen.insert(name)))
        .map(|(name, value)| (name.as_str(), value))
        .collect()
}

/// Keeps what is marked.
fn retain<T>(all: &mut Vec<T>, kept: &[bool]) {
    let mut kept = kept.iter();
    all.retain(|_| kept.next().copied().unwrap_or(true));
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
