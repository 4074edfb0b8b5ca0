//! The functions over lists: what each comes to, and, where some of a list is not known, what it can be.

use num_rational::Ratio;
use num_traits::{CheckedDiv as _, Zero as _};

use crate::evaluator::{Evaluator, compare};
use crate::intervals::{Extent, Interval};
use crate::lists::{Flow, Item};
use crate::scalar::add;
use bulou_base::value::{Quotient, Truth, Value};
use bulou_ir::expr::{Cond, List};
use bulou_syntax::aggregates::Aggregate;
use bulou_syntax::ast::{ArithOp, CompareOp};

/// More elements than a document can hold: rows are counted in 32 bits.
const MANY: i128 = u32::MAX as i128;

impl<'d> Evaluator<'d> {
    /// What a function makes of a list.
    pub(crate) fn aggregate(&mut self, aggregate: Aggregate, list: &'d List) -> Value<'d> {
        match aggregate {
            Aggregate::Count => self.count(list),
            Aggregate::Sum => self.sum(list).map_or(Value::Unknown, |(sum, _)| Value::Number(sum)),
            Aggregate::Average => match self.sum(list) {
                Some((_, 0)) => Value::Absent,
                Some((sum, count)) => {
                    sum.checked_div(&Ratio::from_integer(count)).map_or(Value::Unknown, Value::Number)
                }
                None => Value::Unknown,
            },
            Aggregate::Max | Aggregate::Latest => self.extreme(list, CompareOp::Gt),
            Aggregate::Min | Aggregate::Earliest => self.extreme(list, CompareOp::Lt),
            Aggregate::Distinct | Aggregate::Share => Value::Unknown,
        }
    }

    fn count(&mut self, list: &'d List) -> Value<'d> {
        let (mut count, mut known) = (0_i64, true);
        let _ = self.each(list, &mut |_, item| {
            known &= item.sure;
            count += 1;
            if known { Flow::Continue(()) } else { Flow::Break(()) }
        });
        if known { Value::int(count) } else { Value::Unknown }
    }

    fn sum(&mut self, list: &'d List) -> Option<(Quotient, i128)> {
        let mut state = Some((Quotient::zero(), 0_i128));
        let _ = self.each(list, &mut |_, item| {
            state = match (state, item.value) {
                (Some((sum, count)), Value::Number(value)) if item.sure => add(sum, value).map(|sum| (sum, count + 1)),
                _ => None,
            };
            if state.is_some() { Flow::Continue(()) } else { Flow::Break(()) }
        });
        state
    }

    fn extreme(&mut self, list: &'d List, better: CompareOp) -> Value<'d> {
        let mut best = Value::Absent;
        let _ = self.each(list, &mut |_, item| {
            if !item.sure || !item.value.is_known() {
                best = Value::Unknown;
                return Flow::Break(());
            }
            if best == Value::Absent || compare(better, item.value, best) == Truth::True {
                best = item.value;
            }
            Flow::Continue(())
        });
        best
    }

    /// How many of a list meet a condition, of all.
    pub(crate) fn share(&mut self, list: &'d List, frame: u8, cond: &'d Cond) -> Value<'d> {
        let (mut hits, mut all, mut known, mut blank) = (0_i128, 0_i128, true, None);
        let _ = self.each(list, &mut |evaluator, item| {
            let truth = evaluator.of_item(item, frame, cond, true, &mut blank);
            known = item.sure && matches!(truth, Truth::True | Truth::False);
            hits += i128::from(truth == Truth::True);
            all += 1;
            if known { Flow::Continue(()) } else { Flow::Break(()) }
        });
        match (known, all) {
            (false, _) => Value::Unknown,
            (true, 0) => Value::Absent,
            (true, _) => Value::Number(Ratio::new(hits, all)),
        }
    }

    /// What an aggregate can be, from what surely belongs to the list and what may.
    pub(crate) fn extent_of_aggregate(
        &mut self,
        aggregate: Aggregate,
        list: &'d List,
        share: Option<&'d (u8, Box<Cond>)>,
    ) -> Option<Extent> {
        let within = self.interval_of_elements(list);
        let (mut items, mut shared, mut blank) = (Vec::new(), Vec::new(), None);
        let _ = self.each(list, &mut |evaluator, item| {
            items.push(item);
            if let Some((frame, cond)) = share {
                shared.push(evaluator.of_item(item, *frame, cond, true, &mut blank));
            }
            Flow::Continue(())
        });
        let sure = items.iter().filter(|item| item.sure).count();
        let (all_sure, count) = (sure == items.len(), i128::try_from(sure).ok()?);
        let counts = aggregate.function().counts;
        if items.is_empty() && !counts {
            return Some(Extent::ABSENT);
        }
        let interval = match aggregate {
            Aggregate::Count => {
                let most = if items.iter().any(|item| item.part) { MANY } else { i128::try_from(items.len()).ok()? };
                Interval::whole(count, most)
            }
            Aggregate::Sum => sum(&items, within),
            Aggregate::Average if all_sure => sum(&items, within)?.arith(ArithOp::Div, &Interval::whole(count, count)?),
            Aggregate::Share if all_sure => {
                let number =
                    |of: &[Truth]| i128::try_from(shared.iter().filter(|truth| of.contains(truth)).count()).ok();
                let hits = Interval::whole(number(&[Truth::True])?, number(&[Truth::True, Truth::Unknown])?)?;
                hits.arith(ArithOp::Div, &Interval::whole(count, count)?)
            }
            Aggregate::Max | Aggregate::Latest => {
                Interval::greatest(items.iter().map(|item| Some((Interval::of(item.value).or(within)?, item.sure))))
            }
            Aggregate::Min | Aggregate::Earliest => {
                let negated = |item: &Item<'_>| Some((Interval::of(item.value).or(within)?.negated()?, item.sure));
                Interval::greatest(items.iter().map(negated))?.negated()
            }
            Aggregate::Average | Aggregate::Share | Aggregate::Distinct => None,
        };
        let absent = sure == 0 && !counts;
        Some(Extent::from(interval?).perhaps(absent))
    }
}

fn sum(items: &[Item<'_>], within: Option<Interval>) -> Option<Interval> {
    let (nothing, mut all) = (Interval::whole(0, 0)?, Interval::whole(0, 0)?);
    for item in items {
        let mut one = Interval::of(item.value).or(within)?;
        if item.part {
            one = one.arith(ArithOp::Mul, &Interval::whole(0, MANY)?)?;
        }
        all = all.arith(ArithOp::Add, &if item.sure { one } else { one.hull(&nothing)? })?;
    }
    Some(all)
}
