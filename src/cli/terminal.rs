//! What a terminal can show, by the settings that terminals have in common.

use std::sync::OnceLock;

use bulou_messages::diagnostic::{Lang, LocalizedText};

/// The language of the command line, which is one for the whole process.
static LANG: OnceLock<Lang> = OnceLock::new();

/// Sets the language in which what stops a command is said, once, before anything can.
pub fn speak(lang: Lang) {
    let _ = LANG.set(lang);
}

/// The language of the command line.
pub fn language() -> Lang {
    LANG.get().copied().unwrap_or_default()
}

/// A sentence in the language of the command line.
pub fn said(words: LocalizedText) -> String {
    language().pick(words.zh, words.en)
}

/// Says something beside the answer. Where standard error is closed or full nobody can be told, and the exit code stays.
pub fn tell(words: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{words}");
}

/// Columns of a text that is written to no terminal, and the most that are easily read.
const WIDTH: usize = 100;
/// Narrower no line can be broken sensibly.
const LEAST: usize = 40;

/// Whether to write colours, as <https://no-color.org> and <https://bixense.com/clicolors> have it.
pub fn colors(terminal: bool, variable: &dyn Fn(&str) -> Option<String>) -> bool {
    let says = |name, no: &str| variable(name).is_some_and(|value| !value.is_empty() && value != no);
    let never = says("NO_COLOR", "");
    let forced = says("CLICOLOR_FORCE", "0");
    let plain = variable("CLICOLOR").as_deref() == Some("0") || is_dumb(variable);
    !never && (forced || (terminal && !plain))
}

/// Whether a terminal shows what it is sent and obeys nothing.
pub fn is_dumb(variable: &dyn Fn(&str) -> Option<String>) -> bool {
    variable("TERM").as_deref() == Some("dumb")
}

/// The columns of a text: as many as a terminal has, or as the person says that it has.
pub fn width(terminal: bool) -> usize {
    let said = std::env::var("COLUMNS").ok();
    let seen = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    if terminal { columns(said.as_deref(), seen) } else { WIDTH }
}

fn columns(said: Option<&str>, seen: Option<usize>) -> usize {
    let said = said.and_then(|text| text.trim().parse().ok()).filter(|columns| *columns > 0);
    said.or(seen).map_or(WIDTH, |columns| columns.clamp(LEAST, WIDTH))
}

#[cfg(test)]
mod tests {
    use super::{colors, columns, is_dumb};

    #[test]
    fn colours_are_asked_for_and_refused_as_everywhere() {
        let set = |given: &'static [(&str, &str)]| {
            move |name: &str| given.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        };
        assert!(colors(true, &set(&[])) && !colors(false, &set(&[])));
        assert!(!colors(true, &set(&[("NO_COLOR", "1")])) && colors(true, &set(&[("NO_COLOR", "")])));
        assert!(!colors(true, &set(&[("TERM", "dumb")])) && colors(true, &set(&[("TERM", "xterm")])));
        assert!(!colors(true, &set(&[("CLICOLOR", "0")])));
        assert!(colors(false, &set(&[("CLICOLOR_FORCE", "1")])) && !colors(false, &set(&[("CLICOLOR_FORCE", "0")])));
        assert!(colors(false, &set(&[("CLICOLOR_FORCE", "1"), ("TERM", "dumb")])));
        assert!(!colors(true, &set(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")])));
        assert!(is_dumb(&set(&[("TERM", "dumb")])) && !is_dumb(&set(&[])));
    }

    #[test]
    fn a_text_is_as_wide_as_the_terminal() {
        assert_eq!(columns(None, None), 100);
        assert_eq!(columns(None, Some(72)), 72);
        assert_eq!(columns(Some("60"), Some(72)), 60);
        assert_eq!(columns(Some("wide"), Some(72)), 72);
        assert_eq!(columns(Some("0"), Some(300)), 100);
        assert_eq!(columns(Some("5"), None), 40);
    }
}
