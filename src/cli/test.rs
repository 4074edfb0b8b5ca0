//! `bulou test`

use std::path::PathBuf;

use bulou_base::sanitize::visible_lines;
use bulou_ir::RuleSet;
use bulou_messages::texts;
use bulou_pack::cases::{self, CaseResults};
use bulou_pack::{Files, laziest, mutate};
use clap::{ArgGroup, Args, ValueEnum};

use super::destination::show;
use super::progress::with_steps;
use super::{Common, jobs, pack};

#[derive(Args)]
#[command(group = ArgGroup::new("changes").args(["mutate", "documents"]))]
pub struct TestArgs {
    path: Option<PathBuf>,
    #[arg(long)]
    mutate: bool,
    #[arg(long, conflicts_with = "mutate")]
    documents: bool,
    #[arg(long, value_name = "PERCENT", requires = "mutate", value_parser = clap::value_parser!(u8).range(0..=100))]
    min_score: Option<u8>,
    #[arg(long, value_name = "PERCENT", requires = "documents", value_parser = clap::value_parser!(u8).range(0..=100))]
    min_noticed: Option<u8>,
    #[arg(long, value_enum, default_value = "text", requires = "changes")]
    format: MutationFormat,
    #[arg(long, value_name = "N", requires = "mutate", value_parser = jobs::some())]
    jobs: Option<u16>,
}

#[derive(Clone, Copy, ValueEnum)]
enum MutationFormat {
    Text,
    Json,
}

/// Runs the pack's cases, and mutates its rules where that is asked for.
pub fn run(args: &TestArgs, common: &Common) -> Result<u8, String> {
    let folder = common.folder(args.path.as_deref())?;
    let files = pack::files(folder, common.lang())?;
    let Some(rules) = pack::loaded(&files, false, common).rules else { return Ok(2) };
    if cases::none(&files) {
        return Err(cases::untried().get(common.lang()).to_owned());
    }
    // It tries the cases on the unchanged rules by itself.
    if args.mutate {
        return mutated(&files, args, common);
    }
    if args.documents {
        return documents(&rules, &files, args, common);
    }
    let results = cases::run(&rules, &files);
    let (lines, failed) = told(&results, common);
    let pack = pack::of_which(folder, Some(&rules));
    show(&visible_lines(&format!("{lines}{}", pack.get(common.lang()))))?;
    Ok(u8::from(failed > 0))
}

/// What the cases showed, and how many did not come out.
fn told(results: &CaseResults, common: &Common) -> (String, usize) {
    let lang = common.lang();
    let mut lines: Vec<String> = results.problems.iter().map(|problem| format!("✖ {}", problem.get(lang))).collect();
    let wrong = || results.cases.iter().filter(|case| !case.mismatches.is_empty());
    for case in wrong() {
        lines.push(format!("✖ {} · {}", case.file, case.title));
        lines.extend(case.mismatches.words().map(|mismatch| format!("    {}", mismatch.get(lang))));
    }
    lines.extend(results.uncovered.iter().map(|one| cases::not_covered(one).get(lang).to_owned()));
    let (cases, failed, open) =
        (results.cases.len(), results.problems.len() + wrong().count(), results.uncovered.len());
    lines.push(texts::cases_wrong_uncovered(&cases, &failed, &open).get(lang));
    (lines.join("\n"), failed)
}

/// Fails when the score is too low, or a mark of an equivalent mutant is wrong.
fn mutated(files: &Files, args: &TestArgs, common: &Common) -> Result<u8, String> {
    let lang = common.lang();
    let jobs = jobs::at_once(args.jobs);
    let mutation =
        with_steps(|told| mutate::run(files, jobs, told)).map_err(|error| error.text().get(lang).to_owned())?;
    match args.format {
        MutationFormat::Text => show(&visible_lines(&mutate::text::text(&mutation, lang)))?,
        MutationFormat::Json => show(&format!("{:#}", mutate::text::json(&mutation, lang)))?,
    }
    let low = args.min_score.is_some_and(|least| mutation.score().permille() < usize::from(least) * 10);
    Ok(u8::from(low || !mutation.stale.is_empty()))
}

/// Fails when too little is noticed, or a mark of what is accepted is wrong.
fn documents(rules: &RuleSet, files: &Files, args: &TestArgs, common: &Common) -> Result<u8, String> {
    let lang = common.lang();
    let laziest =
        with_steps(|told| laziest::run(rules, files, told)).map_err(|error| error.text().get(lang).to_owned())?;
    match args.format {
        MutationFormat::Text => show(&visible_lines(&laziest::text::text(&laziest, lang)))?,
        MutationFormat::Json => show(&format!("{:#}", laziest::text::json(&laziest, lang)))?,
    }
    let low = args.min_noticed.is_some_and(|least| laziest.permille() < usize::from(least) * 10);
    Ok(u8::from(low || !laziest.stale.is_empty()))
}
