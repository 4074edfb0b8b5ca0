//! How a sheet of an `.xlsx` is shown in its window.

use super::place::cell;
use super::xml::{Tag, attribute, is_off, is_on};

/// What its views say.
#[derive(Default)]
pub(super) struct View {
    /// Zeros are not shown.
    pub hides_zeros: bool,
    /// Formulas are shown in place of what they answer, and day numbers in place of days.
    pub shows_formulas: bool,
    /// The first cell that the view which is open shows, from 0.
    first: (u32, u32),
    /// So many rows and columns lie before panes that stand still: nobody scrolls there.
    pub rows: u32,
    pub columns: u32,
}

impl View {
    /// Takes an element of those that say it.
    pub fn take(&mut self, name: &str, tag: &Tag<'_>) {
        match name {
            "sheetView" => {
                self.hides_zeros |= is_off(tag, "showZeros");
                self.shows_formulas |= is_on(tag, "showFormulas");
                self.first = attribute(tag, "topLeftCell").as_deref().and_then(cell).unwrap_or_default();
            }
            "pane" if attribute(tag, "state").is_some_and(|state| state.trim().starts_with("frozen")) => {
                let stands = |name: &str| size(tag, name).is_some_and(|count| count > 0.0);
                if stands("ySplit") {
                    self.rows = self.rows.max(self.first.0);
                }
                if stands("xSplit") {
                    self.columns = self.columns.max(self.first.1);
                }
            }
            _ => {}
        }
    }
}

/// A size, where one is given.
pub(super) fn size(tag: &Tag<'_>, name: &str) -> Option<f64> {
    attribute(tag, name)?.trim().parse().ok()
}
