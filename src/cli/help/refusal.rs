//! What is wrong with a command line, in Chinese. In English clap says it.

use bulou_base::sanitize::visible_lines;
use bulou_messages::diagnostic::Lang;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use crate::terminal::tell;

/// Shows what clap has to say of a line, and what to end with. Help that was asked for is no refusal.
pub fn refused(error: &Error, lang: Lang) -> u8 {
    let words = if error.use_stderr() && lang == Lang::Zh { chinese(error) } else { None };
    match words {
        Some(words) => tell(&visible_lines(&words)),
        // What cannot be shown has nowhere else to go.
        None => drop(error.print()),
    }
    u8::try_from(error.exit_code()).unwrap_or(2)
}

/// The refusal in Chinese; none of what clap has only words of its own for.
pub(super) fn chinese(error: &Error) -> Option<String> {
    let of = |kind| error.get(kind).map(shown).unwrap_or_default();
    let (arg, value) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    let is_missing = value.is_empty();
    let wrong = match error.kind() {
        ErrorKind::InvalidValue if is_missing => format!("`{arg}` 后面没有写值"),
        ErrorKind::InvalidValue => format!("`{arg}` 不能是 `{value}`"),
        ErrorKind::ValueValidation => {
            let why =
                std::error::Error::source(error).and_then(|why| reason(&why.to_string())).map(|why| format!(":{why}"));
            format!("`{arg}` 不能是 `{value}`{}", why.unwrap_or_default())
        }
        ErrorKind::UnknownArgument => format!("没有 `{arg}` 这个参数"),
        ErrorKind::InvalidSubcommand => format!("没有 `{}` 这个命令", of(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => "没有写命令".to_owned(),
        ErrorKind::MissingRequiredArgument => format!("还要写 {arg}"),
        ErrorKind::ArgumentConflict => match of(ContextKind::PriorArg) {
            prior if prior == arg => format!("`{arg}` 只能写一次"),
            prior => format!("`{arg}` 不能和 {prior} 一起写"),
        },
        ErrorKind::TooManyValues => format!("`{arg}` 后面多了 `{value}`"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("`{arg}` 后面的值个数不对"),
        ErrorKind::InvalidUtf8 => "命令行里有不是 UTF-8 的字".to_owned(),
        ErrorKind::NoEquals => format!("`{arg}` 要写成 `{arg}=值`"),
        _ => return None,
    };
    let known = of(ContextKind::ValidValue);
    let known = if known.is_empty() { known } else { format!("\n  可以写:{known}") };
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedValue, ContextKind::SuggestedSubcommand];
    let near = near.into_iter().map(of).find(|near| !near.is_empty());
    let near = near.map(|near| format!("\n  是不是 {near}?")).unwrap_or_default();
    let usage = of(ContextKind::Usage);
    let usage = usage.trim().trim_start_matches("Usage:").trim();
    let usage = if usage.is_empty() { String::new() } else { format!("\n\n用法: {usage}") };
    Some(format!("错误:{wrong}{known}{near}{usage}\n\n更多请看 --help"))
}

/// Why a value is refused. What our own readers say is Chinese already; what numbers are refused for is said in English.
fn reason(why: &str) -> Option<String> {
    if !why.is_ascii() {
        return Some(why.to_owned());
    }
    let (_, range) = why.split_once(" is not in ").unwrap_or_default();
    if let Some((first, last)) = range.split_once("..") {
        return Some(format!("要在 {first} 至 {} 之间", last.trim_start_matches('=')));
    }
    let words = match why {
        _ if why.contains("too large") => "数太大了",
        _ if why.contains("too small") => "数太小了",
        _ if why.contains("digit") || why.contains("integer") => "要写一个整数",
        _ if why.contains("float") => "要写一个数",
        _ => return None,
    };
    Some(words.to_owned())
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
