//! A workbook's bytes as sheets of cells, whatever program wrote them, within limits that no bytes can pass.

use std::collections::{BTreeMap, HashSet};
use std::io::Cursor;

use calamine::{Data, DataRef, Dimensions, Range, Reader as _, Sheet, SheetType, SheetVisible};
use serde::{Deserialize, Serialize};

use crate::archive::Fault;
use bulou_base::date;
use bulou_base::limits;
use bulou_document::file_kind::COMPOUND;
use bulou_document::typed;

use super::beside::{Beside, What};
use super::compound;
use super::content::Content;
use super::hidden::{Hidden, HiddenBySheet};
use super::merged::{Overlap, covered};
use super::parts::parts;
use super::refusal::{Refusal, broken, damaged, joined, overlapping, same_cell, same_sheet, too_large, unopened};
use super::{ods, ooxml, words};

/// A sheet: its cells that are not blank, by row and column from 0.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Grid {
    pub name: String,
    pub cells: BTreeMap<(u32, u32), Content>,
    /// Merged ranges: first and last cell.
    pub merged: Vec<((u32, u32), (u32, u32))>,
    /// What of it nobody sees.
    pub hidden: Hidden,
    /// The last columns of merged ranges, by their first cells.
    wide: BTreeMap<(u32, u32), u32>,
}

impl Grid {
    /// A sheet on which nothing stands.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// A cell; blank where nothing stands.
    pub fn cell(&self, row: u32, column: u32) -> &Content {
        self.cells.get(&(row, column)).unwrap_or(&Content::Blank)
    }

    /// The column right of a cell, or of the range that it is the first of.
    pub fn beside(&self, row: u32, column: u32) -> u32 {
        self.wide.get(&(row, column)).map_or(column, |last| *last) + 1
    }

    /// The cells of a row, from the left.
    pub fn row(&self, row: u32) -> impl Iterator<Item = (u32, &Content)> {
        self.cells.range((row, 0)..=(row, u32::MAX)).map(|((_, column), content)| (*column, content))
    }

    /// The rows that are not blank, from the top.
    pub fn rows(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = self.cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        rows
    }
}

/// The sheets of a workbook, as any pack's documents are read from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sheets {
    pub(super) grids: Vec<Grid>,
    /// What it says beside their cells.
    pub(super) beside: Vec<Beside>,
    /// They are one table in text, which is called as its file is.
    pub(super) is_text: bool,
}

type Source<'b> = Cursor<&'b [u8]>;

/// Reads a workbook. Bytes made to do harm may take all time and memory here, or end the process: whoever takes files of
/// others calls this where it can be stopped, and goes on with what it answers.
///
/// # Errors
/// The bytes are no workbook, have a password, or pass a limit.
pub fn sheets(bytes: &[u8]) -> Result<Sheets, Refusal> {
    if bytes.len() > limits::WORKBOOK_BYTES {
        return Err(too_large());
    }
    let files = if bytes.starts_with(b"PK") { parts(bytes)? } else { Vec::new() };
    // What calamine has not foreseen in a damaged file must not end the program.
    let read = std::panic::catch_unwind(|| read(bytes));
    let mut sheets = read.unwrap_or_else(|_| Err(damaged(bytes)))?;
    sheets.beside.extend(files);
    Ok(sheets)
}

