//! A rule set as bytes, so that the page starts without a compiler. The bytes belong to the build of this program that
//! wrote them, and say so: they are no format of exchange, for which a pack's own files are there.
//!
//! Magic number, version of this layout, hash of the build, SHA-256 of the rest, the rest. Bytes of another build would
//! decode into other rules as often as into none, so nothing of them is decoded.

use sha2::{Digest, Sha256};

use crate::RuleSet;
use bulou_messages::diagnostic::LocalizedText;
use bulou_messages::texts;

const MAGIC: &[u8] = b"bulou\0ir";
const LAYOUT: [u8; 4] = 1_u32.to_le_bytes();
/// The hash over the sources of this build; `build.rs` makes it.
pub const BUILD: &[u8] = env!("BULOU_BUILD").as_bytes();

/// Why bytes are no rule set of this build: its pack's own files have to be compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text().en)]
pub enum Error {
    /// Another build of this program wrote them, or they are something else.
    OtherBuild,
    /// They were cut off or altered.
    Damaged,
}

impl Error {
    /// The reason, and what to do.
    #[must_use]
    pub fn text(&self) -> LocalizedText {
        match self {
            Self::OtherBuild => texts::compiled_pack_written_another().text(),
            Self::Damaged => texts::compiled_pack_cut_off().text(),
        }
    }
}

/// The bytes of a rule set.
///
/// # Errors
/// It is too large for memory.
pub fn to_bytes(rules: &RuleSet) -> Result<Vec<u8>, postcard::Error> {
    let content = postcard::to_allocvec(rules)?;
    Ok([MAGIC, &LAYOUT, BUILD, &Sha256::digest(&content), &content].concat())
}

/// The rule set of bytes that [`to_bytes`] wrote.
///
/// # Errors
/// The bytes are another build's, cut off or altered: compile the pack's own files.
pub fn from_bytes(bytes: &[u8]) -> Result<RuleSet, Error> {
    let stamped = [MAGIC, &LAYOUT, BUILD].into_iter().try_fold(bytes, <[u8]>::strip_prefix).ok_or(Error::OtherBuild)?;
    let (digest, content) = stamped.split_at_checked(Sha256::output_size()).ok_or(Error::Damaged)?;
    if Sha256::digest(content).as_slice() != digest {
        return Err(Error::Damaged);
    }
    postcard::from_bytes(content).map_err(|_| Error::Damaged)
}
