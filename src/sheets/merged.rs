//! Cells under merged ranges: nobody sees them, and a reader reads them all the same.

use bulou_base::order;
use std::collections::BTreeMap;

use super::grid::Grid;

/// Ranges lie over each other, which no program makes: nobody can say which cells are seen.
pub(super) struct Overlap;

type Cell = (u32, u32);

/// The cells that hold something else than what is seen of the range that they lie in.
pub(super) fn covered(grid: &Grid) -> Result<Vec<Cell>, Overlap> {
    let mut ranges: Vec<&(Cell, Cell)> = grid.merged.iter().collect();
    order::sort(&mut ranges);
    let mut ranges = ranges.into_iter().peekable();
    let mut open = Open::default();
    let mut all = Vec::new();
    for (at, content) in &grid.cells {
        while let Some(range) = ranges.next_if(|(first, _)| first.0 <= at.0) {
            open.add(*range)?;
        }
        let first = open.around(*at).filter(|first| first != at);
        if first.is_some_and(|first| grid.cell(first.0, first.1) != content) {
            all.push(*at);
        }
    }
    Ok(all)
}

/// The ranges that began above, by their first columns. One that has ended stays until another takes its place.
#[derive(Default)]
struct Open(BTreeMap<u32, (Cell, Cell)>);

impl Open {
    fn add(&mut self, (first, last): (Cell, Cell)) -> Result<(), Overlap> {
        while let Some((left, (_, other))) =
            self.0.range(..=last.1).next_back().filter(|(_, (_, other))| other.1 >= first.1)
        {
            if other.0 >= first.0 {
                return Err(Overlap);
            }
            let left = *left;
            self.0.remove(&left);
        }
        self.0.insert(first.1, (first, last));
        Ok(())
    }

    /// The first cell of the range that a cell lies in.
    fn around(&self, at: Cell) -> Option<Cell> {
        let (_, (first, last)) = self.0.range(..=at.1).next_back()?;
        (last.0 >= at.0 && last.1 >= at.1).then_some(*first)
    }
}

#[cfg(test)]
mod tests {
    use super::super::content::Content;
    use super::super::grid::Grid;
    use super::{Cell, covered};

    fn grid(cells: &[(u32, u32, &str)], merged: &[(Cell, Cell)]) -> Grid {
        let mut grid = Grid::new("a");
        grid.cells.extend(cells.iter().map(|(row, column, text)| ((*row, *column), Content::Text((*text).to_owned()))));
        grid.merged = merged.to_vec();
        grid
    }

    #[test]
    fn what_lies_under_a_range_and_differs_from_it_is_found() {
        let cells = [
            (0, 0, "甲"),
            (0, 1, "乙"),
            (1, 0, "甲"),
            (2, 1, "丙"),
            (5, 0, "丁"),
            (5, 1, "丁"),
            (6, 3, "戊"),
            (7, 1, "己"),
        ];
        let at = |merged: &[(Cell, Cell)]| covered(&grid(&cells, merged)).ok();
        assert_eq!(at(&[]), Some(Vec::new()));
        assert_eq!(at(&[((0, 0), (1, 0)), ((5, 0), (5, 1)), ((6, 3), (9, 9))]), Some(Vec::new()));
        assert_eq!(at(&[((0, 0), (0, 1))]), Some(vec![(0, 1)]));
        assert_eq!(at(&[((6, 0), (8, 2)), ((0, 0), (2, 1))]), Some(vec![(0, 1), (2, 1), (7, 1)]));
        assert_eq!(at(&[((0, 0), (2, 1)), ((2, 1), (3, 4))]), None);
        assert_eq!(at(&[((0, 2), (5, 3)), ((1, 0), (1, 9))]), None);
    }
}
