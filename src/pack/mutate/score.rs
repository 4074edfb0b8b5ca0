//! How many mutants were noticed.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::mutate::{Fate, Mutant};

/// Mutants by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Score {
    /// Noticed by a case.
    pub noticed: usize,
    /// Noticed by none.
    pub missed: usize,
    /// Marked as changing nothing.
    pub equivalent: usize,
    /// Refused by the compiler.
    pub uncompiled: usize,
}

impl Score {
    /// Counts mutants.
    pub(crate) fn of<'m>(mutants: impl IntoIterator<Item = &'m Mutant>) -> Self {
        let mut score = Self::default();
        for mutant in mutants {
            score.add(mutant);
        }
        score
    }

    fn add(&mut self, mutant: &Mutant) {
        match mutant.fate {
            Fate::Noticed => self.noticed += 1,
            Fate::Missed => self.missed += 1,
            Fate::Equivalent(_) => self.equivalent += 1,
            Fate::Uncompiled => self.uncompiled += 1,
        }
    }

    /// Of the mutants that could be noticed, how many are.
    #[must_use]
    pub fn could_be_noticed(&self) -> usize {
        self.noticed + self.missed
    }

    /// Tenths of a percent, rounded down, so that 100 % means all. Without mutants nothing is left open.
    ///
    /// ```
    /// use bulou_pack::mutate::Score;
    /// let score = Score { noticed: 2, missed: 1, equivalent: 7, uncompiled: 3 };
    /// assert_eq!(score.permille(), 666);
    /// ```
    #[must_use]
    pub fn permille(&self) -> usize {
        (self.noticed * 1000).checked_div(self.could_be_noticed()).unwrap_or(1000)
    }
}

/// The score of each group of mutants.
pub(crate) fn by<K: Ord>(mutants: &[Mutant], key: impl Fn(&Mutant) -> K) -> Vec<(K, Score)> {
    let mut groups: BTreeMap<K, Score> = BTreeMap::new();
    for mutant in mutants {
        groups.entry(key(mutant)).or_default().add(mutant);
    }
    groups.into_iter().collect()
}
