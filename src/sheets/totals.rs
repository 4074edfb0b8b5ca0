//! Rows of sums: no elements, and what they say has to agree with the rows that they sum.

use std::collections::{BTreeMap, BTreeSet};

use bulou_document::typed::plain;
use bulou_document::types::{Domain, Kind};
use bulou_messages::diagnostic::LocalizedText;

use super::content::{Content, Holds};
use super::entry::{Entry, bare};
use super::grid::Grid;
use super::read::{Reader, place};

/// What a row of sums is called.
const TOTALS: [&str; 9] = ["合计", "总计", "小计", "共计", "总数", "合计数", "total", "subtotal", "sum"];

/// Other words of such rows. What is called so and says nothing but numbers is likely to be one; who knows?
const LIKELY: [&str; 16] = [
    "合计", "总计", "小计", "累计", "共计", "合計", "總計", "小計", "累計", "总和", "总额", "总数", "汇总", "平均",
    "total", "average",
];

/// What a row is called.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Called {
    /// A row of sums.
    Total,
    /// What may be one: `本页合计`, `合计3项`, `共2所`.
    Likely,
    Element,
}

/// A column of numbers: what the elements before the first row of sums come to, those before the second, and so on.
struct Column {
    parts: Vec<f64>,
    /// A cell of it is no number.
    unknown: bool,
}

/// The rows of sums: they are called so, and all else in them is numbers, of a column of numbers or how many elements stand
/// above. None of them is an element; a row that has a code of its own is one, whatever it is called.
pub(super) fn totals(
    reader: &mut Reader<'_, '_>,
    grid: &Grid,
    columns: &[(u32, Entry<'_>)],
    headings: u32,
) -> BTreeSet<u32> {
    let is_number = |kind: &Kind| matches!(kind.domain(), Domain::Whole(_) | Domain::Decimal(_));
    let (mut of_words, mut numbers) = (BTreeSet::new(), BTreeMap::new());
    for (column, entry) in columns {
        match &entry.holds {
            Holds::Value(kind) if is_number(kind) => {
                drop(numbers.insert(*column, Column { parts: vec![0.0], unknown: false }));
            }
            Holds::Value(_) => drop(of_words.insert(*column)),
            _ => {}
        }
    }
    let (mut totals, mut likely, mut elements) = (Vec::new(), Vec::new(), 0_u32);
    for row in grid.rows().into_iter().filter(|row| *row > headings) {
        let mut filled = grid.row(row).filter(|(_, content)| !content.is_blank());
        let Some((_, first)) = filled.next() else { continue };
        let called = called(first);
        let others: Vec<(u32, &Content)> = if called == Called::Element { Vec::new() } else { filled.collect() };
        let is_sum = |(column, content): &(u32, &Content)| {
            number(content).is_some_and(|number| !of_words.contains(column) || number == f64::from(elements))
        };
        match called {
            Called::Total if others.iter().all(is_sum) => {
                totals.push(row);
                numbers.values_mut().for_each(|column| column.parts.push(0.0));
            }
            Called::Total | Called::Likely if others.iter().all(|(_, content)| is_counted(content)) => likely.push(row),
            _ => {
                elements += 1;
                add(grid, row, &mut numbers);
            }
        }
    }
    for (at, row) in totals.iter().enumerate() {
        unread(reader, grid, *row, true);
        for (column, entry) in columns {
            let Some(numbers) = numbers.get(column).filter(|numbers| !numbers.unknown) else { continue };
            let says = number(grid.cell(*row, *column));
            if let Some(says) = says.filter(|says| !numbers.agree(at, *says)) {
                contradicts(reader, grid, (*row, *column), says, entry.may_be_told());
            }
        }
    }
    likely.iter().for_each(|row| unread(reader, grid, *row, false));
    totals.into_iter().chain(likely).collect()
}

impl Column {
    /// Whether a row of sums, the one of that number, says the sum of what stands before it, after it, around it, or between it and
    /// the next one on either side.
    fn agree(&self, at: usize, says: f64) -> bool {
        let sum = |from: usize, to: usize| self.parts.get(from..to).into_iter().flatten().sum::<f64>();
        let last = self.parts.len();
        let sums = [sum(0, at + 1), sum(at, at + 1), sum(at + 1, at + 2), sum(at + 1, last), sum(0, last)];
        sums.iter().any(|sum| is_close(says, *sum))
    }
}

fn number(content: &Content) -> Option<f64> {
    plain(&content.text()).parse().ok()
}

/// A number, whatever is counted: `1670人`, `约3次`.
fn is_counted(content: &Content) -> bool {
    let text = plain(&content.text());
    let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit() && c != '-').trim_start_matches('-');
    let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit() || ".,".contains(c));
    rest.len() < digits.len() && text.chars().count() - digits.chars().count() <= 2 && rest.chars().count() <= 3
}

