//! Characters in rule text that a reader cannot tell from others, or cannot see at all. What a rule says must be what it
//! is read as: such a character is refused in a name, and one that turns the direction of writing everywhere.

use crate::twins::{LATIN, PARTS, SOUNDS};
use bulou_base::sanitize::{is_bidi_control, is_default_ignorable};
use bulou_base::source::Span;
use bulou_messages::codes::Code;
use bulou_messages::diagnostic::{Diagnostic, Fix};
use bulou_messages::texts;

/// What a character is read as: itself, or what it looks like.
pub fn seen_as(c: char) -> char {
    if c.is_ascii() || is_common(c) {
        return c;
    }
    LATIN.iter().chain([&SOUNDS, &PARTS]).find_map(|twins| twin_of(c, *twins)).unwrap_or(c)
}

/// The characters that most names are made of, which look like nothing else.
fn is_common(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

fn twin_of(c: char, (those, these): (&str, &str)) -> Option<char> {
    let at = those.chars().position(|one| one == c)?;
    these.chars().nth(at)
}

fn is_like_latin(c: char) -> bool {
    !c.is_ascii() && !is_common(c) && LATIN.iter().any(|(those, _)| those.contains(c))
}

/// Radicals and strokes: what characters are made of.
fn is_part(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{31C0}'..='\u{31EF}')
}

/// Whether a character is one of a word's; what looks like one is.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_hidden(c) || is_part(c)
}

/// Whether a character has no place in a name: it is not seen, or turns what stands around it.
pub(super) fn is_hidden(c: char) -> bool {
    is_bidi_control(c) || is_default_ignorable(c) || matches!(c, '\u{200C}' | '\u{200D}')
}

/// What of a name looks like something else: where it is.
pub(super) fn twin(word: &str) -> Option<(usize, char)> {
    let is_wide = |c: char| {
        // Roman numerals, letters for mathematics, letters and digits as wide as a Chinese character.
        matches!(c, '\u{2160}'..='\u{2188}' | '\u{1D400}'..='\u{1D7FF}' | '\u{FF10}'..='\u{FF5A}')
    };
    let other = || word.char_indices().find(|(_, c)| is_hidden(*c) || is_wide(*c));
    [mixed(word), other()].into_iter().flatten().min_by_key(|(at, _)| *at)
}

/// Whether a name was found to look like something else as it was read: `quoted` is one between backticks.
pub fn is_mixed(name: &str, quoted: bool) -> bool {
    let of_word = |word| if quoted { mixed(word) } else { twin(word) };
    name.split(|c: char| !is_word(c)).any(|word| of_word(word).is_some())
}

/// What of a word is of another writing than the rest and looks like it.
pub(super) fn mixed(word: &str) -> Option<(usize, char)> {
    let latin = || word.chars().any(|c| c.is_ascii_alphabetic());
    let chinese = || word.chars().any(is_chinese);
    // A word of such letters alone reads as a Latin one.
    let posing = || word.chars().filter(|c| c.is_alphabetic()).all(is_like_latin);
    let poses = |c| is_like_latin(c) && (latin() || chinese() || posing());
    let is_twin = |c: char| match c {
        c if c.is_ascii() || is_common(c) => false,
        // Greek to Armenian, Cherokee, Coptic, Lisu.
        '\u{0370}'..='\u{058F}'
        | '\u{13A0}'..='\u{13FF}'
        | '\u{2C80}'..='\u{2CFF}'
        | '\u{A4D0}'..='\u{A4FF}'
        | '\u{AB70}'..='\u{ABBF}' => latin() || poses(c),
        // Characters that are there twice for the sake of other encodings.
        '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}' => true,
        '\u{3040}'..='\u{312F}' => SOUNDS.0.contains(c) && chinese(),
        c => is_part(c) || poses(c),
    };
    word.char_indices().find(|(_, c)| is_twin(*c))
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// About a character of a name.
pub(super) fn in_a_name(place: Span, c: char) -> Diagnostic {
    let code = format!("U+{:04X}", u32::from(c));
    let message = texts::character_here_cannot_told(&code).text();
    let help = texts::remove_type_name_again().text();
    let fix = match narrow(c) {
        Some(narrow) => Some(Fix::new(place, narrow)),
        None => is_hidden(c).then(|| Fix::new(place, "")),
    };
    Diagnostic::new(Code::LookAlike, place, message, help).with_fix(fix)
}

/// About a character of a text, a comment or a name between backticks; `None` when it is as it seems.
pub(super) fn in_a_text(place: Span, c: char) -> Option<Diagnostic> {
    let code = format!("U+{:04X}", u32::from(c));
    let (kind, message) = if is_bidi_control(c) {
        (Code::LookAlike, texts::control_turns_direction_writing(&code).text())
    } else if is_default_ignorable(c) || (c.is_control() && !matches!(c, '\t' | '\r' | '\n')) {
        (Code::Unseen, texts::character_cannot_seen(&code).text())
    } else {
        return None;
    };
    let help = texts::remove().text();
    Some(Diagnostic::new(kind, place, message, help).with_fix(Some(Fix::new(place, ""))))
}

/// The letter or digit of ordinary width.
fn narrow(c: char) -> Option<String> {
    let offset = u32::from(c).checked_sub(0xFF01)?;
    let narrow = char::from_u32(offset + 0x21).filter(char::is_ascii_alphanumeric)?;
    Some(narrow.to_string())
}

#[cfg(test)]
mod tests {
    use super::{seen_as, twin};

    #[test]
    fn a_letter_that_looks_like_another_is_read_as_that() {
        assert_eq!(
            ['А', 'ο', 'ꓐ', 'Ꭺ', 'ɡ', 'ニ', '⺠', '㇐', '门'].map(seen_as),
            ['A', 'o', 'B', 'A', 'g', '二', '民', '一', '门']
        );
    }

    #[test]
    fn what_can_be_told_apart_is_no_twin() {
        for word in ["部位", "a_b", "系数α", "学校3", "один", "〇一", "ひらがな", "カメラ", "Δt2"]
        {
            let greek = word == "Δt2";
            assert_eq!(twin(word).is_some(), greek, "{word}");
        }
        for word in [
            "bа",
            "表а",
            "сор",
            "⼀班",
            "表Ａ",
            "表１",
            "表Ⅱ",
            "𝐚",
            "一カ月",
            "力ニ",
            "a\u{200d}b",
            "甲\u{3164}",
            "表\u{2f800}",
            "⺠",
            "人⺠",
            "㇐",
            "ꓮꓐ",
            "表Ꭺ",
            "bꓥ",
            "ɡ",
            "օո",
        ] {
            assert!(twin(word).is_some(), "{word}");
        }
    }
}
