//! The county's report as an Excel workbook: a sheet a table. Every text is a text, so that no code loses digits and
//! nothing that a school wrote is taken for a formula.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::CountyReport;
use crate::tables::{Cell, Table, tables};
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_report::{Colours, Status};

/// How many rows a sheet may have.
const ROWS: u32 = 1_048_576;
/// How many UTF-16 units a cell may hold, with room to say that there was more.
const UNITS: usize = 32_000;

/// The report as the bytes of an .xlsx file; the same report gives the same bytes.
///
/// # Errors
/// The report does not fit a workbook, or memory.
pub fn workbook(report: &CountyReport, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The day of the check stands for the time at which the file was made, which would differ each time.
    let made = ExcelDateTime::parse_from_str(&report.as_of)?;
    let title = format!("{} {}", report.pack.id, report.pack.version);
    book.set_properties(&DocProperties::new().set_title(title).set_author("bulou").set_creation_datetime(&made));
    let formats = Formats::new();
    for table in tables(report, lang) {
        sheet(book.add_worksheet(), table, &formats, lang)?;
    }
    book.save_to_buffer()
}

fn sheet(sheet: &mut Worksheet, table: Table<'_>, formats: &Formats, lang: Lang) -> Result<(), XlsxError> {
    sheet.set_name(table.title)?.set_landscape().set_paper_size(9).set_repeat_rows(0, 0)?;
    sheet.set_freeze_panes(1, table.names)?;
    let mut columns = 0;
    for (column, (heading, width)) in (0_u16..).zip(&table.columns) {
        sheet.set_column_width(column, *width)?;
        sheet.write_string_with_format(0, column, clip(heading, lang), &formats.heading)?;
        columns = column;
    }
    let (mut last, mut rows, mut unlisted) = (0, table.rows, table.unlisted);
    let room = ROWS.saturating_sub(u32::try_from(unlisted.len()).unwrap_or(ROWS)).saturating_sub(2);
    for (row, cells) in (1..=room).zip(rows.by_ref()) {
        for (column, cell) in (0_u16..).zip(cells) {
            write_cell(sheet, row, column, &cell, formats, lang)?;
        }
        last = row;
    }
    let more = rows.count();
    if more > 0 {
        unlisted.insert(0, texts::more_rows_json_csv(&more).get(lang));
    }
    // Below the rows that can be filtered, so that no filter hides it.
    for (row, words) in (last + 1..ROWS).zip(&unlisted) {
        sheet.write_string(row, 0, clip(words, lang))?;
    }
    sheet.autofilter(0, 0, last, columns)?;
    Ok(())
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    formats: &Formats,
    lang: Lang,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) if text.is_empty() => {}
        Cell::Text(text) => {
            sheet.write_string_with_format(row, column, clip(text, lang), &formats.text)?;
        }
        #[expect(clippy::cast_precision_loss, reason = "counts and days are far below 2^53")]
        Cell::Number(number) => {
            sheet.write_number_with_format(row, column, *number as f64, &formats.number)?;
        }
        Cell::Status(status) => {
            let words = format!("{} {}", status.mark(), status.words(lang));
            sheet.write_string_with_format(row, column, words, formats.of(*status))?;
        }
    }
    Ok(())
}

/// As much of a text as a cell holds, and that there was more.
fn clip(text: &str, lang: Lang) -> String {
    if text.len() <= UNITS {
        return text.to_owned();
    }
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= UNITS
    };
    let kept: String = text.chars().take_while(fits).collect();
    let cut = texts::no_room_cell_rest().get(lang);
    if kept.len() == text.len() { kept } else { kept + cut }
}

/// How cells look. The format `@` keeps a text a text when someone edits the cell.
struct Formats {
    heading: Format,
    text: Format,
    number: Format,
    pass: Format,
    fail: Format,
    pending: Format,
    undetermined: Format,
    hint: Format,
    skipped: Format,
}

impl Formats {
    fn new() -> Self {
        let text = Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
        let status = |status: Status| {
            let Colours { ground, ink } = status.colours();
            let format = Format::new().set_num_format("@").set_align(FormatAlign::Top).set_background_color(ground);
            format.set_font_color(ink).set_border(FormatBorder::Thin).set_border_color(0x00FF_FFFF)
        };
        Self {
            heading: text.clone().set_bold().set_background_color(0x00E6_E6E6).set_border(FormatBorder::Thin),
            number: Format::new().set_num_format("0").set_align(FormatAlign::Top),
            text,
            pass: status(Status::Pass),
            fail: status(Status::Fail),
            pending: status(Status::Pending),
            undetermined: status(Status::Undetermined),
            hint: status(Status::Hint).set_border_color(0),
            skipped: status(Status::NotApplicable),
        }
    }

    fn of(&self, status: Status) -> &Format {
        match status {
            Status::Pass => &self.pass,
            Status::Fail => &self.fail,
            Status::Pending => &self.pending,
            Status::Undetermined => &self.undetermined,
            Status::Hint => &self.hint,
            Status::NotApplicable => &self.skipped,
        }
    }
}
