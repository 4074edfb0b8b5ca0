//! The county's report as tables, which a workbook and a page show alike.

mod rules;

use bulou_base::hash::HashMap;
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;

use crate::troubles::{Trouble, left_open, troubles};
use crate::{CountyReport, Due, Line, Waived, status};
use bulou_messages::diagnostic::Lang;
use bulou_report::{Status, Verdict, unlisted};
pub use rules::{basis, by_rule, county_rules, of_status, open, worst_first};

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Anything written; codes too, so that no digit is lost.
    Text(String),
    /// A count, or days.
    Number(i64),
    /// How something stands.
    Status(Status),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<u32> for Cell {
    fn from(count: u32) -> Self {
        Self::Number(i64::from(count))
    }
}

/// A table: what each column holds, and its rows one after another.
pub struct Table<'r> {
    /// What it shows.
    pub title: &'static str,
    /// Headings with the width of their column, in characters of Latin script.
    pub columns: Vec<(String, u8)>,
    /// How many columns name the row.
    pub names: u16,
    /// The rows.
    pub rows: Box<dyn Iterator<Item = Vec<Cell>> + 'r>,
    /// How much there is of what that no row shows, in words.
    pub unlisted: Vec<String>,
}

/// All tables of a report, in the order in which a bureau reads them. Those that would only say "nothing" are left out.
pub fn tables(report: &CountyReport, lang: Lang) -> Vec<Table<'_>> {
    let mut all = vec![summary(report, lang), matrix(report, lang), submissions(report, lang), by_rule(report, lang)];
    all.extend([open(report, lang), due(report, lang), county_rules(report, lang)]);
    all.extend(waivers(report, lang));
    if !report.structure.is_empty() {
        all.push(structure(report, lang));
    }
    all.extend(since(report, lang));
    all
}

/// Who submitted and how all stand, in figures with what they are a part of.
pub fn summary(report: &CountyReport, lang: Lang) -> Table<'_> {
    let schools = &report.schools;
    let share = |count: usize, of: usize| Cell::Text(format!("{count}/{of}"));
    let total = report.by_school.len();
    let mut rows: Vec<(String, Cell)> = vec![
        (texts::rules_3().get(lang).into(), format!("{} {}", report.pack.id, report.pack.version).as_str().into()),
        (texts::as_of().get(lang).into(), (&report.as_of).into()),
        (texts::county_all_schools().get(lang).into(), Cell::Status(report.overall.into())),
        (texts::countys_rules_without_schools_own().get(lang).into(), Cell::Status(report.verdict.into())),
        (texts::submitted_expected().get(lang).into(), share(schools.submitted, schools.expected)),
        (texts::missing_3().get(lang).into(), share(schools.missing.len(), schools.expected)),
        (texts::conflict().get(lang).into(), share(schools.conflict.len(), total)),
        (texts::submitted_again().get(lang).into(), share(schools.duplicate.len(), total)),
        (texts::not_roster().get(lang).into(), share(schools.unknown.len(), total)),
        (
            texts::another_name_than_roster().get(lang).into(),
            share(distinct(schools.misnamed.iter().map(|one| &one.id)), total),
        ),
        (
            texts::dated_after_check().get(lang).into(),
            share(distinct(schools.to_come.iter().map(|one| &one.id)), total),
        ),
        (
            texts::without_date_can_believed().get(lang).into(),
            share(distinct(schools.undated.iter().map(|one| &one.id)), total),
        ),
        (texts::other_rules().get(lang).into(), share(schools.other_rules.len(), total)),
        (texts::something_about_document().get(lang).into(), share(schools.told.len(), total)),
        (texts::unreadable_files().get(lang).into(), count(schools.unreadable.len())),
    ];
    for (verdict, words) in verdicts(lang) {
        let count = report.by_school.iter().filter(|one| one.verdict == verdict).count();
        rows.push((format!("{}{words}", texts::schools().get(lang)), share(count, total)));
    }
    for status in ORDER {
        let words = format!("{}{}", texts::county_rules_2().get(lang), status.words(lang));
        rows.push((words, share(report.counts.of(status) as usize, report.rules.len())));
    }
    if let Some(asked) = left_open(report, lang) {
        rows.insert(4, (texts::why_countys_rules_undetermined().get(lang).into(), asked.as_str().into()));
    }
    if let Some((name, value)) = report.params_changed.told(lang) {
        rows.insert(2, (name.to_owned(), Cell::from(&value)));
    }
    rows.extend(
        report
            .params
            .iter()
            .map(|(name, value)| (format!("{}{name}", texts::parameter_2().get(lang)), Cell::from(value))),
    );
    rows.push((texts::countys_document().get(lang).into(), (&report.document.name).into()));
    rows.push((texts::sha_256().get(lang).into(), (&report.document.sha256).into()));
    rows.push((texts::sha_256_rules().get(lang).into(), (&report.pack.sha256).into()));
    Table {
        title: texts::summary_2().get(lang),
        columns: columns(lang, &[(texts::what_2(), 32), (texts::value(), 40)]),
        names: 1,
        rows: Box::new(rows.into_iter().map(|(name, cell)| vec![Cell::Text(name), cell])),
        unlisted: Vec::new(),
    }
}

