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

/// The sum of a column so far.
#[derive(Clone, Copy, Default)]
struct Sum {
    /// Of all elements.
    all: f64,
    /// Of those since the last row of sums.
    part: f64,
    /// A cell of it is no number.
    unknown: bool,
}

/// A sum that is another than that of the elements above.
struct Wrong {
    row: u32,
    column: u32,
    says: f64,
    sum: f64,
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
    let (mut of_words, mut sums) = (BTreeSet::new(), BTreeMap::new());
    for (column, entry) in columns {
        match &entry.holds {
            Holds::Value(kind) if is_number(kind) => drop(sums.insert(*column, Sum::default())),
            Holds::Value(_) => drop(of_words.insert(*column)),
            _ => {}
        }
    }
    let (mut totals, mut elements, mut wrong) = (BTreeSet::new(), 0_u32, Vec::new());
    for row in grid.rows().into_iter().filter(|row| *row > headings) {
        let mut filled = grid.row(row).filter(|(_, content)| !content.is_blank());
        let is_sum = |(column, content): (u32, &Content)| {
            number(content).is_some_and(|number| !of_words.contains(&column) || number == f64::from(elements))
        };
        match filled.next() {
            None => {}
            Some((_, content)) if is_called_total(content) && filled.all(is_sum) => {
                totals.insert(row);
                wrong.extend(compare(grid, row, &mut sums));
            }
            Some(_) => {
                elements += 1;
                add(grid, row, &mut sums);
            }
        }
    }
    totals.iter().for_each(|row| total(reader, grid, *row));
    for one in wrong {
        let entry = columns.iter().find(|(column, _)| *column == one.column).map(|(_, entry)| entry);
        contradicts(reader, grid, &one, entry.is_some_and(Entry::may_be_told));
    }
    totals
}

fn number(content: &Content) -> Option<f64> {
    plain(&content.text()).parse().ok()
}

fn is_called_total(content: &Content) -> bool {
    let text = bare(&content.text()).to_lowercase();
    matches!(content, Content::Text(_)) && TOTALS.contains(&text.as_str())
}

/// Adds an element's numbers.
fn add(grid: &Grid, row: u32, sums: &mut BTreeMap<u32, Sum>) {
    for (column, sum) in sums {
        let content = grid.cell(row, *column);
        match number(content) {
            Some(number) => (sum.all, sum.part) = (sum.all + number, sum.part + number),
            None => sum.unknown |= !content.is_blank(),
        }
    }
}

/// What of a row of sums is neither the sum of all elements above nor of those since the row of sums before it.
fn compare(grid: &Grid, row: u32, sums: &mut BTreeMap<u32, Sum>) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    for (column, sum) in sums {
        let says = number(grid.cell(row, *column)).filter(|_| !sum.unknown);
        if let Some(says) = says
            && ![sum.all, sum.part].iter().any(|sum| is_close(says, *sum))
        {
            wrong.push(Wrong { row, column: *column, says, sum: sum.all });
        }
        sum.part = 0.0;
    }
    wrong
}

/// Sums of decimals are not exact.
fn is_close(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1.0)
}

/// Tells of such a row.
fn total(reader: &mut Reader<'_, '_>, grid: &Grid, row: u32) {
    let Some((column, _)) = grid.row(row).find(|(_, content)| !content.is_blank()) else { return };
    let number = row + 1;
    let words = LocalizedText::new(
        format!("工作表「{}」第 {number} 行是合计,不算一项,没有读取:是要填的一项,请写上它自己的内容", grid.name),
        format!(
            "row {number} of the sheet `{}` is one of sums and no element, and was not read: what is an element in it has to be called otherwise",
            grid.name
        ),
    );
    reader.tell(&place(grid, row, column), "D052", true, &words);
}

/// Tells that a sum is not that of the elements: one was left out, or a number was changed.
fn contradicts(reader: &mut Reader<'_, '_>, grid: &Grid, wrong: &Wrong, may_be_told: bool) {
    let (says, sum) = match may_be_told {
        true => (format!(" {}", wrong.says), format!(" {}", wrong.sum)),
        false => Default::default(),
    };
    let words = LocalizedText::new(
        format!("合计{says} 与上面各行相加{sum} 对不上:少抄了行,还是改过数?请核对"),
        format!("the sum{says} is not that of the rows above{sum}: a row is missing or a number was changed"),
    );
    reader.tell(&place(grid, wrong.row, wrong.column), "D033", false, &words);
}
