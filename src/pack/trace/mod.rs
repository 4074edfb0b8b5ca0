//! Coverage of a pack's sources: each sentence with the rules that cite it, or with the reasons why none does.

mod words;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::Files;
use crate::strays::is_rules;
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_report::{Citation, RuleSeverity};
use bulou_syntax::ast::{self, Declaration};
use bulou_syntax::{parse_unplaced, print};

pub use words::{of_pack, text};

/// The sources of a pack and its rules.
#[derive(Clone, Debug, Serialize)]
pub struct Trace {
    /// The pack's id.
    pub pack: String,
    /// Its title.
    pub title: String,
    /// Its version.
    pub version: String,
    /// Its sources in order.
    pub sources: Vec<Source>,
    /// Its rules in order, the county's after the schools'.
    pub rules: Vec<Rule>,
}

/// A text that rules cite.
#[derive(Clone, Debug, Serialize)]
pub struct Source {
    /// Its name in the rules.
    pub name: String,
    /// For people.
    pub label: String,
    /// Sentences in each state.
    pub counts: Counts,
    /// Its sentences in the text's own order; none where the text is not held (`外部`).
    pub sentences: Vec<Sentence>,
    /// Ids of the rules that cite it.
    pub rules: Vec<String>,
}

/// How many sentences a source has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All.
    pub sentences: usize,
    /// A rule cites it.
    pub covered: usize,
    /// Of these, those of which a rule says that it does not show all.
    pub short: usize,
    /// No rule cites it, and a 不查 says why.
    pub excused: usize,
    /// Neither.
    pub uncovered: usize,
    /// Clauses that nothing quotes, in sentences that are covered or excused.
    pub clauses: usize,
    /// Clauses of which a part is quoted, and words of them are not.
    pub partly: usize,
}

/// Whether a sentence is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// A rule cites it.
    Covered,
    /// No rule cites it, and a 不查 says why.
    Excused,
    /// Neither: it is left out.
    Uncovered,
}

/// A sentence of a source.
#[derive(Clone, Debug, Serialize)]
pub struct Sentence {
    /// One-based line; sentences on one line are one paragraph.
    pub line: usize,
    /// The words.
    pub text: String,
    /// Whether it is left out.
    pub state: State,
    /// Its clauses, with how much of them a rule or a 不查 quotes.
    pub clauses: Vec<Clause>,
    /// Ids of the rules that cite it.
    pub rules: Vec<String>,
    /// Reasons of the 不查 that excuse it.
    pub reasons: Vec<String>,
    /// What its words ask for and its rules do not show.
    pub shortfalls: Vec<String>,
}

/// A part of a sentence up to a comma or colon, a dash, or the mark of the next item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Clause {
    /// The words with their punctuation.
    pub text: String,
    /// How much of its words is quoted.
    pub quoted: Quoted,
    /// What of them is not, run by run.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unquoted: Vec<String>,
    /// All of the text in pieces, each with whether it is quoted or there is nothing in it to quote.
    #[serde(skip)]
    pub pieces: Vec<(String, bool)>,
}

/// How much of a clause's words is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Quoted {
    /// Every word, or it has none.
    Whole,
    /// Some of its words, and others not.
    Part,
    /// Not a word.
    None,
}

/// A rule, as a reader of the source needs it.
#[derive(Clone, Debug, Serialize)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// For people.
    pub title: String,
    /// It is about the county as a whole.
    pub county: bool,
    /// Heading in reports.
    pub group: String,
    /// How much it weighs.
    pub severity: RuleSeverity,
    /// Who is responsible.
    pub responsible: String,
    /// What to do.
    pub remedy: String,
    /// When it applies, in the rule language.
    pub applies: Option<String>,
    /// What it asks.
    pub requirements: Vec<Requirement>,
    /// What it rests on.
    pub citations: Vec<Cited>,
}

/// What a rule rests on, with what it does not show of it.
#[derive(Clone, Debug, Serialize)]
pub struct Cited {
    /// Where and which words.
    #[serde(flatten)]
    pub citation: Citation,
    /// `不足`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shortfall: Option<String>,
}

/// One 要求.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Requirement {
    /// What must hold, in the rule language.
    pub text: String,
    /// What is said when it does not, with the places for values.
    pub message: Option<String>,
}

impl State {
    /// All, the gravest first.
    pub const ALL: [Self; 3] = [Self::Uncovered, Self::Excused, Self::Covered];

    /// In a few words.
    #[must_use]
    pub fn words(self, lang: Lang) -> &'static str {
        let words = match self {
            Self::Covered => texts::rules_4(),
            Self::Excused => texts::excused_2(),
            Self::Uncovered => texts::no_rule_3(),
        };
        words.get(lang)
    }

    /// A mark that differs without colour.
    #[must_use]
    pub fn mark(self) -> char {
        match self {
            Self::Covered => '✔',
            Self::Excused => '–',
            Self::Uncovered => '✖',
        }
    }
}

impl Counts {
    /// Sentences in a state.
    #[must_use]
    pub fn of(self, state: State) -> usize {
        match state {
            State::Covered => self.covered,
            State::Excused => self.excused,
            State::Uncovered => self.uncovered,
        }
    }
}

impl Sentence {
    /// Clauses that nothing quotes of a sentence that has rules, or is excused.
    #[must_use]
    pub fn unquoted(&self) -> Vec<&str> {
        self.quoted(Quoted::None).map(|clause| clause.text.trim()).collect()
    }

    /// What is not quoted of clauses that are quoted in part.
    #[must_use]
    pub fn partly(&self) -> Vec<&str> {
        self.quoted(Quoted::Part).flat_map(|clause| &clause.unquoted).map(String::as_str).collect()
    }

