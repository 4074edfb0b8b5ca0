//! Renames: every use of a name in every rule file, refused where the pack would not mean the same afterwards.

use bulou_base::order;
use bulou_base::source::Span;
use bulou_messages::diagnostic::{Lang, LocalizedText, Severity};
use bulou_messages::texts;
use bulou_syntax::keywords::spelled;

use super::names::About;
use super::{Editor, TextEdit, TextLocation};

/// Why a name stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenameRefused(LocalizedText);

impl RenameRefused {
    /// The reason, in a sentence.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        self.0.get(lang)
    }
}

impl Editor {
    /// The name at a place, if it can be renamed: where it stands and how it reads.
    pub fn renamable(&mut self, file: &str, offset: u32) -> Option<(TextLocation, String)> {
        let (used, _) = self.renamed(file, offset).ok()?;
        let text = self.texts.get(used.source.0 as usize)?.slice(used);
        Some((self.location(used)?, bare(text).to_owned()))
    }

    /// The changes in all rule files that give the name at a place another. A name that is a reserved word or no
    /// identifier is put between backticks. Documents and cases, whose keys are the fields' names, are not changed.
    ///
    /// # Errors
    /// There is no name here, it has its meaning from the tool, or the new one would clash with another or be taken for it.
    pub fn rename(&mut self, file: &str, offset: u32, name: &str) -> Result<Vec<TextEdit>, RenameRefused> {
        let (_, declared) = self.renamed(file, offset)?;
        let name = bare(name.trim());
        if name.is_empty() || name.contains(['`', '\n', '"', '”']) {
            return Err(RenameRefused(texts::name_not_empty_no().text()));
        }
        let mut spans: Vec<Span> = vec![declared];
        if let Some((names, _)) = self.names() {
            spans.extend(names.uses_of(declared));
        }
        order::sort(&mut spans);
        spans.dedup();
        let edits: Vec<(Span, String)> = spans.into_iter().map(|span| (span, self.written(span, name))).collect();
        self.keeps_meaning(&edits, name)?;
        Ok(edits
            .iter()
            .filter_map(|(span, text)| {
                let TextLocation { file, range } = self.location(*span)?;
                Some(TextEdit { file, range, text: text.clone() })
            })
            .collect())
    }

    /// The name at a place, and where it is declared.
    fn renamed(&mut self, file: &str, offset: u32) -> Result<(Span, Span), RenameRefused> {
        let nothing = || RenameRefused(texts::no_name_stands_here().text());
        let (id, byte) = self.byte(file, offset).ok_or_else(nothing)?;
        let (names, _) = self.names().ok_or_else(nothing)?;
        let [(used, declared)] = names.at(id, byte).try_into().map_err(|_| nothing())?;
        match names.about(declared).ok_or_else(nothing)? {
            About::Data(_) | About::Pack(_) => Err(RenameRefused(texts::name_fixed_tool_published().text())),
            _ => Ok((used, declared)),
        }
    }

    /// The new name as it is written in place of a use: an option may stand in quotation marks.
    fn written(&self, span: Span, name: &str) -> String {
        let text = self.texts.get(span.source.0 as usize).map(|text| text.slice(span)).unwrap_or_default();
        if text.starts_with(['"', '“', '”']) { format!("\"{name}\"") } else { spelled(name) }
    }

    /// Checks the pack with the changes: no new error, and every place that was changed means what it meant.
    fn keeps_meaning(&mut self, edits: &[(Span, String)], name: &str) -> Result<(), RenameRefused> {
        let before = self.checked().diagnostics;
        let mut changed = Self::new(self.texts.iter().zip(0..).map(|(source, id)| {
            let own = edits.iter().filter(|(span, _)| span.source.0 == id);
            (source.name.clone(), with_edits(&source.text, own).into_bytes())
        }));
        changed.others.clone_from(&self.others);
        let after = changed.checked();
        let errors = |found: &[bulou_messages::diagnostic::Diagnostic]| {
            found.iter().filter(|found| found.severity() == Severity::Error).count()
        };
        if errors(&after.diagnostics) > errors(&before) {
            let new = after.diagnostics.iter().find(|found| {
                found.severity() == Severity::Error
                    && !before.iter().any(|old| old.code == found.code && old.message == found.message)
            });
            let why = new.map(|found| found.message.clone()).unwrap_or_default();
            return Err(RenameRefused(texts::with_name_pack_error(&name, &why).text()));
        }
        let survey = after.survey;
        let names = super::Names::new(changed.parsed.iter().map(|(file, _)| file), &survey);
        let places = moved(edits);
        let declared = places.iter().find(|place| names.about(**place).is_some()).copied();
        let means = declared.map(|declared| names.uses_of(declared).filter(|used| *used != declared).count());
        if means == Some(places.len() - 1) {
            return Ok(());
        }
        Err(RenameRefused(texts::means_something_else_places(&name).text()))
    }
}

/// A text with changes made, which are in order.
fn with_edits<'e>(text: &str, edits: impl Iterator<Item = &'e (Span, String)>) -> String {
    let (mut out, mut at) = (String::new(), 0);
    for (span, new) in edits {
        out.push_str(text.get(at..span.start as usize).unwrap_or_default());
        out.push_str(new);
        at = span.end as usize;
    }
    out + text.get(at..).unwrap_or_default()
}

/// Where the changed places stand once all changes are made.
fn moved(edits: &[(Span, String)]) -> Vec<Span> {
    let mut shift = (None, 0_i64);
    edits
        .iter()
        .map(|(span, new)| {
            if shift.0 != Some(span.source) {
                shift = (Some(span.source), 0);
            }
            let length = i64::try_from(new.len()).unwrap_or_default();
            let start = i64::from(span.start) + shift.1;
            shift.1 += length - i64::from(span.end - span.start);
            let place = |at: i64| u32::try_from(at).unwrap_or_default();
            Span { source: span.source, start: place(start), end: place(start + length) }
        })
        .collect()
}

/// A name without backticks or quotation marks.
fn bare(text: &str) -> &str {
    text.trim_matches(['`', '"', '“', '”'])
}
