//! `bulou prove`: what rules can come to at all.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use bulou_base::date::Date;
use bulou_base::sanitize::visible_lines;
use bulou_base::source::{Lines, Source, SourceId};
use bulou_eval::{Checker, Options};
use bulou_ir::RuleSet;
use bulou_messages::texts;
use bulou_pack::{Files, cases};
use bulou_prove::{Prover, Report, Setting, Trouble, Version};
use bulou_syntax::ast::Declaration;
use clap::{Args, ValueEnum};
use easy_smt::{Context, ContextBuilder};

use super::check::{ParamArgs, day};
use super::destination::write;
use super::outputs::Written;
use super::terminal::language;
use super::{Common, pack};

/// How many elements lists have at first.
const ELEMENTS: u8 = 3;
/// How long a question may take.
const SECONDS: u16 = 10;

/// Options of `prove`.
#[derive(Args)]
pub struct ProveArgs {
    path: Option<PathBuf>,
    #[arg(long = "rule", value_name = "ID")]
    rules: Vec<String>,
    #[arg(long, value_name = "N", default_value_t = ELEMENTS, value_parser = clap::value_parser!(u8).range(0..=50))]
    k: u8,
    #[arg(long, value_name = "SECONDS", default_value_t = SECONDS, value_parser = clap::value_parser!(u16).range(1..=3600))]
    timeout: u16,
    #[arg(long, value_name = "PROGRAM")]
    solver: Option<PathBuf>,
    #[arg(long, value_parser = day)]
    as_of: Option<Date>,
    #[command(flatten)]
    given: ParamArgs,
    #[arg(long, value_enum, default_value = "text")]
    format: ProveFormat,
    #[arg(short, long, value_name = "FILE")]
    output: Option<Written>,
}

#[derive(Clone, Copy, ValueEnum)]
enum ProveFormat {
    /// For a person: what is not as it should be.
    Text,
    /// One object, with every document that was found.
    Json,
}

/// Runs the command.
pub fn run(args: &ProveArgs, common: &Common) -> Result<u8, String> {
    let files = pack::files(common.folder(args.path.as_deref())?, common.lang())?;
    let loaded = pack::loaded(&files, false, common);
    let Some(rules) = loaded.rules else { return Ok(2) };
    let lang = common.lang();
    known(&rules, &args.rules)?;
    let solver = solver(args.solver.as_deref())?;
    let setting = Setting {
        solver: &|| solver.start(),
        today: args.as_of,
        elements: usize::from(args.k),
        milliseconds: u64::from(args.timeout) * 1000,
    };
    let mut report = asked(&rules, &files, (args, setting), common)?;
    report.places = places(&loaded.sources);
    let text = match args.format {
        ProveFormat::Text => visible_lines(&report.text(lang)),
        ProveFormat::Json => format!("{:#}\n", report.json(lang)),
    };
    write(args.output.as_deref(), text.as_bytes())?;
    Ok(u8::from(report.is_wrong()))
}

/// Where each requirement of a rule stands: its file and line.
fn places(sources: &[Source]) -> HashMap<String, Vec<String>> {
    let mut places = HashMap::new();
    for source in sources.iter().filter(|source| source.name.ends_with(".bulou")) {
        let (tree, lines) = (bulou_syntax::parse(SourceId::default(), &source.text).0, Lines::of(&source.text));
        for declaration in &tree.declarations {
            let Declaration::Rule(rule) = declaration else { continue };
            let place = |asked: &bulou_syntax::ast::Requirement| {
                format!("{}:{}", source.name, lines.number(asked.expr.span.start as usize))
            };
            places.insert(rule.id.text.clone(), rule.requirements.iter().map(place).collect());
        }
    }
    places
}

/// Refuses names that no rule has.
fn known(rules: &RuleSet, names: &[String]) -> Result<(), String> {
    let own = rules.rules.iter().chain(rules.county.iter().flat_map(|county| &county.rules.rules));
    let ids: Vec<&str> = own.map(|rule| rule.card.id.as_str()).collect();
    match names.iter().find(|name| !ids.contains(&name.as_str())) {
        Some(name) => Err(texts::no_rule_4(&name).get(language())),
        None => Ok(()),
    }
}

