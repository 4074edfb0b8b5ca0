//! What a workbook says beside its cells: words on drawings, remarks, margins, pictures, files in the file. None of it is
//! read, and whoever wrote it there may think that it counts; so it is told.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use bulou_base::sanitize::shortened;
use bulou_document::normalize::is_blank;
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::sentence::Each;
use bulou_messages::texts;

use super::book;
use super::grid::Grid;
use super::layout::Layout;
use super::left::CODE;
use super::marks::is_mark;
use super::place::Place;
use super::read::Reader;

/// What it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(super) enum What {
    /// A text box, a shape or a chart with words on it.
    Drawing,
    /// A remark on a cell.
    Comment,
    /// The head or the foot of printed pages.
    Margin,
    Picture,
    /// A file in the file.
    Embedded,
    /// A sheet that the workbook does not name.
    Unlisted,
    /// A cell whose number format shows something else than it holds.
    Format,
    /// The unit in which a cell shows its number: what that says depends on the field, and it is kept with the cell.
    Unit,
    /// A cell that shows something else than it holds, as the file writes it.
    Shown,
    /// A cell that has another number format on a condition, which cannot be followed.
    Restyled,
    /// A cell of which the sheet shows nothing, or a picture.
    Unshown,
    /// A cell under a merged range.
    Covered,
    /// A formula, of which the answer was read that was saved.
    Formula,
    /// A formula whose answer is worked out when the workbook is opened.
    Stale,
    /// A hint that comes when somebody points at a cell, or fills it in.
    Hint,
    /// A value that takes the place of a cell's when somebody asks for it.
    Scenario,
    /// Words that a name stands for.
    Name,
    /// Data that no sheet shows.
    Data,
    /// What was taken from another workbook.
    Link,
    /// Whatever it is, for nobody can look in a file of this format.
    Unseen,
}

/// Something beside the cells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Beside {
    pub what: What,
    /// The sheet, or the part where none is known.
    pub sheet: String,
    pub at: Option<(u32, u32)>,
    pub text: String,
}

/// So many characters of a text are kept: more than a template's own remark has.
const KEPT: usize = 2000;
/// So many are quoted, and so many digits together are not: they may be somebody's.
const QUOTED: usize = 16;
/// Words around the numbers of pages.
const OF_PAGES: [&str; 5] = ["Page", "of", "第", "页", "共"];

impl Beside {
    pub fn new(what: What, sheet: String, at: Option<(u32, u32)>, text: &str) -> Self {
        Self { what, sheet, at, text: text.trim().chars().take(KEPT).collect() }
    }

    /// Whether it says nothing that somebody wrote.
    pub fn is_nothing(&self) -> bool {
        match self.what {
            What::Margin => is_of_pages(&self.text),
            What::Drawing | What::Comment | What::Data => is_blank(&self.text),
            _ => false,
        }
    }

    fn is_fault(&self) -> bool {
        match self.what {
            What::Embedded | What::Unlisted => true,
            What::Format | What::Shown | What::Restyled | What::Unshown | What::Covered | What::Stale => true,
            What::Drawing
            | What::Comment
            | What::Margin
            | What::Picture
            | What::Unit
            | What::Formula
            | What::Hint
            | What::Scenario
            | What::Name
            | What::Data
            | What::Link
            | What::Unseen => false,
        }
    }

    fn code(&self) -> ProblemCode {
        match self.what {
            What::Stale => ProblemCode::Formula,
            What::Formula => ProblemCode::DoubtfulReading,
            _ => ProblemCode::UnreadCells,
        }
    }

    /// About a cell that was read, and of which something else is seen, or nothing.
    fn cell_words(&self, count: usize) -> Option<LocalizedText> {
        let (what, mend) = match self.what {
            What::Format => {
                (texts::shows_else_number_format(&quoted(&self.text)).text(), texts::read_value_general_format())
            }
            What::Shown => (texts::shows_something_else_holds().text(), texts::read_value_general_format()),
            What::Restyled => (texts::another_format_condition_may().text(), texts::take_format_out_condition()),
            What::Unshown => (texts::holds_value_not_shown().text(), texts::undo_look_value_mend()),
            What::Covered => (texts::lies_under_merged_range().text(), texts::unmerge_cells_keep_clear()),
            What::Formula => (texts::holds_formula().text(), texts::answer_saved_read_check()),
            What::Stale => (texts::holds_formula_worked_opened().text(), texts::open_excel_check_save()),
            _ => return None,
        };
        let all = match count {
            0 | 1 => LocalizedText::default(),
            count => texts::so_do_more_cells(&Each(&count, &(count - 1))).text(),
        };
        let cell = if self.at.is_some() { texts::the_cell() } else { texts::a_cell() };
        Some(texts::cell_what_all_do(&cell, &what, &all, &mend).text())
    }

