//! The one door for every kind of document: JSON in UTF-8 or GB18030, a workbook, a table as text.

use std::borrow::Cow;

use bulou_base::source::Lines;
use bulou_document::encoding::{Encoding, sniff};
use bulou_document::file_kind::foreign;
use bulou_document::places::places;
use bulou_document::problem;
use bulou_eval::Checker;
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::texts;
use bulou_report::{Problem, Report, Verdict};

/// Decodes bytes in GB18030; it is the caller's, for only the caller has a table.
pub type Gb18030<'d> = &'d dyn Fn(&[u8]) -> Option<String>;

/// A document's text, and what is to be said of how it was had.
#[derive(Debug, Default)]
pub struct Decoded<'b> {
    /// In UTF-8, as far as the bytes could be decoded.
    pub utf8: Cow<'b, [u8]>,
    /// What the report says of it.
    pub notices: Vec<Problem>,
    /// Nothing could be read, for the reason among the notices.
    refused: bool,
    /// The cells of its values, when it is a workbook.
    #[cfg(feature = "xlsx")]
    places: Option<bulou_sheets::Places>,
}

impl Decoded<'_> {
    /// Checks it; `bytes` are those that it was read from.
    pub fn check<'r>(&self, checker: &mut Checker<'r>, name: &str, bytes: &[u8]) -> Report<'r> {
        let (report, readable) = self.unnamed(checker, name, bytes);
        self.named(if readable { checker.judged(report) } else { report })
    }

    /// The same as of its own day, where it has one before the checker's.
    pub fn check_on_own_day<'r>(&self, checker: &mut Checker<'r>, name: &str, bytes: &[u8]) -> Report<'r> {
        let (mut report, readable) = self.unnamed(checker, name, bytes);
        if !readable {
            return self.named(report);
        }
        let own = checker.document_day().filter(|day| *day < report.as_of);
        let today = own.map(|day| checker.set_today(day));
        if today.is_some() {
            // What its dates are depends on the day.
            report = self.unnamed(checker, name, bytes).0;
        }
        let report = self.named(checker.judged(report));
        if let Some(today) = today {
            checker.set_today(today);
        }
        report
    }

    /// Reads it and judges nothing yet, as [`Checker::read`] does.
    pub fn read<'r>(&self, checker: &mut Checker<'r>, name: &str, bytes: &[u8]) -> (Report<'r>, bool) {
        let (report, readable) = self.unnamed(checker, name, bytes);
        (self.named(report), readable)
    }

    /// A report of it with one more problem, which has its place by its path: before all others, for lists are cut, and no
    /// document with a problem is compliant.
    #[must_use]
    pub fn with<'r>(&self, mut report: Report<'r>, mut problem: Problem) -> Report<'r> {
        let text = String::from_utf8_lossy(&self.utf8);
        let offset = places(&text, [problem.path.as_str()]).into_values().next().unwrap_or_default();
        (problem.line, problem.column) = Lines::of(&text).position(&text, offset);
        report.structure.insert(0, problem);
        report.verdict = report.verdict.max(Verdict::Undetermined);
        self.named(report)
    }

    fn unnamed<'r>(&self, checker: &mut Checker<'r>, name: &str, bytes: &[u8]) -> (Report<'r>, bool) {
        let notices = self.notices.clone();
        if self.refused {
            return (checker.refused(name, bytes, notices), false);
        }
        checker.read(name, bytes, &self.utf8, notices)
    }

    /// With the cells of a workbook beside its problems and findings.
    fn named<'r>(&self, report: Report<'r>) -> Report<'r> {
        #[cfg(feature = "xlsx")]
        if let Some(places) = &self.places {
            return places.named_in(report);
        }
        report
    }
}

/// The text of a document in UTF-8, or in GB18030 with a notice; with the feature `xlsx` of a workbook, too, which is then
/// parsed here: see [`of_sheets`].
pub fn decoded<'b>(rules: &RuleSet, bytes: &'b [u8], lang: Lang, gb18030: Gb18030<'_>) -> Decoded<'b> {
    #[cfg(feature = "xlsx")]
    if bulou_sheets::is_workbook(bytes) {
        return of_sheets(rules, &bulou_sheets::sheets(bytes), lang);
    }
    #[cfg(not(feature = "xlsx"))]
    let _ = rules;
    let text = if foreign(bytes).is_none() && sniff(bytes) == Encoding::Gb18030 { gb18030(bytes) } else { None };
    let Some(text) = text else { return Decoded { utf8: Cow::Borrowed(bytes), ..Decoded::default() } };
    let words = texts::file_encoded_gb18030_read().text();
    let mut notice = problem(ProblemCode::Gb18030, &words, lang);
    notice.notice = true;
    Decoded { utf8: Cow::Owned(text.into_bytes()), notices: vec![notice], ..Decoded::default() }
}

