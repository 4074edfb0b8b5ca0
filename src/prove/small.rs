//! Whether what holds of lists of any length holds of short ones already. Where each list is only asked whether some, every
//! or no element has a property that it has by itself, one witness for each such question decides them all; the other
//! elements can be left out of a document and nothing changes.

use std::collections::BTreeMap;

use bulou_document::Constant;
use bulou_ir::expr::{Cond, CondKind, List, ListKind, Scalar, ScalarKind};
use bulou_ir::parts::Part;
use bulou_ir::{Body, RuleSet};
use bulou_syntax::aggregates::{Aggregate, Gives};
use num_traits::ToPrimitive as _;

use crate::uses::{Uses, path};

/// How many elements a list needs at most, so that all that can be, can be with that many; nothing where that is not known.
pub fn enough(
    (rules, params): (&RuleSet, &[Constant]),
    indices: &[usize],
    uses: &Uses,
    constraints: &[Uses],
) -> Option<usize> {
    let mut counting = Counting { rules, params, witnesses: BTreeMap::new() };
    for rule in indices.iter().filter_map(|index| rules.rules.get(*index)) {
        for cond in rule.applies.iter().chain(rule.requirements.iter().map(|requirement| &requirement.cond)) {
            counting.cond(cond, 1)?;
        }
    }
    let tied = rules.constraints.iter().zip(constraints).filter(|(_, of)| !uses.fields.is_disjoint(&of.fields));
    for (constraint, _) in tied {
        if constraint.table == 0 {
            counting.cond(&constraint.cond, 1)?;
        } else if !counting.is_single(Part::Cond(&constraint.cond)) {
            return None;
        }
    }
    // One more, for a record that says nothing but by its list.
    Some(counting.witnesses.values().copied().max().unwrap_or(0) + 1)
}

struct Counting<'r> {
    rules: &'r RuleSet,
    params: &'r [Constant],
    /// By list.
    witnesses: BTreeMap<String, usize>,
}

/// Where the elements of a list come from.
enum Origin {
    /// The pack: so many.
    Pack(usize),
    /// A list of the document.
    Document(String),
}

