//! Tables by hash for what is looked up millions of times: the standard ones with a hash that takes a tenth of the time and
//! differs from run to run, so that no document can be made to fall on one place by knowing it.

use foldhash::fast::RandomState;

/// `std::collections::HashMap` with [`foldhash`].
///
/// ```
/// let mut counted: bulou_base::hash::HashMap<&str, u32> = Default::default();
/// *counted.entry("隐患").or_default() += 1;
/// assert_eq!(counted.get("隐患"), Some(&1));
/// ```
pub type HashMap<K, V> = std::collections::HashMap<K, V, RandomState>;

/// `std::collections::HashSet` with [`foldhash`].
pub type HashSet<K> = std::collections::HashSet<K, RandomState>;

pub use foldhash::fast::RandomState as Hashes;
