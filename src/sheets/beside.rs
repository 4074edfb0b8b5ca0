//! What a workbook says beside its cells: words on drawings, remarks, margins, pictures, files in the file. None of it is
//! read, and whoever wrote it there may think that it counts; so it is told.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use bulou_base::sanitize::shortened;
use bulou_document::normalize::is_blank;
use bulou_messages::diagnostic::LocalizedText;
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
/// What to do about a cell that shows something else.
const FORMAT: (&str, &str) = (
    "按里面的值读取:请把这一格的格式改成常规(日期改成 yyyy-mm-dd,编号改成文本),看清里面的值,不对就改",
    "and what it holds was read: give it the format General (yyyy-mm-dd for a date, Text for a code), look at the value, and mend it",
);
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

    fn code(&self) -> &'static str {
        match self.what {
            What::Stale => "D045",
            What::Formula => "D047",
            _ => "D052",
        }
    }

    /// About a cell that was read, and of which something else is seen, or nothing.
    fn cell_words(&self, count: usize) -> Option<LocalizedText> {
        let format = quoted(&self.text);
        let (what_zh, what_en, do_zh, do_en) = match self.what {
            What::Format => (
                format!("显示的与里面的值不同(数字格式 `{format}`)"),
                format!("shows something else than it holds (the number format is `{format}`)"),
                FORMAT.0,
                FORMAT.1,
            ),
            What::Shown => ("显示的与里面的值不同".into(), "shows something else than it holds".into(), FORMAT.0, FORMAT.1),
            What::Restyled => (
                "设了条件格式,条件成立时换一种数字格式,显示的可能与里面的值不同".into(),
                "has another number format on a condition, and may then show something else than it holds".into(),
                "按里面的值读取:请从条件格式的样式里去掉数字格式,看清里面的值,不对就改",
                "and what it holds was read: take the number format out of the condition's style, look at the value, and mend it",
            ),
            What::Unshown => (
                "有值却不显示(工作表设了不显示零值或只显示公式,或者条件格式只显示图标、数据条)".into(),
                "holds a value that is not shown (the sheet hides zeros or shows formulas, or a condition shows icons or bars alone)"
                    .into(),
                "按里面的值读取:请取消这个设置,看清里面的值,不对就改",
                "and what it holds was read: undo that, look at the value, and mend it",
            ),
            What::Covered => (
                "被合并单元格盖住,里面的内容看不见".into(),
                "lies under a merged range, and what it holds is not seen".into(),
                "请取消合并,要算数的留下,不要的清除",
                "unmerge the cells, keep what counts, and clear the rest",
            ),
            What::Formula => (
                "是公式".into(),
                "holds a formula".into(),
                "按保存时算出的结果读取:请打开核对结果,再保存",
                "and the answer that was saved was read: open the workbook, check it, and save",
            ),
            What::Stale => (
                "是公式,而这个工作簿到打开时才计算,文件里存的结果不一定是看到的".into(),
                "holds a formula, and this workbook works its formulas out when it is opened: the answer in the file need not be what is seen"
                    .into(),
                "请用 Excel 或 WPS 打开,核对结果,保存后再交,或直接填写内容",
                "open it in Excel, check the answer and save it, or write the value itself",
            ),
            _ => return None,
        };
        let (all_zh, all_en) = match count {
            0 | 1 => (String::new(), String::new()),
            count => (format!(",同样的共 {count} 格"), format!(", and so do {} more", count - 1)),
        };
        let (cell_zh, cell_en) = if self.at.is_some() { ("这一格", "the cell") } else { ("有的格", "a cell") };
        Some(
            texts::cell_what_all_do(
                &Each(&cell_zh, &cell_en),
                &Each(&what_zh, &what_en),
                &Each(&all_zh, &all_en),
                &Each(&do_zh, &do_en),
            )
            .text(),
        )
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
        let (in_zh, in_en) = match (is_sheet, place.is_empty()) {
            (_, true) => ("这个工作簿里有".to_owned(), "the workbook has".to_owned()),
            (true, _) => (format!("工作表「{place}」上有"), format!("the sheet `{place}` has")),
            (false, _) => (format!("工作簿里的部件「{place}」是"), format!("the workbook's part `{place}` is")),
        };
        let (says_zh, says_en) = match quoted.is_empty() {
            true => (String::new(), String::new()),
            false => (format!(",写着「{quoted}」"), format!(", saying `{quoted}`")),
        };
        let (all_zh, all_en) = match count {
            0 | 1 => (String::new(), String::new()),
            count => (format!(",同样的共 {count} 处"), format!(", and {} more of the kind", count - 1)),
        };
        texts::not_read_fill_cells(&Each(&in_zh, &in_en), &said, &Each(&says_zh, &says_en), &Each(&all_zh, &all_en))
            .text()
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