fn read(bytes: &[u8]) -> Result<Sheets, Refusal> {
    if bytes.starts_with(&COMPOUND) {
        let used = compound::used(bytes).ok_or_else(|| unopened(bytes))?;
        if let Some(at) = compound::appended(bytes, used) {
            return Err(joined(&Fault::Unlisted(at as u64), bytes));
        }
    }
    let mut book = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|_| unopened(bytes))?;
    let mut budget = Budget::default();
    let (mut grids, mut hidden) = (Vec::new(), Vec::new());
    let mut seen = HashSet::new();
    for sheet in book.sheets_metadata().to_vec() {
        let (name, budget) = (&sheet.name, &mut budget);
        // Sheets are asked for by name, and the first would answer for both.
        if !seen.insert(name.to_lowercase()) {
            return Err(same_sheet(name));
        }
        let (read, merged) = match &mut book {
            calamine::Sheets::Xlsx(book) => {
                (stream_xlsx(book, name, budget), book.merge_cells_by_sheet_name(name).map_err(|_| broken(name)))
            }
            calamine::Sheets::Xls(book) => {
                (whole(book, name, budget), book.merge_cells_by_sheet_name(name).map_err(|_| broken(name)))
            }
            calamine::Sheets::Xlsb(book) => (stream_xlsb(book, name, budget), Ok(Vec::new())),
            calamine::Sheets::Ods(book) => (whole_ods(book, name, budget), Ok(Vec::new())),
        };
        let (mut grid, merged) = match (read, merged) {
            // What holds no cells, such as a chart, has none to read.
            (Err(Refusal::Damaged(_)), _) if !holds_cells(&sheet) => (Grid::new(name), Vec::new()),
            (read, merged) => (read?, merged?),
        };
        let corners = |range: &Dimensions| (range.start, range.end);
        grid.merged = merged.iter().map(corners).collect();
        for at in covered(&grid).map_err(|Overlap| overlapping(name))? {
            budget.keep(&mut hidden, Beside::new(What::Covered, name.clone(), Some(at), ""))?;
        }
        grid.wide = grid.merged.iter().map(|(first, last)| (*first, last.1)).collect();
        grid.hidden.sheet = sheet.visible != SheetVisible::Visible;
        grids.push(grid);
    }
    let is_binary = matches!(book, calamine::Sheets::Xls(_) | calamine::Sheets::Xlsb(_));
    let mut unseen = HiddenBySheet::new();
    let mut beside = match book {
        calamine::Sheets::Ods(_) => ods::account(bytes, &grids, &mut unseen, &mut budget)?,
        calamine::Sheets::Xlsx(_) | calamine::Sheets::Xlsb(_) => {
            ooxml::account(bytes, &grids, &mut unseen, &mut budget)?
        }
        calamine::Sheets::Xls(_) => Vec::new(),
    };
    beside.extend(hidden);
    for grid in &mut grids {
        grid.hidden.join(unseen.remove(&grid.name).unwrap_or_default());
    }
    let (units, mut beside): (Vec<_>, Vec<_>) = beside.into_iter().partition(|one| one.what == What::Unit);
    for one in units {
        let grid = grids.iter_mut().find(|grid| grid.name == one.sheet);
        let cell = grid.zip(one.at).and_then(|(grid, at)| grid.cells.get_mut(&at));
        if let Some(cell) = cell
            && let Content::Number(digits, false) = cell
        {
            *cell = Content::Counted(std::mem::take(digits), one.text);
        }
    }
    if is_binary {
        beside.push(Beside::new(What::Unseen, String::new(), None, ""));
    }
    Ok(Sheets { grids, beside, is_text: false })
}

fn holds_cells(sheet: &Sheet) -> bool {
    matches!(sheet.typ, SheetType::WorkSheet | SheetType::MacroSheet)
}

/// Cells and bytes of text that may still be read.
pub(super) struct Budget {
    cells: usize,
    bytes: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { cells: limits::WORKBOOK_CELLS, bytes: limits::DOCUMENT_BYTES }
    }
}

impl Budget {
    /// Puts a cell into a sheet, unless that is too much.
    pub(super) fn add(&mut self, grid: &mut Grid, at: (u32, u32), content: Content) -> Result<(), Refusal> {
        if content.is_blank() {
            return Ok(());
        }
        let size = if let Content::Text(text) = &content { text.len() } else { 0 };
        self.cells = self.cells.checked_sub(1).ok_or_else(too_large)?;
        self.bytes = self.bytes.checked_sub(size).ok_or_else(too_large)?;
        match grid.cells.insert(at, content) {
            Some(_) => Err(same_cell(&grid.name)),
            None => Ok(()),
        }
    }

    /// Keeps what stands beside the cells, unless that is too much.
    pub(super) fn keep(&mut self, all: &mut Vec<Beside>, one: Beside) -> Result<(), Refusal> {
        if !one.is_nothing() {
            self.cells = self.cells.checked_sub(1).ok_or_else(too_large)?;
            self.bytes = self.bytes.checked_sub(one.text.len()).ok_or_else(too_large)?;
            all.push(one);
        }
        Ok(())
    }
}

