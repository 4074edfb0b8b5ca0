//! What differs between two versions of a pack: in words, by examples, and in whose result it changes.

mod candidates;
mod declared;
mod direction;
mod edits;
mod effects;
mod members;
mod model;
mod report;
mod rules;
mod search;
mod spots;
pub mod text;
mod tree;
mod versions;

use serde_json::Value;

pub use effects::{Effects, RuleEffect, SchoolEffect, StatusChange, fitting};
pub use report::{
    Aspect, Change, DeclarationChange, DeclarationKind, Diff, Example, Fate, FieldChange, Migration, RuleChange,
    RuleKind,
};
pub use search::EFFORT;

use crate::Loaded;
use bulou_base::date::Date;
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
use bulou_report::PackInfo;
use search::Search;
use versions::{Version, Versions, trees};

/// How two versions are compared.
#[derive(Clone, Copy, Debug)]
pub struct Comparison<'a> {
    /// The day that examples are searched for first.
    pub as_of: Date,
    /// How many answers a search for an example may ask for; [`EFFORT`] is a fraction of a second a rule.
    pub effort: usize,
    /// Whole documents, such as those of the pack's cases, from which a search may start.
    pub seeds: &'a [Value],
    /// The language in which the program says what is no text of the packs.
    pub lang: Lang,
}

/// Compares two versions; `None` when one of them has errors. The answer has no data: see [`Effects`].
#[must_use]
pub fn compare(old: &Loaded, new: &Loaded, comparison: Comparison<'_>) -> Option<Diff> {
    let (before, after) = (old.rules.as_ref()?, new.rules.as_ref()?);
    let (old_trees, new_trees) = (trees(old), trees(new));
    let Comparison { as_of, effort, seeds, lang } = comparison;
    let one = Version::new((before, old), &old_trees, lang);
    let other = Version::new((after, new), &new_trees, lang);
    let found = declared::changes(&one, &other);
    let versions = Versions { changed: declared::by_key(&found), old: one, new: other };
    let fields = model::changes(&versions.old, &versions.new);
    let search = Search::new(&versions, as_of, effort, seeds);
    Some(Diff {
        bulou: env!("CARGO_PKG_VERSION").into(),
        old: info(before),
        new: info(after),
        as_of: as_of.to_string(),
        header: header(&versions.old, &versions.new),
        rules: rules::changes(&versions, &model::behind_rules(&fields), &search),
        declarations: declared::with_rules(&versions, found),
        fields,
        data: None,
    })
}

fn info(rules: &RuleSet) -> PackInfo {
    rules.pack.clone()
}

fn header(old: &Version<'_>, new: &Version<'_>) -> Vec<Change> {
    let (before, after) = (old.rules, new.rules);
    let changes = [
        Change::texts(Aspect::Pack, &before.pack.id, &after.pack.id),
        Change::texts(Aspect::Version, &before.pack.version, &after.pack.version),
        Change::texts(Aspect::Title, &before.title, &after.title),
        Change::texts(Aspect::Publisher, &before.publisher, &after.publisher),
        Change::texts(
            Aspect::Effective,
            &rules::days(before.effective, new.lang),
            &rules::days(after.effective, new.lang),
        ),
    ];
    changes.into_iter().flatten().chain(placeholders(old, new)).collect()
}

/// What counts as not filled in: a pack's own words, or the built-in ones.
fn placeholders(old: &Version<'_>, new: &Version<'_>) -> Vec<Change> {
    let words = |version: &Version<'_>| {
        let own = version.declared.pack.and_then(|pack| pack.placeholders.as_ref());
        own.map(|words| words.iter().map(|word| word.text.clone()).collect::<Vec<_>>())
    };
    match (words(old), words(new)) {
        (Some(old), Some(other)) => declared::list(Aspect::Placeholders, &old, &other, new.lang),
        (old, other) => {
            let comma = new.lang.comma();
            let shown = |words: Option<Vec<String>>| words.map(|words| format!("{{{}}}", words.join(comma)));
            Change::of(Aspect::Placeholders, shown(old), shown(other)).into_iter().collect()
        }
    }
}
