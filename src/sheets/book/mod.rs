//! A document laid out, as the bytes of a workbook. The same document gives the same bytes.

mod findings;
mod form;
mod introduction;
mod lists;
mod looks;

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime, Format, Formula, Note,
    Url, Workbook, Worksheet, XlsxError,
};

use bulou_base::value::Quotient;
use bulou_document::shape::{Bounds, Tense, When};
use bulou_document::types::Domain;
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_report::Report;

use super::content::{CELL_CHARS, Content, Holds};
use super::entry::Entry;
use super::error::Error;
use super::fill::Filled;
use super::layout::{Layout, OPTIONS, SOME_NONE, YES_NO};
use super::marks::{Mark, Marks};
use super::place::{Place, column_name};
use super::words;
pub(super) use findings::HEADINGS;
use looks::Looks;

impl From<XlsxError> for Error {
    fn from(error: XlsxError) -> Self {
        Self::Excel(error.to_string())
    }
}

type Written<T = ()> = Result<T, Error>;

/// Everything that the sheets are written from.
struct Book<'b, 's> {
    rules: &'b RuleSet,
    layout: &'b Layout<'s>,
    filled: &'b Filled<'s>,
    marks: &'b Marks,
    looks: Looks,
    /// Where the option sets stand on their sheet.
    options: BTreeMap<u16, String>,
    /// Where 是 and 否, 有 and 无 stand.
    yes_no: String,
    some_none: String,
}

/// Writes a workbook; with a report, its findings as well.
pub(super) fn write(
    rules: &RuleSet,
    layout: &Layout<'_>,
    filled: &Filled<'_>,
    marks: &Marks,
    report: Option<(&Report<'_>, Lang)>,
) -> Written<Vec<u8>> {
    let (options_sheet, options, yes_no, some_none) = options(layout)?;
    let book = Book { rules, layout, filled, marks, looks: Looks::new(layout.lang), options, yes_no, some_none };
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(rules)?);
    if let Some((report, lang)) = report {
        workbook.push_worksheet(findings::sheet(&book, report, lang)?);
    }
    workbook.push_worksheet(introduction::sheet(&book)?);
    workbook.push_worksheet(form::sheet(&book)?);
    for index in 0..layout.lists.len() {
        workbook.push_worksheet(lists::sheet(&book, index)?);
    }
    workbook.push_worksheet(options_sheet);
    Ok(workbook.save_to_buffer()?)
}

/// Which pack and version; and a day that is the pack's, for the clock would change the bytes.
fn properties(rules: &RuleSet) -> Written<DocProperties> {
    let created = ExcelDateTime::from_ymd(2022, 1, 1)?;
    Ok(DocProperties::new()
        .set_title(&rules.title)
        .set_author(&rules.publisher)
        .set_creation_datetime(&created)
        .set_custom_property("bulou.pack", format!("{}@{}", rules.pack.id, rules.pack.version))
        .set_custom_property("bulou.pack.sha256", rules.pack.sha256.clone()))
}

/// The hidden sheet of what can be chosen, a column a set, with the range of each.
fn options(layout: &Layout<'_>) -> Written<(Worksheet, BTreeMap<u16, String>, String, String)> {
    let mut sheet = Worksheet::new();
    sheet.set_name(OPTIONS.name(layout.lang))?.set_hidden(true);
    let own = OPTIONS.name(layout.lang);
    let mut ranges = Vec::new();
    let lang = layout.lang;
    let answers = [true, false].map(|value| words::yes_no(value, lang));
    let fixed = [(YES_NO, answers), (SOME_NONE, [words::some(lang), words::none(lang)])];
    let fixed = fixed.map(|(name, options)| (name.name(lang), options.map(str::to_owned).to_vec()));
    let sets = layout.shape.option_sets.iter().map(|set| (set.name.clone(), set.options.clone()));
    for (column, (name, options)) in (0_u16..).zip(fixed.into_iter().chain(sets)) {
        sheet.write_string(0, column, name)?;
        for (row, option) in (1_u32..).zip(&options) {
            text_fits(option, &OPTIONS.name(lang))?;
            sheet.write_string(row, column, option)?;
        }
        let letters = column_name(column);
        ranges.push(format!("='{own}'!${letters}$2:${letters}${}", options.len() + 1));
    }
    let mut ranges = ranges.into_iter();
    let (yes_no, some_none) = (ranges.next().unwrap_or_default(), ranges.next().unwrap_or_default());
    Ok((sheet, (0_u16..).zip(ranges).collect(), yes_no, some_none))
}

fn text_fits(text: &str, label: &str) -> Written {
    if text.encode_utf16().count() <= CELL_CHARS {
        return Ok(());
    }
    let words = texts::too_long_cell_holds(&label, &CELL_CHARS).text();
    Err(Error::Unheld(words))
}

