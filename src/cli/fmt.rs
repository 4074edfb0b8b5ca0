//! `bulou fmt`: rule files in their canonical layout.

use std::io::{IsTerminal as _, Read as _, Write as _};
use std::path::{Path, PathBuf};

use bulou_base::limits;
use bulou_base::sanitize::{visible, visible_lines};
use bulou_base::source::Source;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_syntax::format::{Options, Refused, format};
use clap::Args;
use similar::{ChangeTag, TextDiff};

use super::destination::{replace, show, show_styled};
use super::diagnostics::Diagnostics;
use super::files::{Unread, found, is_unfinished, tell_unfinished};
use super::terminal::tell;
use super::{Common, languages};

/// Options of `bulou fmt`.
#[derive(Args)]
pub struct FmtArgs {
    files: Vec<PathBuf>,
    #[arg(long)]
    check: bool,
    #[arg(long, value_parser = languages())]
    keywords: Option<Lang>,
}

/// What became of the files.
#[derive(Default)]
struct Outcome {
    changed: usize,
    refused: usize,
    total: usize,
}

/// `bulou fmt`
pub fn run(args: &FmtArgs, common: &Common) -> Result<u8, String> {
    let lang = common.lang();
    let given = if args.files.is_empty() { common.pack.as_slice() } else { &args.files };
    let mut files = Vec::new();
    for path in given {
        common.folder(Some(path))?;
        gather(path, true, lang, &mut files)?;
    }
    if files.is_empty() {
        return Err(texts::no_rule_files_try().get(lang).to_owned());
    }
    let mut outcome = Outcome { total: files.len(), ..Outcome::default() };
    for path in &files {
        if let Err(words) = one(path, args, common, &mut outcome) {
            tell(&format!("bulou: {}", visible_lines(&words)));
            outcome.refused += 1;
        }
    }
    summary(args, lang, &outcome);
    Ok(if outcome.refused > 0 { 2 } else { u8::from(args.check && outcome.changed > 0) })
}

/// Rule files below a folder, sorted by name; a file that was named itself, whatever its name. A link to a folder is not
/// gone into: what it leads to is not this folder's.
fn gather(path: &Path, named: bool, lang: Lang, into: &mut Vec<PathBuf>) -> Result<(), String> {
    if !path.is_dir() || (!named && path.is_symlink()) {
        if named || path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("bulou")) {
            into.push(path.to_owned());
        }
        return Ok(());
    }
    let failed = |error: std::io::Error| format!("{} `{}`: {error}", texts::cannot_open().get(lang), path.display());
    let entries = std::fs::read_dir(path).map_err(failed)?;
    let paths: Result<Vec<PathBuf>, _> = entries.map(|entry| entry.map(|entry| entry.path())).collect();
    let mut paths = paths.map_err(failed)?;
    paths.sort();
    let is_left = |path: &&PathBuf| path.file_name().is_some_and(|name| is_unfinished(&name.to_string_lossy()));
    tell_unfinished(&paths.iter().filter(is_left).cloned().collect::<Vec<_>>(), lang);
    paths.iter().try_for_each(|path| gather(path, false, lang, into))
}

/// Formats one file; an error says why it stays as it is.
fn one(path: &Path, args: &FmtArgs, common: &Common, outcome: &mut Outcome) -> Result<(), String> {
    let lang = common.lang();
    let name = path.display().to_string();
    let failed = |error: std::io::Error| texts::left_as_it_is(&name, &error).get(lang);
    let standard = path == Path::new("-");
    let text = if standard {
        let mut text = String::new();
        std::io::stdin().take(limits::RULE_FILE_BYTES as u64 + 1).read_to_string(&mut text).map_err(failed)?;
        if text.len() > limits::RULE_FILE_BYTES {
            return Err(Unread::TooLarge(limits::RULE_FILE_BYTES).words(path).get(lang).to_owned());
        }
        text
    } else {
        // Nothing is written through a link: what it leads to is to be named itself.
        let bytes = found(path, limits::RULE_FILE_BYTES).map_err(|unread| unread.words(path).get(lang).to_owned())?;
        String::from_utf8(bytes).map_err(|_| failed(std::io::ErrorKind::InvalidData.into()))?
    };
    let options = Options { keywords: args.keywords };
    let laid_out = format(&text, options).map_err(|refused| why(&refused, &name, &text, common))?;
    let changed = laid_out != text;
    outcome.changed += usize::from(changed);
    if args.check {
        if changed {
            show_styled(&difference(&name, &text, &laid_out, common))?;
        }
    } else if standard {
        std::io::stdout().write_all(laid_out.as_bytes()).map_err(failed)?;
    } else if changed {
        replace(path, laid_out.as_bytes())?;
        show(&name)?;
    }
    Ok(())
}

fn why(refused: &Refused, name: &str, text: &str, common: &Common) -> String {
    let lang = common.lang();
    let why = match refused {
        Refused::Errors(found) => {
            let color = common.colors(std::io::stderr().is_terminal());
            let text = text.strip_prefix('\u{FEFF}').unwrap_or(text).to_owned();
            let sources = [Source { name: name.into(), text }];
            let rendered = Diagnostics::new(&sources, lang, color);
            for diagnostic in found {
                tell(&format!("{}\n", rendered.render(diagnostic)));
            }
            texts::put_errors_above_right()
        }
        Refused::Changed => texts::meaning_would_change_fault(),
    };
    texts::left_as_it_is(&name, &why).get(lang)
}

/// The lines that would change, with three lines around them.
fn difference(name: &str, old: &str, new: &str, common: &Common) -> String {
    let color = common.colors(std::io::stdout().is_terminal());
    let paint = |style: anstyle::AnsiColor, line: &str| match color {
        true => format!("{}{line}{}", style.on_default().render(), anstyle::Reset.render()),
        false => line.to_owned(),
    };
    let diff = TextDiff::from_lines(old, new);
    let name = visible(name);
    let mut out = format!("--- {name}\n+++ {name}\n");
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        out.push_str(&format!("{}\n", hunk.header()));
        for change in hunk.iter_changes() {
            let line = visible(change.value().trim_end_matches(['\n', '\r']));
            out.push_str(&match change.tag() {
                ChangeTag::Equal => format!(" {line}"),
                ChangeTag::Delete => paint(anstyle::AnsiColor::Red, &format!("-{line}")),
                ChangeTag::Insert => paint(anstyle::AnsiColor::Green, &format!("+{line}")),
            });
            out.push('\n');
        }
    }
    out
}

fn summary(args: &FmtArgs, lang: Lang, outcome: &Outcome) {
    let Outcome { changed, refused, total } = outcome;
    let rest = if *refused == 0 { String::new() } else { texts::left_as_they_are(refused).get(lang) };
    tell(&match args.check {
        true => texts::files_to_be_formatted(total, changed, &rest).get(lang),
        false => texts::files_formatted(total, changed, &rest).get(lang),
    });
}
