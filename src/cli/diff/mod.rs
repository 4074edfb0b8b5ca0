//! `bulou diff`: what changed between two versions of a pack, and whose result changes.

mod html;

use std::path::{Path, PathBuf};

use bulou_base::date::Date;
use bulou_base::sanitize::visible_lines;
use bulou_eval::{Checker, Options};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_pack::diff::{Comparison, Diff, EFFORT, Effects, compare, fitting, text};
use bulou_pack::publish::unbundle;
use bulou_pack::{Files, Loaded};
use bulou_prove::versions::{self, Difference};
use clap::{Args, ValueEnum};
use serde_json::Value;

use super::check::{GivenArgs, bytes, nothing};
use super::destination::write;
use super::inputs::{Inputs, NameBy, ROUND, ROUND_BYTES};
use super::outputs::Written;
use super::terminal::language;
use super::{Common, pack, prove};

/// How many of the documents whose result changes a search for an example may start from.
const SEEDS: usize = 6;

/// Options of `diff`.
#[derive(Args)]
pub struct DiffArgs {
    old: PathBuf,
    new: PathBuf,
    #[arg(long, num_args = 1.., value_name = "PATH")]
    data: Vec<PathBuf>,
    #[arg(long)]
    ndjson: bool,
    #[arg(long)]
    prove: bool,
    #[arg(long, value_enum, default_value = "text")]
    format: DiffFormat,
    #[arg(short, long, value_name = "FILE")]
    output: Option<Written>,
    #[command(flatten)]
    given: GivenArgs,
}

#[derive(Clone, Copy, ValueEnum)]
enum DiffFormat {
    Text,
    Json,
    Html,
}

/// Runs the command.
pub fn run(args: &DiffArgs, common: &Common) -> Result<u8, String> {
    common.no_pack()?;
    let (old_files, new_files) = (version(&args.old, common)?, version(&args.new, common)?);
    let (old, new) = (pack::loaded(&old_files, false, common), pack::loaded(&new_files, false, common));
    let (Some(before), Some(after)) = (&old.rules, &new.rules) else { return Ok(2) };
    let options = args.given.options(common)?;
    let mut seeds = bases(&old_files);
    seeds.extend(bases(&new_files));
    let mut code = 0;
    let mut effects = None;
    if !args.data.is_empty() {
        let (found, changed) = with_data(args, (before, after), &options, common)?;
        // A document whose result changes is the best start for an example.
        seeds.splice(0..0, changed);
        if found.documents == 0 && found.unreadable.is_empty() {
            return Err(nothing(common.lang()));
        }
        code = if found.unreadable.is_empty() { 0 } else { 2 };
        effects = Some(found);
    }
    let diff = compared(&old, &new, options.today, &seeds, common.lang())?;
    let diff = Diff { data: effects, ..diff };
    let proved = if args.prove { Some(proved(args, (before, after), &options, common)?) } else { None };
    let rendered = match args.format {
        DiffFormat::Text => {
            let proved = proved.map(|found| visible_lines(&versions::text(&found, common.lang()))).unwrap_or_default();
            text::render(&diff, common.lang()) + &proved
        }
        DiffFormat::Json => json(&diff, proved.as_deref(), common.lang()).map_err(|error| error.to_string())? + "\n",
        DiffFormat::Html => html::page(&diff, common.lang()),
    };
    write(args.output.as_deref(), rendered.as_bytes()).map(|()| code)
}

/// What a solver finds to differ.
fn proved(
    args: &DiffArgs,
    (old, new): (&RuleSet, &RuleSet),
    options: &Options,
    common: &Common,
) -> Result<Vec<Difference>, String> {
    if matches!(args.format, DiffFormat::Html) {
        return Err(texts::what_prove_finds_no().get(language()).to_owned());
    }
    let solver = prove::solver(None)?;
    let start = || solver.start();
    let setting = prove::setting(&start, args.given.day());
    let version = |rules| {
        let options = Options { waivers: Vec::new(), ..fitting(rules, options) };
        let checker = Checker::new(rules, &options).map_err(|unfit| unfit.lines(common.lang()))?;
        Ok::<_, String>(bulou_prove::Version::new(rules, checker))
    };
    let found = |old, new| {
        versions::differences(version(old)?, version(new)?, setting).map_err(|trouble| prove::told(&trouble))
    };
    let mut all = found(old, new)?;
    if let (Some(old), Some(new)) = (&old.county, &new.county) {
        all.extend(found(&old.rules, &new.rules)?);
    }
    Ok(all)
}