impl Book<'_, '_> {
    /// Writes what a cell holds, and what is said about it.
    fn cell(
        &self,
        sheet: &mut Worksheet,
        place: &Place,
        entry: &Entry<'_>,
        content: &Content,
        look: &Format,
    ) -> Written {
        let (row, column) = (place.row, place.column);
        let mark = self.marks.at(place);
        let look = mark.map_or_else(|| look.clone(), |mark| looks::marked(look, mark.status));
        let look = look.set_num_format(looks::number_format(entry, content));
        match content {
            Content::Blank => {
                sheet.write_blank(row, column, &look)?;
            }
            Content::Text(text) | Content::Error(text) => {
                text_fits(text, &entry.label)?;
                sheet.write_string_with_format(row, column, text, &look)?;
            }
            Content::Number(digits, _) | Content::Counted(digits, _) => {
                sheet.write_number_with_format(row, column, digits.parse::<f64>().unwrap_or_default(), &look)?;
            }
            Content::Bool(value) => {
                sheet.write_boolean_with_format(row, column, *value, &look)?;
            }
            Content::Date(date) => {
                let date = ExcelDateTime::parse_from_str(&date.to_string())?;
                sheet.write_datetime_with_format(row, column, &date, &look)?;
            }
        }
        if let Some(Mark { lines, .. }) = mark {
            sheet.insert_note(row, column, &note(&lines.join("\n")))?;
        }
        Ok(())
    }

    /// What may be chosen or written in cells; spreadsheets warn, the checker judges.
    fn validation(&self, entry: &Entry<'_>) -> Written<Option<DataValidation>> {
        let choice = |range: &str| Some(DataValidation::new().allow_list_formula(Formula::new(range)));
        let validation = match entry.holds {
            Holds::Value(kind) => match kind.domain() {
                Domain::Bool => choice(&self.yes_no),
                Domain::Option(set) => self.options.get(&set).and_then(|range| choice(range)),
                Domain::Whole(bounds) => Some(number(bounds, DataValidation::allow_whole_number_formula)),
                Domain::Decimal(bounds) => Some(number(bounds, DataValidation::allow_decimal_number_formula)),
                Domain::Date(when) => Some(days(when)),
                Domain::Text(_) | Domain::Duration(_) | Domain::Record(_) | Domain::List(_) => None,
            },
            // That there is none is no answer where there has to be one.
            Holds::Listing if entry.least() > 0 => {
                Some(DataValidation::new().allow_list_strings(&[words::some(self.layout.lang)])?)
            }
            Holds::Listing => choice(&self.some_none),
            Holds::Record if entry.field.is_some_and(|field| field.optional) => choice(&self.some_none),
            Holds::Record | Holds::Ordinal | Holds::Anything => None,
        };
        let warn = |validation: DataValidation| -> Written<DataValidation> {
            Ok(validation
                .set_error_style(DataValidationErrorStyle::Warning)
                .set_error_title(texts::look_again().get(self.layout.lang))?
                .set_error_message(looks::expected(entry, self.layout.lang))?)
        };
        validation.map(warn).transpose()
    }
}

/// Numbers within bounds. They are formulas, for a rule in numbers has no room for large ones.
fn number(bounds: &Bounds, allow: fn(DataValidation, DataValidationRule<Formula>) -> DataValidation) -> DataValidation {
    let end = |end: Option<Quotient>, otherwise: i64| {
        let end = end.map_or(otherwise as f64, |end| *end.numer() as f64 / *end.denom() as f64);
        Formula::new(format!("={end}"))
    };
    allow(DataValidation::new(), DataValidationRule::Between(end(bounds.min, -FAR), end(bounds.max, FAR)))
}

/// Digits that a cell's number keeps.
const FAR: i64 = 999_999_999_999_999;

/// Days: what has happened has happened by the day on which it is filled in.
fn days(when: &When) -> DataValidation {
    let last = if when.tense == Tense::Happened { "=TODAY()" } else { "=DATE(2100,12,31)" };
    let rule = DataValidationRule::Between(Formula::new("=DATE(1950,1,1)"), Formula::new(last));
    DataValidation::new().allow_date_formula(rule)
}

/// A note that is large enough for its text.
fn note(text: &str) -> Note {
    let lines: usize = text.lines().map(|line| 1 + unicode_width::UnicodeWidthStr::width(line) / 40).sum();
    let height = u32::try_from(lines.clamp(2, 30)).unwrap_or(30) * 20 + 10;
    let text: String = text.chars().take(2000).collect();
    Note::new(text).add_author_prefix(false).set_width(320).set_height(height)
}

/// The note on the heading of a list's column.
pub(super) fn remarks(entry: &Entry<'_>, lang: Lang) -> String {
    looks::remarks(entry, lang).join("\n")
}

/// A link to a cell of the workbook.
fn link(place: &Place) -> Url {
    Url::new(format!("internal:'{}'!{}{}", place.sheet.replace('\'', "''"), column_name(place.column), place.row + 1))
}
