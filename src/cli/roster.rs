//! The county's document as an option names it, and its roster: the schools that documents are of.

use std::path::Path;

use bulou_api::county::{own, part};
use bulou_county::{Listed, Own};
use bulou_eval::Options;
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_report::Problem;

use super::check::NAMED;
use super::inputs::{document_bytes, named};

/// The county's own document.
pub fn county_document<'r>(path: &Path, rules: &'r RuleSet, options: &Options) -> Result<Own<'r>, String> {
    let bytes = document_bytes(path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let county = part(rules).map_err(|none| none.text().get(options.lang).to_owned())?;
    let text = named(&county.rules, path, &bytes, options.lang);
    own(rules, options, &name, &bytes, &text).map_err(|error| error.lines(options.lang))
}

/// The schools of its roster. Where they are not known for sure no document is judged: a school that is rightly on it would
/// be told that it is not, or another's document would pass.
pub fn listed<'o>(own: &'o Own<'_>, lang: Lang) -> Result<Listed<'o>, String> {
    own.listed().map_err(|problems| {
        let name = own.name();
        let mut lines = vec![texts::roster_faulty_no_id(&name).get(lang)];
        let one = |problem: &&Problem| {
            let place = problem.cell.as_deref().unwrap_or(&problem.path);
            [problem.code.as_str(), place, &problem.message]
                .into_iter()
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        };
        lines.extend(problems.iter().take(NAMED).map(one));
        let more = problems.len().saturating_sub(NAMED);
        if more > 0 {
            lines.push(texts::more(&more).get(lang));
        }
        lines.join("\n")
    })
}
