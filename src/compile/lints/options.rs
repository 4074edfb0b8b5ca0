//! Options that nothing mentions, of a list of which rules mention others: `≠ 正常开办` lets 复开 pass unseen.

use std::collections::HashSet;

use super::{each, fields};
use crate::declared::{Declared, nameless};
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::Diagnostic;
use bulou_messages::sentence::Each;
use bulou_messages::texts;
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
    let message = texts::nothing_mentions_options_though(&Each(&names("、"), &names(", "))).text();
    let help = texts::see_whether_not_lets().text();
    Some(Diagnostic::new(Code::SilentOption, first.span, message, help))
}