fn json(diff: &Diff, proved: Option<&[Difference]>, lang: Lang) -> serde_json::Result<String> {
    let Some(proved) = proved else { return serde_json::to_string_pretty(diff) };
    let mut told = serde_json::to_value(diff)?;
    if let Some(members) = told.as_object_mut() {
        members.insert("proved".into(), versions::json(proved, lang));
    }
    serde_json::to_string_pretty(&told)
}

/// The difference between a published bundle and the pack that is to follow it, as text.
pub fn between_versions(bundle: &[u8], pack: &Files, today: Date, common: &Common) -> Result<String, String> {
    let old = unbundle(bundle).ok_or_else(|| texts::rules_last_version_cannot().get(language()))?;
    let (one, other) = (pack::loaded(&old, false, common), pack::loaded(pack, false, common));
    Ok(text::render(&compared(&one, &other, today, &bases(pack), common.lang())?, common.lang()))
}

fn compared(old: &Loaded, new: &Loaded, as_of: Date, seeds: &[Value], lang: Lang) -> Result<Diff, String> {
    compare(old, new, Comparison { as_of, effort: EFFORT, seeds, lang })
        .ok_or_else(|| texts::pack_errors_cannot_compared().get(language()).to_owned())
}

/// A pack's files, from its folder or from a published bundle.
fn version(path: &Path, common: &Common) -> Result<Files, String> {
    if !path.is_file() {
        return pack::files(Some(path), common.lang());
    }
    unbundle(&bytes(path)?).ok_or_else(|| {
        let path = path.display();
        texts::no_published_rules_file(&path).get(language())
    })
}

/// The whole documents that a pack's cases start from.
fn bases(files: &Files) -> Vec<Value> {
    let bases = files.0.iter().filter(|(name, _)| name.starts_with("cases/base/"));
    bases.filter_map(|(_, bytes)| serde_json::from_slice(bytes).ok()).collect()
}

/// Checks documents by both versions: what changes, and some documents for which something does.
fn with_data(
    args: &DiffArgs,
    (old, new): (&RuleSet, &RuleSet),
    options: &Options,
    common: &Common,
) -> Result<(Effects, Vec<Value>), String> {
    let checker = |rules, options: &Options| Checker::new(rules, options).map_err(|unfit| unfit.lines(common.lang()));
    known((old, new), options)?;
    let (own, other) = (fitting(old, options), fitting(new, options));
    let (mut before, mut after) = (checker(old, &own)?, checker(new, &other)?);
    let mut inputs = Inputs::new(&args.data, args.ndjson, NameBy::File, &args.given.excluded(), &common.outputs)?
        .told_apart()
        .with_empty(true)
        .some()?;
    let (mut effects, mut changed) = (Effects::default(), Vec::new());
    loop {
        let round = inputs.round(ROUND, ROUND_BYTES);
        if round.is_empty() {
            return Ok((effects, changed));
        }
        for input in round {
            let count = effects.schools.len();
            effects.add(&input.check(&mut before, common.lang()), &input.check(&mut after, common.lang()));
            if effects.schools.len() > count && changed.len() < SEEDS {
                changed.extend(serde_json::from_str::<Value>(input.document(new).trim_start_matches('\u{FEFF}')).ok());
            }
        }
    }
}

/// Refuses parameters that neither version has.
fn known((old, new): (&RuleSet, &RuleSet), options: &Options) -> Result<(), String> {
    let has = |rules: &RuleSet, name: &str| rules.params.iter().any(|param| param.name == name);
    match options.params.iter().find(|(name, _)| !has(old, name) && !has(new, name)) {
        Some((name, _)) => Err(texts::neither_version_parameter(&name).get(language())),
        None => Ok(()),
    }
}
