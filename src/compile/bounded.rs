//! Words around a number that make it a bound: 不少于三人, 125克以上. 以上, 以下 and 以内 include the number itself, 不满 and
//! 超过 do not (民法典, article 1259).

use bulou_syntax::ast::CompareOp;

/// A bound in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounded {
    /// What holds of the values within it.
    pub op: CompareOp,
    /// The words ask for it; else they may only tell some from others: `100人以上的学校`.
    pub demanded: bool,
    /// So many bytes of it stand before the number, and so many behind.
    pub before: usize,
    pub behind: usize,
}

const NOT: [&str; 12] = ["不", "不得", "不应", "不能", "不可", "不许", "不会", "不宜", "不准", "no", "not", "not be"];
const MORE: [&str; 12] = [
    "超过",
    "超出",
    "多于",
    "高于",
    "大于",
    "晚于",
    "迟于",
    "more than",
    "greater than",
    "higher than",
    "over",
    "above",
];
const LESS: [&str; 11] =
    ["少于", "低于", "小于", "早于", "不满", "未满", "不足", "less than", "fewer than", "lower than", "below"];
/// What stands right before the number where it begins: 满六百人, as 民法典 article 1259 has it for 届满.
const FULL: [&str; 2] = ["满", "满了"];
const LEAST: [&str; 5] = ["至少", "最少", "最低", "at least", "a minimum of"];
const MOST: [&str; 5] = ["至多", "最多", "最高", "at most", "a maximum of"];

/// What stands behind a number, and behind what it counts.
const BEHIND: [(&str, CompareOp); 11] = [
    ("及以上", CompareOp::Ge),
    ("以上", CompareOp::Ge),
    ("及以下", CompareOp::Le),
    ("以下", CompareOp::Le),
    ("以内", CompareOp::Le),
    ("内", CompareOp::Le),
    (" or more", CompareOp::Ge),
    (" and above", CompareOp::Ge),
    (" or less", CompareOp::Le),
    (" or fewer", CompareOp::Le),
    (" and below", CompareOp::Le),
];

/// So many characters may stand between 至少 and the number.
const BETWEEN: usize = 4;

/// So many characters may name what is counted: `3名保安以上`.
const COUNTED: usize = 6;

/// The bound that a number is by the words before it and behind it.
pub(crate) fn bounded(before: &str, after: &str) -> Option<Bounded> {
    let lower = before.to_ascii_lowercase();
    let before = |op, demanded, rest: &str| Bounded { op, demanded, before: before.len() - rest.len(), behind: 0 };
    let lower = lower.trim_end();
    let begins = |list: &[&str]| list.iter().find_map(|word| lower.strip_suffix(word));
    // `至少配备2名`: what is done stands between.
    let near_end = |list: &[&str]| {
        list.iter().find_map(|word| {
            let (rest, between) = lower.rsplit_once(word)?;
            let is_verb =
                between.chars().count() <= BETWEEN && between.chars().all(|c| matches!(c, '\u{4E00}'..='\u{9FFF}'));
            is_verb.then_some(rest)
        })
    };
    if let Some(rest) = near_end(&LEAST) {
        return Some(before(CompareOp::Ge, true, rest));
    }
    if let Some(rest) = near_end(&MOST) {
        return Some(before(CompareOp::Le, true, rest));
    }
    for (words, op) in [(&MORE[..], CompareOp::Gt), (&LESS[..], CompareOp::Lt)] {
        if let Some(rest) = begins(words) {
            let negated = NOT.iter().find_map(|not| rest.trim_end().strip_suffix(not));
            return Some(negated.map_or(before(op, false, rest), |rest| before(op.opposite(), true, rest)));
        }
    }
    if let Some(rest) = begins(&FULL) {
        return Some(before(CompareOp::Ge, false, rest));
    }
    let is_word = |c: &char| c.is_alphabetic() || *c == '%' || *c == ' ';
    let near: String = after.chars().take_while(is_word).take(COUNTED + " and above".len()).collect();
    let all = BEHIND.iter().filter_map(|(word, op)| Some((near.find(word)?, word.len(), *op)));
    let (at, length, op) = all.min_by_key(|(at, ..)| *at)?;
    let is_near = near.get(..at)?.chars().count() <= COUNTED;
    is_near.then_some(Bounded { op, demanded: false, before: 0, behind: at + length })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_around_a_number_make_it_a_bound() {
        use CompareOp::{Ge, Gt, Le, Lt};
        for (before, after, expected) in [
            ("留样不少于", "克", Some((Ge, true))),
            ("温度不得高于", "度", Some((Le, true))),
            ("每班至少", "名", Some((Ge, true))),
            ("班额超过", "人", Some((Gt, false))),
            ("不满 ", "人的学校", Some((Lt, false))),
            ("保安", "人以上", Some((Ge, false))),
            ("保安", "名及以上", Some((Ge, false))),
            ("共", "%以下", Some((Le, false))),
            ("留样", "克,保存", None),
            ("每学期至少开展", "次", Some((Ge, true))),
            ("每班最多招收", "人", Some((Le, true))),
            ("筛查后", "内告知", Some((Le, false))),
            ("不迟于", "送达", Some((Le, true))),
            ("学生满", "人的学校", Some((Ge, false))),
            ("学生未满", "人的学校", Some((Lt, false))),
            ("至少一项,共", "项", None),
            ("学校", "所,人数以上", None),
            ("配保安", "名,持证率以上级为准", None),
            ("no fewer than ", " guards", Some((Ge, true))),
            ("more than", " pupils", Some((Gt, false))),
            ("keep ", " days or more", Some((Ge, false))),
        ] {
            assert_eq!(bounded(before, after).map(|one| (one.op, one.demanded)), expected, "{before}…{after}");
        }
    }
}
