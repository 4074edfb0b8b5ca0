//! What a text is compared by. People type one word in many ways that look alike: with blanks around it, in letters as
//! wide as a Chinese character, with characters that nobody sees, composed or decomposed. All of these are one text here,
//! whoever asks: options, formats, `唯一`, comparisons, lists. What was written stays and is what reports show.
//!
//! - Default-ignorable characters and controls are not there.
//! - Blanks of any width around a text are not there, nor beside a Chinese character; between other characters they
//!   are one space.
//! - ASCII in full width (U+FF01 to U+FF5E) is ASCII.
//! - The rest is NFC (UAX #15).

use std::borrow::Cow;

use bulou_base::sanitize::{is_bidi_control, is_default_ignorable};

/// A text's normal form; borrowed when it is that already.
///
/// ```
/// use bulou_document::normalize::normal;
/// assert_eq!(normal(" 南街\u{3000}小学\u{200B}(东)２班 "), "南街小学(东)2班");
/// assert_eq!(normal("Building  7"), "Building 7");
/// assert_eq!(normal("\u{200B}\u{3000}"), "");
/// ```
#[must_use]
pub fn normal(text: &str) -> Cow<'_, str> {
    if is_plain(text.as_bytes()) || text.chars().all(is_settled) {
        return Cow::Borrowed(text);
    }
    let folded = folded(text);
    let folded = if folded.chars().all(is_composed) { folded } else { composed(&folded) };
    if folded == text { Cow::Borrowed(text) } else { Cow::Owned(folded) }
}

/// Reads a text in its normal form, for serde.
///
/// # Errors
/// It is no text.
pub fn deserialize<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    <String as serde::Deserialize>::deserialize(deserializer).map(|text| normal(&text).into_owned())
}

/// Whether a text holds nothing that can be seen.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| is_space(c) || is_ignored(c))
}

/// Whether two different texts are the same to the eye: letters that look like others, or other forms of one character.
#[must_use]
pub fn looks_like(one: &str, other: &str) -> bool {
    seen(one) == seen(other)
}

/// What a text is to the eye, for comparing alone.
#[must_use]
pub fn seen(text: &str) -> String {
    compatible(&normal(text)).chars().map(bulou_syntax::seen_as).collect()
}

/// Whether every byte begins or continues a visible ASCII or a common Chinese character (U+4000 to U+9FFF). Such a text
/// is normal; the loop has no way out before its end, so that it runs over many bytes at once.
#[inline]
fn is_plain(bytes: &[u8]) -> bool {
    bytes.iter().fold(true, |plain, byte| plain & matches!(byte, 0x21..=0x7E | 0x80..=0xBF | 0xE4..=0xE9))
}

/// Whether a character stays as it is, whatever stands beside it.
fn is_settled(c: char) -> bool {
    is_composed(c) && !is_space(c) && !is_ignored(c) && !matches!(c, '\u{FF01}'..='\u{FF5E}')
}

/// Whether a character is surely its own composed form, and composes with none before it. Of the others the tables of
/// Unicode decide, which are large.
fn is_composed(c: char) -> bool {
    matches!(c,
        '\0'..='\u{2FF}' | '\u{2010}'..='\u{205E}' | '\u{3000}'..='\u{3029}' | '\u{3030}'..='\u{3098}'
        | '\u{309B}'..='\u{A48C}' | '\u{FF01}'..='\u{FF9D}' | '\u{FFE0}'..='\u{FFE6}' | '\u{20000}'..='\u{2F7FF}')
}

/// A blank, however wide; characters that fonts leave empty are blanks as well.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{2800}' | '\u{13441}' | '\u{13442}' | '\u{16FE4}' | '\u{1D159}')
}

/// Takes no room: default-ignorable (UAX #44), or a control.
pub fn is_ignored(c: char) -> bool {
    is_default_ignorable(c)
        || is_bidi_control(c)
        || (c.is_control() && !c.is_whitespace())
        || matches!(c,
            '\u{180B}'..='\u{180F}' | '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{E0080}'..='\u{E0FFF}')
}

