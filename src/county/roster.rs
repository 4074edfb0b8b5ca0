//! The schools that have to submit, as the county's document names them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use serde_json::value::RawValue;

use bulou_base::hash::{HashMap, HashSet};
use bulou_base::value::Row;
use bulou_document::normalize::normal;
use bulou_document::shape::{Field, Kind};
use bulou_document::sums::{Called, called as called_as};
use bulou_document::{Document, Slot, problem};
use bulou_ir::County;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::texts;
use bulou_report::Problem;

/// Each school once, in the document's order. It is held while all submissions come in: its texts stand one after
/// another in one.
#[derive(Debug, Default)]
pub(super) struct Roster {
    text: String,
    /// Lengths of 标识 and 名称.
    lengths: Vec<(u32, u32)>,
    /// How many further rows there are of which nothing says whose they are: without 标识, or with that of another row.
    unknown: usize,
    /// Something of it was not read: which further schools stand there is not known.
    partly: bool,
    /// The key of its schools' 名称, where it says what they are called.
    title: Option<String>,
}

/// So many ids a problem names.
const NAMED: usize = 20;

/// What a roster's column of names is called.
const NAMES: [&str; 8] = ["名称", "校名", "学校名称", "学校", "单位名称", "单位", "全称", "name"];

/// An object's members.
type Json<'t, T> = HashMap<Cow<'t, str>, T>;

/// The roster of the county's document, in which a school's name has the key `title`, and what is wrong with it.
///
/// It is read from the text itself: a school whose 标识 is written wrongly has to submit all the same. `read` is what is
/// wrong with the document that the text became.
pub(super) fn read(
    county: &County,
    title: Option<&str>,
    (utf8, read): (&[u8], &[Problem]),
    lang: Lang,
) -> (Roster, Vec<Problem>) {
    let (mut roster, mut problems) = (Roster::default(), Vec::new());
    let [list, id] = county.roster.as_slice() else { return (roster, problems) };
    let mut add = |words: &LocalizedText| {
        problems.push(Problem { path: format!("/{list}"), ..problem(ProblemCode::RosterIncomplete, words, lang) })
    };
    // Where the roster calls a school's name otherwise than schools do, it is what people call one.
    let title = title.into_iter().chain(NAMES).find(|title| has_field(county, title));
    let (nameless, repeated) = roster.fill(utf8, list, id, title.unwrap_or_default());
    roster.title = title.map(str::to_owned);
    roster.partly = read.iter().any(|problem| hides_rows(problem, list));
    if roster.partly && roster.len() > 0 {
        add(&texts::roster_not_read_whole().text());
    }
    if !repeated.is_empty() {
        let (count, codes) = (repeated.len(), named(&repeated.iter().map(called).collect(), lang));
        add(&texts::ids_stand_roster_more(&count, &codes).text());
    }
    if !nameless.is_empty() {
        let (count, names) = (nameless.len(), named(&nameless, lang));
        add(&texts::rows_roster_no_id(&count, &names).text());
    }
    if roster.len() == 0 {
        add(&texts::roster_names_no_school().text());
    }
    (roster, problems)
}

/// Whether the roster's schools have a field of this name that may be shown.
fn has_field(county: &County, name: &str) -> bool {
    let fields = field(county).and_then(|(_, table)| county.rules.shape.records(table));
    fields.and_then(|fields| fields.field(name)).is_some_and(|field| !field.sensitive)
}

/// The roster in the county's document, and the table of its rows.
fn field(county: &County) -> Option<(&Field, u16)> {
    let field = county.rules.shape.document()?.field(county.roster.first()?)?;
    let Kind::List(table) = field.kind else { return None };
    Some((field, table))
}

/// Whether rows of the roster may be missing for a problem: one of the whole list, of the whole document, of a part of
/// a workbook that belongs to no field, or a key that is there twice, of whose values one was not read.
fn hides_rows(problem: &Problem, list: &str) -> bool {
    let Problem { code, notice, path, cell, .. } = problem;
    let within = path.strip_prefix('/').and_then(|path| path.strip_prefix(list));
    !notice
        && match within {
            // What is told of a value was read all the same.
            None if cell.is_some() && path.is_empty() => code.hides_cells(),
            None => path.is_empty() && *code == ProblemCode::Unlisted,
            Some("") => *code != ProblemCode::TooFew,
            Some(rest) => rest.starts_with('/') && code.hides_value(),
        }
}

/// Whether a text is what rows of sums are called.
fn is_sum(text: &str) -> bool {
    called_as(text) >= Called::Count
}

/// As many as a message names.
fn named(all: &BTreeSet<String>, lang: Lang) -> String {
    let more = if all.len() > NAMED { "…" } else { "" };
    all.iter().take(NAMED).cloned().collect::<Vec<_>>().join(lang.comma()) + more
}

/// A 标识 with the names that stand beside it, as many as a message takes.
fn called((id, names): (&String, &Vec<String>)) -> String {
    let more = if names.len() > NAMED { " / …" } else { "" };
    format!("{id} {}{more}", names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(" / "))
}

