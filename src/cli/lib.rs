//! Commands. The only place that touches files, the clock and the terminal.
#![allow(clippy::disallowed_methods, reason = "this is the layer that may do I/O")]
// They panic when their stream is closed: `terminal::tell` says things, `destination` writes answers.
#![deny(clippy::print_stderr, clippy::print_stdout)]

mod check;
mod county;
mod destination;
mod diagnostics;
mod diff;
mod files;
mod fmt;
mod formats;
mod help;
pub mod host;
mod init;
mod inputs;
mod jobs;
#[cfg(not(target_os = "wasi"))]
mod lsp;
mod new;
#[cfg(all(test, unix))]
mod no_files;
mod outputs;
mod pack;
#[cfg_attr(target_os = "wasi", path = "parsing/within.rs")]
mod parsing;
#[cfg_attr(target_os = "wasi", path = "no_progress.rs")]
mod progress;
mod prove;
mod publish;
mod published;
mod roster;
mod same_code;
mod schema_keywords;
mod shell;
mod template;
mod terminal;
mod test;
mod trace;
#[cfg(any(target_os = "wasi", test))]
mod wasi;

use std::ffi::OsString;
#[cfg(not(target_os = "wasi"))]
use std::fs::canonicalize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bulou_base::sanitize::visible_lines;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use outputs::Outputs;
use terminal::tell;
#[cfg(target_os = "wasi")]
use wasi::canonicalize;

/// The command by which the program starts itself for [`parsing`].
const PARSE: &str = "parse-untrusted";

/// The command line. What its help says is in [`help`].
#[derive(Parser)]
#[command(name = "bulou", version, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

/// Options of every command.
#[derive(Args)]
struct Common {
    #[arg(long, global = true)]
    pack: Option<PathBuf>,
    #[arg(long, global = true, value_parser = languages(), default_value = Lang::default().code())]
    lang: Lang,
    #[arg(long, global = true, value_enum, default_value = "auto")]
    color: Color,
    /// What the command writes.
    #[arg(skip)]
    outputs: Outputs,
}

/// A language by its code.
fn languages() -> impl TypedValueParser<Value = Lang> {
    let code = |code: String| Lang::from_code(&code).ok_or("a language of the list");
    PossibleValuesParser::new(Lang::ALL.map(Lang::code)).try_map(code)
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

/// What counts as a failure besides errors.
#[derive(Clone, Copy, ValueEnum)]
enum Deny {
    Warnings,
}

#[derive(Subcommand)]
enum Command {
    Check(check::CheckArgs),
    County(county::CountyArgs),
    Lint {
        path: Option<PathBuf>,
        #[arg(long, value_enum)]
        deny: Option<Deny>,
    },
    Test(test::TestArgs),
    Fmt(fmt::FmtArgs),
    Diff(diff::DiffArgs),
    Prove(prove::ProveArgs),
    Publish(publish::PublishArgs),
    Verify(publish::verify::VerifyArgs),
    Schema {
        path: Option<PathBuf>,
        #[arg(long)]
        county: bool,
        #[command(flatten)]
        published: published::PublishedArgs,
    },
    Template(template::TemplateArgs),
    Explain {
        code: Option<String>,
    },
    Lsp,
    New(new::NewArgs),
    Init(init::InitArgs),
    Completions {
        shell: clap_complete::Shell,
    },
    Man {
        folder: PathBuf,
    },
    Trace(trace::TraceArgs),
    Help {
        command: Option<String>,
    },
    /// The child of [`parsing`]; nobody else calls it.
    #[command(name = PARSE, hide = true)]
    Parse,
}

impl Common {
    fn lang(&self) -> Lang {
        self.lang
    }

    /// The folder of the pack, which a command may name itself; where `--pack` names another, nobody knows which is meant.
    fn folder<'p>(&'p self, path: Option<&'p Path>) -> Result<Option<&'p Path>, String> {
        match (path, self.pack.as_deref()) {
            (Some(path), Some(pack)) if !is_same(path, pack) => {
                Err(texts::two_packs_named_pack(&path.display(), &pack.display()).get(self.lang()))
            }
            (path, pack) => Ok(path.or(pack)),
        }
    }

    /// Refuses `--pack` where a command names its packs itself and would look at no other.
    fn no_pack(&self) -> Result<(), String> {
        let Some(pack) = self.pack.as_deref() else { return Ok(()) };
        Err(texts::command_takes_no_pack(&pack.display()).get(self.lang()))
    }

    fn colors(&self, terminal: bool) -> bool {
        match self.color {
            Color::Auto => terminal::colors(terminal, &|name| std::env::var(name).ok()),
            Color::Always => true,
            Color::Never => false,
        }
    }
}

/// Whether two paths name one folder, however they are written.
fn is_same(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| canonicalize(path).ok();
    one == other || real(one).is_some_and(|path| Some(path) == real(other))
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let line: Vec<OsString> = std::env::args_os().collect();
    #[cfg(target_os = "wasi")]
    if let Err(error) = wasi::enter() {
        tell(&format!("bulou: {error}"));
        return ExitCode::from(2);
    }
    ExitCode::from(run_line(&line))
}

/// Runs a command line, whose first word is the program's name; the answer is the exit code.
#[must_use]
pub fn run_line(line: &[OsString]) -> u8 {
    let lang = help::language(line);
    terminal::speak(lang);
    let cli = parsed(line, lang).map_err(|error| help::refused(&error, lang));
    let cli = match cli {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    match cli.and_then(|cli| outcome(&cli)) {
        Ok(code) => code,
        Err(message) => {
            tell(&format!("bulou: {}", visible_lines(&message)));
            2
        }
    }
}

/// The command line, of which no output is an input; or what clap has to say of it.
fn parsed(line: &[OsString], lang: Lang) -> Result<Result<Cli, String>, clap::Error> {
    let mut command = help::told(Cli::command(), lang);
    let matches = command.try_get_matches_from_mut(line)?;
    let mut cli = Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command))?;
    if let Command::Help { command: of } = &cli.command {
        let words = ["bulou"].into_iter().chain(of.as_deref()).chain(["--help"]);
        command.try_get_matches_from_mut(words)?;
    }
    Ok(Outputs::of(&command, &matches, cli.common.lang()).map(|outputs| {
        cli.common.outputs = outputs;
        cli
    }))
}

