//! Sheets of labels and values: the template's form, with its keys, and forms that people drew themselves.

use super::content::{Content, Holds, take_key};
use super::entry::{Entry, bare, stranger};
use super::grid::Grid;
use super::layout::Name;
use super::left::{self, Sheet};
use super::read::{Reader, place};
use super::words;
use bulou_document::locate::steps;
use bulou_document::typed::plain;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;

/// Heading of the column of values.
pub(super) const VALUE: Name = Name(texts::answer());

/// What people write over the columns of a form.
pub(super) const HEADINGS: [&str; 15] = [
    "项目",
    "检查项目",
    "检查内容",
    "内容",
    VALUE.0.get(Lang::Zh),
    "填写内容",
    "填报内容",
    "自查情况",
    "情况",
    "说明",
    "键",
    "Item",
    VALUE.0.get(Lang::En),
    "Notes",
    "Key",
];

/// What they write over a column that asks and answers nothing.
pub(super) const NOTES: [&str; 5] = ["说明", "填写说明", "提示", "备注", "Notes"];

/// Reads a form: by the column of keys where there is one. What is left of it is told.
pub(super) fn read(reader: &mut Reader<'_, '_>, grid: &Grid, keys: Option<u32>, section: Option<&str>) {
    let mut section = section.map(str::to_owned);
    let mut sheet = Sheet::new(grid, keys.is_some());
    let Some(keys) = keys else {
        for row in grid.rows() {
            drawn(reader, &mut sheet, row, &mut section);
        }
        return left::tell(reader, &sheet);
    };
    let headed = grid.cells.iter().find(|(_, content)| VALUE.is(&bare(&content.text())));
    let (first, values) = headed.map_or((0, 1), |((row, column), _)| (row + 1, *column));
    for row in grid.rows().into_iter().filter(|row| *row < first) {
        match row + 1 == first {
            true => sheet.heads(row),
            false => sheet.title(row),
        }
    }
    for row in grid.rows().into_iter().filter(|row| *row >= first) {
        match take_key(grid.cell(row, keys)) {
            // Elements of lists have their own sheets: what a line said of one would be lost to them.
            Some(key) if reader.layout.lists.iter().any(|list| list.has_elements_at(&key)) => {}
            Some(key) => {
                let entry = reader.layout.line(&key).cloned().unwrap_or_else(|| unknown(&key));
                let label = grid.row(row).find(|(column, _)| *column < values && *column != keys);
                let text = label.map(|(_, content)| content.text()).unwrap_or_default();
                [keys, values]
                    .into_iter()
                    .chain(label.map(|(column, _)| column))
                    .for_each(|column| sheet.uses(row, column));
                let layout = reader.layout;
                if reader.denies(&entry, &text, |name| layout.lines.iter().any(|line| line.is_called(name))) {
                    reader.mislabelled(&entry, &text, &place(grid, row, label.map_or(0, |(column, _)| column)));
                    continue;
                }
                if let Some((column, _)) = label {
                    left::behind(reader, &entry, &text, &place(grid, row, column));
                }
                if entry.is_record() {
                    section = Some(entry.key.clone());
                }
                reader.line(&entry, place(grid, row, values), grid.cell(row, values));
            }
            // A line that someone added.
            None => drawn(reader, &mut sheet, row, &mut section),
        }
    }
    left::tell(reader, &sheet);
}

/// An entry of the document that only its key names.
pub(super) fn unknown(key: &str) -> Entry<'static> {
    let path: Vec<String> = steps(key).collect();
    let (name, around) = path.split_last().map_or(("", &[][..]), |(name, around)| (name.as_str(), around));
    stranger("", around, name).keyed(key)
}

/// Reads a row of labels, each with its value in the next cell: what stands farther away may be a remark. Sections stand
/// above or to the left of theirs.
fn drawn<'s>(reader: &mut Reader<'_, 's>, sheet: &mut Sheet<'_, 's>, row: u32, section: &mut Option<String>) {
    let (grid, mut from, mut known) = (sheet.grid, 0, false);
    for (column, content) in grid.row(row) {
        if column < from {
            continue;
        }
        let label = content.text();
        let text = bare(&label);
        let beside = grid.beside(row, column);
        let value = grid.cell(row, beside);
        if let Some(entry) = record(reader, &text) {
            *section = Some(entry.key.clone());
            known = true;
            sheet.asks(row, column, entry.holds);
            left::behind(reader, &entry, &label, &place(grid, row, column));
            if words::has(&plain(&value.text())).is_some() {
                sheet.answers(row, beside);
                reader.line(&entry, place(grid, row, beside), value);
                from = beside + 1;
            }
        } else if let Some(entry) = leaf(reader, section.as_deref(), &text) {
            known = true;
            sheet.asks(row, column, entry.holds);
            left::behind(reader, &entry, &label, &place(grid, row, column));
            // The next label has taken the place of a value that is blank.
            let is_label = leaf(reader, section.as_deref(), &bare(&value.text())).is_some();
            reader.line(&entry, place(grid, row, beside), if is_label { &Content::Blank } else { value });
            from = if is_label { beside } else { beside + 1 };
            if !is_label {
                sheet.answers(row, beside);
            }
        }
    }
    if !known {
        stray(reader, sheet, row, section.as_deref());
    }
}

/// A row that no one asked for, so the checker refuses it by name; a title or heading has no value beside it.
fn stray(reader: &mut Reader<'_, '_>, sheet: &mut Sheet<'_, '_>, row: u32, section: Option<&str>) {
    let grid = sheet.grid;
    let Some((column, label)) = grid.row(row).next() else { return };
    let beside = grid.beside(row, column);
    let value = grid.cell(row, beside);
    let heads = |content: &Content| HEADINGS.contains(&bare(&content.text()).as_str());
    if heads(label) && heads(value) {
        return sheet.heads(row);
    }
    if value.is_blank() {
        return sheet.title(row);
    }
    [column, beside].into_iter().for_each(|column| sheet.uses(row, column));
    let (key, path) = match section.and_then(|key| reader.layout.line(key)) {
        Some(record) => (record.key.clone(), record.path.clone()),
        None => (String::new(), Vec::new()),
    };
    let entry = stranger(&key, &path, label.text().trim());
    reader.line(&entry, place(grid, row, beside), value);
}

fn record<'s>(reader: &Reader<'_, 's>, text: &str) -> Option<Entry<'s>> {
    reader.layout.lines.iter().find(|line| line.is_record() && line.is_called(text)).cloned()
}

/// The question that a label means: one of the section, or else the only one of the form.
fn leaf<'s>(reader: &Reader<'_, 's>, section: Option<&str>, text: &str) -> Option<Entry<'s>> {
    let called = |line: &&Entry<'s>| !matches!(line.holds, Holds::Record) && line.is_called(text);
    let mut found = reader.layout.lines.iter().filter(called);
    let within = |line: &&Entry<'s>| section.is_some_and(|section| line.key.starts_with(&format!("{section}/")));
    match reader.layout.lines.iter().filter(called).find(within) {
        Some(line) => Some(line.clone()),
        None => found.next().filter(|_| found.next().is_none()).cloned(),
    }
}
