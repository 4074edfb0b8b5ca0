//! Commands. The only place that touches files, the clock and the terminal.
#![allow(clippy::disallowed_methods, reason = "this is the layer that may do I/O")]

mod check;
mod county;
mod destination;
mod diagnostics;
mod diff;
mod files;
mod fmt;
mod formats;
mod inputs;
mod lsp;
#[cfg(all(test, unix))]
mod no_files;
mod output;
mod outputs;
mod pack;
mod parsing;
mod progress;
mod publish;
mod published;
mod schema_keywords;
mod template;
mod terminal;
mod test;
mod trace;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use bulou::diagnostic::Lang;
use bulou::shown::visible_lines;
use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use outputs::Outputs;
use terminal::tell;

/// The command by which the program starts itself for [`parsing`].
const PARSE: &str = "parse-untrusted";

/// 不漏:用规则集检查学校自查数据。
#[derive(Parser)]
#[command(name = "bulou", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

/// Options of every command.
#[derive(Args)]
struct Common {
    /// 规则集文件夹;不写则用程序自带的 campus-safety
    #[arg(long, global = true)]
    pack: Option<PathBuf>,
    /// 工具自己的话用哪种语言
    #[arg(long, global = true, value_enum, default_value = "zh")]
    lang: Language,
    /// 颜色
    #[arg(long, global = true, value_enum, default_value = "auto")]
    color: Color,
    /// What the command writes.
    #[arg(skip)]
    outputs: Outputs,
}

#[derive(Clone, Copy, ValueEnum)]
enum Language {
    Zh,
    En,
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
    /// 检查学校文件
    Check(check::CheckArgs),
    /// 汇总各校文件,出全县报告
    County(county::CountyArgs),
    /// 编译规则集,列出所有问题
    Lint {
        /// 规则集文件夹
        path: Option<PathBuf>,
        /// 有提醒也算失败
        #[arg(long, value_enum)]
        deny: Option<Deny>,
    },
    /// 运行规则集自带的案例
    Test(test::TestArgs),
    /// 整理规则文件的格式
    Fmt(fmt::FmtArgs),
    /// 比较规则集的两版:改了什么,谁的结果会变
    Diff(diff::DiffArgs),
    /// 发布规则集:索引、散列值、有效期和签名
    Publish(publish::PublishArgs),
    /// 核对发布的规则集:是谁签的,改过没有,是不是旧的
    Verify(publish::verify::VerifyArgs),
    /// 文件的 JSON Schema(2020-12)
    Schema {
        /// 规则集文件夹
        path: Option<PathBuf>,
        /// 全县数据的,不是学校的
        #[arg(long)]
        county: bool,
        #[command(flatten)]
        published: published::PublishedArgs,
    },
    /// 一份空白文件,或填好了的 Excel 工作簿
    Template(template::TemplateArgs),
    /// 详细解释一个代码,如 E023、D006;不写代码就列出全部
    Explain {
        /// 代码
        code: Option<String>,
    },
    /// 编辑器的语言服务器,用标准输入输出通信
    Lsp,
    /// 逐句列出来源,以及引用它的规则
    Trace(trace::TraceArgs),
    /// The child of [`parsing`]; nobody else calls it.
    #[command(name = PARSE, hide = true)]
    Parse,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Zh => Self::Zh,
            Language::En => Self::En,
        }
    }
}

impl Common {
    fn lang(&self) -> Lang {
        self.lang.into()
    }

    fn colors(&self, terminal: bool) -> bool {
        match self.color {
            Color::Auto => terminal::colors(terminal, &|name| std::env::var(name).ok()),
            Color::Always => true,
            Color::Never => false,
        }
    }
}

/// Runs the command line.
pub fn run() -> ExitCode {
    match parsed(std::env::args_os()).and_then(|cli| outcome(&cli)) {
        Ok(code) => ExitCode::from(code),
        Err(message) => {
            tell(&format!("bulou: {}", visible_lines(&message)));
            ExitCode::from(2)
        }
    }
}

/// The command line, of which no output is an input.
fn parsed(line: impl IntoIterator<Item = OsString>) -> Result<Cli, String> {
    let mut command = Cli::command();
    let matches = command.try_get_matches_from_mut(line).unwrap_or_else(|error| error.exit());
    let mut cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.format(&mut command).exit());
    cli.common.outputs = Outputs::of(&command, &matches, cli.common.lang())?;
    Ok(cli)
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
        Command::Publish(args) => publish::publish(args, &cli.common),
        Command::Verify(args) => publish::verify::run(args, &cli.common),
        Command::Schema { path, county, published } => pack::schema(path.as_deref(), *county, published, &cli.common),
        Command::Template(args) => template::run(args, &cli.common),
        Command::Explain { code } => explain(code.as_deref(), &cli.common),
        Command::Lsp => lsp::run(&cli.common),
        Command::Trace(args) => trace::run(args, &cli.common),
        Command::Parse => Ok(parsing::run_child()),
    }
}

/// `bulou explain`
fn explain(code: Option<&str>, common: &Common) -> Result<u8, String> {
    let lang = common.lang();
    let Some(code) = code else {
        let titles: Vec<_> = bulou::explain::all(lang).map(|found| format!("{} {}", found.code, found.title)).collect();
        return destination::show(&titles.join("\n")).map(|()| 0);
    };
    let found = bulou::explain::explain(code, lang).ok_or_else(|| {
        let near = bulou::explain::nearest(code);
        match lang {
            Lang::Zh => format!("没有代码 `{code}`;最接近的是 {near}。不写代码可列出全部:bulou explain"),
            Lang::En => format!(
                "there is no code `{code}`; the nearest is {near}. Without a code all are listed: bulou explain"
            ),
        }
    })?;
    destination::show(&format!("{} {}\n\n{}", found.code, found.title, found.text)).map(|()| 0)
}
