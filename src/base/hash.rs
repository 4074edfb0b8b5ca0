//! Tables by hash for what is looked up millions of times: the standard ones with a hash that takes a tenth of the time. Its
//! seed differs from run to run where addresses do, which in a browser they do not: there a document that was made for it
//! can make a check slow, and no more.

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
