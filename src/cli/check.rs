//! `bulou check`: documents in, reports out.

mod judge;

use std::collections::HashSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use bulou_base::date::{self, Date};
use bulou_base::limits;
use bulou_base::parallel::runs;
use bulou_base::sanitize::{visible, visible_lines};
use bulou_county::Listed;
use bulou_document::Unread;
use bulou_eval::{Checker, Waiver};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::sentence::{Each, Phrase};
use bulou_messages::texts;
use bulou_pack::cases::json_words;
use bulou_report::{Problem, Report, Subject, Verdict};
use clap::Args;
use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use serde_json::Value;

use super::destination::Destination;
use super::formats::{CheckFormat, Rendered, Sink, Style};
use super::inputs::{Input, ROUND, ROUND_BYTES};
use super::outputs::Written;
use super::progress::Progress;
use super::roster::{county_document, listed};
use super::same_code::SameCode;
use super::terminal::{language, said, tell};
use super::{Common, files, pack, terminal};
pub use judge::{GivenArgs, JudgeArgs, ParamArgs};

/// So many are named one by one where there may be any number.
pub const NAMED: usize = 20;

/// Options of `check`.
#[derive(Args)]
pub struct CheckArgs {
    paths: Vec<PathBuf>,
    #[arg(long)]
    schema: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    county: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "text")]
    format: CheckFormat,
    #[arg(short, long, value_name = "FILE")]
    output: Option<Written>,
    #[arg(long, value_name = "FILE")]
    sarif: Option<Written>,
    #[arg(long, value_name = "FILE")]
    annotated: Option<Written>,
    #[arg(long)]
    own_day: bool,
    #[arg(long)]
    quiet: bool,
    #[command(flatten)]
    judge: JudgeArgs,
}

impl CheckArgs {
    /// Files that are no documents, wherever they lie.
    fn excluded(&self) -> Vec<Option<&Path>> {
        let mut apart = self.judge.excluded();
        apart.extend([self.schema.as_deref(), self.county.as_deref()]);
        apart
    }
}

/// Runs the command; the answer is the exit code.
pub fn run(args: &CheckArgs, common: &Common) -> Result<u8, String> {
    let mut asked = args.judge.asked(common)?;
    let Some(rules) = pack::loaded(&asked.files, false, common).rules else { return Ok(2) };
    let options = args.judge.options(&mut asked, common)?;
    let checkers: Result<Vec<_>, _> = (0..args.judge.jobs()).map(|_| Checker::new(&rules, &options)).collect();
    let mut checkers = checkers.map_err(|unfit| unfit.lines(common.lang()))?;
    let schema = args.schema.as_deref().map(|path| validator(path, common.lang())).transpose()?;
    let own = args.county.as_deref().map(|path| county_document(path, &rules, &options)).transpose()?;
    let roster = own.as_ref().map(|own| listed(own, common.lang())).transpose()?;
    let mut inputs =
        args.judge.inputs(&args.paths, &args.excluded(), &common.outputs)?.told_apart().with_empty(true).some()?;
    if args.annotated.is_some() && inputs.several() {
        return Err(texts::annotated_one_document_time().get(language()).into());
    }
    let mut sink = Sink::new(args.output.as_deref(), args.format, common.lang(), inputs.several())?;
    let sarif = |path| Sink::new(Some(path), CheckFormat::Sarif, common.lang(), inputs.several());
    let mut sarif = args.sarif.as_deref().map(sarif).transpose()?;
    let beside = sarif.is_some();
    let style = Style {
        format: args.format,
        color: common.colors(sink.is_terminal()),
        width: terminal::width(sink.is_terminal()),
        lang: common.lang(),
        quiet: args.quiet,
        array: sink.array,
        several: inputs.several(),
    };
    let judge = |checker: &mut Checker<'_>, input: &Input| -> std::io::Result<(Rendered, Option<Rendered>, Subject)> {
        let report = report(checker, input, (roster.as_ref(), schema.as_ref()), (args.own_day, common));
        if let Some(path) = &args.annotated {
            annotate(&rules, input, &report, path, common)?;
        }
        let code = if !report.is_submission() { 2 } else { u8::from(args.judge.fails(report.verdict)) };
        let sarif =
            beside.then(|| Style { format: CheckFormat::Sarif, ..style }.render(&report, input, code)).transpose()?;
        Ok((style.render(&report, input, code)?, sarif, report.subject))
    };
    // Reports on a terminal show by themselves how far it is.
    let mut progress = Progress::new(&inputs, args.quiet || sink.is_terminal(), common.lang());
    let (mut code, mut count) = (0, 0);
    let waived: HashSet<&str> = options.waivers.iter().map(|waiver| waiver.id.as_str()).collect();
    let mut came: HashSet<&str> = HashSet::new();
    let mut same_code = SameCode::default();
    loop {
        let round = inputs.round(ROUND, ROUND_BYTES);
        if round.is_empty() {
            break;
        }
        for rendered in parallel_map(&mut checkers, &round, &judge) {
            let (rendered, kept, subject) = rendered.map_err(|error| error.to_string())?;
            code = code.max(rendered.code);
            count += 1;
            came.extend(waived.get(subject.id.as_str()).copied());
            same_code.add(&subject);
            sink.write(rendered).map_err(|error| unwritten(texts::report_file(), &error))?;
            if let (Some(sarif), Some(kept)) = (&mut sarif, kept) {
                sarif.write(kept).map_err(|error| unwritten(texts::sarif_file(), &error))?;
            }
        }
        progress.add(round.len(), &inputs);
    }
    drop(progress);
    if let Some(sarif) = sarif {
        sarif.finish(&rules).map_err(|error| unwritten(texts::sarif_file(), &error))?;
    }
    sink.finish(&rules).map_err(|error| unwritten(texts::report_file(), &error))?;
    tell_unused(&options.waivers, |id| came.contains(id), common.lang());
    if same_code.tell(common.lang()) {
        code = code.max(u8::from(args.judge.fails(Verdict::Undetermined)));
    }
    if count == 0 { Err(nothing(common.lang())) } else { Ok(code) }
}

