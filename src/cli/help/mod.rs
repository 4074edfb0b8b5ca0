//! The command line's own words in the user's language. Clap has only English ones: its headings and notes are written
//! here, and what it refuses is said in [`refusal`].

mod refusal;

use std::ffi::OsString;

use bulou_messages::diagnostic::Lang;
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;
use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, Command};
pub use refusal::refused;

/// The language that a command line asks for, wherever it does: help and refusals come before the line is understood.
pub fn language(line: &[OsString]) -> Lang {
    let mut words = line.iter().skip(1).take_while(|word| *word != "--").peekable();
    let mut lang = Lang::default();
    while let Some(word) = words.next() {
        let word = word.to_str();
        let code = word.and_then(|word| word.strip_prefix("--lang="));
        let next = || words.peek().filter(|_| word == Some("--lang")).and_then(|value| value.to_str());
        lang = code.or_else(next).and_then(Lang::from_code).unwrap_or(lang);
    }
    lang
}

/// The command with its texts in a language.
pub fn told(command: Command, lang: Lang) -> Command {
    let flag = |name: &'static str, action| Arg::new(name).long(name).action(action).global(name == "help");
    let command = command
        .about(texts::help("about").map_or("", |about| about.get(lang)))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(flag("help", ArgAction::Help).short('h'))
        .arg(flag("version", ArgAction::Version).short('V'))
        .subcommand_value_name(texts::command().get(lang))
        .subcommand_help_heading(texts::commands().get(lang));
    let names: Vec<String> = command.get_subcommands().map(|one| one.get_name().to_owned()).collect();
    let command = names.into_iter().fold(command, |command, name| {
        command.mut_subcommand(&name, |one| {
            let about = text("command", [&name], lang);
            arguments(if let Some(about) = about { one.about(about) } else { one }, &name, lang)
        })
    });
    arguments(command, "", lang)
}

/// The texts of a command's arguments, under headings of the language.
fn arguments(command: Command, name: &str, lang: Lang) -> Command {
    let template = format!("{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}", texts::usage().get(lang));
    command.help_template(template).mut_args(|arg| {
        let heading = if arg.is_positional() { texts::arguments() } else { texts::options_3() };
        let id = arg.get_id().to_string();
        let own = format!("{name}.{id}");
        let about = text("argument", [&own, &id], lang).unwrap_or_default();
        let (short, long) = notes(&arg, name, lang);
        let takes = arg.get_action().takes_values();
        arg.help_heading(heading.get(lang))
            .help(format!("{about}{short}"))
            .long_help(format!("{about}{long}"))
            .hide_possible_values(takes)
            .hide_default_value(takes)
    })
}

/// What is said of an argument's values, behind its text and below it.
fn notes(arg: &Arg, command: &str, lang: Lang) -> (String, String) {
    let values = if arg.get_action().takes_values() { arg.get_possible_values() } else { Vec::new() };
    let names = values.iter().map(PossibleValue::get_name).collect::<Vec<_>>().join(", ");
    let list = values.iter().map(|value| {
        let plain = format!("{}={}", arg.get_id(), value.get_name());
        let about = text("value", [&format!("{command}.{plain}"), &plain], lang).unwrap_or_default();
        format!("\n- {}: {about}", value.get_name())
    });
    let shown = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect::<Vec<_>>().join(", ");
    let note = |name: Phrase, words: &str| format!(" [{}: {words}]", name.get(lang));
    let or_none = |words: &str, note: String| if words.is_empty() { String::new() } else { note };
    let default = or_none(&shown, note(texts::default_2(), &shown));
    let short = or_none(&names, note(texts::possible_values(), &names)) + &default;
    (short, default + &or_none(&names, "\n".to_owned() + &list.collect::<String>()))
}

/// The text of the first of these names that has one.
fn text<const N: usize>(of: &str, names: [&String; N], lang: Lang) -> Option<&'static str> {
    names.iter().find_map(|name| texts::help(&key(of, name))).map(|text| text.get(lang))
}

/// The key under which the texts have a command, an argument (`command.name` where a command means something of its own by
/// it) or a value (`argument=value`).
fn key(of: &str, name: &str) -> String {
    format!("{of}-{}", name.replace(['.', '_', '='], "-"))
}

#[cfg(test)]
mod tests;
