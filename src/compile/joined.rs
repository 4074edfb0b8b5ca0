//! Names that are several words run together: what the whole line should be is told at once.

use std::collections::HashSet;

use crate::declared::Declared;
use crate::scope::Checker;
use bulou_base::source::Span;
use bulou_messages::diagnostic::{Fix, LocalizedText};
use bulou_messages::texts;
use bulou_syntax::blanks::{is_joined, spaced};

impl Checker<'_> {
    /// The line of a name that is none, as it should be written, where the name is several words.
    pub(crate) fn joined(&self, name: &str, span: Span) -> Option<(LocalizedText, Option<Fix>)> {
        let names = self.declared.names.get_or_init(|| names(self.declared));
        let is_known = |name: &str| names.contains(name);
        let source = self.texts.get(span.source.0 as usize).filter(|_| is_joined(name, &is_known))?;
        let line = spaced(&source.text, span.start as usize, &is_known)?;
        let [start, end] = [line.range.start, line.range.end].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
        let fix = Fix::new(Span { start, end, ..span }, line.words.clone());
        Some((texts::write_2(&line.words).text(), Some(fix)))
    }
}

/// All that conditions may name.
fn names(declared: &Declared<'_>) -> HashSet<String> {
    let records = declared.records.iter().flat_map(|record| &record.fields);
    let datas = declared.school.into_iter().chain(declared.county).flat_map(|data| &data.fields);
    let options = declared.options.iter().flat_map(|options| &options.options);
    let tables = declared.tables.iter().map(|table| &table.name);
    let defined =
        declared.defines.iter().map(|define| &define.name).chain(declared.params.iter().map(|param| &param.name));
    let all = records.chain(datas).map(|field| &field.name).chain(options).chain(tables).chain(defined);
    all.map(|name| name.text.clone()).collect()
}
