//! One school's documents: those that nothing outranks, and those before them. Whatever the order in which they come in
//! and however they were split, the same documents make the same entry; a document that comes in twice is one.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Bound;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::packed::Packed;
use crate::{Digest, Origin, Submission};

/// A school's documents.
#[derive(Clone, Debug)]
pub struct Entry {
    /// By far the most schools have one, and that is most of what a roll holds.
    one: Option<Packed>,
    several: Option<Box<Several>>,
}

impl Entry {
    /// Of one document.
    ///
    /// # Errors
    /// It cannot be packed; all that a submission can hold can be.
    pub fn new(submission: &Submission) -> postcard::Result<Self> {
        Ok(Self { one: Some(Packed::new(submission)?), several: None })
    }

    /// Adds a document; the answer is how much work it took.
    pub fn add(&mut self, submission: Submission) -> u64 {
        self.several().add(submission)
    }

    /// Adds another part's documents of the same school; the answer is how much work it took.
    pub fn merge(&mut self, other: Self) -> u64 {
        let several = self.several();
        let one = other.one.map_or(0, |one| several.add(one.submission()));
        one + other.several.map_or(0, |other| several.merge(*other))
    }

    fn several(&mut self) -> &mut Several {
        let one = self.one.take();
        self.several.get_or_insert_with(|| {
            let mut several = Several::default();
            if let Some(one) = one {
                several.add(one.submission());
            }
            Box::new(several)
        })
    }

    /// Those that nothing outranks: one, or several that contradict one another.
    pub fn current(&self) -> impl Iterator<Item = Cow<'_, Submission>> {
        let one = self.one.iter().map(|one| Cow::Owned(one.submission()));
        one.chain(self.several.iter().flat_map(|several| several.current()).map(Cow::Borrowed))
    }

    /// Those before, the earliest first.
    pub fn earlier(&self) -> impl Iterator<Item = &Origin> {
        self.several.iter().flat_map(|several| several.earlier.values())
    }

    /// Whether each of its documents that count can have been judged so; see `Submission::fits`.
    pub fn fits(&self, weighing: &[bool], as_of: &str) -> bool {
        self.current().all(|one| one.fits(weighing, as_of))
    }
}

/// Several documents of a school.
#[derive(Clone, Debug, Default)]
struct Several {
    /// Those without 日期 that no greater 版次 follows: nothing says whether they are later or earlier than any other.
    undated: BTreeMap<Digest, Submission>,
    /// By day, the greatest 版次 of the documents of that day or a later one, where it is greater than of those after it.
    editions: BTreeMap<Box<str>, i64>,
    /// Of the latest day, those without 版次: nothing says which of that day they are.
    plain: BTreeMap<Digest, Submission>,
    /// Of that day, those of the greatest 版次.
    numbered: BTreeMap<Digest, Submission>,
    /// Those of a day that is still to come, as long as there are no others: they outrank nothing.
    to_come: BTreeMap<Digest, Submission>,
    /// By day, 版次 and bytes; those of days to come after all others.
    earlier: BTreeMap<Rank, Origin>,
}

/// The place of a document that another outranks: its day that is still to come, its day, its 版次, its bytes.
type Rank = (Option<Box<str>>, Box<str>, Option<i64>, Digest);

impl Several {
    fn current(&self) -> impl Iterator<Item = &Submission> {
        self.undated.values().chain(self.dated()).chain(self.to_come.values())
    }

    fn dated(&self) -> impl Iterator<Item = &Submission> {
        self.plain.values().chain(self.numbered.values())
    }

    fn add(&mut self, submission: Submission) -> u64 {
        let followed = self.follow(&submission.origin);
        if submission.origin.is_undated() && self.is_followed(&submission.origin) {
            return self.before(submission.origin);
        }
        followed + self.put_in(submission)
    }

    fn put_in(&mut self, submission: Submission) -> u64 {
        let to_come = submission.origin.to_come.is_some();
        if to_come && (!self.undated.is_empty() || self.dated().next().is_some()) {
            return self.before(submission.origin);
        }
        let mut outranked = if to_come { BTreeMap::new() } else { std::mem::take(&mut self.to_come) };
        let origin = &submission.origin;
        if to_come || origin.date.is_empty() {
            let work = self.all_before(outranked);
            let place = if to_come { &mut self.to_come } else { &mut self.undated };
            return work + put(place, submission);
        }
        let order = self.dated().next().map(|one| origin.date.cmp(&one.origin.date));
        let greatest = self.numbered.values().next().and_then(|one| one.origin.edition);
        match order {
            // There is a dated one, and so none to come.
            Some(std::cmp::Ordering::Less) => return self.before(submission.origin),
            Some(std::cmp::Ordering::Greater) => {
                outranked.append(&mut self.numbered);
                outranked.append(&mut self.plain);
            }
            _ if origin.edition.is_some() && origin.edition < greatest => return self.before(submission.origin),
            _ if origin.edition > greatest => outranked.append(&mut self.numbered),
            _ => {}
        }
        let work = self.all_before(outranked);
        let place = if submission.origin.edition.is_some() { &mut self.numbered } else { &mut self.plain };
        work + put(place, submission)
    }

