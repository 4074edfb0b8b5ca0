//! What of a sheet nobody read: a cell that answers nothing is told all the same, for it may be an answer that stands in
//! another place than those that are read.

use std::collections::{BTreeMap, BTreeSet};

use bulou_base::sanitize::shortened;
use bulou_document::text;
use bulou_document::typed::{self, plain};
use bulou_document::types::Domain;
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::texts;

use super::content::{Content, Holds, take_key};
use super::entry::{Entry, bare};
use super::grid::Grid;
use super::layout::FORM;
use super::lines::{HEADINGS, NOTES};
use super::place::Place;
use super::read::{Reader, place};
use super::words;

/// So many digits may be a code: a row's number has fewer.
pub(super) const CODE: usize = 6;
/// What programs call a new sheet, before its number.
const GIVEN: [&str; 5] = ["Sheet", "sheet", "工作表", "表", "Table"];

/// A form while it is read.
pub(super) struct Sheet<'g, 's> {
    pub grid: &'g Grid,
    /// Its first row that is not blank.
    top: u32,
    /// It has the template's keys: what stands there has its place.
    keyed: bool,
    used: BTreeSet<(u32, u32)>,
    /// Columns in which labels stand, and values.
    labels: BTreeSet<u32>,
    values: BTreeSet<u32>,
    /// Columns that a heading says to hold notes.
    notes: BTreeSet<u32>,
    /// What each row asks for.
    asked: BTreeMap<u32, Holds<'s>>,
    /// Texts that stand alone where titles do.
    titles: Vec<(u32, u32)>,
}

impl<'g, 's> Sheet<'g, 's> {
    pub fn new(grid: &'g Grid, keyed: bool) -> Self {
        let (used, labels, values, notes) = Default::default();
        let top = grid.cells.keys().next().map_or(0, |(row, _)| *row);
        Self { grid, top, keyed, used, labels, values, notes, asked: BTreeMap::new(), titles: Vec::new() }
    }

    /// A cell was read.
    pub fn uses(&mut self, row: u32, column: u32) {
        self.used.insert((row, column));
    }

    /// A cell is the label of what its row asks for.
    pub fn asks(&mut self, row: u32, column: u32, holds: Holds<'s>) {
        self.uses(row, column);
        self.labels.insert(column);
        self.asked.insert(row, holds);
    }

    /// A cell is the answer to its label.
    pub fn answers(&mut self, row: u32, column: u32) {
        self.uses(row, column);
        self.values.insert(column);
    }

    /// A row of headings.
    pub fn heads(&mut self, row: u32) {
        for (column, content) in self.grid.row(row) {
            let heading = bare(&content.text());
            let notes = NOTES.contains(&heading.as_str());
            if notes || HEADINGS.contains(&heading.as_str()) {
                self.used.insert((row, column));
            }
            if notes {
                self.notes.insert(column);
            }
        }
    }

    /// A row that asks for nothing: a title is a text by itself, where labels stand.
    pub fn title(&mut self, row: u32) {
        let mut cells = self.grid.row(row);
        let (Some((column, Content::Text(text))), None) = (cells.next(), cells.next()) else { return };
        if has_code(text) {
            return;
        }
        let is_value = self.values.contains(&column) && !self.labels.contains(&column);
        if row == self.top || !(self.keyed || is_value) {
            self.used.insert((row, column));
            self.titles.push((row, column));
        }
    }

    fn left(&self) -> impl Iterator<Item = ((u32, u32), &'g Content)> {
        let is_left = |at: &(u32, u32)| !self.used.contains(at) && !self.notes.contains(&at.1);
        self.grid.cells.iter().filter(move |(at, _)| is_left(at)).map(|(at, content)| (*at, content))
    }

    /// Whether a cell could be an answer to what its row asks, and not a remark on it.
    fn may_answer(&self, reader: &Reader<'_, 's>, row: u32, content: &Content) -> bool {
        let text = content.text();
        match self.asked.get(&row) {
            None | Some(Holds::Anything | Holds::Ordinal) => false,
            Some(Holds::Record | Holds::Listing) => words::has(&plain(&text)).is_some(),
            Some(Holds::Value(kind)) => match kind.domain() {
                Domain::Text(None) => false,
                Domain::Text(Some(format)) => text::format(format, &text).is_none(),
                Domain::Bool
                | Domain::Whole(_)
                | Domain::Decimal(_)
                | Domain::Date(_)
                | Domain::Duration(_)
                | Domain::Option(_)
                | Domain::Record(_)
                | Domain::List(_) => typed::meant(kind, &reader.layout.shape.option_sets, None, &text).is_some(),
            },
        }
    }
}

/// Tells what is left of a form. Beside a form that somebody drew there may be remarks.
pub(super) fn tell<'s>(reader: &mut Reader<'_, 's>, sheet: &Sheet<'_, 's>) {
    let remarks = !sheet.keyed && !sheet.left().any(|((row, _), content)| sheet.may_answer(reader, row, content));
    let cells: Vec<(u32, u32)> = sheet.left().map(|(at, _)| at).collect();
    unread(reader, sheet.grid, &cells, remarks);
    for (row, column) in &sheet.titles {
        title(reader, sheet.grid, *row, *column);
    }
}