fn called(content: &Content) -> Called {
    if !matches!(content, Content::Text(_)) {
        return Called::Element;
    }
    let text = bare(&content.text()).to_lowercase();
    let around: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    // A number of things: `共2所`.
    let is_count = around.strip_prefix('共').is_some_and(|rest| {
        let things = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十百千".contains(c));
        things.chars().count() <= 2 && rest.chars().count() > 1
    });
    let letters = around.chars().filter(|c| !c.is_ascii_digit()).count();
    let is_likely = || LIKELY.iter().any(|word| around.contains(word) && letters - word.chars().count() <= 6);
    match text.as_str() {
        text if TOTALS.contains(&text) => Called::Total,
        _ if is_count || is_likely() => Called::Likely,
        _ => Called::Element,
    }
}

/// Adds an element's numbers.
fn add(grid: &Grid, row: u32, numbers: &mut BTreeMap<u32, Column>) {
    for (column, numbers) in numbers {
        let content = grid.cell(row, *column);
        match (number(content), numbers.parts.last_mut()) {
            (Some(number), Some(part)) => *part += number,
            _ => numbers.unknown |= !content.is_blank(),
        }
    }
}

/// Sums of decimals are not exact.
fn is_close(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1.0)
}

/// Tells that a sum is not that of the elements: one was left out, or a number was changed.
fn contradicts(reader: &mut Reader<'_, '_>, grid: &Grid, (row, column): (u32, u32), says: f64, may_be_told: bool) {
    let says = if may_be_told { format!(" {says}") } else { String::new() };
    let words = LocalizedText::new(
        format!("合计{says} 与各行相加对不上:少抄了行,还是改过数?请核对"),
        format!("the sum{says} is not that of the rows: one is missing or a number was changed"),
    );
    reader.tell(&place(grid, row, column), "D033", false, &words);
}

/// Tells of a row that was not read, as one of sums or as what may be one.
fn unread(reader: &mut Reader<'_, '_>, grid: &Grid, row: u32, is_sure: bool) {
    let Some((column, _)) = grid.row(row).find(|(_, content)| !content.is_blank()) else { return };
    let (name, number) = (&grid.name, row + 1);
    let words = if is_sure {
        LocalizedText::new(
            format!("工作表「{name}」第 {number} 行是合计,不算一项,没有读取:是要填的一项,请写上它自己的内容"),
            format!(
                "row {number} of the sheet `{name}` is one of sums and no element, and was not read: what is an element in it has to be called otherwise"
            ),
        )
    } else {
        LocalizedText::new(
            format!("工作表「{name}」第 {number} 行像是合计,没有读取:是合计就删去这一行,是要填的一项就换个写法"),
            format!(
                "row {number} of the sheet `{name}` looks like one of sums and was not read: delete it if it is one, else call it otherwise"
            ),
        )
    };
    reader.tell(&place(grid, row, column), "D052", is_sure, &words);
}
