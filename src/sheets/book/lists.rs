//! A list's sheet: a heading a column, an element a row.

use rust_xlsxwriter::Worksheet;

use super::super::content::{Content, show_key};
use super::super::fill::{LIST_FIRST, LIST_HEADINGS, LIST_KEYS, Table};
use super::super::layout::{FORM, Listing};
use super::super::place::Place;
use super::{Book, Written, link, looks, note, remarks};
use bulou_messages::texts;

/// Rows that are drawn ready to be filled in, and rows in which a spreadsheet offers what to choose.
const DRAWN: usize = 20;
const OFFERED: u32 = 2000;

pub(super) fn sheet(book: &Book<'_, '_>, index: usize) -> Written<Worksheet> {
    let mut sheet = Worksheet::new();
    let (Some(list), Some(table)) = (book.layout.lists.get(index), book.filled.tables.get(index)) else {
        return Ok(sheet);
    };
    sheet.set_name(&list.sheet)?;
    title(book, &mut sheet, list)?;
    headings(book, &mut sheet, table)?;
    let blank = vec![Content::Blank; table.columns.len()];
    let drawn = table.rows.iter().chain(std::iter::repeat(&blank)).take(rows_drawn(list, table));
    for (row, cells) in (LIST_FIRST..).zip(drawn) {
        let texts: Vec<_> =
            table.columns.iter().zip(cells).map(|(entry, cell)| (cell.text(), looks::width(entry))).collect();
        sheet.set_row_height(row, looks::height(texts.iter().map(|(text, width)| (text.as_str(), *width))))?;
        for ((column, entry), content) in (0_u16..).zip(&table.columns).zip(cells) {
            let place = Place { sheet: list.sheet.clone(), row, column };
            book.cell(&mut sheet, &place, entry, content, &book.looks.value)?;
        }
    }
    sheet.set_freeze_panes(LIST_FIRST, 0)?;
    sheet.set_repeat_rows(0, LIST_HEADINGS)?;
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0)
        .set_footer(texts::print_header().get(book.layout.lang));
    Ok(sheet)
}

/// Enough for what is there, for what has to be there, and some more.
fn rows_drawn(list: &Listing<'_>, table: &Table<'_>) -> usize {
    let least = list.field.min_items.min(OFFERED) as usize;
    DRAWN.max(least).max(table.rows.len() + DRAWN / 2)
}

/// What the list is, and the way back.
fn title(book: &Book<'_, '_>, sheet: &mut Worksheet, list: &Listing<'_>) -> Written {
    let row = book.filled.places.find(&list.key).filter(|place| FORM.is(&place.sheet)).map_or(0, |place| place.row);
    let form = Place { sheet: FORM.name(book.layout.lang), row, column: super::super::fill::FORM_VALUE };
    sheet.write_url_with_options(
        0,
        0,
        link(&form),
        list.title(row + 1, book.layout.lang),
        "",
        Some(&book.looks.link),
    )?;
    sheet.set_row_height(0, 26)?;
    Ok(())
}

fn headings(book: &Book<'_, '_>, sheet: &mut Worksheet, table: &Table<'_>) -> Written {
    sheet.set_row_hidden(LIST_KEYS)?;
    sheet.set_row_height(LIST_HEADINGS, 34)?;
    for (column, entry) in (0_u16..).zip(&table.columns) {
        sheet.write_string_with_format(LIST_KEYS, column, show_key(&entry.key), &book.looks.note)?;
        sheet.write_string_with_format(LIST_HEADINGS, column, looks::label(entry), &book.looks.heading)?;
        sheet.set_column_width(column, looks::width(entry))?;
        let look = rust_xlsxwriter::Format::new().set_num_format(looks::number_format(entry, &Content::Blank));
        sheet.set_column_format(column, &look)?;
        let remarks = remarks(entry, book.layout.lang);
        if !remarks.is_empty() {
            sheet.insert_note(LIST_HEADINGS, column, &note(&remarks))?;
        }
        if let Some(validation) = book.validation(entry)? {
            sheet.add_data_validation(LIST_FIRST, column, LIST_FIRST + OFFERED, column, &validation)?;
        }
    }
    Ok(())
}
