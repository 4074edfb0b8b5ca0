//! What a run over several documents comes to: how many of each verdict, and which files they are.

use std::collections::BTreeMap;

use bulou_base::sanitize::visible;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_report::{Report, Status, Verdict};

use crate::inputs::Input;

/// So many files of a school are named.
const FILES: usize = 20;

/// One document of a run.
pub struct Line {
    /// Its verdict; nothing when it could not be read.
    verdict: Option<Verdict>,
    /// School and file.
    words: String,
    /// The school's 标识; empty when it is not known.
    id: String,
    /// The file.
    file: String,
}

impl Line {
    /// Of a document's report.
    pub fn new(report: &Report<'_>, input: &Input) -> Self {
        let (name, id) = (&report.subject.name, &report.subject.id);
        let school = if id.is_empty() { name.clone() } else { format!("{name}({id})") };
        let why = if report.rules.is_empty() { report.structure.first().map(|problem| &problem.message) } else { None };
        let parts = [school.as_str(), &input.called(), why.map_or("", String::as_str)];
        let words = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        let verdict = (!report.rules.is_empty()).then_some(report.verdict);
        Self { verdict, words: visible(&words), id: id.clone(), file: input.called() }
    }
}

/// The documents of a run, gathered one after another.
#[derive(Default)]
pub struct Summary {
    all: usize,
    compliant: usize,
    /// Those that do not comply, in the order in which they came.
    open: Vec<Line>,
    /// The files of each school, by its 标识.
    files: BTreeMap<String, Vec<String>>,
}

impl Summary {
    /// After one more document.
    pub fn add(&mut self, line: Line) {
        self.all += 1;
        if !line.id.is_empty() {
            self.files.entry(line.id.clone()).or_default().push(line.file.clone());
        }
        if line.verdict == Some(Verdict::Pass) { self.compliant += 1 } else { self.open.push(line) }
    }

    /// Whether there is more than one.
    pub fn is_several(&self) -> bool {
        self.all > 1
    }

    /// In one line how many of all have which verdict.
    pub fn counts(&self, lang: Lang) -> String {
        let count = |verdict| self.open.iter().filter(|line| line.verdict == verdict).count();
        let (fail, undetermined) = (count(Some(Verdict::Fail)), count(Some(Verdict::Undetermined)));
        let (pending, unread, compliant, all) = (count(Some(Verdict::Pending)), count(None), self.compliant, self.all);
        texts::documents_not_compliant_undetermined(&all, &fail, &undetermined, &pending, &compliant, &unread).get(lang)
    }

    /// What does not comply, the worst first: sign, words and file.
    pub fn open(&self, lang: Lang) -> impl Iterator<Item = (Option<Status>, &'static str, &str)> {
        let order = [None, Some(Verdict::Fail), Some(Verdict::Undetermined), Some(Verdict::Pending)];
        order.into_iter().flat_map(move |verdict| {
            let lines = self.open.iter().filter(move |line| line.verdict == verdict);
            lines.map(move |line| (verdict.map(Status::from), words(verdict, lang), line.words.as_str()))
        })
    }

    /// Schools of which several files came in: each was judged by itself, and which one counts is for the county to say.
    pub fn repeated(&self, lang: Lang) -> impl Iterator<Item = String> {
        let several = self.files.iter().filter(|(_, files)| files.len() > 1);
        several.map(move |(id, files)| {
            let shown = files.get(..FILES.min(files.len())).unwrap_or(files).join(texts::list_comma().get(lang));
            let more = if files.len() > FILES { format!(" … +{}", files.len() - FILES) } else { String::new() };
            let count = files.len();
            visible(&texts::files_each_judged_itself(&id, &count, &shown, &more).get(lang))
        })
    }

    /// All of it as text; nothing of a single document.
    pub fn text(&self, lang: Lang) -> String {
        if !self.is_several() {
            return String::new();
        }
        let line = |(status, words, file): (Option<Status>, &str, &str)| {
            format!("  {} {words} {file}\n", status.map_or('✖', Status::mark))
        };
        let open: String = self.open(lang).map(line).collect();
        let repeated: String = self.repeated(lang).map(|words| format!("  ! {words}\n")).collect();
        format!("\n{}\n{open}{repeated}", self.counts(lang))
    }
}

fn words(verdict: Option<Verdict>, lang: Lang) -> &'static str {
    let words = match verdict {
        None => texts::unreadable(),
        Some(Verdict::Fail) => texts::not_compliant(),
        Some(Verdict::Undetermined) => texts::undetermined(),
        Some(Verdict::Pending) => texts::pending(),
        Some(Verdict::Pass) => texts::compliant(),
    };
    words.get(lang)
}
