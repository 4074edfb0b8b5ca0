//! `bulou check`: documents in, reports out.

use std::io::{BufRead as _, IsTerminal as _, Read as _, Write as _};
use std::path::{Path, PathBuf};

use bulou::data::encoding::{Encoding, sniff};
use bulou::diagnostic::Words;
use bulou::eval::{Checker, Options};
use bulou::report::text::{TextOptions, render};
use bulou::report::{Problem, Report, Verdict};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use jsonschema::Validator;

use super::{Common, pack};

/// Options of `check`.
#[derive(Args)]
pub struct CheckArgs {
    /// 文件、文件夹,或 - 表示标准输入
    paths: Vec<PathBuf>,
    /// 每行一份文件
    #[arg(long)]
    ndjson: bool,
    /// 核对日,默认今天(北京时间)
    #[arg(long)]
    as_of: Option<Date>,
    /// 参数,如 会议日期=2022-06-22
    #[arg(long = "param")]
    params: Vec<String>,
    /// 参数文件(JSON 对象)
    #[arg(long = "params")]
    params_file: Option<PathBuf>,
    /// 豁免文件(JSON 数组)
    #[arg(long)]
    waivers: Option<PathBuf>,
    /// 另一份 JSON Schema,文件也要符合它
    #[arg(long)]
    schema: Option<PathBuf>,
    /// 输出形式
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// 到什么程度算失败
    #[arg(long, value_enum, default_value = "undetermined")]
    fail_on: FailOn,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Ndjson,
}

#[derive(Clone, Copy, ValueEnum)]
enum FailOn {
    Fail,
    Undetermined,
    Pending,
}

impl FailOn {
    fn fails(self, verdict: Verdict) -> bool {
        verdict
            >= match self {
                Self::Fail => Verdict::Fail,
                Self::Undetermined => Verdict::Undetermined,
                Self::Pending => Verdict::Pending,
            }
    }
}

struct Output<'a> {
    args: &'a CheckArgs,
    out: std::io::StdoutLock<'a>,
    color: bool,
    array: bool,
    written: usize,
    code: u8,
}

/// Runs the command; the answer is the exit code.
pub fn run(args: &CheckArgs, common: &Common) -> Result<u8, String> {
    let files = pack::files(common.pack.as_deref())?;
    let Some(rules) = pack::loaded(&files, false, common).rules else { return Ok(2) };
    let options = options(args, common)?;
    let mut checker = Checker::new(&rules, &options)
        .map_err(|words| words.iter().map(|words| words.get(common.lang())).collect::<Vec<_>>().join("\n"))?;
    let schema = args.schema.as_deref().map(validator).transpose()?;
    let mut inputs = Vec::new();
    for path in &args.paths {
        gather(path, &mut inputs)?;
    }
    if inputs.is_empty() {
        return Err("没有要检查的文件;例如 bulou check 学校.json".into());
    }
    let stdout = std::io::stdout();
    let color = common.colors(stdout.is_terminal());
    let array = args.format == Format::Json && inputs.len() > 1;
    let mut output = Output { args, out: stdout.lock(), color, array, written: 0, code: 0 };
    for path in &inputs {
        input(path, args, &mut checker, schema.as_ref(), common, &mut output)?;
    }
    output.finish().map_err(|error| error.to_string())?;
    Ok(output.code)
}

fn options(args: &CheckArgs, common: &Common) -> Result<Options, String> {
    let mut params = Vec::new();
    if let Some(path) = &args.params_file {
        let file: serde_json::Map<String, serde_json::Value> = json(path)?;
        params.extend(file.into_iter().map(|(name, value)| match value {
            serde_json::Value::String(text) => (name, text),
            other => (name, other.to_string()),
        }));
    }
    for param in &args.params {
        let (name, value) = param.split_once('=').ok_or(format!("`{param}` 要写成 名称=值"))?;
        params.push((name.to_owned(), value.to_owned()));
    }
    let waivers = args.waivers.as_deref().map(json).transpose()?.unwrap_or_default();
    Ok(Options { today: args.as_of.unwrap_or_else(today), params, waivers, lang: common.lang() })
}

fn json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("打不开 `{}`:{error}", path.display()))?;
    serde_json::from_slice(&bytes).map_err(|error| format!("`{}` 读不懂:{error}", path.display()))
}

/// The current date in Asia/Shanghai, which has been UTC+8 since 1991.
fn today() -> Date {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let days = i64::try_from((seconds + 8 * 3600) / 86_400).unwrap_or_default();
    Date::constant(1970, 1, 1).saturating_add(jiff::Span::new().days(days))
}

