//! A school's entry in as few bytes as it takes: a roll holds one of every school, and of a province that is most of
//! what is in memory.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::county::notices::Findings;
use crate::county::{Entry, Origin, Submission};
use crate::report::Verdict;

/// An [`Entry`], packed; in the state that is written it stands as the entry itself.
#[derive(Clone, Debug)]
pub struct Packed(Box<[u8]>);

/// An entry's parts in the order in which they are packed. Its own form leaves out what is empty, and that can only be
/// read again where every part has a name.
type Parts<O, T, D, F, E> = (O, T, Option<T>, Verdict, T, D, T, F, E);

type Owned = Parts<Origin, Box<str>, Box<[(u16, i32)]>, Box<[Findings]>, Vec<Origin>>;

impl Packed {
    /// Packs an entry.
    ///
    /// # Errors
    /// It cannot be packed; all that an entry can hold can be.
    pub fn new(entry: &Entry) -> postcard::Result<Self> {
        let Submission { origin, name, other_rules, verdict, statuses, due, kept, findings } = &*entry.latest;
        let parts: Parts<_, _, _, _, _> =
            (origin, name, other_rules.as_ref(), *verdict, statuses, due, kept, findings, &entry.earlier);
        postcard::to_allocvec(&parts).map(|bytes| Self(bytes.into()))
    }

    /// The entry again. Were it not what was packed, it would be one of which nothing is known.
    #[must_use]
    pub fn entry(&self) -> Entry {
        let Ok(parts) = postcard::from_bytes::<Owned>(&self.0) else { return Entry::default() };
        let (origin, name, other_rules, verdict, statuses, due, kept, findings, earlier) = parts;
        let latest = Submission { origin, name, other_rules, verdict, statuses, due, kept, findings };
        Entry { latest: Box::new(latest), earlier }
    }
}

impl Serialize for Packed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.entry().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Packed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(&Entry::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}
