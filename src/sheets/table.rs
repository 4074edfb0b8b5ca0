//! Sheets of a list: a heading a column, an element a row.

use std::collections::{BTreeMap, BTreeSet};

use bulou_document::normalize::is_blank;
use bulou_document::typed::plain;
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::sentence::Each;
use bulou_messages::texts;

use super::content::{Content, Has, Holds, Taken, take, take_key};
use super::entry::{Entry, bare, ordinal, stranger};
use super::grid::Grid;
use super::json::Json;
use super::layout::{Listing, NUMBER, pointer};
use super::left;
use super::lines::unknown;
use super::place::Place;
use super::read::{Reader, place};
use super::totals::totals;
use super::words;

/// An element of a list.
#[derive(Debug)]
pub(super) struct Item {
    /// Its number, which the lists within it name.
    pub number: String,
    /// The number of the element that it belongs to.
    pub owner: String,
    pub value: Json,
    /// What it says of the lists within it.
    pub says: BTreeMap<usize, (Has, Place)>,
    /// Records within it that it says are not there: path, label, cell.
    denied: Vec<(Vec<String>, String, Place)>,
    /// All that it says is 无.
    pub says_none: bool,
    /// Where it begins.
    pub place: Place,
    /// Its cells by JSON Pointer from the element.
    pub columns: Vec<(String, Place)>,
}

/// Reads a list's sheet.
pub(super) fn read(reader: &mut Reader<'_, '_>, grid: &Grid, list: usize, keys: Option<u32>, headings: u32) {
    let Some(listing) = reader.layout.lists.get(list) else { return };
    left::above(reader, grid, headings, keys);
    let columns = columns(reader, grid, listing, keys, headings);
    let totals = totals(reader, grid, &columns, headings);
    left::numbers(reader, grid, (list, headings), &columns, &totals);
    let merged = merged(grid, headings);
    let mut items = Vec::new();
    for row in grid.rows().into_iter().filter(|row| *row > headings) {
        if totals.contains(&row) {
            continue;
        }
        let filled = columns
            .iter()
            .any(|(column, entry)| !matches!(entry.holds, Holds::Ordinal) && !grid.cell(row, *column).is_blank());
        if filled {
            let number = (items.len() + 1).to_string();
            items.push(item(reader, grid, (listing, &columns), &merged, row, number));
        }
    }
    if !items.iter().all(|item| item.says_none) {
        missing(reader, grid, listing, &columns, headings);
    }
    reader.keep(list, grid, items);
}

/// The entry of each column: by its key, else by its heading; an unknown heading is a key that the checker refuses.
fn columns<'s>(
    reader: &mut Reader<'_, 's>,
    grid: &Grid,
    list: &Listing<'s>,
    keys: Option<u32>,
    headings: u32,
) -> Vec<(u32, Entry<'s>)> {
    let mut filled: BTreeMap<u32, Option<u32>> = BTreeMap::new();
    for row in keys.into_iter().chain([headings]) {
        filled.extend(grid.row(row).map(|(column, _)| (column, None)));
    }
    for (row, column) in grid.cells.keys().filter(|(row, _)| *row > headings) {
        filled.entry(*column).or_default().get_or_insert(*row);
    }
    let mut found: Vec<(u32, Entry<'s>)> = Vec::new();
    let mut keys_found = BTreeSet::new();
    for (column, first) in filled {
        let key = keys.and_then(|keys| take_key(grid.cell(keys, column)));
        let key = key.as_deref().and_then(|key| Some((key, key.strip_prefix(list.key.as_str())?)));
        let heading = grid.cell(headings, column).text();
        let entry = match key {
            Some((key, rest)) => {
                let entry = keyed(list, key, rest);
                if reader.denies(&entry, &heading, |name| list.columns.iter().any(|column| column.is_called(name))) {
                    reader.mislabelled(&entry, &heading, &place(grid, headings, column));
                    continue;
                }
                entry
            }
            None if is_blank(&heading) => {
                untitled(reader, grid, first, column);
                continue;
            }
            None => titled(list, &keys_found, &heading),
        };
        left::behind(reader, &entry, &heading, &place(grid, headings, column));
        if entry.field.is_none() && first.is_none() && !matches!(entry.holds, Holds::Ordinal) {
            // A column of another version of the pack may stand there, or one of notes.
            let remarks = reader.is_of_another_version() || left::is_note(&heading);
            left::unread(reader, grid, &[(headings, column)], remarks);
        }
        if keys_found.insert(entry.key.clone()) {
            found.push((column, entry));
        } else {
            twice(reader, &entry, first.map(|_| place(grid, headings, column)));
        }
    }
    found
}

fn keyed<'s>(list: &Listing<'s>, key: &str, rest: &str) -> Entry<'s> {
    let known = list.columns.iter().find(|column| column.key == key).cloned();
    known.unwrap_or_else(|| match rest.strip_prefix("/-") {
        Some("") | None => list.whole(),
        Some(rest) => unknown(rest).keyed(key),
    })
}

fn titled<'s>(list: &Listing<'s>, found: &BTreeSet<String>, heading: &str) -> Entry<'s> {
    let free = |column: &&Entry<'s>| !found.contains(&column.key);
    let name = bare(heading);
    let called = || list.columns.iter().filter(|column| column.is_called(&name));
    let known = called().find(free).or_else(|| called().next()).cloned();
    if known.is_none() && NUMBER.is(&name) {
        return ordinal(list.number_key(), &name);
    }
    known.unwrap_or_else(|| stranger(&format!("{}/-", list.key), &[], heading.trim()))
}

