//! `bulou template`: a document to fill in, as JSON or as an Excel workbook; or a document that is filled in, as one.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use bulou_document::schema;
use bulou_ir::RuleSet;
use bulou_messages::texts;
use clap::{Args, ValueEnum};

use super::destination::Destination;
use super::inputs::{document_bytes, named};
use super::outputs::Written;
use super::published::PublishedArgs;
use super::terminal::language;
use super::{Common, pack};

/// Options of `template`.
#[derive(Args)]
pub struct TemplateArgs {
    path: Option<PathBuf>,
    #[arg(long)]
    county: bool,
    #[arg(long, value_enum)]
    format: Option<TemplateFormat>,
    #[arg(long, value_name = "FILE")]
    fill: Option<PathBuf>,
    #[arg(short, long, value_name = "FILE")]
    output: Option<Written>,
    #[command(flatten)]
    published: PublishedArgs,
}

/// Forms of a document.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TemplateFormat {
    /// What programs exchange.
    Json,
    /// An Excel workbook.
    Xlsx,
}

/// Runs the command; the answer is the exit code.
pub fn run(args: &TemplateArgs, common: &Common) -> Result<u8, String> {
    let files = args.published.asked(args.path.as_deref(), common)?.files;
    let Some(rules) = pack::loaded(&files, false, common).rules else { return Ok(2) };
    let rules = pack::asking(&rules, args.county, common.lang())?;
    let named = args.output.as_deref().and_then(Path::extension).is_some_and(|name| name.eq_ignore_ascii_case("xlsx"));
    let format = args.format.unwrap_or(if named { TemplateFormat::Xlsx } else { TemplateFormat::Json });
    let mut out = Destination::new(args.output.as_deref())?;
    if format == TemplateFormat::Xlsx && out.is_terminal() {
        return Err(texts::workbook_written_file_o().get(language()).into());
    }
    let document = args.fill.as_deref().map(|path| document(path, rules, common)).transpose()?;
    let words = |error: bulou_sheets::Error| error.text().get(common.lang()).to_owned();
    let bytes = match (format, document) {
        (TemplateFormat::Json, None) => format!("{:#}\n", schema::template(&rules.shape)).into_bytes(),
        (TemplateFormat::Json, Some(text)) => {
            bulou_sheets::copied(rules, &text).map_err(words)?.into_owned().into_bytes()
        }
        (TemplateFormat::Xlsx, None) => bulou_sheets::template(rules).map_err(words)?,
        (TemplateFormat::Xlsx, Some(text)) => bulou_sheets::workbook(rules, &text).map_err(words)?,
    };
    out.write_all(&bytes)
        .and_then(|()| out.finish())
        .map_err(|error| texts::cannot_written_4(&error).get(language()))?;
    Ok(0)
}

/// The text of a document that is filled in; of a workbook, too. What cannot be read of it ends the command: a copy that
/// lacks something must not pass for the whole.
fn document(path: &Path, rules: &RuleSet, common: &Common) -> Result<String, String> {
    let bytes = document_bytes(path)?;
    let decoded = named(rules, path, &bytes, common.lang());
    let wrong: Vec<_> = decoded.notices.iter().filter(|problem| !problem.notice).collect();
    if !wrong.is_empty() {
        let place = |problem: &bulou_report::Problem| {
            let cell = problem.cell.as_ref().map(|cell| format!("{cell} ")).unwrap_or_default();
            format!("\n  {} {cell}{}", problem.code, problem.message)
        };
        return Err(format!("`{}`:{}", path.display(), wrong.into_iter().map(place).collect::<String>()));
    }
    let text = String::from_utf8(decoded.utf8.into_owned());
    text.map_err(|_| {
        let path = path.display();
        texts::not_utf_8_save(&path).get(language())
    })
}