/// Characters that are written without blanks between them: Chinese and Japanese, and their marks.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{20000}'..='\u{3FFFF}')
}

/// All but composition.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars().filter(|c| !is_ignored(*c)) {
        if is_space(c) {
            space = true;
            continue;
        }
        let c = match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            c => c,
        };
        if std::mem::take(&mut space) && !is_wide(c) && out.chars().next_back().is_some_and(|before| !is_wide(before)) {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
fn composed(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    text.nfc().collect()
}

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
fn compatible(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    text.nfkc().collect()
}

/// A browser has the tables, and the module need not carry them.
#[cfg(all(target_arch = "wasm32", target_os = "unknown", feature = "wasm"))]
fn composed(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFC").into()
}

#[cfg(all(target_arch = "wasm32", target_os = "unknown", feature = "wasm"))]
fn compatible(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFKC").into()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization as _;

    use super::{composed, folded, is_blank, is_composed, is_ignored, is_plain, looks_like, normal};

    #[test]
    fn texts_that_look_the_same_are_the_same() {
        for (one, other) in [
            ("围墙", " 围\u{3000}墙\u{200B}"),
            ("A1", "Ａ\u{FE0F}１"),
            ("校长(园长)", "校长\u{FF08}园长\u{FF09}"),
            ("a b", "\u{a0}a\u{2003}\u{2003}b\u{2028}"),
            ("é", "e\u{301}"),
            ("\u{8C48}", "\u{F900}"),
            ("が", "か\u{3099}"),
            ("葛", "葛\u{E0100}"),
        ] {
            assert_eq!(normal(one), normal(other), "{one} {other}");
        }
        for (one, other) in [("12 3", "1 23"), ("大门", "⼤门"), ("a", "A"), ("—", "-")] {
            assert_ne!(normal(one), normal(other), "{one} {other}");
        }
    }

    #[test]
    fn what_looks_alike_without_being_the_same_can_be_told() {
        for (one, other) in [("大门", "⼤门"), ("A班", "А班"), ("ニ楼", "二楼"), ("①", "1")] {
            assert!(normal(one) != normal(other) && looks_like(one, other), "{one} {other}");
        }
        assert!(!looks_like("大门", "小门"));
    }

    /// The short lists above against the tables of Unicode, character by character.
    #[test]
    fn the_short_lists_agree_with_unicode() {
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            if is_composed(c) {
                assert_eq!(composed(&text), text, "U+{:04X}", u32::from(c));
                let after = format!("e{c}");
                assert!(unicode_normalization::is_nfc_quick(after.chars()) == unicode_normalization::IsNormalized::Yes);
            }
            if is_plain(text.as_bytes()) {
                assert_eq!(folded(&text), text, "U+{:04X}", u32::from(c));
            }
            if is_ignored(c) {
                assert!(is_blank(&text) && normal(&text).is_empty());
            }
        }
    }

    #[test]
    fn what_fonts_leave_empty_is_blank() {
        for text in ["\u{3164}", "\u{115F}\u{1160}", "\u{FFA0}", "\u{2800}\u{3000}", "\u{13441}\u{13442}", "\u{1D159}"]
        {
            assert!(
                is_blank(text) && normal(text).is_empty() && normal(&format!("{text}甲{text}")) == "甲",
                "{text:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_normal_form_is_its_own(text in "\\PC{0,12}|[ a1甲\u{3000}\u{200B}\u{301}\u{FF21}\u{F900}]{0,12}") {
            let once = normal(&text).into_owned();
            prop_assert_eq!(normal(&once).into_owned(), once.clone());
            prop_assert_eq!(once.is_empty(), is_blank(&text));
            prop_assert_eq!(once.nfc().collect::<String>(), once);
        }
    }
}
