//! Expressions of two versions side by side.

use bulou_syntax::ast::{Expr, Requirement, Template, TemplatePart};
use bulou_syntax::tree::Node;
pub(super) use bulou_syntax::tree::{cell_parts, node, number, same, table_parts, walk};

/// Whether two messages say the same.
pub(super) fn alike(old: &Template, new: &Template) -> bool {
    let part = |old: &TemplatePart, new: &TemplatePart| match (old, new) {
        (TemplatePart::Text(one), TemplatePart::Text(other)) => one == other,
        (TemplatePart::Value(one), TemplatePart::Value(other)) => same(one, other),
        (TemplatePart::Omitted(_), TemplatePart::Omitted(_)) => true,
        _ => false,
    };
    old.parts.len() == new.parts.len() && old.parts.iter().zip(&new.parts).all(|(old, new)| part(old, new))
}

/// Whether two requirements are told alike, both without a message as well.
pub(super) fn said_alike(one: &Requirement, other: &Requirement) -> bool {
    match (&one.message, &other.message) {
        (Some(one), Some(other)) => alike(one, other),
        (one, other) => one.is_none() && other.is_none(),
    }
}

/// Pairs what is the same in two lists, in order, and of the rest what stands at the same place among the rest.
/// Answers the rest: changed, removed (no new one) and added (no old one).
pub(super) fn rest<'t, T>(
    old: &[&'t T],
    new: &[&'t T],
    same: impl Fn(&T, &T) -> bool,
) -> Vec<(Option<&'t T>, Option<&'t T>)> {
    let mut added: Vec<&T> = new.to_vec();
    let mut removed = Vec::new();
    for one in old {
        match added.iter().position(|other| same(one, other)) {
            Some(at) => {
                added.remove(at);
            }
            None => removed.push(*one),
        }
    }
    let count = removed.len().max(added.len());
    (0..count).map(|at| (removed.get(at).copied(), added.get(at).copied())).collect()
}

/// The smallest parts that differ.
pub(super) fn differences<'e>(old: &'e Expr, new: &'e Expr) -> Vec<(Option<&'e Expr>, Option<&'e Expr>)> {
    let (left, right) = (node(old), node(new));
    for word in ["and", "or"] {
        if left.head == word || right.head == word {
            let terms = |expr, node: &Node<'e>| if node.head == word { node.parts.clone() } else { vec![expr] };
            return rest(&terms(old, &left), &terms(new, &right), same).into_iter().flat_map(within).collect();
        }
    }
    if left.head == right.head && left.head == "list" {
        return rest(&left.parts, &right.parts, same);
    }
    if left.head == right.head && left.parts.len() == right.parts.len() {
        return left.parts.iter().zip(&right.parts).flat_map(|(old, new)| differences(old, new)).collect();
    }
    vec![(Some(old), Some(new))]
}

fn within<'e>(pair: (Option<&'e Expr>, Option<&'e Expr>)) -> Vec<(Option<&'e Expr>, Option<&'e Expr>)> {
    match pair {
        (Some(old), Some(new)) if node(old).head == node(new).head => differences(old, new),
        pair => vec![pair],
    }
}
