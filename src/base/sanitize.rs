//! Words of others as they may be shown: nothing in them commands a terminal, turns the direction of writing, or stands
//! there unseen.

use std::borrow::Cow;

use crate::limits;

/// Whether a character turns the direction of what stands around it.
#[must_use]
pub fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character takes no room, so that nobody sees that it is there; joiners and variants, which change how their
/// neighbours look, are none of these.
#[must_use]
pub fn is_default_ignorable(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}' | '\u{200B}'
        | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E007F}')
}

/// A text of others as a message repeats it: what a person needs to find it again.
///
/// ```
/// assert_eq!(bulou_base::sanitize::shortened("东关小学"), "东关小学");
/// assert_eq!(bulou_base::sanitize::shortened(&"长".repeat(100)).chars().count(), bulou_base::limits::SHOWN_CHARS + 1);
/// ```
#[must_use]
pub fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(limits::SHOWN_CHARS) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

/// Words in one line with all of that replaced, line ends as well.
///
/// ```
/// assert_eq!(bulou_base::sanitize::visible("东关\u{1b}[31m小学\u{202e}"), "东关\u{fffd}[31m小学\u{fffd}");
/// assert_eq!(bulou_base::sanitize::visible(" ::error::甲::乙"), " ：:error::甲::乙");
/// ```
#[must_use]
pub fn visible(words: &str) -> String {
    tame(&words.chars().map(|c| if is_obeyed(c) { '\u{FFFD}' } else { c }).collect::<String>()).into_owned()
}

/// A line that GitHub's log would take as a command, `::error file=…`, begins with a full-width colon, which it does not
/// know.
fn tame(line: &str) -> Cow<'_, str> {
    let text = line.trim_start();
    match text.strip_prefix("::") {
        Some(rest) => format!("{}：:{rest}", line.strip_suffix(text).unwrap_or_default()).into(),
        None => line.into(),
    }
}

/// The same in several lines, which stay lines, ended as Unix ends them.
///
/// ```
/// assert_eq!(bulou_base::sanitize::visible_lines("甲\r\n乙\u{9b}K\r"), "甲\n乙\u{fffd}K\u{fffd}");
/// ```
#[must_use]
pub fn visible_lines(words: &str) -> String {
    let words = words.replace("\r\n", "\n");
    let words: String =
        words.chars().map(|c| if is_obeyed(c) && !matches!(c, '\n' | '\t') { '\u{FFFD}' } else { c }).collect();
    words.split('\n').map(tame).collect::<Vec<_>>().join("\n")
}

fn is_obeyed(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') || is_bidi_control(c) || is_default_ignorable(c)
}
