//! Where the values of a document stand in a workbook.

use std::collections::BTreeMap;
use std::fmt;

use bulou_document::locate::short_pointer;
use bulou_report::Report;

/// A cell; rows and columns count from 0.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub sheet: String,
    pub row: u32,
    pub column: u16,
}

impl fmt::Display for Place {
    /// `隐患!D7`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}!{}{}", self.sheet, column_name(self.column), self.row + 1)
    }
}

impl Place {
    /// Row and column as people count them.
    pub fn position(&self) -> (usize, usize) {
        (self.row as usize + 1, usize::from(self.column) + 1)
    }
}

/// `A`, `Z`, `AA`
pub(super) fn column_name(column: u16) -> String {
    let mut rest = u32::from(column) + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// Row and column of a cell as people count them; of what is no cell, the first.
///
/// ```
/// assert_eq!(bulou_sheets::position("隐患!AB7"), (7, 28));
/// ```
#[must_use]
pub fn position(cell: &str) -> (usize, usize) {
    let name = cell.rsplit('!').next().unwrap_or_default();
    let digits = name.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = name.strip_suffix(digits).unwrap_or_default();
    let column = letters
        .bytes()
        .try_fold(0_usize, |column, letter| column.checked_mul(26)?.checked_add(usize::from(letter - b'A') + 1));
    (digits.parse().unwrap_or(1), column.unwrap_or(1).max(1))
}

/// Row and column, from 0, of `AB7`; nothing where it is no cell.
pub(super) fn cell(name: &str) -> Option<(u32, u32)> {
    let name = name.trim().replace('$', "").to_ascii_uppercase();
    let (row, column) = position(&name);
    let is_cell = name.starts_with(|c: char| c.is_ascii_uppercase()) && name.ends_with(|c: char| c.is_ascii_digit());
    is_cell.then(|| Some((u32::try_from(row).ok()?.checked_sub(1)?, u32::try_from(column).ok()?.checked_sub(1)?)))?
}

/// The cells of a document's values by JSON Pointer.
#[derive(Clone, Debug, Default)]
pub struct Places(BTreeMap<String, Place>);

impl Places {
    pub(super) fn add(&mut self, pointer: String, place: Place) {
        self.0.entry(short_pointer(&pointer).into_owned()).or_insert(place);
    }

    /// The cell of a value; of one that is nowhere, the cell of what is around it, where it belongs.
    #[must_use]
    pub fn cell(&self, pointer: &str) -> Option<String> {
        self.find(pointer).map(Place::to_string)
    }

    /// A report of the workbook, with the cells of its problems and findings beside their JSON Pointers.
    #[must_use]
    pub fn named_in<'r>(&self, mut report: Report<'r>) -> Report<'r> {
        for problem in report.structure.iter_mut().filter(|problem| problem.cell.is_none()) {
            let place = self.find(&problem.path).filter(|_| !problem.path.is_empty());
            (problem.line, problem.column) = place.map_or((0, 0), Place::position);
            problem.cell = place.map(Place::to_string);
        }
        for finding in report.rules.iter_mut().flat_map(|rule| &mut rule.findings) {
            finding.cells = finding.paths.iter().map(|path| self.cell(path).unwrap_or_default()).collect();
        }
        report
    }

    /// The innermost value that a cell is read as.
    pub(super) fn pointer(&self, place: &Place) -> Option<&str> {
        let of = self.0.iter().filter(|(_, one)| *one == place);
        of.map(|(pointer, _)| pointer.as_str()).max_by_key(|pointer| pointer.len())
    }

    /// The cells themselves.
    pub(super) fn all(&self) -> impl Iterator<Item = &Place> {
        self.0.values()
    }

    pub(super) fn find(&self, pointer: &str) -> Option<&Place> {
        let pointer = short_pointer(pointer);
        let mut around = Some(pointer.as_ref());
        while let Some(pointer) = around {
            if let Some(place) = self.0.get(pointer) {
                return Some(place);
            }
            around = pointer.rsplit_once('/').map(|(before, _)| before);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_letters() {
        let names = [0, 25, 26, 701, 702, 16_383].map(column_name);
        assert_eq!(names, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn what_is_nowhere_belongs_to_what_is_around_it() {
        let mut places = Places::default();
        places.add("/隐患/0".into(), Place { sheet: "隐患".into(), row: 6, column: 3 });
        assert_eq!(places.cell("/隐患/0/部位").as_deref(), Some("隐患!D7"));
        assert_eq!(places.cell("/隐患"), None);
    }
}
