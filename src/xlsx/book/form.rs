//! The form: a line for every question, in the pack's order.

use rust_xlsxwriter::{Format, Worksheet};

use super::super::content::{Holds, show_key};
use super::super::fill::{FORM_FIRST, FORM_VALUE};
use super::super::layout::{Entry, FORM};
use super::super::lines::VALUE;
use super::super::place::Place;
use super::{Book, Written, link, looks};

const NOTE: u16 = 2;
const KEY: u16 = 3;

pub(super) fn sheet(book: &Book<'_, '_>) -> Written<Worksheet> {
    let mut sheet = Worksheet::new();
    sheet.set_name(FORM)?;
    for (column, width) in [(0, 34), (FORM_VALUE, 34), (NOTE, 64), (KEY, 30)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_column_hidden(KEY)?;
    sheet.write_string_with_format(0, 0, &book.rules.title, &book.looks.title)?;
    sheet.set_row_height(0, 30)?;
    let headings = FORM_FIRST - 1;
    for (column, heading) in [(0, "项目"), (FORM_VALUE, VALUE), (NOTE, "说明"), (KEY, "键(程序用)")] {
        sheet.write_string_with_format(headings, column, heading, &book.looks.heading)?;
    }
    for (row, (entry, content)) in (FORM_FIRST..).zip(&book.filled.lines) {
        let (label, value, note) = looks_of(book, entry);
        sheet.write_string_with_format(row, 0, looks::label(entry), &label)?;
        let place = Place { sheet: FORM.into(), row, column: FORM_VALUE };
        book.cell(&mut sheet, &place, entry, content, &value)?;
        remarks(book, &mut sheet, row, entry, &note)?;
        sheet.write_string_with_format(row, KEY, show_key(&entry.key), &book.looks.note)?;
        if let Some(validation) = book.validation(entry)? {
            sheet.add_data_validation(row, FORM_VALUE, row, FORM_VALUE, &validation)?;
        }
    }
    sheet.set_freeze_panes(FORM_FIRST, 1)?;
    sheet.set_repeat_rows(0, headings)?;
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0).set_footer("&C第 &P 页,共 &N 页");
    Ok(sheet)
}

/// Sections and what stands beside them have a colour of their own, what is within them an indent.
fn looks_of(book: &Book<'_, '_>, entry: &Entry<'_>) -> (Format, Format, Format) {
    let indent = u8::try_from(entry.depth).unwrap_or(u8::MAX).min(15);
    let looks = &book.looks;
    match (entry.depth, entry.holds) {
        (_, Holds::Record) => {
            (looks.section.clone().set_indent(indent), looks.section.clone(), looks.section.clone().unset_bold())
        }
        (0, _) => (looks.section.clone(), looks.value.clone(), looks.note.clone()),
        _ => (looks.label.clone().set_indent(indent), looks.value.clone(), looks.note.clone()),
    }
}

/// What is said beside a line; beside a list, the way to its sheet.
fn remarks(book: &Book<'_, '_>, sheet: &mut Worksheet, row: u32, entry: &Entry<'_>, look: &Format) -> Written {
    let remarks = looks::remarks(entry).join("。");
    let Some(list) = entry.list.and_then(|list| book.layout.lists.get(list)) else {
        sheet.write_string_with_format(row, NOTE, remarks, look)?;
        return Ok(());
    };
    let place = Place { sheet: list.sheet.clone(), row: super::super::fill::LIST_FIRST, column: 0 };
    let words = format!("逐项填在工作表「{}」(点这里)。{remarks}", list.sheet);
    sheet.write_url_with_options(row, NOTE, link(&place), words, "", Some(look))?;
    Ok(())
}