/// How many schools there are among several documents of each, one after another.
fn distinct<'r>(ids: impl Iterator<Item = &'r String>) -> usize {
    let mut ids: Vec<&String> = ids.collect();
    ids.dedup();
    ids.len()
}

/// Schools by rules, missing schools included.
pub fn matrix(report: &CountyReport, lang: Lang) -> Table<'_> {
    let mut columns = columns(lang, &[(texts::id_2(), 14), (texts::name_3(), 22), (texts::verdict(), 12)]);
    columns.extend(report.by_rule.iter().map(|rule| (rule.title.clone(), 12)));
    let schools = report.by_school.iter().map(|school| {
        let mut cells = vec![(&school.id).into(), (&school.name).into(), Cell::Status(school.verdict.into())];
        cells.extend(school.statuses.chars().map(|letter| Cell::Status(status(letter))));
        cells
    });
    let (missing, width) = (report.schools.missing.iter(), columns.len());
    let missing = missing.map(move |one| {
        let mut cells = vec![(&one.id).into(), (&one.name).into(), texts::missing_2().get(lang).into()];
        cells.resize(width, "".into());
        cells
    });
    Table {
        title: texts::schools_rules().get(lang),
        columns,
        names: 3,
        rows: Box::new(schools.chain(missing)),
        unlisted: Vec::new(),
    }
}

/// What is amiss with the submissions themselves, whatever is in them.
pub fn submissions(report: &CountyReport, lang: Lang) -> Table<'_> {
    let headings =
        [(texts::what_3(), 16), (texts::id_2(), 14), (texts::name_3(), 22), (texts::files(), 40), (texts::note(), 60)];
    Table {
        title: texts::submissions().get(lang),
        columns: columns(lang, &headings),
        names: 3,
        rows: Box::new(troubles(report, lang).into_iter().map(move |trouble| {
            let Trouble { kind, id, name, files, note } = trouble;
            vec![kind.words(lang).into(), id.into(), name.into(), Cell::Text(files.join("\n")), Cell::Text(note)]
        })),
        unlisted: Vec::new(),
    }
}

/// What is due, overdue or was done late, where.
pub fn due(report: &CountyReport, lang: Lang) -> Table<'_> {
    let titles = titles(report);
    let row = move |one: &Due| {
        let title = title(&titles, &one.rule);
        let text = |text: &Option<String>| text.as_deref().unwrap_or_default().into();
        let (day, done) = (text(&one.due), text(&one.done));
        vec![
            day,
            one.days_left.map_or_else(|| "".into(), Cell::Number),
            standing(one, lang).into(),
            (&one.id).into(),
            (&one.name).into(),
            title.into(),
            (&one.item).into(),
            done,
        ]
    };
    Table {
        title: texts::due_2().get(lang),
        columns: columns(
            lang,
            &[
                (texts::due(), 12),
                (texts::days_left(), 10),
                (texts::state(), 10),
                (texts::id_2(), 14),
                (texts::name_3(), 22),
                (texts::rule(), 40),
                (texts::about(), 24),
                (texts::done(), 12),
            ],
        ),
        names: 1,
        rows: Box::new(report.due.iter().map(row)),
        unlisted: match report.more_due {
            0 => Vec::new(),
            more => vec![unlisted(more as usize, lang)],
        },
    }
}

/// How something due stands.
pub fn standing(one: &Due, lang: Lang) -> &'static str {
    match (&one.done, one.days_left) {
        (Some(_), _) => texts::done_late().get(lang),
        (None, Some(i64::MIN..0)) => texts::overdue().get(lang),
        (None, Some(_)) => texts::not_yet_due_2().get(lang),
        (None, None) => texts::not_yet_due_sensitive().get(lang),
    }
}