/// What a command comes to: an exit code, or why it ended.
fn outcome(cli: &Cli) -> Result<u8, String> {
    match &cli.command {
        Command::Check(args) => check::run(args, &cli.common),
        Command::County(args) => county::run(args, &cli.common),
        Command::Lint { path, deny } => pack::lint(path.as_deref(), deny.is_some(), &cli.common),
        Command::Test(args) => test::run(args, &cli.common),
        Command::Fmt(args) => fmt::run(args, &cli.common),
        Command::Diff(args) => diff::run(args, &cli.common),
        Command::Prove(args) => prove::run(args, &cli.common),
        Command::Publish(args) => publish::publish(args, &cli.common),
        Command::Verify(args) => publish::verify::run(args, &cli.common),
        Command::Schema { path, county, published } => pack::schema(path.as_deref(), *county, published, &cli.common),
        Command::Template(args) => template::run(args, &cli.common),
        Command::Explain { code } => explain(code.as_deref(), &cli.common),
        #[cfg(not(target_os = "wasi"))]
        Command::Lsp => lsp::run(&cli.common),
        #[cfg(target_os = "wasi")]
        Command::Lsp => Err(texts::command_needs_native_program(&"lsp").get(cli.common.lang())),
        Command::New(args) => new::run(args, &cli.common),
        Command::Init(args) => init::run(args, &cli.common),
        Command::Completions { shell } => shell::completions(*shell, &cli.common),
        Command::Man { folder } => shell::man(folder, &cli.common),
        Command::Trace(args) => trace::run(args, &cli.common),
        // Help was shown when the line was read.
        Command::Help { .. } => Ok(0),
        Command::Parse => Ok(parsing::run_child()),
    }
}

/// `bulou explain`
fn explain(code: Option<&str>, common: &Common) -> Result<u8, String> {
    let lang = common.lang();
    let Some(code) = code else {
        let titles: Vec<_> =
            bulou_messages::explain::all(lang).map(|found| format!("{} {}", found.code, found.title)).collect();
        return destination::show(&titles.join("\n")).map(|()| 0);
    };
    let found = bulou_messages::explain::explain(code, lang).ok_or_else(|| {
        let near = bulou_messages::explain::nearest(code);
        texts::no_code_nearest(&code, &near).get(lang)
    })?;
    destination::show(&format!("{} {}\n\n{}", found.code, found.title, found.text)).map(|()| 0)
}