/// A roster that names no school, or not all, is not known: nothing that is asked of each school on it is met for want
/// of them.
pub(super) fn forget(county: &County, document: &mut Document) {
    if let Some((list, _)) = field(county) {
        document.set(Row { table: 0, index: 0 }, list.slot, Slot::Malformed);
    }
}

/// A 标识 in several rows of the roster is that of one of them at most. Whose the others are nobody knows, so that nothing is
/// met for the document of the one.
pub(super) fn doubt_repeated(county: &County, document: &mut Document) {
    let ([_, id], Some((_, table))) = (county.roster.as_slice(), field(county)) else { return };
    let Some(id) = county.rules.shape.records(table).and_then(|fields| fields.field(id)) else { return };
    let mut seen = HashSet::default();
    for index in 0..document.rows(table) {
        let row = Row { table, index };
        let Slot::Text(start, len, written) = document.slot(row, id.slot) else { continue };
        if !seen.insert(document.text_of(start, len, written).normal.to_owned()) {
            document.set(row, id.slot, Slot::Malformed);
        }
    }
}

impl Roster {
    /// Takes in a document's list; the answer is what stands there without 标识, by name or else by place, and each 标识 that
    /// stands there more than once, with the names beside it.
    fn fill(
        &mut self,
        utf8: &[u8],
        list: &str,
        id: &str,
        name: &str,
    ) -> (BTreeSet<String>, BTreeMap<String, Vec<String>>) {
        let text = utf8.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(utf8);
        // One item at a time: a roster is the longest part of a county's document.
        let document: Json<'_, &RawValue> = serde_json::from_slice(text).unwrap_or_default();
        let items = document.get(list).and_then(|items| serde_json::from_str(items.get()).ok());
        let items: Vec<&RawValue> = items.unwrap_or_default();
        let (mut seen, mut nameless, mut repeated) = (HashMap::default(), BTreeSet::new(), BTreeMap::new());
        let count = items.len();
        let read = |item: &RawValue| {
            let item: Json<'_, Value> = serde_json::from_str(item.get()).unwrap_or_default();
            let text = |key: &str| item.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            (normal(&text(id)).into_owned(), text(name))
        };
        let items: Vec<(String, String)> = items.into_iter().map(read).collect();
        // Where ids have digits, what has none is a footer: `制表人:张三`.
        let has_digits = |id: &str| id.contains(|c: char| c.is_ascii_digit());
        let mostly = 2 * items.iter().filter(|(id, _)| has_digits(id)).count() > count;
        for (place, (id, name)) in items.iter().enumerate() {
            let is_none = is_sum(id) || is_sum(&normal(name)) || mostly && !has_digits(id);
            if id.is_empty() || is_none {
                let called = [name, id].into_iter().find(|text| !text.is_empty());
                nameless.insert(called.map_or_else(|| format!("/{list}/{place}"), String::clone));
            } else if let Some(first) = seen.get(id) {
                repeated.entry(id.clone()).or_insert_with(|| vec![String::clone(first)]).push(name.clone());
            } else {
                seen.insert(id.clone(), name.clone());
                self.push(id, name);
            }
        }
        self.unknown = count - seen.len();
        (nameless, repeated)
    }

    fn push(&mut self, id: &str, name: &str) {
        // A document is never as long as `u32` counts.
        let length = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
        self.text.push_str(id);
        self.text.push_str(name);
        self.lengths.push((length(id), length(name)));
    }

    /// Whether it says what its schools are called.
    pub fn is_named(&self) -> bool {
        self.title.is_some()
    }

    /// Whether a problem of its document leaves open which schools stand there, or what one of them is called: one of all of
    /// it, of a row, or of what a row has for 标识 or 名称.
    pub fn is_doubted_by(&self, county: &County, problem: &Problem) -> bool {
        let [list, id] = county.roster.as_slice() else { return true };
        let mut steps = problem.path.split('/').skip(1);
        let field = (steps.next() == Some(list)).then(|| steps.nth(1));
        let bears = |key: &str| key == id || Some(key) == self.title.as_deref();
        !problem.notice && field.is_some_and(|field| field.is_none_or(bears))
    }

    /// How many rows name a school that is not known.
    pub fn unknown(&self) -> usize {
        self.unknown
    }

    /// Whether more schools may stand there than were read.
    pub fn is_open(&self) -> bool {
        self.partly || self.len() == 0
    }

    /// How many schools.
    pub fn len(&self) -> usize {
        self.lengths.len()
    }

    /// 标识 and 名称 of each school.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut rest = self.text.as_str();
        self.lengths.iter().map(move |(id, name)| {
            let mut next = |length: u32| {
                let (text, after) = rest.split_at_checked(length as usize).unwrap_or_default();
                rest = after;
                text
            };
            (next(*id), next(*name))
        })
    }
}
