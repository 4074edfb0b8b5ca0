//! Everything that a report found, a row each, with the way to the cell.

use rust_xlsxwriter::Worksheet;

use bulou_messages::diagnostic::Lang;
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;
use bulou_report::Report;

use super::super::layout::FINDINGS;
use super::super::marks::{Remark, remarks, written};
use super::{Book, Written, link, looks, text_fits};

/// Headings, and how wide their columns are.
pub(in super::super) const HEADINGS: [(Phrase, u16); 7] = [
    (texts::status_2(), 14),
    (texts::what_checked(), 26),
    (texts::heading_finding(), 60),
    (texts::heading_cell(), 22),
    (texts::what_do(), 40),
    (texts::heading_who(), 14),
    (texts::due_2(), 13),
];

pub(super) fn sheet(book: &Book<'_, '_>, report: &Report<'_>, lang: Lang) -> Written<Worksheet> {
    let mut sheet = Worksheet::new();
    sheet.set_name(FINDINGS.name(book.layout.lang))?.set_active(true);
    let name = if report.subject.name.is_empty() { &report.document.name } else { &report.subject.name };
    let verdict = bulou_report::Status::from(report.verdict).words(lang);
    let params = report.params_changed.words(lang).map(|words| format!(" · {words}")).unwrap_or_default();
    let title = format!("{name} · {verdict} · {}{params}", report.as_of);
    sheet.write_string_with_format(0, 0, title, &book.looks.title)?;
    for (column, (heading, width)) in (0_u16..).zip(HEADINGS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(1, column, heading.get(lang), &book.looks.heading)?;
    }
    for (row, remark) in (2_u32..).zip(remarks(report, lang)) {
        line(book, &mut sheet, row, &remark, lang)?;
    }
    sheet.set_freeze_panes(2, 0)?;
    sheet.set_repeat_rows(0, 1)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(sheet)
}

fn line(book: &Book<'_, '_>, sheet: &mut Worksheet, row: u32, remark: &Remark<'_>, lang: Lang) -> Written {
    let look = &book.looks.value;
    sheet.write_string_with_format(row, 0, written(remark.status, lang), &looks::marked(look, remark.status))?;
    let cells = [(1, remark.title), (2, remark.message), (4, remark.remedy), (5, remark.responsible), (6, remark.due)];
    let width = |column: u16| HEADINGS.get(usize::from(column)).map_or(10.0, |(_, width)| f64::from(*width));
    sheet.set_row_height(row, looks::height(cells.map(|(column, text)| (text, width(column)))))?;
    for (column, text) in cells {
        text_fits(text, remark.title)?;
        sheet.write_string_with_format(row, column, text, look)?;
    }
    let places: Vec<_> = remark.paths.iter().filter_map(|path| book.filled.places.find(path)).collect();
    let mut named: Vec<String> = places.iter().map(|place| place.to_string()).collect();
    named.dedup();
    let shown = named.join(lang.comma()).chars().take(200).collect::<String>();
    match places.first() {
        Some(place) => {
            sheet.write_url_with_options(row, 3, link(place), shown, "", Some(&look.clone().set_hyperlink()))?
        }
        None => sheet.write_string_with_format(row, 3, remark.cell, look)?,
    };
    Ok(())
}
