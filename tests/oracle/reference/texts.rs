//! What texts are compared by, and which say nothing.

use unicode_normalization::UnicodeNormalization as _;

/// The placeholders of packs that name none, as far as documents here have them.
const BUILT_IN: [&str; 6] = ["无", "/", "待定", "同上", "略", "N/A"];

/// The normal form of a text.
pub fn normal(text: &str) -> String {
    let seen = text.chars().filter(|c| !is_ignored(*c)).map(narrow).collect::<String>();
    let words: Vec<&str> = seen.split(char::is_whitespace).filter(|word| !word.is_empty()).collect();
    let mut all = String::new();
    for word in words {
        let (before, after) = (all.chars().next_back(), word.chars().next());
        if before.is_some_and(|c| !is_chinese(c)) && after.is_some_and(|c| !is_chinese(c)) {
            all.push(' ');
        }
        all.push_str(word);
    }
    all.nfc().collect()
}

/// What makes a placeholder the word that it is.
pub fn core(text: &str) -> String {
    let lower = normal(text).to_lowercase();
    let letters: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut core: Vec<char> = if letters.is_empty() { lower.replace(' ', "") } else { letters }.chars().collect();
    core.dedup();
    core.into_iter().collect()
}

/// Whether a text tells nothing by its form, whatever a pack's placeholders are.
pub fn tells_nothing(text: &str) -> bool {
    ["#REF!", "#DIV/0!", "#NAME?", "#N/A"].contains(&text) || !text.chars().any(|c| c.is_alphanumeric())
}

/// The cores of a pack's placeholders.
pub fn placeholders(own: Option<&[bulou_syntax::ast::Str]>) -> Vec<String> {
    match own {
        Some(words) => words.iter().map(|word| core(&word.text)).collect(),
        None => BUILT_IN.iter().map(|word| core(word)).collect(),
    }
}

/// Of the characters that nobody sees, those that documents here have.
fn is_ignored(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE0F}' | '\u{FEFF}' | '\0'..='\u{8}')
}

fn narrow(c: char) -> char {
    let code = u32::from(c);
    if (0xFF01..=0xFF5E).contains(&code) { char::from_u32(code - 0xFEE0).expect("ASCII") } else { c }
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}')
}