impl Counting<'_> {
    /// Counts the witnesses of a condition that is asked so many times.
    fn cond(&mut self, cond: &Cond, times: usize) -> Option<()> {
        match &cond.kind {
            CondKind::Quantifier(_, list, _, body) => match self.origin(list)? {
                Origin::Pack(count) => self.cond(body, times.checked_mul(count.max(1))?),
                Origin::Document(list) => {
                    self.is_single(Part::Cond(body)).then_some(())?;
                    self.add(list, times)
                }
            },
            CondKind::In(item, list) => {
                self.scalar(item, times)?;
                self.one(list, times)
            }
            CondKind::Covers(have, want) => match (self.origin(have)?, self.origin(want)?) {
                (Origin::Document(list), Origin::Pack(count)) => self.add(list, times.checked_mul(count)?),
                (Origin::Pack(_), Origin::Document(list)) => self.add(list, times),
                (Origin::Pack(_), Origin::Pack(_)) => Some(()),
                (Origin::Document(_), Origin::Document(_)) => None,
            },
            CondKind::HasField(field, _) => {
                let path = path(&self.rules.shape, field.table, field.slot)?;
                self.add(path, times)
            }
            CondKind::Compare(_, left, right) => match (self.counted(left), self.counted(right)) {
                (Some(list), None) => self.count(list, right, times),
                (None, Some(list)) => self.count(list, left, times),
                _ => {
                    self.scalar(left, times)?;
                    self.scalar(right, times)
                }
            },
            CondKind::Frequency(_) => None,
            CondKind::Definition(index) => match self.rules.definitions.get(*index)? {
                Body::Cond(cond) => self.cond(cond, times),
                Body::Scalar(scalar) => self.scalar(scalar, times),
                Body::List(_) => None,
            },
            _ => self.parts(Part::Cond(cond), times),
        }
    }

    fn parts(&mut self, part: Part<'_>, times: usize) -> Option<()> {
        let mut all = Some(());
        part.each(&mut |inner| {
            let one = match inner {
                Part::Cond(cond) => self.cond(cond, times),
                Part::Scalar(scalar) => self.scalar(scalar, times),
                Part::List(_) => None,
            };
            all = all.and(one);
        });
        all
    }

    fn scalar(&mut self, scalar: &Scalar, times: usize) -> Option<()> {
        match &scalar.kind {
            // The element that is the greatest, or that keeps it from being known, is the only one that matters.
            ScalarKind::Aggregate(aggregate, list, None)
                if matches!(aggregate.function().gives, Gives::Greatest | Gives::Least) =>
            {
                self.one(list, times)
            }
            ScalarKind::Aggregate(..) => None,
            ScalarKind::Definition(index) => match self.rules.definitions.get(*index)? {
                Body::Cond(cond) => self.cond(cond, times),
                Body::Scalar(scalar) => self.scalar(scalar, times),
                Body::List(_) => None,
            },
            _ => self.parts(Part::Scalar(scalar), times),
        }
    }

    fn one(&mut self, list: &List, times: usize) -> Option<()> {
        match self.origin(list)? {
            Origin::Pack(_) => Some(()),
            Origin::Document(list) => self.add(list, times),
        }
    }

    fn add(&mut self, list: String, times: usize) -> Option<()> {
        let place = self.witnesses.entry(list).or_default();
        *place = place.checked_add(times)?;
        Some(())
    }

    /// The list that a value counts.
    fn counted<'s>(&self, scalar: &'s Scalar) -> Option<&'s List> {
        match &scalar.kind {
            ScalarKind::Aggregate(Aggregate::Count, list, None) => Some(list),
            ScalarKind::Hoisted(_, inner) => self.counted(inner),
            _ => None,
        }
    }

    /// A count is compared with a number: so many elements are enough to be as many, or more.
    fn count(&mut self, list: &List, with: &Scalar, times: usize) -> Option<()> {
        let number = match &with.kind {
            ScalarKind::Const(Constant::Number(number)) => number.ceil().to_integer().to_usize()?,
            _ => return None,
        };
        match self.origin(list)? {
            Origin::Pack(_) => Some(()),
            Origin::Document(list) => self.add(list, times.checked_mul(number.checked_add(1)?)?),
        }
    }

    /// Where a list's elements come from, when each is chosen by what it has itself.
    fn origin(&self, list: &List) -> Option<Origin> {
        match &list.kind {
            ListKind::Field(field, ..) => {
                (field.frame == 0).then_some(())?;
                Some(Origin::Document(path(&self.rules.shape, field.table, field.slot)?))
            }
            ListKind::Filter(inner, _, cond) => {
                self.is_single(Part::Cond(cond)).then_some(())?;
                self.origin(inner)
            }
            ListKind::Project(inner, _, scalar) => {
                self.is_single(Part::Scalar(scalar)).then_some(())?;
                self.origin(inner)
            }
            ListKind::Literal(parts) => {
                parts.iter().all(|part| self.is_single(Part::Scalar(part))).then_some(Origin::Pack(parts.len()))
            }
            ListKind::All(count) => Some(Origin::Pack(usize::from(*count))),
            ListKind::Param(index) => match self.params.get(*index)? {
                Constant::List(parts) => Some(Origin::Pack(parts.len())),
                _ => None,
            },
            ListKind::Hoisted(_, inner) | ListKind::Optimized(inner, _) => self.origin(inner),
            ListKind::Definition(index) => match self.rules.definitions.get(*index)? {
                Body::List(list) => self.origin(list),
                _ => None,
            },
            ListKind::Flatten(..) | ListKind::Distinct(_) => None,
        }
    }

    /// Whether something asks of no list of the document.
    fn is_single(&self, part: Part<'_>) -> bool {
        let of_list = matches!(part, Part::List(List { kind: ListKind::Field(..), .. }));
        let has_list = match part {
            Part::Cond(Cond { kind: CondKind::HasField(field, _), .. }) => {
                let of = bulou_document::field_label(&self.rules.shape, field.table, field.slot);
                of.is_none_or(|field| matches!(field.kind, bulou_document::shape::Kind::List(_)))
            }
            _ => false,
        };
        if of_list || has_list {
            return false;
        }
        let body = part.definition().and_then(|index| self.rules.definitions.get(index));
        let mut single = body.is_none_or(|body| match body {
            Body::Cond(cond) => self.is_single(Part::Cond(cond)),
            Body::Scalar(scalar) => self.is_single(Part::Scalar(scalar)),
            Body::List(list) => self.is_single(Part::List(list)),
        });
        part.each(&mut |inner| single &= self.is_single(inner));
        single
    }
}
