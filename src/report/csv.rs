//! Reports as a table for a spreadsheet (RFC 4180): one line a finding, and one for a rule or document that has none.

use crate::{Finding, Report, RuleResult, unlisted};
use bulou_base::sanitize::visible_lines;
use bulou_messages::diagnostic::Lang;
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;

const HEADINGS: [Phrase; 15] = [
    texts::file(),
    texts::id_2(),
    texts::name_3(),
    texts::as_of(),
    texts::group_3(),
    texts::rule(),
    texts::title_2(),
    texts::severity_3(),
    texts::status(),
    texts::finding_2(),
    texts::paths(),
    texts::remedy_2(),
    texts::responsible_2(),
    texts::due(),
    texts::source_2(),
];

/// The line of headings. It starts with a byte-order mark, without which Excel takes UTF-8 for the system's encoding.
#[must_use]
pub fn headings(lang: Lang) -> String {
    let words = HEADINGS.map(|heading| heading.get(lang).to_owned());
    format!("\u{FEFF}{}", line(&words))
}

/// The lines of one report.
///
/// ```
/// # use bulou_api::Pack;
/// # use bulou_messages::diagnostic::Lang;
/// # use bulou_report::csv;
/// # let text = "规则集 a \"甲\" { 版本 1 }\n数据 学校 { 好: 是否 }\n规则 r \"乙\" { 要求 好 }";
/// # let pack = Pack::load([("a.bulou".into(), text.into())].into());
/// # let options = serde_json::from_str(r#"{"as_of": "2022-06-28"}"#)?;
/// let report = pack.check("a.json", b"", options, &|_| None).expect("the pack is sound");
/// assert!(csv::rows(&report, Lang::En).starts_with("a.json,,,2022-06-28,,D014,"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[must_use]
pub fn rows(report: &Report<'_>, lang: Lang) -> String {
    let (file, subject) = (&report.document.name, &report.subject);
    let about = || [file.clone(), subject.id.clone(), subject.name.clone(), report.as_of.to_string()];
    let mut out = String::new();
    if let Some(words) = report.params_changed.words(lang) {
        let rest = ["", "", "", "", "", &words, "", "", "", "", ""];
        out += &line(&[&about()[..], &rest.map(str::to_owned)].concat());
    }
    for problem in &report.structure {
        let place = format!("{} {}", problem.place(lang), problem.path);
        let rest = ["", problem.code.as_str(), "", "", "", &problem.message, &place, "", "", "", ""];
        out += &line(&[&about()[..], &rest.map(str::to_owned)].concat());
    }
    for rule in &report.rules {
        if rule.findings.is_empty() {
            out += &line(&[&about()[..], &cells(rule, None, lang)].concat());
        }
        for finding in &rule.findings {
            out += &line(&[&about()[..], &cells(rule, Some(finding), lang)].concat());
        }
        if rule.more_findings > 0 {
            let mut more = cells(rule, None, lang);
            more[WORDS] = unlisted(rule.more_findings, lang);
            out += &line(&[&about()[..], &more].concat());
        }
    }
    out
}

/// Where among a rule's cells what was found stands.
const WORDS: usize = 5;

fn cells(rule: &RuleResult<'_>, finding: Option<&Finding>, lang: Lang) -> [String; 11] {
    let quotes = rule
        .card
        .citations
        .iter()
        .map(|citation| [&*citation.source, &citation.section, &citation.quote].join(" ").replace("  ", " "));
    let words = finding.map_or(rule.because.as_ref(), |finding| Some(&finding.message));
    let due = finding.map_or(rule.due.as_ref(), |finding| finding.due.as_ref());
    [
        rule.card.group.clone(),
        rule.card.id.clone(),
        rule.card.title.clone(),
        rule.card.severity.words(lang).to_owned(),
        rule.outcome(lang).into_owned(),
        words.cloned().unwrap_or_default(),
        finding.map(|finding| finding.places().join(" ")).unwrap_or_default(),
        rule.card.remedy.clone(),
        rule.card.responsible.clone(),
        due.cloned().unwrap_or_default(),
        quotes.collect::<Vec<_>>().join("; "),
    ]
}

/// One line.
pub fn line(cells: &[String]) -> String {
    let cells: Vec<_> = cells.iter().map(|cell| quoted(cell)).collect();
    cells.join(",") + "\r\n"
}

/// A cell that a spreadsheet shows as text: what it would take for a formula gets an apostrophe (OWASP, CSV injection).
fn quoted(cell: &str) -> String {
    // In Chinese a spreadsheet takes the signs of full width for these as well.
    let formula =
        cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}']);
    // A file's or a school's name may hold what a terminal obeys, and a table is looked at in one, too.
    let cell = visible_lines(cell);
    let cell = if formula { format!("'{cell}") } else { cell };
    // Where a spreadsheet parts cells by `;` or tabs, what follows one would begin a cell.
    if cell.contains([',', ';', '\t', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula_and_never_breaks_its_line() {
        let cells =
            ["=HYPERLINK(\"http://x\")", "a,b", "一\n二", "-1", "\u{FF1D}1", "a;=1", "p\u{1b}[31m\u{7}\u{202e}"]
                .map(str::to_owned);
        assert_eq!(
            line(&cells),
            "\"'=HYPERLINK(\"\"http://x\"\")\",\"a,b\",\"一\n二\",'-1,'\u{FF1D}1,\"a;=1\",p\u{fffd}[31m\u{fffd}\u{fffd}\r\n"
        );
    }
}
