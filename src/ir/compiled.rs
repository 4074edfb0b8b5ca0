//! A rule set as bytes, so that the page starts without a compiler. The bytes belong to the build of this program that
//! wrote them: they are no format of exchange, for which a pack's own files are there.

use crate::ir::RuleSet;

/// The bytes of a rule set.
///
/// # Errors
/// It is too large for memory.
pub fn to_bytes(rules: &RuleSet) -> Result<Vec<u8>, String> {
    postcard::to_allocvec(rules).map_err(|error| error.to_string())
}

/// The rule set of bytes that [`to_bytes`] wrote.
///
/// # Errors
/// The bytes are cut off or another build's.
pub fn from_bytes(bytes: &[u8]) -> Result<RuleSet, String> {
    postcard::from_bytes(bytes).map_err(|error| error.to_string())
}