/// The same where the file's name may say that it is a table as text.
pub fn named<'b>(rules: &RuleSet, name: &str, bytes: &'b [u8], lang: Lang, gb18030: Gb18030<'_>) -> Decoded<'b> {
    #[cfg(feature = "xlsx")]
    if let Some(table) = of_table(rules, name, bytes, lang, gb18030) {
        return table;
    }
    #[cfg(not(feature = "xlsx"))]
    let _ = name;
    decoded(rules, bytes, lang, gb18030)
}

/// A table as text by its file's name: one sheet, called as the file is. `None` for any other file.
#[cfg(feature = "xlsx")]
pub fn of_table<'b>(
    rules: &RuleSet,
    name: &str,
    bytes: &[u8],
    lang: Lang,
    gb18030: Gb18030<'_>,
) -> Option<Decoded<'b>> {
    let sheet = sheet_of_table(name, bytes)?;
    let Some(text) = text_of_table(rules, bytes, gb18030) else {
        let words = texts::encoding_table_cannot_told().text();
        return Some(Decoded {
            notices: vec![problem(ProblemCode::NotUtf8, &words, lang)],
            refused: true,
            ..Decoded::default()
        });
    };
    Some(of_sheets(rules, &bulou_sheets::of_csv(&sheet, &text), lang))
}

/// What the sheet of a table as text is called, whose file's name says that it is one. `None` for any other file.
#[cfg(feature = "xlsx")]
pub(crate) fn sheet_of_table<'n>(name: &'n str, bytes: &[u8]) -> Option<Cow<'n, str>> {
    let path = std::path::Path::new(name);
    let is_table = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    (is_table && !bulou_sheets::is_workbook(bytes)).then(|| path.file_stem().unwrap_or_default().to_string_lossy())
}

/// A table's text. What is neither UTF-8 nor UTF-16 with its mark is GB18030 where it has a word of the form then: bytes of
/// other encodings are GB18030 as often as not, and damaged UTF-8 too.
#[cfg(feature = "xlsx")]
pub(crate) fn text_of_table<'b>(rules: &RuleSet, bytes: &'b [u8], gb18030: Gb18030<'_>) -> Option<Cow<'b, str>> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        // UTF-16 of ASCII alone is UTF-8 as well.
        return (!text.contains('\0')).then_some(Cow::Borrowed(text));
    }
    if let Some(text) = bulou_document::encoding::utf16(bytes) {
        return (!text.contains('\0')).then_some(Cow::Owned(text));
    }
    let text = gb18030(bytes)?;
    let known = |name: &str| !name.is_ascii() && text.contains(name);
    let tables = 0..rules.shape.tables.len();
    let mut fields =
        tables.filter_map(|table| rules.shape.records(u16::try_from(table).ok()?)).flat_map(|one| &one.fields);
    let fits = !text.contains(['\u{FFFD}', '\0']) && fields.any(|field| known(&field.name) || known(&field.label));
    fits.then_some(Cow::Owned(text))
}

/// The same of a workbook whose sheets were read before, where that could be stopped: see [`bulou_sheets::sheets`].
#[cfg(feature = "xlsx")]
#[must_use]
pub fn of_sheets<'b>(
    rules: &RuleSet,
    sheets: &Result<bulou_sheets::Sheets, bulou_sheets::Refusal>,
    lang: Lang,
) -> Decoded<'b> {
    match bulou_sheets::read_sheets(rules, sheets, lang) {
        Ok(reading) => Decoded {
            utf8: Cow::Owned(reading.text.into_bytes()),
            notices: reading.problems,
            places: Some(reading.places),
            ..Decoded::default()
        },
        Err(problem) => Decoded { notices: vec![problem], refused: true, ..Decoded::default() },
    }
}

/// Checks a document in any encoding that can be told.
pub fn check_any_encoding<'r>(
    checker: &mut Checker<'r>,
    name: &str,
    bytes: &[u8],
    lang: Lang,
    gb18030: Gb18030<'_>,
) -> Report<'r> {
    decoded(checker.rules(), bytes, lang, gb18030).check(checker, name, bytes)
}
