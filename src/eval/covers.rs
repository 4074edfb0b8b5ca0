//! Whether a list holds a value, or all of another list: 包含 and 不漏.

use crate::alike::alike;
use crate::evaluator::Evaluator;
use crate::lists::{Flow, Item};
use crate::members::{Index, Members, Seen};
use bulou_base::value::{Truth, Value};
use bulou_ir::expr::List;

impl<'d> Evaluator<'d> {
    pub fn covers(&mut self, have: &'d List, want: &'d List) -> Truth {
        let mut all = Truth::True;
        let mut members = Members::new(have);
        let _ = self.each(want, &mut |evaluator, item| {
            all = all.min(evaluator.covered(&mut members, item));
            if all == Truth::False { Flow::Break(()) } else { Flow::Continue(()) }
        });
        if all == Truth::Unknown && self.too_few(have, want).is_some() { Truth::False } else { all }
    }

    /// What is surely wanted and may be among `have` only as one of its elements that cannot be read, and how many those
    /// are, where there are too few of them for all of it.
    #[cold]
    pub fn too_few(&mut self, have: &'d List, want: &'d List) -> Option<(Vec<Value<'d>>, usize)> {
        let (index, mut left_out) = (Index::new(self, have), Vec::new());
        let mut seen = Seen::default();
        let _ = self.each(want, &mut |_, item| {
            if item.sure && index.lacks(item.value) && seen.add(item.value, true) == Truth::False {
                left_out.push(item.value);
            }
            Flow::Continue(())
        });
        let unread = index.unread()?;
        (left_out.len() > unread).then_some((left_out, unread))
    }

    /// Whether one wanted element is among `have`: false only when it is surely wanted and surely left out.
    pub fn covered(&mut self, have: &mut Members<'d>, wanted: Item<'d>) -> Truth {
        match have.contain(self, wanted.value) {
            Truth::False if !wanted.sure => Truth::Unknown,
            truth => truth,
        }
    }

    pub fn contains(&mut self, list: &'d List, value: Value<'d>) -> Truth {
        if !value.is_known() {
            // Whatever it is, it is not among nothing.
            let empty = self.each(list, &mut |_, _| Flow::Break(())).is_continue();
            return if empty { Truth::False } else { Truth::Unknown };
        }
        let mut found = Truth::False;
        let _ = self.each(list, &mut |evaluator, item| {
            let same = match alike(item.value, value) {
                Truth::True if item.sure => Truth::True,
                Truth::False if item.value.is_known() => Truth::False,
                _ => Truth::Unknown,
            };
            found = found.max(same);
            match evaluator.step() {
                true if found != Truth::True => Flow::Continue(()),
                true => Flow::Break(()),
                false => {
                    found = found.max(Truth::Unknown);
                    Flow::Break(())
                }
            }
        });
        found
    }
}