    /// Whether a later document has a greater 版次 than one without 日期.
    fn is_followed(&self, undated: &Origin) -> bool {
        let later = self.editions.range::<str, _>((Bound::Included(undated.first_day()), Bound::Unbounded)).next();
        later.is_some_and(|(_, edition)| *edition > undated.edition_so_far())
    }

    /// Notes a document's day and 版次, and puts those without 日期 that it follows among the earlier ones.
    fn follow(&mut self, origin: &Origin) -> u64 {
        let Some(edition) = origin.edition.filter(|_| !origin.date.is_empty()) else { return 0 };
        let from = (Bound::Included(&*origin.date), Bound::Unbounded);
        if self.editions.range::<str, _>(from).next().is_some_and(|(_, other)| *other >= edition) {
            return 0;
        }
        let until = (Bound::Unbounded, Bound::Included(&*origin.date));
        let less = self.editions.range::<str, _>(until).rev().take_while(|(_, other)| **other <= edition);
        for day in less.map(|(day, _)| day.clone()).collect::<Vec<_>>() {
            self.editions.remove(&day);
        }
        self.editions.insert(origin.date.clone(), edition);
        let undated = std::mem::take(&mut self.undated);
        let (followed, open) = undated.into_iter().partition(|(_, one)| self.is_followed(&one.origin));
        self.undated = open;
        self.all_before(followed)
    }

    fn all_before(&mut self, outranked: BTreeMap<Digest, Submission>) -> u64 {
        outranked.into_values().map(|one| self.before(one.origin)).sum()
    }

    /// Puts a document among those that another outranks.
    fn before(&mut self, origin: Origin) -> u64 {
        self.follow(&origin);
        let key = (origin.to_come.clone(), origin.date.clone(), origin.edition, origin.sha256);
        let names = origin.names.clone();
        let count = names.len() as u64;
        self.earlier.entry(key).or_insert(origin).names.extend(names);
        count
    }

    fn merge(&mut self, other: Self) -> u64 {
        let dated = other.plain.into_values().chain(other.numbered.into_values());
        let current = other.undated.into_values().chain(dated).chain(other.to_come.into_values());
        let work: u64 = current.map(|one| self.add(one)).sum();
        work + other.earlier.into_values().map(|one| self.before(one)).sum::<u64>()
    }
}

/// Puts a document among others; the answer is how much work it took.
fn put(among: &mut BTreeMap<Digest, Submission>, submission: Submission) -> u64 {
    let names = submission.origin.names.clone();
    let count = names.len() as u64;
    among.entry(submission.origin.sha256).or_insert(submission).origin.names.extend(names);
    count
}

/// As it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written<'e> {
    current: Vec<Cow<'e, Submission>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    earlier: Vec<Cow<'e, Origin>>,
}

impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let earlier = self.earlier().map(Cow::Borrowed).collect();
        Written { current: self.current().collect(), earlier }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Written { current, earlier } = Written::deserialize(deserializer)?;
        let Some((first, rest)) = current.split_first() else {
            return Err(serde::de::Error::custom("a school without a document"));
        };
        if let Some(wrong) = current.iter().find_map(|one| one.contradiction()) {
            return Err(serde::de::Error::custom(wrong));
        }
        let mut entry = Self::new(first).map_err(serde::de::Error::custom)?;
        for one in rest {
            entry.add(one.clone().into_owned());
        }
        let all = || current.iter().map(|one| &one.origin).chain(earlier.iter().map(|one| &**one));
        let outranked = |origin: &Origin| all().any(|one| one.outranks(origin));
        if entry.current().count() != current.len() || !earlier.iter().all(|origin| outranked(origin)) {
            return Err(serde::de::Error::custom("a school's documents in another order than they have"));
        }
        for one in earlier {
            entry.several().before(one.into_owned());
        }
        Ok(entry)
    }
}