/// Cell by cell: a range would hold every blank between two far corners.
fn stream_xlsx(book: &mut calamine::Xlsx<Source<'_>>, name: &str, budget: &mut Budget) -> Result<Grid, Refusal> {
    let mut grid = Grid::new(name);
    let mut cells = book.worksheet_cells_reader(name).map_err(|_| broken(name))?;
    while let Some(cell) = cells.next_cell_with_formula().map_err(|_| broken(name))? {
        let content = match (content(cell.value.into()), cell.formula) {
            (Content::Blank, Some(formula)) => Content::Error(format!("={formula}")),
            (content, _) => content,
        };
        budget.add(&mut grid, cell.pos, content)?;
    }
    Ok(grid)
}

fn stream_xlsb(book: &mut calamine::Xlsb<Source<'_>>, name: &str, budget: &mut Budget) -> Result<Grid, Refusal> {
    let mut grid = Grid::new(name);
    let mut cells = book.worksheet_cells_reader(name).map_err(|_| broken(name))?;
    while let Some(cell) = cells.next_cell().map_err(|_| broken(name))? {
        let value: DataRef<'_> = cell.get_value().clone();
        budget.add(&mut grid, cell.get_position(), content(value.into()))?;
    }
    Ok(grid)
}

fn whole<'b, B: calamine::Reader<Source<'b>>>(book: &mut B, name: &str, budget: &mut Budget) -> Result<Grid, Refusal> {
    let mut grid = Grid::new(name);
    let range: Range<Data> = book.worksheet_range(name).map_err(|_| broken(name))?;
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        budget.add(&mut grid, (top + small(row), left + small(column)), content(value.clone()))?;
    }
    Ok(grid)
}

/// An error has no value in this format; what a formula has not answered is one, then.
fn whole_ods(book: &mut calamine::Ods<Source<'_>>, name: &str, budget: &mut Budget) -> Result<Grid, Refusal> {
    let mut grid = whole(book, name, budget)?;
    let formulas = book.worksheet_formula(name).map_err(|_| broken(name))?;
    let (top, left) = formulas.start().unwrap_or_default();
    for (row, column, formula) in formulas.used_cells().filter(|(.., formula)| !formula.is_empty()) {
        let at = (top + small(row), left + small(column));
        if grid.cell(at.0, at.1).is_blank() {
            budget.add(&mut grid, at, Content::Error(formula.trim_start_matches("of:").to_owned()))?;
        }
    }
    Ok(grid)
}

fn small(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn content(value: Data) -> Content {
    let number = |value: f64| {
        let (digits, lost) = words::shown(value);
        Content::Number(digits, lost)
    };
    match value {
        Data::Empty => Content::Blank,
        // Lines of a cell end as Excel ends them, whoever wrote it.
        Data::String(text) => Content::Text(text.replace("\r\n", "\n")),
        Data::Int(value) => Content::Number(value.to_string(), value.unsigned_abs() >= 1_000_000_000_000_000),
        Data::Float(value) if value.is_finite() => number(value),
        Data::Float(_) => Content::Error("#NUM!".into()),
        Data::Bool(value) => Content::Bool(value),
        // Eight digits in a cell that has the form of a date: the form cannot show them, and calamine makes them the last
        // day that it knows.
        Data::DateTime(when) if typed::eight_digits(&words::shown(when.as_f64()).0).is_some() => number(when.as_f64()),
        Data::DateTime(when) if when.is_datetime() && when.as_f64() >= 1.0 => {
            let (year, month, day, ..) = when.to_ymd_hms_milli();
            let date = date::new(i32::from(year), i32::from(month), i32::from(day));
            date.map_or_else(|| number(when.as_f64()), Content::Date)
        }
        Data::DateTime(when) => number(when.as_f64()),
        Data::DateTimeIso(text) => match text.get(..10).and_then(date::parse) {
            Some(date) => Content::Date(date),
            None => Content::Text(text),
        },
        Data::DurationIso(text) => Content::Text(text),
        Data::Error(error) => Content::Error(error.to_string()),
    }
}
