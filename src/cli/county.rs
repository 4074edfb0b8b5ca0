//! `bulou county`: every school's document in, the county's report out, in one pass.

use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use bulou_api::county::part;
use bulou_base::limits;
use bulou_base::sanitize::visible;
use bulou_county::{Contribution, CountyReport, Earlier, Own, Roll, contribution, notices, since, text, whole, xlsx};
use bulou_eval::{Checker, Options, sha256};
use bulou_ir::{County, RuleSet};
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use clap::{Args, ValueEnum};

use super::check::{JudgeArgs, NAMED, nothing, parallel_map, tell_unused};
use super::destination::Destination;
use super::formats;
use super::inputs::{Input, Inputs, ROUND, ROUND_BYTES};
use super::outputs::Written;
use super::progress::Progress;
use super::roster::county_document;
use super::terminal::{language, said, tell};
use super::{Common, files, pack};

/// Options of `county`.
#[derive(Args)]
pub struct CountyArgs {
    paths: Vec<PathBuf>,
    #[arg(long, value_name = "FILE")]
    county: Option<PathBuf>,
    #[arg(long, conflicts_with_all = ["county", "previous", "format", "notices", "all", "fail_on"])]
    partial: bool,
    #[arg(long, num_args = 1.., value_name = "PART")]
    merge: Vec<PathBuf>,
    #[arg(long, value_name = "REPORT")]
    previous: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "text")]
    format: CountyFormat,
    #[arg(short, long, value_name = "FILE")]
    output: Option<Written>,
    #[arg(long, value_name = "FILE")]
    notices: Option<Written>,
    #[arg(long)]
    all: bool,
    #[arg(long)]
    quiet: bool,
    #[command(flatten)]
    judge: JudgeArgs,
}

