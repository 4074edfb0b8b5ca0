//! What callers see of a pack: its rules, sources and form, and what is wrong with it.

use serde::Serialize;

use crate::form::{FormField, form};
use bulou_base::source::{Lines, Source};
use bulou_document::shape::Fields;
use bulou_eval::show;
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::{Diagnostic, Lang, Severity};
use bulou_pack::Loaded;
use bulou_report::RuleCard;

/// What became of loading a pack.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct LoadAnswer {
    /// The pack, when nothing is wrong but warnings.
    pub pack: Option<PackView>,
    /// What is wrong, in the order of the files.
    pub diagnostics: Vec<DiagnosticView>,
}

/// A pack for people: what it asks, of whom, on what grounds.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct PackView {
    /// `campus-safety`
    pub id: String,
    /// For people.
    pub title: String,
    /// `2022.6.24`
    pub version: String,
    /// Who publishes it.
    pub publisher: String,
    /// First day in force.
    pub effective: Option<String>,
    /// Fingerprint over its files.
    pub sha256: String,
    /// Its parameters with their defaults.
    pub params: Vec<ParamView>,
    /// Its rules.
    pub rules: Vec<RuleCard>,
    /// Its sources, sentence by sentence.
    pub sources: Vec<SourceView>,
    /// The form of its documents.
    pub form: Vec<FormField>,
    /// Keys that must not be in a document; what must not be in one of its records, that record says.
    pub forbidden: Vec<String>,
}

/// A parameter.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct ParamView {
    /// Its name.
    pub name: String,
    /// Its default.
    pub value: String,
    /// What it means.
    pub note: String,
}

/// A text that rules cite.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct SourceView {
    /// Its name in the rules.
    pub name: String,
    /// For people.
    pub label: String,
    /// Its sentences.
    pub sentences: Vec<SentenceView>,
}

/// A sentence of a cited text.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct SentenceView {
    /// One-based line; sentences of one line make a paragraph.
    pub line: usize,
    /// Its words.
    pub text: String,
    /// Ids of the rules that cite it.
    pub rules: Vec<String>,
    /// Why no data shows it.
    pub excuses: Vec<String>,
    /// What its words ask for and the rules do not show.
    pub shortfalls: Vec<String>,
}

/// What is wrong with a pack, placed.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct DiagnosticView {
    /// `E012`
    pub code: &'static str,
    /// Whether the pack cannot be used.
    pub error: bool,
    /// Its file.
    pub file: String,
    /// One-based.
    pub line: usize,
    /// One-based, in characters.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do next.
    pub help: String,
}

/// What is wrong with a pack, placed, in a language.
#[must_use]
pub fn diagnostics(loaded: &Loaded, lang: Lang) -> Vec<DiagnosticView> {
    let lines: Vec<Lines> = loaded.sources.iter().map(|source| Lines::of(&source.text)).collect();
    loaded.diagnostics.iter().map(|diagnostic| placed(diagnostic, (&loaded.sources, &lines), lang)).collect()
}

fn placed(diagnostic: &Diagnostic, (sources, lines): (&[Source], &[Lines]), lang: Lang) -> DiagnosticView {
    let span = diagnostic.primary.span;
    let index = span.source.0 as usize;
    let (source, lines) = (sources.get(index), lines.get(index));
    let place = source.zip(lines).map(|(source, lines)| lines.position(&source.text, span.start as usize));
    let (line, column) = place.unwrap_or((1, 1));
    DiagnosticView {
        code: diagnostic.code.as_str(),
        error: diagnostic.severity() == Severity::Error,
        file: source.map(|source| source.name.clone()).unwrap_or_default(),
        line,
        column,
        message: diagnostic.message.get(lang).to_owned(),
        help: diagnostic.help.get(lang).to_owned(),
    }
}

pub(crate) fn view(rules: &RuleSet) -> PackView {
    let sets = &rules.shape.option_sets;
    let param = |param: &bulou_ir::Param| ParamView {
        name: param.name.clone(),
        value: show::constant(&param.default, &bulou_eval::param_show(&param.ty), sets, rules.lang),
        note: param.note.clone(),
    };
    let source = |source: &bulou_ir::CitedText| SourceView {
        name: source.name.clone(),
        label: source.label.clone(),
        sentences: source.sentences.iter().map(sentence).collect(),
    };
    PackView {
        id: rules.pack.id.clone(),
        title: rules.title.clone(),
        version: rules.pack.version.clone(),
        publisher: rules.publisher.clone(),
        effective: rules.effective.map(|effective| effective.from.to_string()),
        sha256: rules.pack.sha256.clone(),
        params: rules.params.iter().map(param).collect(),
        rules: rules.rules.iter().map(|rule| rule.card.clone()).collect(),
        sources: rules.sources.iter().map(source).collect(),
        form: form(rules),
        forbidden: rules.shape.document().map(Fields::forbidden_keys).unwrap_or_default(),
    }
}

fn sentence(sentence: &bulou_ir::Sentence) -> SentenceView {
    SentenceView {
        line: sentence.line,
        text: sentence.text.clone(),
        rules: sentence.rules.clone(),
        excuses: sentence.excuses.clone(),
        shortfalls: sentence.shortfalls.clone(),
    }
}