    fn words(&self, is_sheet: bool, count: usize) -> LocalizedText {
        if let Some(words) = self.cell_words(count) {
            return words;
        }
        let (place, quoted) = (shortened(&self.sheet), quoted(&self.text));
        let said = match self.what {
            What::Drawing => texts::words_text_box_shape(),
            What::Comment => texts::remark_cell(),
            What::Margin => texts::words_head_foot_pages(),
            What::Picture => texts::picture(),
            What::Hint => texts::hint_cell(),
            What::Scenario => texts::value_scenario(),
            What::Name => texts::words_under_defined_name(),
            What::Data => texts::data_no_sheet_shows(),
            What::Link => texts::reference_another_workbook(),
            What::Embedded => texts::embedded_file(),
            What::Unlisted => texts::sheet_workbook_does_not(),
            _ => return unseen_words(),
        };
        let within = match (is_sheet, place.is_empty()) {
            (_, true) => texts::workbook_has().text(),
            (true, _) => texts::sheet_has(&place).text(),
            (false, _) => texts::workbooks_part_is(&place).text(),
        };
        let says = match quoted.is_empty() {
            true => LocalizedText::default(),
            false => texts::saying_quoted(&quoted).text(),
        };
        let all = match count {
            0 | 1 => LocalizedText::default(),
            count => texts::more_of_kind(&Each(&count, &(count - 1))).text(),
        };
        texts::not_read_fill_cells(&within, &said, &says, &all).text()
    }
}

fn unseen_words() -> LocalizedText {
    texts::workbook_old_binary_format().text()
}

/// The first words of a text; digits of which there are many may be what nobody may repeat.
fn quoted(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c: char| c.is_ascii_digit() != first.is_ascii_digit()).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        shown.push_str(if first.is_ascii_digit() && run.len() >= CODE { "…" } else { run });
        rest = after;
    }
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    match shown.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}…", shown.get(..end).unwrap_or_default()),
        None => shown,
    }
}

/// Whether words in a margin only count pages.
fn is_of_pages(text: &str) -> bool {
    let words = OF_PAGES.iter().fold(text.to_owned(), |text, word| text.replace(word, ""));
    !words.chars().any(char::is_alphabetic)
}

/// Tells what stands beside the cells: a kind once, but each fault by what it is.
pub(super) fn tell(reader: &mut Reader<'_, '_>, grids: &[Grid], beside: &[Beside]) {
    let own = own(reader.layout);
    let mut told: Vec<(&Beside, usize)> = Vec::new();
    let mut known: HashMap<(What, &str, &str), usize> = HashMap::new();
    for one in beside.iter().filter(|one| !(one.what == What::Comment && is_own(&own, &one.text))) {
        let which = if one.is_fault() { (one.sheet.as_str(), one.text.as_str()) } else { ("", "") };
        let at = *known.entry((one.what, which.0, which.1)).or_insert(told.len());
        match told.get_mut(at) {
            Some((_, count)) => *count += 1,
            None => told.push((one, 1)),
        }
    }
    let sheets: HashSet<&str> = grids.iter().map(|grid| grid.name.as_str()).collect();
    for (one, count) in told {
        let is_sheet = sheets.contains(one.sheet.as_str());
        let words = one.words(is_sheet, count);
        let (row, column) = one.at.unwrap_or_default();
        let column = u16::try_from(column).unwrap_or(u16::MAX);
        if is_sheet {
            reader.tell(&Place { sheet: one.sheet.clone(), row, column }, one.code(), !one.is_fault(), &words);
        } else {
            reader.tell_whole(one.code(), !one.is_fault(), &words);
        }
    }
}

/// The remarks that the template has on its headings, without blanks.
fn own(layout: &Layout<'_>) -> Vec<String> {
    let columns = layout.lists.iter().flat_map(|list| &list.columns);
    columns.map(|entry| letters(&book::remarks(entry, layout.lang))).collect()
}

/// Whether a remark is the template's, or what was found at a cell of a checked workbook. Programs write its author before
/// it.
fn is_own(own: &[String], text: &str) -> bool {
    let said = letters(text);
    own.iter().any(|own| !own.is_empty() && said.ends_with(own.as_str())) || text.lines().any(is_mark)
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