fn gather(path: &Path, into: &mut Vec<PathBuf>) -> Result<(), String> {
    if !path.is_dir() {
        into.push(path.to_owned());
        return Ok(());
    }
    let entries = std::fs::read_dir(path).map_err(|error| format!("打不开 `{}`:{error}", path.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let wanted = path.extension().is_some_and(|extension| extension == "json" || extension == "ndjson");
        if path.is_dir() || wanted {
            gather(&path, into)?;
        }
    }
    Ok(())
}

fn input(
    path: &Path,
    args: &CheckArgs,
    checker: &mut Checker<'_>,
    schema: Option<&Validator>,
    common: &Common,
    output: &mut Output<'_>,
) -> Result<(), String> {
    let standard = path == Path::new("-");
    let name = if standard { "-".into() } else { path.file_name().unwrap_or_default().to_string_lossy().into_owned() };
    let opened: std::io::Result<Box<dyn std::io::Read>> = if standard {
        Ok(Box::new(std::io::stdin()))
    } else {
        std::fs::File::open(path).map(|file| Box::new(file) as Box<dyn std::io::Read>)
    };
    let mut reader = match opened {
        Ok(reader) => std::io::BufReader::with_capacity(1 << 16, reader),
        Err(error) => {
            eprintln!("bulou: 打不开 `{}`:{error}", path.display());
            output.code = 2;
            return Ok(());
        }
    };
    let mut buffer = Vec::new();
    if args.ndjson || path.extension().is_some_and(|extension| extension == "ndjson") {
        let mut number = 0;
        loop {
            buffer.clear();
            number += 1;
            match reader.read_until(b'\n', &mut buffer) {
                Ok(0) => return Ok(()),
                Ok(_) if buffer.iter().all(u8::is_ascii_whitespace) => continue,
                Ok(_) => {}
                Err(error) => return Err(format!("读 `{}` 时出错:{error}", path.display())),
            }
            while buffer.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
                buffer.pop();
            }
            let report = report(checker, &format!("{name}:{number}"), &buffer, schema, common);
            output.write(&report).map_err(|error| error.to_string())?;
        }
    }
    if let Err(error) = reader.read_to_end(&mut buffer) {
        eprintln!("bulou: 读 `{}` 时出错:{error}", path.display());
        output.code = 2;
        return Ok(());
    }
    let report = report(checker, &name, &buffer, schema, common);
    output.write(&report).map_err(|error| error.to_string())
}

/// One report; GB18030 is decoded first, and said so.
fn report(checker: &mut Checker<'_>, name: &str, bytes: &[u8], schema: Option<&Validator>, common: &Common) -> Report {
    if sniff(bytes) != Encoding::Gb18030 {
        let mut report = checker.check(name, bytes);
        against(schema, bytes, common, &mut report);
        return report;
    }
    let (text, _, _) = encoding_rs::GB18030.decode(bytes);
    let words = Words::new(
        "文件是 GB18030(国标)编码,已按它读取;下次请另存为 UTF-8",
        "the file is encoded in GB18030 and was read as such; save it as UTF-8 next time",
    );
    let mut notice = bulou::data::problem("D016", &words, common.lang());
    notice.notice = true;
    let mut report = checker.check_decoded(name, bytes, text.as_bytes(), vec![notice]);
    against(schema, text.as_bytes(), common, &mut report);
    report
}

fn validator(path: &Path) -> Result<Validator, String> {
    let schema: serde_json::Value = json(path)?;
    jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .map_err(|error| format!("`{}` 不是 JSON Schema:{error}", path.display()))
}

/// Adds what a further schema refuses to a report; a document that it refuses is not compliant.
fn against(schema: Option<&Validator>, bytes: &[u8], common: &Common, report: &mut Report) {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let (Some(schema), Ok(document)) = (schema, serde_json::from_slice::<serde_json::Value>(bytes)) else { return };
    for error in schema.iter_errors(&document) {
        let path = error.instance_path().to_string();
        // The error's own words would repeat the value, which may be a sensitive one.
        let rule = error.schema_path().to_string();
        let words = Words::new(
            format!("不符合另给的 JSON Schema({rule})"),
            format!("the further JSON Schema refuses this ({rule})"),
        );
        report.structure.push(Problem { path, ..bulou::data::problem("D022", &words, common.lang()) });
        report.verdict = report.verdict.max(Verdict::Undetermined);
    }
}

impl Output<'_> {
    fn write(&mut self, report: &Report) -> std::io::Result<()> {
        let unreadable = report.rules.is_empty();
        let failed = self.args.fail_on.fails(report.verdict);
        self.code = self.code.max(if unreadable { 2 } else { u8::from(failed) });
        let first = self.written == 0;
        self.written += 1;
        match self.args.format {
            Format::Text => {
                let text = render(report, TextOptions { color: self.color, width: 100 });
                write!(self.out, "{}{text}", if first { "" } else { "\n" })
            }
            Format::Ndjson => {
                serde_json::to_writer(&mut self.out, report)?;
                writeln!(self.out)
            }
            Format::Json => {
                if self.array {
                    self.out.write_all(if first { b"[\n" } else { b",\n" })?;
                }
                serde_json::to_writer_pretty(&mut self.out, report)?;
                if self.array { Ok(()) } else { writeln!(self.out) }
            }
        }
    }

    fn finish(&mut self) -> std::io::Result<()> {
        if self.array {
            writeln!(self.out, "\n]")?;
        }
        self.out.flush()
    }
}
