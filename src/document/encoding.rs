//! What bytes that are no UTF-8 probably are. Decoding them is the caller's: the command line has its table, the
//! browser its own TextDecoder.

/// The encoding that bytes seem to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding<'b> {
    /// Valid UTF-8, with or without a byte-order mark.
    Utf8(&'b str),
    /// UTF-16, by its byte-order mark or its zero bytes.
    Utf16,
    /// UTF-32, likewise.
    Utf32,
    /// Every byte fits GB18030.
    Gb18030,
    /// UTF-8 that ends within a character.
    CutOff,
    /// Something else.
    Unknown,
}

/// Looks at bytes and tells.
#[must_use]
pub fn sniff(bytes: &[u8]) -> Encoding<'_> {
    // A document begins with ASCII, if not with a mark.
    match bytes {
        [0, 0, 0, 0, ..] => {}
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] | [_, 0, 0, 0, ..] | [0, 0, 0, ..] => return Encoding::Utf32,
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, ..] | [_, 0, ..] => return Encoding::Utf16,
        _ => {}
    }
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return Encoding::Utf8(text);
    }
    if std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none() && error.valid_up_to() > 0) {
        return Encoding::CutOff;
    }
    if is_gb18030(bytes) { Encoding::Gb18030 } else { Encoding::Unknown }
}

/// The text of UTF-16 that begins with its mark, of either order. `None` of other bytes, and where a character is damaged or
/// cut off.
///
/// ```
/// use bulou_document::encoding::utf16;
/// assert_eq!(utf16(b"\xFF\xFEa\0\x2D\x4E").as_deref(), Some("a中"));
/// assert_eq!(utf16(b"\xFE\xFF\0a\x4E\x2D").as_deref(), Some("a中"));
/// assert!(utf16(b"\xFF\xFEa").is_none() && utf16("a中".as_bytes()).is_none());
/// ```
#[must_use]
pub fn utf16(bytes: &[u8]) -> Option<String> {
    let unit = match bytes {
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let (units, cut) = bytes.get(2..)?.as_chunks();
    let text = char::decode_utf16(units.iter().map(|pair| unit(*pair))).collect::<Result<String, _>>().ok();
    text.filter(|_| cut.is_empty())
}

fn is_gb18030(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        rest = match (first, after) {
            (0x00, _) => return false,
            (0x01..=0x7F, _) => after,
            (0x81..=0xFE, [0x40..=0x7E | 0x80..=0xFE, after @ ..]) => after,
            (0x81..=0xFE, [0x30..=0x39, 0x81..=0xFE, 0x30..=0x39, after @ ..]) => after,
            _ => return false,
        };
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{Encoding, sniff};

    #[test]
    fn utf8_that_ends_within_a_character_is_cut_off_wherever_that_is() {
        let text = r#"{"学校": "南街小学", "注": "é😀"}"#.as_bytes();
        for end in 1..text.len() {
            let is_whole = std::str::from_utf8(&text[..end]).is_ok();
            assert_eq!(sniff(&text[..end]) == Encoding::CutOff, !is_whole, "{end}");
        }
        // Two bytes a character, and another encoding's end.
        assert_eq!(sniff(b"{\"\xD6\xD0\xCE\xC4\": 1"), Encoding::Gb18030);
        assert_eq!(sniff(b"{\"\xFF\": 1}"), Encoding::Unknown);
    }
}