/// A column of cells without a heading.
fn untitled(reader: &mut Reader<'_, '_>, grid: &Grid, first: Option<u32>, column: u32) {
    let Some(row) = first else { return };
    let words = texts::column_no_heading_not().text();
    reader.tell(&place(grid, row, column), ProblemCode::NoHeading, false, &words);
}

/// A column of cells whose heading another has.
fn twice(reader: &mut Reader<'_, '_>, entry: &Entry<'_>, place: Option<Place>) {
    let Some(place) = place else { return };
    let words = texts::two_columns_one_not(&entry.label).text();
    reader.tell(&place, ProblemCode::SaidTwice, false, &words);
}

/// Tells which columns a list lacks; their values count as not filled in.
fn missing<'s>(
    reader: &mut Reader<'_, 's>,
    grid: &Grid,
    list: &Listing<'s>,
    columns: &[(u32, Entry<'s>)],
    headings: u32,
) {
    let there = |key: &str| columns.iter().any(|(_, column)| column.key == key);
    let labels: Vec<&str> = list
        .columns
        .iter()
        .filter(|column| {
            !matches!(column.holds, Holds::Ordinal | Holds::Record | Holds::Listing) && !there(&column.key)
        })
        .map(|column| column.label.as_str())
        .collect();
    if !labels.is_empty() {
        let (labels, en) = (labels.join("、"), labels.join(", "));
        let words = texts::these_columns_missing_count(&Each(&labels, &en)).text();
        let first = columns.first().map_or(0, |(column, _)| *column);
        reader.tell(&place(grid, headings, first), ProblemCode::MissingColumns, true, &words);
    }
}

/// The first cell of the merged range that a cell lies in, for ranges over several rows.
fn merged(grid: &Grid, headings: u32) -> BTreeMap<(u32, u32), (u32, u32)> {
    let rows = grid.rows();
    let within = |(top, left): (u32, u32), bottom: u32| {
        let (first, end) = (rows.partition_point(|row| *row <= top), rows.partition_point(|row| *row <= bottom));
        rows.get(first..end).unwrap_or_default().iter().map(move |row| ((*row, left), (top, left)))
    };
    let ranges = grid.merged.iter().filter(|((top, _), _)| *top > headings);
    // Ranges that overlap, which only a hostile file has, must not add up to more than the sheet.
    ranges.flat_map(|(first, last)| within(*first, last.0)).take(grid.cells.len()).collect()
}

fn item<'s>(
    reader: &mut Reader<'_, 's>,
    grid: &Grid,
    (list, columns): (&Listing<'s>, &[(u32, Entry<'s>)]),
    merged: &BTreeMap<(u32, u32), (u32, u32)>,
    row: u32,
    number: String,
) -> Item {
    let first = columns.first().map_or(0, |(column, _)| *column);
    let mut item = Item::new(number, place(grid, row, first));
    for (column, entry) in columns {
        let here = place(grid, row, *column);
        let content = match merged.get(&(row, *column)) {
            Some(first) => {
                let content = grid.cell(first.0, first.1);
                shared(reader, entry, &here, content);
                content
            }
            None => grid.cell(row, *column),
        };
        if matches!(entry.holds, Holds::Ordinal) {
            item.number(&plain(&content.text()), entry.key == list.owner_key());
            continue;
        }
        let taken = take(reader.layout.shape, entry.holds, entry.unit(), content);
        reader.remark(entry, &here, taken.remark.as_ref());
        item.says_none &= content.is_blank() || words::has(&plain(&content.text())) == Some(Has::None);
        item.put(entry, here, taken);
    }
    for (path, label, place) in std::mem::take(&mut item.denied) {
        if item.value.at(&path).is_some_and(Json::says_something) {
            reader.contradicted(&label, &place);
        }
    }
    item
}

impl Item {
    fn new(number: String, place: Place) -> Self {
        Self {
            number,
            owner: String::new(),
            value: Json::empty(),
            says: BTreeMap::new(),
            denied: Vec::new(),
            says_none: true,
            place,
            columns: Vec::new(),
        }
    }

    /// A number that a person gave: the element's own, or its owner's.
    fn number(&mut self, text: &str, owner: bool) {
        if owner {
            self.owner = text.to_owned();
        } else if !text.is_empty() {
            self.number = text.to_owned();
        }
    }

    fn put(&mut self, entry: &Entry<'_>, place: Place, taken: Taken) {
        self.columns.push((pointer(&entry.path), place.clone()));
        if let Some(value) = taken.value {
            self.value.put(&entry.path, value);
        }
        match (taken.has, entry.list) {
            (Some(has), Some(list)) => {
                self.says.insert(list, (has, place));
            }
            (Some(Has::Some), None) => self.value.open(&entry.path),
            (Some(Has::None), None) => self.denied.push((entry.path.clone(), entry.label.clone(), place)),
            (None, _) => {}
        }
    }
}

fn shared(reader: &mut Reader<'_, '_>, entry: &Entry<'_>, place: &Place, content: &Content) {
    if !content.is_blank() {
        let text = if entry.may_be_told() { content.text() } else { "…".to_owned() };
        let words = texts::cell_merged_those_above(&text).text();
        reader.tell(place, ProblemCode::DoubtfulReading, true, &words);
    }
}