impl CountyArgs {
    /// Files that are no submissions, wherever they lie.
    fn excluded(&self) -> Vec<Option<&Path>> {
        let mut apart = self.judge.excluded();
        apart.extend([self.county.as_deref(), self.previous.as_deref()]);
        apart.extend(self.merge.iter().map(|part| Some(part.as_path())));
        apart
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CountyFormat {
    /// For a person.
    Text,
    /// One object.
    Json,
    /// Schools by rules, for a spreadsheet.
    Csv,
    /// An Excel workbook with everything.
    Xlsx,
    /// A page with everything that needs nothing beside itself.
    Html,
}

/// Runs the command; the answer is the exit code.
pub fn run(args: &CountyArgs, common: &Common) -> Result<u8, String> {
    let mut asked = args.judge.asked(common)?;
    let Some(rules) = pack::loaded(&asked.files, false, common).rules else { return Ok(2) };
    let county = part(&rules).map_err(|none| none.text().get(common.lang()).to_owned())?;
    let options = args.judge.options(&mut asked, common)?;
    // On the first day there may be no file yet: everybody is missing. What is there is found out before the outputs have
    // their unfinished files beside it; how files have to be called is known when all parts are together.
    let inputs = args.judge.inputs(&args.paths, &args.excluded(), &common.outputs)?.with_empty(args.partial);
    inputs.tell_empty(args.partial || !(args.paths.is_empty() && args.merge.is_empty()), common.lang());
    // What cannot be written is said before anything is read.
    let out = Destination::new(args.output.as_deref())?;
    if args.format == CountyFormat::Xlsx && !args.partial && out.is_terminal() {
        return Err(texts::workbook_written_file_o_report().get(language()).into());
    }
    let letters = args.notices.as_deref().map(|path| Destination::new(Some(path))).transpose()?;
    // The county's document first: what is wrong with it is known before the long part, and its text is not in memory
    // beside all schools.
    let document = || county_document(args.county.as_deref().ok_or_else(no_document)?, &rules, &options);
    let own = (!args.partial).then(document).transpose()?;
    let roll = rolled(args, common, (&rules, county), &options, inputs)?;
    let Some(own) = own else { return partial(out, &roll, args, common.lang()) };
    let mut notices = if letters.is_some() { notices::to_mend(&rules, &roll, common.lang()) } else { Vec::new() };
    let report = report(args, own, roll, common.lang())?;
    if let Some(letters) = letters {
        notices::call(&mut notices, &report);
        notices.splice(..0, notices::to_submit(&report));
        let page = formats::notices::page(&notices, &report, &rules, common.lang());
        letters.whole(|out| out.write_all(page.as_bytes()))?;
    }
    out.whole(|out| render(out, &report, args, common.lang()))?;
    Ok(code(&report, args).max(strangers(&report, &options, common.lang())))
}

/// Writes a part. What it could not read is in it, and said at once; of nothing at all there is no part.
fn partial(out: Destination, roll: &Roll, args: &CountyArgs, lang: Lang) -> Result<u8, String> {
    if args.merge.is_empty() && roll.schools.is_empty() && roll.unreadable.is_empty() {
        return Err(nothing(lang));
    }
    out.whole(|out| json(out, roll, false))?;
    for file in roll.unreadable.iter().take(NAMED) {
        tell(&format!("bulou: {}", visible(&format!("`{}`:{}", whole(&file.name), file.message))));
    }
    let more = roll.unreadable.len().saturating_sub(NAMED);
    if more > 0 {
        let words = texts::more_files_cannot_read(&more).text();
        tell(&format!("bulou: {}", words.get(lang)));
    }
    Ok(if roll.unreadable.is_empty() { 0 } else { 2 })
}

/// All that was submitted: the states to merge, and what is read now.
fn rolled(
    args: &CountyArgs,
    common: &Common,
    (rules, county): (&RuleSet, &County),
    options: &Options,
    mut inputs: Inputs,
) -> Result<Roll, String> {
    let checkers: Result<Vec<_>, _> = (0..args.judge.jobs()).map(|_| Checker::new(rules, options)).collect();
    let mut checkers = checkers.map_err(|unfit| unfit.lines(common.lang()))?;
    let mut roll = Roll::of(&mut Checker::new(rules, options).map_err(|unfit| unfit.lines(common.lang()))?);
    let mut merged = HashSet::new();
    for path in &args.merge {
        let bytes = roll_bytes(path)?;
        if !merged.insert(sha256(&bytes)) {
            let words = texts::same_one_before_counts().get(common.lang());
            tell(&format!("bulou: {}", visible(&format!("`{}`:{words}", path.display()))));
            continue;
        }
        let named = |error: bulou_county::Error| format!("`{}`:{}", path.display(), error.text().get(common.lang()));
        roll.merge(Roll::read(&bytes).map_err(named)?).map_err(named)?;
    }
    let mut progress = Progress::new(&inputs, args.quiet, common.lang());
    let judge = |checker: &mut Checker<'_>, input: &Input| -> Contribution {
        let report = input.check(checker, common.lang());
        let contribution = contribution(checker, county, &report, &input.seen());
        let contribution = contribution.at(&input.called());
        if args.notices.is_some() { contribution.with_findings(&report) } else { contribution }
    };
    loop {
        let round = inputs.round(ROUND, ROUND_BYTES);
        if round.is_empty() {
            return Ok(roll);
        }
        parallel_map(&mut checkers, &round, &judge)
            .into_iter()
            .for_each(|contribution| roll.add(contribution, common.lang()));
        progress.add(round.len(), &inputs);
    }
}

/// There is no report of a county without its document.
fn no_document() -> String {
    let words = texts::countys_document_needed_county().get(language());
    words.to_owned()
}

/// The county's report of a roll, compared with an earlier one where that was asked for.
fn report(args: &CountyArgs, own: Own<'_>, roll: Roll, lang: Lang) -> Result<CountyReport, String> {
    let mut report = own.finish(roll);
    if let Some(path) = &args.previous {
        let named = |error: bulou_county::Error| format!("`{}`:{}", path.display(), error.text().get(lang));
        let earlier = Earlier::read(&roll_bytes(path)?).map_err(named)?;
        report.since = Some(since(&report, &earlier, lang).map_err(named)?);
    }
    Ok(report)
}

/// The report in the format that was asked for.
fn render(out: &mut dyn Write, report: &CountyReport, args: &CountyArgs, lang: Lang) -> std::io::Result<()> {
    match args.format {
        CountyFormat::Text => out.write_all(text::render(report, lang, args.all).as_bytes()),
        // Never whole in memory: of a province it is larger than all that it is made of.
        CountyFormat::Json => json(out, report, true),
        CountyFormat::Csv => out.write_all(text::matrix(report, lang).as_bytes()),
        CountyFormat::Xlsx => {
            out.write_all(&xlsx::workbook(report, lang).map_err(|error| {
                std::io::Error::other(format!("{}: {error}", texts::workbook_cannot_made().get(lang)))
            })?)
        }
        CountyFormat::Html => out.write_all(formats::county::page(report, lang, args.all).as_bytes()),
    }
}

fn json(out: &mut dyn Write, value: &impl serde::Serialize, pretty: bool) -> std::io::Result<()> {
    if pretty {
        serde_json::to_writer_pretty(&mut *out, value)?;
    } else {
        serde_json::to_writer(&mut *out, value)?;
    }
    out.write_all(b"\n")
}

/// Names waivers of schools that are on no roster and sent nothing: 2 when there are any.
fn strangers(report: &CountyReport, options: &Options, lang: Lang) -> u8 {
    let sent = report.by_school.iter().map(|school| school.id.as_str());
    let known: HashSet<&str> = sent.chain(report.schools.missing.iter().map(|school| school.id.as_str())).collect();
    if tell_unused(&options.waivers, |id| known.contains(id), lang) { 2 } else { 0 }
}

/// 0 when the county's rules and every school's hold, as far as `--fail-on` asks; 2 when something could not be read.
fn code(report: &CountyReport, args: &CountyArgs) -> u8 {
    let unread = report.rules.is_empty() || !report.schools.unreadable.is_empty();
    if unread { 2 } else { u8::from(args.judge.fails(report.overall)) }
}

/// The bytes of what this command wrote for itself.
fn roll_bytes(path: &Path) -> Result<Vec<u8>, String> {
    files::named(path, limits::ROLL_BYTES).map_err(said)
}
