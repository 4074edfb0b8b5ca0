//! Options that nothing mentions, of a list of which rules mention others: `≠ 正常开办` lets 复开 pass unseen.

use std::collections::HashSet;

use super::{each, fields};
use crate::declared::{Declared, nameless};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, LocalizedText};
use bulou_syntax::ast::{ExprKind, Name};

/// What an option is called that is none of the others.
const REST: [&str; 2] = ["其他", "other"];

pub(super) fn warnings(declared: &Declared<'_>) -> Vec<Diagnostic> {
    let (mut words, mut whole) = (HashSet::new(), HashSet::new());
    each(declared, &mut |expr| match &expr.kind {
        ExprKind::Name(word) | ExprKind::Text(word) => _ = words.insert(word.as_str()),
        ExprKind::All(set) => _ = whole.insert(set.text.as_str()),
        _ => {}
    });
    let named = declared.options.iter().filter(|set| !whole.contains(set.name.text.as_str()));
    let named = named.map(|set| set.options.as_slice());
    let unnamed = fields(declared).filter_map(|field| nameless(&field.ty));
    named.chain(unnamed).filter_map(|options| warning(options, &words)).collect()
}

fn warning(options: &[Name], words: &HashSet<&str>) -> Option<Diagnostic> {
    // What is none of the others stands for what nobody thought of.
    let spoken_of = |option: &&Name| words.contains(option.text.as_str()) || REST.contains(&option.text.as_str());
    let silent: Vec<&Name> = options.iter().filter(|option| !spoken_of(option)).collect();
    // A list of which nothing tests any option only sorts what is written down.
    let first = silent.first().filter(|_| options.iter().any(|option| words.contains(option.text.as_str())))?;
    let names = |mark: &str| silent.iter().map(|name| format!("`{}`", name.text)).collect::<Vec<_>>().join(mark);
    let message = LocalizedText::new(
        format!("选项 {} 没有规则提到,同一组里别的却有", names("、")),
        format!("nothing mentions the options {}, though rules mention others of the list", names(", ")),
    );
    let help = LocalizedText::new(
        "看看用 `≠`、`非` 的地方是不是漏了它们:写明它们怎么判,或写 `允许 W140 …` 说明为什么不用判",
        "see whether `≠` or `not` lets them through: say what becomes of them, or write `allow W140 …` and why nothing does",
    );
    Some(Diagnostic::new(Code::SilentOption, first.span, message, help))
}
