//! What is amiss with the submissions themselves, whatever is in them: one list, which every form of the report shows.

use crate::{CountyReport, School, Schools};
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_report::Verdict;

/// Something amiss with what a school submitted, or did not.
pub struct Trouble<'r> {
    /// What.
    pub kind: Kind,
    /// 标识; empty where no school is known.
    pub id: &'r str,
    /// 名称
    pub name: &'r str,
    /// The files.
    pub files: Vec<&'r str>,
    /// What else is to be said.
    pub note: String,
}

/// Kinds of trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A school of the roster did not submit.
    Missing,
    /// Nothing says which of a school's documents counts.
    Conflict,
    /// A school submitted again later.
    Again,
    /// A document came in as several files.
    Identical,
    /// A school is not on the roster.
    Unknown,
    /// A school's document has another name than the roster.
    Misnamed,
    /// A document bears a day after that of the check.
    ToCome,
    /// No document of a school bears a day that can be read.
    Undated,
    /// A document was filled in for other rules.
    OtherRules,
    /// There is something to tell of a document itself.
    Told,
    /// A file could not be read, or names no school.
    Unreadable,
}

impl Kind {
    /// Its name.
    #[must_use]
    pub fn words(self, lang: Lang) -> &'static str {
        let words = match self {
            Self::Missing => texts::missing_4(),
            Self::Conflict => texts::conflict_2(),
            Self::Again => texts::submitted_again_2(),
            Self::Identical => texts::one_document_several_files(),
            Self::Unknown => texts::not_roster_2(),
            Self::Misnamed => texts::another_name_than_roster_2(),
            Self::ToCome => texts::dated_after_check_2(),
            Self::Undated => texts::without_date_can_believed_2(),
            Self::OtherRules => texts::filled_other_rules(),
            Self::Told => texts::about_document_itself(),
            Self::Unreadable => texts::unreadable_files_2(),
        };
        words.get(lang)
    }

    /// What there is to say or do about it, where that is always the same.
    fn note(self, lang: Lang) -> &'static str {
        let words = match self {
            Self::Conflict => texts::different_documents_one_day(),
            Self::Identical => texts::they_hold_same_bytes(),
            Self::Unknown => texts::check_id_add_school(),
            Self::Undated => texts::no_day_one_before(),
            _ => texts::mark(),
        };
        words.get(lang)
    }

    fn of<'r>(self, id: &'r str, name: &'r str, lang: Lang) -> Trouble<'r> {
        Trouble { kind: self, id, name, files: Vec::new(), note: self.note(lang).to_owned() }
    }
}

/// All that is amiss, kind by kind.
#[must_use]
pub fn troubles(report: &CountyReport, lang: Lang) -> Vec<Trouble<'_>> {
    let schools = &report.schools;
    let mut all = Vec::new();
    all.extend(schools.missing.iter().map(|one| {
        let received = texts::what_may_file_arrived().get(lang);
        let note = if one.received.is_empty() { "" } else { received };
        Trouble { files: texts(&one.received), note: note.to_owned(), ..Kind::Missing.of(&one.id, &one.name, lang) }
    }));
    all.extend(schools.conflict.iter().map(|one| {
        let files = one.files.iter().map(|file| file.name.as_str()).collect();
        Trouble { files, ..Kind::Conflict.of(&one.id, &one.name, lang) }
    }));
    all.extend(schools.duplicate.iter().map(|one| {
        let files = one.earlier.iter().chain(&one.counting).map(String::as_str).collect();
        let counting = one.counting.join(texts::list_comma().get(lang));
        let note = format!("{}{counting}", texts::later_one_counts().get(lang));
        Trouble { files, note, ..Kind::Again.of(&one.id, &one.name, lang) }
    }));
    all.extend(
        schools
            .identical
            .iter()
            .map(|one| Trouble { files: texts(&one.files), ..Kind::Identical.of(&one.id, &one.name, lang) }),
    );
    all.extend(
        schools
            .unknown
            .iter()
            .map(|one| Trouble { files: counting(report, &one.id), ..Kind::Unknown.of(&one.id, &one.name, lang) }),
    );
    all.extend(schools.misnamed.iter().map(|one| {
        let note = match one.roster.trim() {
            "" => texts::roster_no_name_id().get(lang).to_owned(),
            roster => format!("{}{roster}", texts::roster_id().get(lang)),
        };
        Trouble { files: vec![&one.file], note, ..Kind::Misnamed.of(&one.id, &one.name, lang) }
    }));
    all.extend(schools.to_come.iter().map(|one| {
        let note = format!("{}{}", texts::dated().get(lang), one.date);
        Trouble { files: vec![&one.file], note, ..Kind::ToCome.of(&one.id, &one.name, lang) }
    }));
    all.extend(
        schools
            .undated
            .iter()
            .map(|one| Trouble { files: vec![&one.file], ..Kind::Undated.of(&one.id, &one.name, lang) }),
    );
    all.extend(schools.other_rules.iter().map(|one| {
        let (files, note) = (counting(report, &one.id), one.rules.clone());
        Trouble { files, note, ..Kind::OtherRules.of(&one.id, &one.name, lang) }
    }));
    all.extend(schools.told.iter().map(|one| {
        let note = one.words.join(texts::note_semicolon().get(lang));
        Trouble { files: vec![&one.file], note, ..Kind::Told.of(&one.id, &one.name, lang) }
    }));
    for one in &schools.unreadable {
        let row = |id, name| Trouble {
            files: vec![&one.name],
            note: one.message.clone(),
            ..Kind::Unreadable.of(id, name, lang)
        };
        if one.schools.is_empty() {
            all.push(row("", ""));
        }
        all.extend(one.schools.iter().map(|School { id, name }| row(id, name)));
    }
    all
}

/// What keeps a county from complying, whatever its rules say: how often each.
pub(super) fn asked(schools: &Schools) -> [(Kind, usize); 6] {
    [
        (Kind::Conflict, schools.conflict.len()),
        (Kind::Unknown, schools.unknown.len()),
        (Kind::Misnamed, schools.misnamed.len()),
        (Kind::ToCome, schools.to_come.len()),
        (Kind::Undated, schools.undated.len()),
        (Kind::Unreadable, schools.unreadable.len()),
    ]
}

/// What has to be asked of schools before the county can be said to comply, where its own rules do not say it.
#[must_use]
pub fn left_open(report: &CountyReport, lang: Lang) -> Option<String> {
    if report.verdict != Verdict::Undetermined || report.counts.undetermined > 0 {
        return None;
    }
    let missing = (Kind::Missing, report.schools.missing.len());
    let asked: Vec<String> = std::iter::once(missing)
        .chain(asked(&report.schools))
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| format!("{} {count}", kind.words(lang)))
        .collect();
    let list = asked.join(texts::list_comma().get(lang));
    (!asked.is_empty()).then(|| texts::asked_first(&list).get(lang))
}

/// The files of a school that count.
fn counting<'r>(report: &'r CountyReport, id: &str) -> Vec<&'r str> {
    if let Some(conflict) = report.schools.conflict_of(id) {
        return conflict.files.iter().map(|file| file.name.as_str()).collect();
    }
    let one = report.by_school.binary_search_by(|one| one.id.as_str().cmp(id));
    let one = one.ok().and_then(|at| report.by_school.get(at));
    one.map(|one| one.document.name.as_str()).into_iter().collect()
}

fn texts(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}
