//! Marks of what passes and may: `cases/accepted.json`, each with its reason.

use std::collections::BTreeSet;

use bulou_compile::is_no_reason;
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;
use serde::Deserialize;

use super::fields::each;
use super::{Change, Fate, Party};
use crate::Files;
use crate::cases::{ACCEPTED, json_words};

/// One mark.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mark {
    /// Whose document.
    #[serde(rename = "数据", alias = "data")]
    party: MarkedParty,
    /// The field's path.
    #[serde(rename = "字段", alias = "field")]
    field: String,
    /// What it says, or what was done to it.
    #[serde(rename = "改成", alias = "to")]
    to: String,
    #[serde(rename = "理由", alias = "reason")]
    reason: String,
}

#[derive(Clone, Copy, Debug, Deserialize)]
enum MarkedParty {
    #[serde(rename = "学校", alias = "school")]
    School,
    #[serde(rename = "全县", alias = "county")]
    County,
}

fn marks(files: &Files) -> Result<Vec<Mark>, LocalizedText> {
    let Some(bytes) = files.0.get(ACCEPTED) else { return Ok(Vec::new()) };
    bulou_document::from_json(bytes).map_err(|error| json_words(ACCEPTED, &error))
}

/// What is wrong with the marks as far as the rules alone tell: an unreadable file, no reason, no such field, the same
/// mark twice.
#[must_use]
pub fn problems(files: &Files, rules: &RuleSet) -> Vec<LocalizedText> {
    let marks = match marks(files) {
        Ok(marks) => marks,
        Err(words) => return vec![words],
    };
    let mut fields = BTreeSet::new();
    each(&rules.shape, &mut |path| _ = fields.insert((Party::School, path.to_owned())));
    if let Some(county) = &rules.county {
        each(&county.rules.shape, &mut |path| _ = fields.insert((Party::County, path.to_owned())));
    }
    let mut seen = BTreeSet::new();
    let wrong = |mark: &Mark| {
        let words = if is_no_reason(&mark.reason) {
            texts::gives_no_reason()
        } else if !fields.contains(&(mark.party(), mark.field.clone())) {
            texts::no_such_field_remove()
        } else if !seen.insert((mark.party(), mark.field.clone(), mark.to.clone())) {
            texts::marked_twice()
        } else {
            return None;
        };
        Some(mark.wrong(words))
    };
    marks.iter().filter_map(wrong).collect()
}

/// Takes the marked changes out of those that were missed; what is wrong with the marks.
pub(super) fn apply(files: &Files, rules: &RuleSet, changes: &mut [Change]) -> Vec<LocalizedText> {
    let stale = problems(files, rules);
    if !stale.is_empty() {
        return stale;
    }
    let marks = marks(files).unwrap_or_default();
    marks.iter().filter_map(|mark| mark.apply(changes)).collect()
}

impl Mark {
    fn party(&self) -> Party {
        match self.party {
            MarkedParty::School => Party::School,
            MarkedParty::County => Party::County,
        }
    }

    fn apply(&self, changes: &mut [Change]) -> Option<LocalizedText> {
        let fits = |change: &&mut Change| {
            let to = &change.to;
            change.party == self.party() && change.field == self.field && (to.zh == self.to || to.en == self.to)
        };
        let Some(change) = changes.iter_mut().find(fits) else {
            return Some(self.wrong(texts::no_such_change_tried()));
        };
        if change.fate == Fate::Noticed {
            return Some(self.wrong(texts::noticed_needs_no_mark()));
        }
        change.fate = Fate::Accepted(self.reason.clone());
        None
    }

    fn wrong(&self, words: Phrase) -> LocalizedText {
        let Self { field, to, .. } = self;
        texts::accepted_field_to_words(&ACCEPTED, &field, &to, &words).text()
    }
}
