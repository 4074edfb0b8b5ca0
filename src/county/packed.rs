//! A submission in as few bytes as it takes: a roll holds one of every school, and of a province that is most of what is
//! in memory.

use std::collections::BTreeSet;

use crate::due::Running;
use crate::notices::Findings;
use crate::{Digest, Origin, Submission};
use bulou_report::Verdict;

/// A [`Submission`], packed.
#[derive(Clone, Debug)]
pub struct Packed(Box<[u8]>);

/// Its parts in the order in which they are packed. Its own form leaves out what is empty, and that can only be read
/// again where every part has a name.
type Parts<O, T, D, F, S> = (O, Option<T>, Verdict, u32, S, T, D, u32, T, F);
type OriginParts<T, N> = (T, Option<T>, Option<T>, Option<i64>, Digest, T, N);

type Owned =
    Parts<OriginParts<Box<str>, BTreeSet<Box<str>>>, Box<str>, Box<[Running]>, Box<[Findings]>, Box<[Box<str>]>>;

impl Packed {
    /// Packs a submission.
    ///
    /// # Errors
    /// It cannot be packed; all that a submission can hold can be.
    pub fn new(submission: &Submission) -> postcard::Result<Self> {
        let Submission { origin, other_rules, verdict, faults, told, statuses, due, more_due, kept, findings } =
            submission;
        let Origin { date, not_before, to_come, edition, sha256, school, names } = origin;
        let origin: OriginParts<_, _> = (date, not_before.as_ref(), to_come.as_ref(), *edition, *sha256, school, names);
        let parts: Parts<_, _, _, _, _> =
            (origin, other_rules.as_ref(), *verdict, *faults, told, statuses, due, *more_due, kept, findings);
        postcard::to_allocvec(&parts).map(|bytes| Self(bytes.into()))
    }

    /// The submission again. Were it not what was packed, it would be one of which nothing is known.
    #[must_use]
    pub fn submission(&self) -> Submission {
        let Ok(parts) = postcard::from_bytes::<Owned>(&self.0) else { return Submission::default() };
        let (origin, other_rules, verdict, faults, told, statuses, due, more_due, kept, findings) = parts;
        let (date, not_before, to_come, edition, sha256, school, names) = origin;
        let origin = Origin { date, not_before, to_come, edition, sha256, school, names };
        Submission { origin, other_rules, verdict, faults, told, statuses, due, more_due, kept, findings }
    }
}
