//! The form: a line for every question, in the pack's order.

use rust_xlsxwriter::{Format, FormatAlign, Worksheet};

use super::super::content::{Holds, show_key};
use super::super::entry::Entry;
use super::super::fill::{FORM_FIRST, FORM_VALUE, LIST_FIRST};
use super::super::layout::FORM;
use super::super::lines::VALUE;
use super::super::place::Place;
use super::{Book, Written, link, looks};
use bulou_messages::texts;

const NOTE: u16 = 2;
const KEY: u16 = 3;
const LABEL_WIDTH: f64 = 34.0;
const VALUE_WIDTH: f64 = 34.0;
const NOTE_WIDTH: f64 = 64.0;

pub(super) fn sheet(book: &Book<'_, '_>) -> Written<Worksheet> {
    let mut sheet = Worksheet::new();
    let lang = book.layout.lang;
    sheet.set_name(FORM.name(lang))?;
    for (column, width) in [(0, LABEL_WIDTH), (FORM_VALUE, VALUE_WIDTH), (NOTE, NOTE_WIDTH), (KEY, 30.0)] {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_column_hidden(KEY)?;
    sheet.write_string_with_format(0, 0, &book.rules.title, &book.looks.title)?;
    sheet.set_row_height(0, 30)?;
    let headings = FORM_FIRST - 1;
    for (column, heading) in [
        (0, texts::item_6().get(lang)),
        (FORM_VALUE, VALUE.0.get(lang)),
        (NOTE, texts::notes().get(lang)),
        (KEY, texts::key_program().get(lang)),
    ] {
        sheet.write_string_with_format(headings, column, heading, &book.looks.heading)?;
    }
    for (row, (entry, content)) in (FORM_FIRST..).zip(&book.filled.lines) {
        let (label, value, note) = looks_of(book, entry);
        let remarks = remarks(book, entry);
        let texts = [(looks::label(entry), LABEL_WIDTH), (content.text(), VALUE_WIDTH), (remarks.clone(), NOTE_WIDTH)];
        sheet.set_row_height(row, looks::height(texts.iter().map(|(text, width)| (text.as_str(), *width))))?;
        sheet.write_string_with_format(row, 0, looks::label(entry), &label)?;
        let place = Place { sheet: FORM.name(lang), row, column: FORM_VALUE };
        book.cell(&mut sheet, &place, entry, content, &value)?;
        match entry.list.and_then(|list| book.layout.lists.get(list)) {
            Some(list) => {
                let there = Place { sheet: list.sheet.clone(), row: LIST_FIRST, column: 0 };
                sheet.write_url_with_options(row, NOTE, link(&there), remarks, "", Some(&note))?
            }
            None => sheet.write_string_with_format(row, NOTE, remarks, &note)?,
        };
        sheet.write_string_with_format(row, KEY, show_key(&entry.key), &book.looks.note)?;
        if let Some(validation) = book.validation(entry)? {
            sheet.add_data_validation(row, FORM_VALUE, row, FORM_VALUE, &validation)?;
        }
    }
    sheet.set_freeze_panes(FORM_FIRST, 1)?;
    sheet.set_repeat_rows(0, headings)?;
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0).set_footer(texts::print_footer().get(lang));
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
        (0, _) => (looks.section.clone(), looks.value.clone().set_align(FormatAlign::Left), looks.note.clone()),
        _ => (
            looks.label.clone().set_indent(indent),
            looks.value.clone().set_align(FormatAlign::Left),
            looks.note.clone(),
        ),
    }
}

/// What is said beside a line; beside a list, the way to its sheet.
fn remarks(book: &Book<'_, '_>, entry: &Entry<'_>) -> String {
    let lang = book.layout.lang;
    let remarks = looks::remarks(entry, lang).join(texts::sentence_end().get(lang));
    match entry.list.and_then(|list| book.layout.lists.get(list)) {
        Some(list) => texts::one_one_sheet_click(&list.sheet, &remarks).get(lang),
        None => remarks,
    }
}