/// Titles of the schools' rules by id.
fn titles(report: &CountyReport) -> HashMap<&str, &str> {
    report.by_rule.iter().map(|rule| (rule.id.as_str(), rule.title.as_str())).collect()
}

fn title<'r>(titles: &HashMap<&'r str, &'r str>, id: &'r str) -> &'r str {
    titles.get(id).copied().unwrap_or(id)
}

/// What is wrong with the county's own document.
pub fn structure(report: &CountyReport, lang: Lang) -> Table<'_> {
    Table {
        title: texts::trouble_county_file().get(lang),
        columns: columns(
            lang,
            &[(texts::code(), 8), (texts::place(), 20), (texts::path(), 36), (texts::problem(), 80)],
        ),
        names: 1,
        rows: Box::new(report.structure.iter().map(move |one| {
            vec![one.code.as_str().into(), Cell::Text(one.place(lang)), (&one.path).into(), (&one.message).into()]
        })),
        unlisted: Vec::new(),
    }
}

/// Which rules schools need not meet, and until when, where there are any.
pub fn waivers(report: &CountyReport, lang: Lang) -> Option<Table<'_>> {
    let titles = titles(report);
    let row = move |one: &Waived| {
        vec![
            (&one.id).into(),
            (&one.name).into(),
            title(&titles, &one.rule).into(),
            one.state.words(lang).into(),
            (&one.from).into(),
            (&one.until).into(),
            (&one.reason).into(),
            (&one.approved_by).into(),
        ]
    };
    let headings = [
        (texts::id_2(), 14),
        (texts::name_3(), 22),
        (texts::rule(), 40),
        (texts::state(), 24),
        (texts::from_3(), 12),
        (texts::until_2(), 12),
        (texts::reason(), 40),
        (texts::approved_2(), 24),
    ];
    let there = !report.waivers.is_empty();
    there.then(|| Table {
        title: texts::waivers().get(lang),
        columns: columns(lang, &headings),
        names: 2,
        rows: Box::new(report.waivers.iter().map(row)),
        unlisted: Vec::new(),
    })
}

/// What changed since an earlier report, when one was given.
pub fn since(report: &CountyReport, lang: Lang) -> Option<Table<'_>> {
    let since = report.since.as_ref()?;
    let titles = titles(report);
    let told = texts::judged_otherwise().get(lang);
    let notes = since.notes.iter().map(|note| vec![told.into(), "".into(), "".into(), "".into(), note.into()]);
    let mut rows: Vec<Vec<Cell>> = notes.collect();
    for (what, lines) in since.lists(lang) {
        let cells = |one: Line<'_>| {
            let rule = if one.rule.is_empty() { "" } else { title(&titles, one.rule) };
            vec![Cell::from(what.as_str()), one.id.into(), one.name.into(), rule.into(), one.why.into()]
        };
        rows.extend(lines.into_iter().map(cells));
    }
    let headings =
        [(texts::what_4(), 32), (texts::id_2(), 14), (texts::name_3(), 22), (texts::rule(), 40), (texts::note(), 40)];
    Some(Table {
        title: texts::since_earlier_report().get(lang),
        columns: columns(lang, &headings),
        names: 1,
        rows: Box::new(rows.into_iter()),
        unlisted: Vec::new(),
    })
}

/// Verdicts of schools with their words, worst first.
pub fn verdicts(lang: Lang) -> [(Verdict, &'static str); 4] {
    [
        (Verdict::Fail, texts::fail().get(lang)),
        (Verdict::Undetermined, texts::undetermined().get(lang)),
        (Verdict::Pending, texts::pending().get(lang)),
        (Verdict::Pass, texts::pass().get(lang)),
    ]
}

/// Statuses, what matters most first.
pub const ORDER: [Status; 6] =
    [Status::Fail, Status::Undetermined, Status::Pending, Status::Hint, Status::NotApplicable, Status::Pass];

fn columns(lang: Lang, all: &[(Phrase, u8)]) -> Vec<(String, u8)> {
    all.iter().map(|(heading, width)| (heading.get(lang).to_owned(), *width)).collect()
}

fn count(count: usize) -> Cell {
    Cell::Number(i64::try_from(count).unwrap_or(i64::MAX))
}
