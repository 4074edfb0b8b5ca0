//! What is wrong with a command line, in the words of the catalogue. In English clap says it.

use bulou_base::sanitize::visible_lines;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use crate::terminal::tell;

/// Shows what clap has to say of a line, and what to end with. Help that was asked for is no refusal.
pub fn refused(error: &Error, lang: Lang) -> u8 {
    let words = if error.use_stderr() && lang != Lang::En { worded(error, lang) } else { None };
    match words {
        Some(words) => tell(&visible_lines(&words)),
        // What cannot be shown has nowhere else to go.
        None => drop(error.print()),
    }
    u8::try_from(error.exit_code()).unwrap_or(2)
}

/// The refusal in a language; none of what clap has only words of its own for.
pub(super) fn worded(error: &Error, lang: Lang) -> Option<String> {
    let of = |kind| error.get(kind).map(shown).unwrap_or_default();
    let (arg, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    let is_missing = value.is_empty();
    let wrong = match error.kind() {
        ErrorKind::InvalidValue if is_missing => texts::argument_without_value(&arg).get(lang),
        ErrorKind::InvalidValue => texts::argument_cannot_be_value(&arg, &value).get(lang),
        ErrorKind::ValueValidation => {
            match std::error::Error::source(error).and_then(|why| reason(&why.to_string(), lang)) {
                Some(why) => texts::argument_cannot_be_because(&arg, &value, &why).get(lang),
                None => texts::argument_cannot_be_value(&arg, &value).get(lang),
            }
        }
        ErrorKind::UnknownArgument => texts::no_such_argument(&arg).get(lang),
        ErrorKind::InvalidSubcommand => texts::no_such_command(&of(ContextKind::InvalidSubcommand)).get(lang),
        ErrorKind::MissingSubcommand => texts::no_command_written().get(lang).to_owned(),
        ErrorKind::MissingRequiredArgument => texts::argument_needed_too(&arg).get(lang),
        ErrorKind::ArgumentConflict => match of(ContextKind::PriorArg) {
            prior if prior == arg => texts::argument_only_once(&arg).get(lang),
            prior => texts::argument_not_with_other(&arg, &prior).get(lang),
        },
        ErrorKind::TooManyValues => texts::argument_has_value_too_many(&arg, &value).get(lang),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            texts::argument_number_of_values_wrong(&arg).get(lang)
        }
        ErrorKind::InvalidUtf8 => texts::command_line_no_utf_8().get(lang).to_owned(),
        ErrorKind::NoEquals => texts::argument_needs_equals_sign(&arg).get(lang),
        _ => return None,
    };
    let known = of(ContextKind::ValidValue);
    let known = if known.is_empty() { known } else { format!("\n  {}", texts::can_be_written(&known).get(lang)) };
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedValue, ContextKind::SuggestedSubcommand];
    let near = near.into_iter().map(of).find(|near| !near.is_empty());
    let near = near.map(|near| format!("\n  {}", texts::is_it_near(&near).get(lang))).unwrap_or_default();
    let usage = of(ContextKind::Usage);
    let usage = usage.trim().trim_start_matches("Usage:").trim();
    let usage = if usage.is_empty() { String::new() } else { format!("\n\n{}: {usage}", texts::usage().get(lang)) };
    let (wrong, more) = (texts::error_what(&wrong).get(lang), texts::more_in_help().get(lang));
    Some(format!("{wrong}{known}{near}{usage}\n\n{more}"))
}

/// Why a value is refused. What our own readers say is in the language already; what numbers are refused for is said in
/// English.
fn reason(why: &str, lang: Lang) -> Option<String> {
    if !why.is_ascii() {
        return Some(why.to_owned());
    }
    let (_, range) = why.split_once(" is not in ").unwrap_or_default();
    if let Some((first, last)) = range.split_once("..") {
        return Some(texts::must_be_from_to(&first, &last.trim_start_matches('=')).get(lang));
    }
    let words = match why {
        _ if why.contains("too large") => texts::number_too_large(),
        _ if why.contains("too small") => texts::number_too_small(),
        _ if why.contains("digit") || why.contains("integer") => texts::write_a_whole_number(),
        _ if why.contains("float") => texts::write_a_number(),
        _ => return None,
    };
    Some(words.get(lang).to_owned())
}

/// A value that clap tells of.
fn shown(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(all) => all.join(", "),
        ContextValue::StyledStrs(all) => all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        ContextValue::None => String::new(),
        other => other.to_string(),
    }
}
