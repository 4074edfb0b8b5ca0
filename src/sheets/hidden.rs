//! What of a sheet nobody sees, although it is read: rows and columns that are hidden, filtered out or of no size, and letters
//! of the colour of their ground. The template hides its keys; an answer that is hidden is told.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use bulou_messages::diagnostic::LocalizedText;

use super::grid::Grid;
use super::place::column_name;
use super::read::{Reader, place};

/// Rows less high than this, in points, and columns less wide, in letters, are not seen.
const HEIGHT: f64 = 1.0;
const WIDTH: f64 = 0.2;
/// Letters less high than this, in points, are not seen.
const SMALL: f64 = 3.0;
/// So many rows or columns are named.
const NAMED: usize = 6;
/// Colours are one where no part of them differs by more.
const NEAR: u8 = 24;

/// What of a sheet nobody sees, as far as cells stand there.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Hidden {
    /// The sheet itself.
    pub sheet: bool,
    pub rows: BTreeSet<u32>,
    pub columns: BTreeSet<u32>,
    /// Cells whose letters have the colour of their ground.
    pub faint: BTreeSet<(u32, u32)>,
}

/// What is hidden of each sheet, by its name.
pub(super) type HiddenBySheet = BTreeMap<String, Hidden>;

/// Whether a row of this height is not seen.
pub(super) fn is_flat(points: f64) -> bool {
    points < HEIGHT
}

/// Whether a column of this width is not seen.
pub(super) fn is_narrow(letters: f64) -> bool {
    letters < WIDTH
}

/// Whether letters of this height are not seen.
pub(super) fn is_small(points: f64) -> bool {
    points < SMALL
}

/// Whether letters of a colour are not seen on a ground: both in six digits.
pub(super) fn is_faint(letters: &str, ground: &str) -> bool {
    let parts = |colour: &str| -> Option<Vec<u8>> {
        let part = |at: usize| u8::from_str_radix(colour.get(at..at + 2)?, 16).ok();
        (colour.len() == 6).then(|| [0, 2, 4].into_iter().map(part).collect())?
    };
    match (parts(letters), parts(ground)) {
        (Some(one), Some(other)) => one.iter().zip(&other).all(|(one, other)| one.abs_diff(*other) <= NEAR),
        _ => letters == ground,
    }
}

/// Tells which answers on a sheet nobody sees.
pub(super) fn tell(reader: &mut Reader<'_, '_>, grid: &Grid) {
    let hidden = &grid.hidden;
    let answers: Vec<(u32, u32)> =
        grid.cells.keys().copied().filter(|at| reader.answers(&place(grid, at.0, at.1))).collect();
    let of = |is_so: &dyn Fn(&(u32, u32)) -> bool| answers.iter().copied().filter(is_so).collect::<Vec<_>>();
    let rows = of(&|at| !hidden.sheet && hidden.rows.contains(&at.0));
    let columns = of(&|at| !hidden.sheet && hidden.columns.contains(&at.1));
    let all = of(&|_| hidden.sheet);
    let which_rows = named(rows.iter().map(|at| at.0), |row| (row + 1).to_string());
    let which_columns =
        named(columns.iter().map(|at| at.1), |column| column_name(u16::try_from(column).unwrap_or(u16::MAX)));
    let cases = [
        (all, (String::new(), String::new())),
        (rows, (format!("第 {} 行", which_rows.0), format!("row {} of ", which_rows.1))),
        (columns, (format!("{} 列", which_columns.0), format!("column {} of ", which_columns.1))),
    ];
    for (cells, (zh, en)) in cases {
        let Some((row, column)) = cells.first() else { continue };
        let words = LocalizedText::new(
            format!(
                "工作表「{}」{zh}看不见(隐藏了、筛选掉了,或者高、宽是零),里面填的照样算数:请取消隐藏,看清内容,不该有的删去",
                grid.name
            ),
            format!(
                "{en}the sheet `{}` cannot be seen (hidden, filtered out, or of no size), and what is filled in there counts all the same: show it, look at it, and delete what does not belong",
                grid.name
            ),
        );
        reader.tell(&place(grid, *row, *column), "D053", true, &words);
    }
    let faint = of(&|at| hidden.faint.contains(at));
    if let Some((row, column)) = faint.first() {
        let (count, more) = (faint.len(), faint.len().saturating_sub(1));
        let words = LocalizedText::new(
            format!(
                "这一格的字与底色一样,看不见(工作表「{}」这样的共 {count} 格),按里面的值读取:请改字的颜色,看清里面的值,不对就改",
                grid.name
            ),
            format!(
                "the letters in the cell have the colour of its ground and are not seen ({more} more so on the sheet `{}`), and what it holds was read: change the colour, look at the value, and mend it",
                grid.name
            ),
        );
        reader.tell(&place(grid, *row, *column), "D052", false, &words);
    }
}

/// Rows or columns in order, neighbours as a range; not all where there are many. In Chinese, and in English.
fn named(all: impl Iterator<Item = u32>, name: impl Fn(u32) -> String) -> (String, String) {
    let all: BTreeSet<u32> = all.collect();
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for one in all {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == one => *last = one,
            _ => ranges.push((one, one)),
        }
    }
    let is_more = ranges.len() > NAMED;
    let range = |(first, last): &(u32, u32)| {
        if first == last { name(*first) } else { format!("{}-{}", name(*first), name(*last)) }
    };
    let shown: Vec<String> = ranges.iter().take(NAMED).map(range).collect();
    let (zh, en) = if is_more { ("等", " and more") } else { ("", "") };
    (format!("{}{zh}", shown.join("、")), format!("{}{en}", shown.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_named_as_a_range() {
        let named = |all: &[u32]| named(all.iter().copied(), |one| one.to_string());
        assert_eq!(named(&[4, 5, 6, 9]).0, "4-6、9");
        assert_eq!(named(&[1, 3, 5, 7, 9, 11, 13]).1, "1, 3, 5, 7, 9, 11 and more");
    }

    #[test]
    fn colours_that_nobody_tells_apart_are_one() {
        assert!(is_faint("FFFFFF", "FEFEFE") && is_faint("theme 3", "theme 3"));
        assert!(!is_faint("FFFFFF", "4472C4") && !is_faint("000000", "FFFFFF"));
    }
}
