//! Marks of mutants that change nothing: `cases/equivalent.json`, each with its reason.

use serde::Deserialize;

use crate::Files;
use crate::cases::EQUIVALENTS;
use crate::mutate::{Fate, Mutant};
use bulou_compile::is_no_reason;
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;

/// One mark: the change of one declaration that no document could ever show.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mark {
    /// The rule's, definition's, table's or parameter's name.
    #[serde(rename = "规则", alias = "rule")]
    name: String,
    #[serde(rename = "原文", alias = "from")]
    from: String,
    #[serde(rename = "改文", alias = "to")]
    to: String,
    /// Which of several such changes of the declaration, from 1 on.
    #[serde(rename = "处", alias = "at", default)]
    nth: Option<usize>,
    #[serde(rename = "理由", alias = "reason")]
    reason: String,
}

/// Takes the marked mutants out of those that were missed; what is wrong with the marks.
pub(crate) fn apply(files: &Files, mutants: &mut [Mutant]) -> Vec<LocalizedText> {
    match marks(files) {
        Ok(marks) => marks.iter().filter_map(|mark| mark.apply(mutants)).collect(),
        Err(words) => vec![words],
    }
}

/// What is wrong with the file of marks itself, where it cannot be read.
pub(crate) fn unread(files: &Files) -> Option<LocalizedText> {
    marks(files).err()
}

fn marks(files: &Files) -> Result<Vec<Mark>, LocalizedText> {
    let Some(bytes) = files.0.get(EQUIVALENTS) else { return Ok(Vec::new()) };
    bulou_document::from_json(bytes).map_err(|error| texts::cannot_read_3(&EQUIVALENTS, &error.text()).text())
}

impl Mark {
    fn apply(&self, mutants: &mut [Mutant]) -> Option<LocalizedText> {
        if is_no_reason(&self.reason) {
            return Some(self.wrong(texts::gives_no_reason()));
        }
        let mut fitting = mutants.iter_mut().filter(|mutant| self.fits(mutant));
        let (Some(mutant), second) = (fitting.next(), fitting.next()) else {
            return Some(self.wrong(texts::no_such_mutant_remove()));
        };
        if second.is_some() {
            return Some(self.wrong(texts::several_mutants_fit_say()));
        }
        match mutant.fate {
            Fate::Missed => {
                mutant.fate = Fate::Equivalent(self.reason.clone());
                None
            }
            Fate::Equivalent(_) => Some(self.wrong(texts::marked_twice())),
            Fate::Uncompiled => Some(self.wrong(texts::mutant_does_not_compile())),
            Fate::Noticed => Some(self.wrong(texts::case_notices_not_equivalent())),
        }
    }

    fn fits(&self, mutant: &Mutant) -> bool {
        let same = |a: &str, b: &str| a.split_whitespace().eq(b.split_whitespace());
        mutant.declaration == self.name
            && same(&mutant.from, &self.from)
            && same(&mutant.to, &self.to)
            && self.nth.is_none_or(|nth| nth == mutant.nth)
    }

    fn wrong(&self, words: Phrase) -> LocalizedText {
        let mark = format!("{} `{}` → `{}`", self.name, self.from, self.to);
        texts::equivalent_mark_wrong(&mark, &words).text()
    }
}