/// Tells what stands above the headings of a list, where only titles may.
pub(super) fn above(reader: &mut Reader<'_, '_>, grid: &Grid, headings: u32, keys: Option<u32>) {
    let (mut cells, mut remarks) = (Vec::new(), true);
    for row in grid.rows().into_iter().filter(|row| *row < headings && Some(*row) != keys) {
        let all: Vec<(u32, &Content)> = grid.row(row).collect();
        if let [(column, content)] = all.as_slice()
            && (is_title(content) || reader.layout.is_title(&content.text()))
        {
            title(reader, grid, row, *column);
            continue;
        }
        // `填报单位:南街小学` says what it is.
        remarks &=
            all.iter().map(|(_, content)| content.text()).all(|text| text.contains([':', ':']) && !has_code(&text));
        cells.extend(all.iter().map(|(column, _)| (row, *column)));
    }
    if let Some(row) = keys {
        let strange = grid.row(row).filter(|(_, content)| take_key(content).is_none());
        cells.extend(strange.map(|(column, _)| (row, column)));
        remarks &= cells.last().is_none_or(|(last, _)| *last != row);
    }
    unread(reader, grid, &cells, remarks);
}

/// Tells of a title that is neither the template's nor a name of the sheet: it may say more than a title does.
fn title(reader: &mut Reader<'_, '_>, grid: &Grid, row: u32, column: u32) {
    let text = grid.cell(row, column).text();
    if reader.layout.is_title(&text) || plain(&text) == plain(&grid.name) {
        return;
    }
    let text = shortened(text.trim());
    let words = texts::taken_title_not_read(&text).text();
    reader.tell(&place(grid, row, column), ProblemCode::UnreadCells, true, &words);
}

/// Tells of words in brackets behind a label or heading that are neither its unit nor part of it.
pub(super) fn behind(reader: &mut Reader<'_, '_>, entry: &Entry<'_>, label: &str, place: &Place) {
    let Some(words) = entry.words_behind(label) else { return };
    let has_code = has_code(&words);
    let words = if has_code { "…".into() } else { shortened(&words) };
    let words = texts::brackets_behind_not_read(&entry.label, &words).text();
    reader.tell(place, ProblemCode::UnreadCells, !has_code, &words);
}

/// Tells of a sheet whose name is neither the template's nor one that programs give: it may say more than a name does.
pub(super) fn name(reader: &mut Reader<'_, '_>, grid: &Grid) {
    let name = plain(&grid.name);
    let numbered = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    if FORM.is(&grid.name) || reader.layout.is_title(&name) || GIVEN.contains(&numbered) {
        return;
    }
    let (row, column) = grid.cells.keys().next().copied().unwrap_or_default();
    let words = texts::what_sheets_name_says(&shortened(&name)).text();
    reader.tell(&place(grid, row, column), ProblemCode::UnreadCells, !has_code(&name), &words);
}

/// A text in words, without a code.
fn is_title(content: &Content) -> bool {
    matches!(content, Content::Text(text) if !text.is_ascii() && !has_code(text))
}

/// Whether so many digits stand together, however they are typed, that they may be a code; a day and a mobile telephone
/// are none.
fn has_code(text: &str) -> bool {
    let is_code = |digits: &str| {
        let is_day = digits.len() == 8 && (digits.starts_with("19") || digits.starts_with("20"));
        digits.len() >= CODE && !is_day && !(digits.len() == 11 && digits.starts_with('1'))
    };
    plain(text).split(|c: char| !c.is_ascii_digit()).any(is_code)
}

/// Whether a heading is that of notes.
pub(super) fn is_note(heading: &str) -> bool {
    NOTES.contains(&bare(heading).as_str())
}

/// Tells of what is no number in a column of numbers: of those nothing is kept but what lists within rows name.
pub(super) fn numbers(
    reader: &mut Reader<'_, '_>,
    grid: &Grid,
    (list, headings): (usize, u32),
    columns: &[(u32, Entry<'_>)],
    totals: &BTreeSet<u32>,
) {
    let Some(listing) = reader.layout.lists.get(list) else { return };
    // Rows of other lists name the rows of these by whatever stands there.
    let named = reader.layout.lists.iter().any(|other| other.owner == Some(list));
    let kept = |entry: &Entry<'_>| !matches!(entry.holds, Holds::Ordinal) || named || entry.key == listing.owner_key();
    let mut cells = Vec::new();
    for row in grid.rows().into_iter().filter(|row| *row > headings && !totals.contains(row)) {
        let cell = |column: u32| grid.cell(row, column);
        let says =
            |(column, entry): &(u32, Entry<'_>)| !matches!(entry.holds, Holds::Ordinal) && !cell(*column).is_blank();
        let is_item = columns.iter().any(says);
        let lost =
            columns.iter().filter(|(_, entry)| !is_item && matches!(entry.holds, Holds::Ordinal) || !kept(entry));
        let strange = lost.filter(|(column, _)| !is_number(&plain(&cell(*column).text())));
        cells.extend(strange.map(|(column, _)| (row, *column)));
    }
    unread(reader, grid, &cells, false);
}

fn is_number(text: &str) -> bool {
    text.len() < CODE && text.trim_end_matches('.').bytes().all(|byte| byte.is_ascii_digit())
}

pub(super) fn unread(reader: &mut Reader<'_, '_>, grid: &Grid, cells: &[(u32, u32)], remarks: bool) {
    let Some((row, column)) = cells.first() else { return };
    let count = cells.len();
    let words = texts::from_cell_cells_sheet(&grid.name, &count).text();
    reader.tell(&place(grid, *row, *column), ProblemCode::UnreadCells, remarks, &words);
}