fn asked(
    rules: &RuleSet,
    files: &Files,
    (args, setting): (&ProveArgs, Setting<'_>),
    common: &Common,
) -> Result<Report, String> {
    let mut report = Report {
        pack: rules.pack.clone(),
        today: setting.today.map(|today| today.to_string()),
        elements: setting.elements,
        rules: Vec::new(),
        pairs: Vec::new(),
        constraints: Vec::new(),
        assertions: Vec::new(),
        places: HashMap::new(),
        documents: !args.rules.is_empty(),
    };
    let county = rules.county.as_ref().map(|county| (&county.rules, true));
    let asserting = rules.with_premises();
    for (rules, of_county) in [(rules, false)].into_iter().chain(county) {
        // Behind the rules, so that these keep their places.
        let with_premises = if of_county { rules } else { &asserting };
        let mut prover = prover(with_premises, &cases::documents(files, of_county), (args, setting), common)?;
        let mut asked = Vec::new();
        let wanted = |rule: &bulou_ir::Rule| args.rules.is_empty() || args.rules.contains(&rule.card.id);
        for (index, _) in rules.rules.iter().enumerate().filter(|(_, rule)| wanted(rule)) {
            asked.push((index, prover.rule(index).map_err(|trouble| told(&trouble))?));
        }
        let answers: Vec<_> = asked.iter().map(|(index, answers)| (*index, answers)).collect();
        report.pairs.extend(prover.pairs(&answers).map_err(|trouble| told(&trouble))?);
        if args.rules.is_empty() {
            report.constraints.extend(prover.constraints().map_err(|trouble| told(&trouble))?);
        }
        let is_asked = |rule: usize| asked.iter().any(|(index, _)| *index == rule);
        report.assertions.extend(prover.assertions(&is_asked).map_err(|trouble| told(&trouble))?);
        report.rules.extend(asked.into_iter().map(|(_, answers)| answers));
    }
    Ok(report)
}

/// What asks about rules, with the parameters that were given.
fn prover<'r, 's>(
    rules: &'r RuleSet,
    documents: &[(serde_json::Value, Date)],
    (args, setting): (&ProveArgs, Setting<'s>),
    common: &Common,
) -> Result<Prover<'r, 's>, String> {
    // The day is set for each document.
    let day = setting.today.unwrap_or_default();
    let options = Options { params: args.given.params(common)?, lang: common.lang(), ..Options::on(day) };
    let checker = Checker::new(rules, &options).map_err(|unfit| unfit.lines(common.lang()))?;
    Ok(Prover::new(Version::new(rules, checker), documents, setting))
}

/// What stopped the questions.
pub fn told(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Solver(fault) => {
            let fault = &fault.0;
            texts::solver_failed(&fault).get(language())
        }
        Trouble::Disagreement { rule, translated, judged, witness } => {
            let (today, document) = (&witness.today, &witness.document);
            texts::fault_program_translation_rule(&rule, &translated, &judged, &today, &document).get(language())
        }
        Trouble::Unlike(field) => texts::another_type_each_version_no(&field).get(language()),
    }
}

/// How questions are asked where nothing else is said.
pub fn setting(solver: &dyn Fn() -> std::io::Result<Context>, today: Option<Date>) -> Setting<'_> {
    Setting { solver, today, elements: usize::from(ELEMENTS), milliseconds: u64::from(SECONDS) * 1000 }
}

/// A solver that is installed.
pub struct Program {
    path: PathBuf,
    cvc5: bool,
}

impl Program {
    /// Starts it.
    pub fn start(&self) -> std::io::Result<Context> {
        let mut builder = ContextBuilder::new();
        if self.cvc5 {
            builder.with_cvc5_defaults();
        } else {
            builder.with_z3_defaults();
        }
        builder.solver(self.path.as_os_str()).build()
    }
}

/// The solver that was asked for, or the first that is found.
pub fn solver(given: Option<&Path>) -> Result<Program, String> {
    if cfg!(target_os = "wasi") {
        return Err(texts::command_needs_native_program(&"prove").get(language()));
    }
    let candidates: Vec<PathBuf> = match given {
        Some(path) => vec![path.to_owned()],
        None => vec!["z3".into(), "cvc5".into()],
    };
    for path in candidates {
        let cvc5 = path.file_name().is_some_and(|name| name.to_string_lossy().contains("cvc5"));
        let program = Program { path, cvc5 };
        match program.start() {
            Ok(_) => return Ok(program),
            Err(error) if given.is_none() && error.kind() == ErrorKind::NotFound => {}
            Err(error) => {
                let shown = program.path.display();
                return Err(texts::solver_cannot_started(&shown, &error).get(language()));
            }
        }
    }
    Err(texts::solver_z3_cvc5_installed().get(language()).to_owned())
}
