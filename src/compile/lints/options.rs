//! Options that nothing mentions, of a list of which rules mention others: `≠ 正常开办` lets 复开 pass unseen.

use std::collections::HashSet;

use super::each;
use crate::declared::Declared;
use bulou_base::source::Span;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::Diagnostic;
use bulou_messages::sentence::Each;
use bulou_messages::texts;
use bulou_syntax::ast::{ExprKind, Name};

/// What an option is called that is none of the others.
const REST: [&str; 2] = ["其他", "other"];

/// `uses` has the place of each word, and of the option that it is.
pub(super) fn warnings(declared: &Declared<'_>, uses: &[(Span, Span)]) -> Vec<Diagnostic> {
    let mut whole = HashSet::new();
    each(declared, &mut |expr| {
        if let ExprKind::All(set) = &expr.kind {
            whole.insert(set.text.as_str());
        }
    });
    // What an assertion says decides nothing.
    let within = |outer: Span, used: Span| outer.source == used.source && outer.to(used) == outer;
    let is_asserted = |used: &Span| declared.assertions.iter().any(|assertion| within(assertion.span, *used));
    let mentioned = uses.iter().filter(|(used, _)| !is_asserted(used)).map(|(_, option)| *option).collect();
    let named = declared.options.iter().filter(|set| !whole.contains(set.name.text.as_str()));
    let named = named.map(|set| set.options.as_slice());
    // Lists of the same options are one list, which stands where the first does.
    let texts = |options: &[Name]| options.iter().map(|option| option.text.clone()).collect::<Vec<_>>();
    let mut seen = HashSet::new();
    let nameless = declared.nameless.iter().copied().filter(|options| seen.insert(texts(options)));
    named.chain(nameless).filter_map(|options| warning(options, &mentioned)).collect()
}

fn warning(options: &[Name], mentioned: &HashSet<Span>) -> Option<Diagnostic> {
    // What is none of the others stands for what nobody thought of.
    let spoken_of = |option: &&Name| mentioned.contains(&option.span) || REST.contains(&option.text.as_str());
    let silent: Vec<&Name> = options.iter().filter(|option| !spoken_of(option)).collect();
    // A list of which nothing tests any option only sorts what is written down.
    let first = silent.first().filter(|_| options.iter().any(|option| mentioned.contains(&option.span)))?;
    let names = |mark: &str| silent.iter().map(|name| format!("`{}`", name.text)).collect::<Vec<_>>().join(mark);
    let message = texts::nothing_mentions_options_though(&Each(&names("、"), &names(", "))).text();
    let help = texts::see_whether_not_lets().text();
    let subjects = silent.iter().map(|name| name.text.clone()).collect();
    Some(Diagnostic::new(Code::SilentOption, first.span, message, help).about(subjects))
}
