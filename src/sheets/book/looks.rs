//! How cells look: plain, with room to write, legible in print and on an old screen.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatPattern};
use unicode_width::UnicodeWidthStr as _;

use bulou_document::shape::{Kind, Notes};
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_report::{Colours, Status};

use super::super::content::{Content, Holds};
use super::super::entry::Entry;

/// Colours of headings, sections and cells to fill in.
const HEADING: Color = Color::RGB(0x1F_4E_5F);
const SECTION: Color = Color::RGB(0xDC_E9_EC);
const LINE: Color = Color::RGB(0xA6_B4_B8);
const QUIET: Color = Color::RGB(0x55_5F_63);
/// The font of Chinese Windows since Vista; others fall back.
const FONT: (&str, &str) = ("微软雅黑", "Calibri");

/// The formats that sheets share.
pub(super) struct Looks {
    pub title: Format,
    pub heading: Format,
    pub section: Format,
    pub label: Format,
    pub value: Format,
    pub note: Format,
    pub text: Format,
    pub link: Format,
}

impl Looks {
    pub fn new(lang: Lang) -> Self {
        let base = Format::new()
            .set_font_name(lang.pick(FONT.0, FONT.1))
            .set_font_size(11)
            .set_align(FormatAlign::VerticalCenter);
        let boxed = base.clone().set_border(FormatBorder::Thin).set_border_color(LINE).set_text_wrap();
        Self {
            title: base.clone().set_bold().set_font_size(16),
            heading: boxed
                .clone()
                .set_bold()
                .set_font_color(Color::White)
                .set_background_color(HEADING)
                .set_align(FormatAlign::Center),
            section: boxed.clone().set_bold().set_background_color(SECTION),
            label: boxed.clone(),
            note: boxed.clone().set_font_color(QUIET).set_font_size(10),
            value: boxed,
            text: base.clone().set_text_wrap(),
            link: base.set_hyperlink(),
        }
    }
}

/// A cell with a finding: the status's colours, which its note says in words.
pub(super) fn marked(look: &Format, status: Status) -> Format {
    if matches!(status, Status::Hint | Status::NotApplicable) {
        let hatched = look.clone().set_pattern(FormatPattern::LightUp);
        return hatched.set_foreground_color(LINE).set_background_color(Color::White);
    }
    let Colours { ground, ink } = status.colours();
    // By the name that the other formats have it by: of one colour there is one font.
    let ink = if ink == Colours::WHITE { Color::White } else { Color::Black };
    look.clone().set_background_color(Color::RGB(ground)).set_font_color(ink)
}

/// Dates as dates, codes and texts as texts: a spreadsheet must not make numbers of them.
pub(super) fn number_format(entry: &Entry<'_>, content: &Content) -> &'static str {
    match (content, entry.holds) {
        (Content::Date(_), _) => "yyyy-mm-dd",
        (Content::Number(..) | Content::Bool(_), _) => "General",
        (Content::Blank, Holds::Value(kind)) => kind.blank_cell(),
        _ => "@",
    }
}

/// What kind of answer a cell wants; empty when that is plain.
pub(super) fn expected(entry: &Entry<'_>, lang: Lang) -> String {
    let least = entry.least();
    let words = match entry.holds {
        Holds::Value(Kind::List(_)) if least > 0 => {
            return texts::least_commas_between_them(&least).get(lang);
        }
        Holds::Value(kind) => return kind.guidance(lang),
        Holds::Listing if least > 0 => {
            return texts::choose_some_fill_least(&least).get(lang);
        }
        Holds::Listing => texts::choose_some_none_looked().get(lang),
        Holds::Record => texts::choose_some_fill_follows().get(lang),
        Holds::Ordinal | Holds::Anything => "",
    };
    words.to_owned()
}

/// What is said beside an entry: what it means, an example, what it wants, whether it may stay blank.
pub(super) fn remarks(entry: &Entry<'_>, lang: Lang) -> Vec<String> {
    let notes = entry.field.map(|field| &field.notes);
    let hint = notes.and_then(Notes::guidance);
    let example = notes.and_then(|notes| notes.example.as_ref()).map(|example| texts::such(&example).get(lang));
    let vouched = notes.and_then(|notes| notes.vouched.as_ref()).map(|who| texts::filled_2(&who).get(lang));
    let wanted = if entry.is_record() && !entry.field.is_some_and(|field| field.optional) {
        String::new()
    } else {
        expected(entry, lang)
    };
    let may_be =
        entry.field.map(|field| field.may_be.join(texts::between_quoted().get(lang))).filter(|words| !words.is_empty());
    let may_be = may_be.map(|words| texts::may_no_more_than(&words).get(lang));
    let optional = entry.field.is_some_and(|field| field.optional).then(|| texts::optional().get(lang).to_owned());
    let all = [hint, Some(wanted), may_be, example, vouched, optional];
    all.into_iter().flatten().filter(|text| !text.is_empty()).collect()
}

/// A label with the mark of what must be filled in.
pub(super) fn label(entry: &Entry<'_>) -> String {
    let asked = entry.field.is_some_and(|field| !field.optional) && !entry.is_record();
    format!("{}{}", entry.label, if asked { " *" } else { "" })
}

/// How wide a column of a list is, in characters.
pub(super) fn width(entry: &Entry<'_>) -> f64 {
    let content: u16 = match entry.holds {
        Holds::Value(kind) => kind.width(),
        Holds::Listing | Holds::Record => 10,
        Holds::Anything => 30,
        Holds::Ordinal => 8,
    };
    let label = u16::try_from(label(entry).width() + 2).unwrap_or(u16::MAX).min(26);
    f64::from(content.max(label))
}

/// How tall a row is that shows these texts in columns of these widths; spreadsheets do not measure it themselves.
pub(super) fn height<'t>(cells: impl IntoIterator<Item = (&'t str, f64)>) -> f64 {
    // A row of Excel is at most 409 points tall.
    let lines = |(text, width): (&str, f64)| -> f64 {
        text.lines()
            .map(|line| (f64::from(u16::try_from(line.width()).unwrap_or(u16::MAX)) * 1.1 / width).ceil().max(1.0))
            .sum()
    };
    (cells.into_iter().map(lines).fold(1.0, f64::max) * 17.0 + 4.0).min(400.0)
}