/// Names waivers of schools that are not known, the first of them, with how many more there are; whether there are any.
pub fn tell_unused(waivers: &[Waiver], is_known: impl Fn(&str) -> bool, lang: Lang) -> bool {
    let unused: Vec<&Waiver> = waivers.iter().filter(|waiver| !is_known(&waiver.id)).collect();
    for Waiver { id, rule, .. } in unused.iter().take(NAMED) {
        let words = texts::waiver_not_used_no(&id, &rule).get(lang);
        tell(&format!("bulou: {}", visible(&words)));
    }
    let more = unused.len().saturating_sub(NAMED);
    if more > 0 {
        let words = texts::more_waivers_not_used(&more).get(lang);
        tell(&format!("bulou: {words}"));
    }
    !unused.is_empty()
}

/// What is said where there was nothing to check: that is no success.
pub fn nothing(lang: Lang) -> String {
    let words = texts::no_document_nothing_checked().get(lang);
    words.to_owned()
}

/// Checks a round on as many threads as there are checkers; the answers keep the order of the documents.
pub fn parallel_map<T: Send>(
    checkers: &mut [Checker<'_>],
    round: &[Input],
    judge: &(impl Fn(&mut Checker<'_>, &Input) -> T + Sync),
) -> Vec<T> {
    let all = |checker: &mut Checker<'_>, part: &[Input]| -> Vec<T> {
        part.iter().map(|input| judge(checker, input)).collect()
    };
    runs(checkers.iter_mut().collect(), round, &all).into_iter().flatten().collect()
}

fn json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, String> {
    bulou_document::from_json(&bytes(path)?).map_err(|error| not_understood(path, &error))
}

/// What is said of a file that is none of what it is given as.
fn not_understood(path: &Path, error: &Unread) -> String {
    said(json_words(&format!("`{}`", path.display()), error))
}

fn unwritten(what: Phrase, error: &std::io::Error) -> String {
    texts::cannot_written_5(&what, error).get(language())
}

/// The bytes of a file that is given beside documents.
pub fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    files::named(path, limits::GIVEN_BYTES).map_err(said)
}

/// Reads a day from an option.
pub fn day(text: &str) -> Result<Date, String> {
    let (first, last) = (date::YEARS.start(), date::YEARS.end());
    date::parse(text).ok_or_else(|| texts::date_year_month_day(&first, &last).get(language()))
}

/// The current date in Asia/Shanghai, which has been UTC+8 since 1991.
pub fn today() -> Date {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let days = i64::try_from((seconds + 8 * 3600) / 86_400).unwrap_or_default();
    // The default date is 1970-01-01.
    date::plus_days(Date::default(), days).unwrap_or_default()
}

/// One report, as of the document's own day if that was asked for, with what the roster does not have and a further schema
/// refuses.
fn report<'r>(
    checker: &mut Checker<'r>,
    input: &Input,
    (roster, schema): (Option<&Listed<'_>>, Option<&Validator>),
    (own_day, common): (bool, &Common),
) -> Report<'r> {
    let (lang, rules) = (common.lang(), checker.rules());
    let mut report = if own_day { input.check_on_own_day(checker, lang) } else { input.check(checker, lang) };
    // What is no submission says so itself.
    let whose = roster.filter(|_| report.is_submission());
    if let Some(problem) = whose.and_then(|roster| roster.problem(rules, &report.subject, lang)) {
        report = input.with(report, problem, (rules, lang));
    }
    if let Some(schema) = schema {
        against(schema, input.document(checker.rules()).trim_start_matches('\u{FEFF}'), common, &mut report);
    }
    report
}