    /// Its clauses of which so much is quoted, unless it is left out as a whole.
    fn quoted(&self, quoted: Quoted) -> impl Iterator<Item = &Clause> {
        self.clauses.iter().filter(move |clause| clause.quoted == quoted && self.state != State::Uncovered)
    }
}

impl Clause {
    fn of(pieces: &[(String, bool)]) -> Self {
        let says = |(text, _): &&(String, bool)| text.chars().any(char::is_alphanumeric);
        let unquoted = pieces.iter().filter(|(_, quoted)| !quoted).map(|(text, _)| text.clone());
        let unquoted: Vec<String> = unquoted.collect();
        let quoted = match (unquoted.is_empty(), pieces.iter().filter(says).any(|(_, quoted)| *quoted)) {
            (true, _) => Quoted::Whole,
            (false, true) => Quoted::Part,
            (false, false) => Quoted::None,
        };
        let text = pieces.iter().map(|(text, _)| text.as_str()).collect();
        Self { text, quoted, unquoted, pieces: pieces.to_vec() }
    }
}

impl Trace {
    /// A rule by its id.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }
}

/// Traces a pack that was loaded from `files`; rule text has keywords in `lang`.
#[must_use]
pub fn trace(rules: &RuleSet, files: &Files, lang: Lang) -> Trace {
    let written = written(files);
    let county = rules.county.iter().flat_map(|county| &county.rules.rules).map(|rule| (rule, true));
    let all = rules.rules.iter().map(|rule| (rule, false)).chain(county);
    let traced: Vec<Rule> = all.map(|(found, county)| rule(found, county, written.get(&found.card.id), lang)).collect();
    let sources = rules.sources.iter().map(|cited| source(cited, &traced)).collect();
    let (pack, title, version) = (rules.pack.id.clone(), rules.title.clone(), rules.pack.version.clone());
    Trace { pack, title, version, sources, rules: traced }
}

/// The rules as written, by id.
fn written(files: &Files) -> BTreeMap<String, ast::Rule> {
    let texts = files.0.iter().filter(|(name, _)| is_rules(name)).map(|(_, bytes)| bytes);
    let declarations = texts.flat_map(|bytes| {
        let text = String::from_utf8_lossy(bytes);
        parse_unplaced(text.strip_prefix('\u{FEFF}').unwrap_or(&text)).0.declarations
    });
    declarations
        .filter_map(|declaration| match declaration {
            Declaration::Rule(rule) => Some((rule.id.text.clone(), *rule)),
            _ => None,
        })
        .collect()
}

fn rule(rule: &bulou_ir::Rule, county: bool, written: Option<&ast::Rule>, lang: Lang) -> Rule {
    let requirement = |requirement: &ast::Requirement| Requirement {
        text: print::expr(&requirement.expr, lang),
        message: requirement.message.as_ref().map(|message| print::message(message, lang)),
    };
    let card = &rule.card;
    Rule {
        id: card.id.clone(),
        title: card.title.clone(),
        county,
        group: card.group.clone(),
        severity: card.severity,
        responsible: card.responsible.clone(),
        remedy: card.remedy.clone(),
        applies: written.and_then(|written| written.applies.as_ref()).map(|expr| print::expr(expr, lang)),
        requirements: written.iter().flat_map(|written| &written.requirements).map(requirement).collect(),
        citations: cited(&card.citations, written),
    }
}

/// What a rule rests on, with what it says of that in the tree.
fn cited(citations: &[Citation], written: Option<&ast::Rule>) -> Vec<Cited> {
    let said = |at: usize| Some(written?.citations.get(at)?.shortfall.as_ref()?.text.clone());
    let cited = |(at, citation): (usize, &Citation)| Cited { citation: citation.clone(), shortfall: said(at) };
    citations.iter().enumerate().map(cited).collect()
}

fn source(cited: &bulou_ir::CitedText, rules: &[Rule]) -> Source {
    let sentences: Vec<Sentence> = cited.sentences.iter().map(sentence).collect();
    let count = |state: State| sentences.iter().filter(|sentence| sentence.state == state).count();
    let counts = Counts {
        sentences: sentences.len(),
        covered: count(State::Covered),
        excused: count(State::Excused),
        uncovered: count(State::Uncovered),
        short: sentences.iter().filter(|sentence| !sentence.shortfalls.is_empty()).count(),
        clauses: sentences.iter().map(|sentence| sentence.unquoted().len()).sum(),
        partly: sentences.iter().map(|sentence| sentence.quoted(Quoted::Part).count()).sum(),
    };
    let cites = |rule: &&Rule| rule.citations.iter().any(|cited_by| cited_by.citation.source == cited.name);
    let rules = rules.iter().filter(cites).map(|rule| rule.id.clone()).collect();
    Source { name: cited.name.clone(), label: cited.label.clone(), counts, sentences, rules }
}

fn sentence(sentence: &bulou_ir::Sentence) -> Sentence {
    let state = match (sentence.rules.is_empty(), sentence.excuses.is_empty()) {
        (false, _) => State::Covered,
        (true, false) => State::Excused,
        (true, true) => State::Uncovered,
    };
    let clauses = sentence.clauses.iter().map(|pieces| Clause::of(pieces));
    Sentence {
        line: sentence.line,
        text: sentence.text.clone(),
        state,
        clauses: clauses.collect(),
        rules: sentence.rules.clone(),
        reasons: sentence.excuses.clone(),
        shortfalls: sentence.shortfalls.clone(),
    }
}