/// Writes the document with what was found at its cells.
fn annotate(rules: &RuleSet, input: &Input, report: &Report<'_>, path: &Path, common: &Common) -> std::io::Result<()> {
    let words = |error: bulou_sheets::Error| {
        std::io::Error::other(format!("`{}`:{}", path.display(), error.text().get(common.lang())))
    };
    let bytes = bulou_sheets::annotated(rules, &input.document(rules), report, common.lang()).map_err(words)?;
    let mut out = Destination::new(Some(path)).map_err(std::io::Error::other)?;
    out.write_all(&bytes)?;
    out.finish()
}

fn validator(path: &Path, lang: Lang) -> Result<Validator, String> {
    let schema: Value = json(path)?;
    for words in super::schema_keywords::unknown(&schema) {
        tell(&format!("bulou: `{}`:{}", path.display(), visible_lines(words.get(lang))));
    }
    if !super::schema_keywords::asks(&schema) {
        let path = path.display();
        return Err(texts::no_keyword_json_schema(&path).get(language()));
    }
    jsonschema::options().should_validate_formats(true).build(&schema).map_err(|error| {
        let (path, place) = (path.display(), error.instance_path().to_string());
        let place = Some(place).filter(|place| !place.is_empty()).map(|place| format!("`{}`", visible(&place)));
        let place = place.map_or_else(|| texts::whole_file().text(), |place| LocalizedText::new(place.clone(), place));
        // The error's own words are English.
        let own = format!(": {error}");
        let more = Each(&"", &own);
        let why = match error.kind() {
            ValidationErrorKind::Referencing(_) => texts::schema_reference_not_found(&more).text(),
            _ => texts::schema_wrong_at_place(&place, &more).text(),
        };
        texts::no_json_schema(&path, &why).get(language())
    })
}

/// Adds what a further schema refuses to a report; a document that it refuses is not compliant.
fn against(schema: &Validator, text: &str, common: &Common, report: &mut Report<'_>) {
    let Ok(document) = serde_json::from_str::<Value>(text) else { return };
    for error in schema.iter_errors(&document) {
        let path = error.instance_path().to_string();
        // The error's own words would repeat the value, which may be a sensitive one.
        let mut rule = error.schema_path().to_string();
        if let ValidationErrorKind::Required { property: Value::String(key) } = error.kind() {
            rule += &texts::missing(&visible(key)).get(common.lang());
        }
        let words = texts::further_json_schema_refuses(&rule).text();
        report
            .structure
            .push(Problem { path, ..bulou_document::problem(ProblemCode::FurtherSchema, &words, common.lang()) });
        report.verdict = report.verdict.max(Verdict::Undetermined);
    }
}
