//! The least that a rule asks for: the document of a case that it passes, made smaller as long as the rule accepts it and
//! nothing is wrong with its form.

use std::collections::BTreeSet;

use bulou_document::locate::escape;
use bulou_document::shape::{Element, Fields, Kind, Shape};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
use serde_json::{Value as Json, json};

use super::Cheapest;
use super::fields::{Spot, only, used};
use super::judge::Bench;

/// How many documents are tried for a rule; what is left then is still accepted, and may not be the least.
const TRIES: usize = 300;

/// The cheapest document of a rule of `rules`, which are the schools' or the county's; `benches` are the complete cases
/// of such documents.
pub(super) fn cheapest(
    rules: &RuleSet,
    index: usize,
    id: &str,
    benches: &mut [&mut Bench<'_>],
    of: super::Party,
) -> Cheapest {
    let found = |wanted: bool| benches.iter().position(|bench| bench.before.accepted(id) == Some(wanted));
    // One in which there is something to look at tells more.
    let Some(bench) = found(false).or_else(|| found(true)).and_then(|at| benches.get_mut(at)) else {
        return Cheapest { party: of, rule: id.to_owned(), document: None, vacuous: false };
    };
    let used = used(rules, index);
    let least = Shrinking { shape: &rules.shape, used: &used, lang: rules.shape.lang() }.shrunk(bench, id);
    let vacuous = bench.said(&least).ok().and_then(|said| said.accepted(id)).unwrap_or_default();
    Cheapest { party: of, rule: id.to_owned(), document: Some(only(&rules.shape, &least, &used)), vacuous }
}

struct Shrinking<'s> {
    shape: &'s Shape,
    used: &'s BTreeSet<Spot>,
    lang: Lang,
}

/// Something that says less: another value at a place, or none.
struct Less {
    pointer: String,
    value: Option<Json>,
}

impl Shrinking<'_> {
    fn shrunk(&self, bench: &mut Bench<'_>, id: &str) -> Json {
        let mut document = bench.document.clone();
        let mut tries = 0;
        loop {
            let (mut at, mut smaller) = (0, false);
            while let Some(less) = self.steps(&document).get(at) {
                tries += 1;
                if tries > TRIES {
                    return document;
                }
                let tried = less.put(&document);
                if bench.said(&tried).is_ok_and(|said| said.accepted(id).is_some()) {
                    (document, smaller) = (tried, true);
                } else {
                    at += 1;
                }
            }
            if !smaller {
                return document;
            }
        }
    }

    fn steps(&self, document: &Json) -> Vec<Less> {
        let mut steps = Vec::new();
        if let Some(fields) = self.shape.document() {
            self.record(0, fields, document, "", &mut steps);
        }
        steps
    }

    fn record(&self, table: u16, fields: &Fields, record: &Json, at: &str, steps: &mut Vec<Less>) {
        for field in &fields.fields {
            let Some(value) = record.get(&field.name).filter(|value| !value.is_null()) else { continue };
            let pointer = format!("{at}/{}", escape(&field.name));
            let is_used = self.used.contains(&(table, field.slot));
            if field.optional && is_used {
                steps.push(Less { pointer: pointer.clone(), value: None });
            }
            match &field.kind {
                Kind::Record(inner) => self.record(table, inner, value, &pointer, steps),
                Kind::List(index) => self.list(*index, value, &pointer, is_used, steps),
                kind if is_used => self.scalar(kind, value, &pointer, steps),
                _ => {}
            }
        }
    }

    fn list(&self, table: u16, list: &Json, at: &str, is_used: bool, steps: &mut Vec<Less>) {
        let rows = list.as_array().map(Vec::as_slice).unwrap_or_default();
        if is_used && !rows.is_empty() {
            steps.push(Less { pointer: at.to_owned(), value: Some(json!([])) });
            let row = |row: usize| Less { pointer: format!("{at}/{row}"), value: None };
            steps.extend((0..rows.len()).rev().map(row));
        }
        for (index, row) in rows.iter().enumerate() {
            let pointer = format!("{at}/{index}");
            match self.shape.tables.get(usize::from(table)).map(|table| &table.element) {
                Some(Element::Record(fields)) => self.record(table, fields, row, &pointer, steps),
                Some(Element::Scalar(kind)) if is_used => self.scalar(kind, row, &pointer, steps),
                _ => {}
            }
        }
    }

    fn scalar(&self, kind: &Kind, value: &Json, at: &str, steps: &mut Vec<Less>) {
        let less = kind.less(value, self.lang).into_iter();
        steps.extend(less.map(|less| Less { pointer: at.to_owned(), value: Some(less) }));
    }
}

impl Less {
    fn put(&self, document: &Json) -> Json {
        let mut document = document.clone();
        match &self.value {
            Some(value) => {
                if let Some(place) = document.pointer_mut(&self.pointer) {
                    *place = value.clone();
                }
            }
            None => self.take_away(&mut document),
        }
        document
    }

    fn take_away(&self, document: &mut Json) {
        let Some((parent, key)) = self.pointer.rsplit_once('/') else { return };
        match document.pointer_mut(parent) {
            Some(Json::Array(rows)) => {
                if let Some(row) = key.parse::<usize>().ok().filter(|row| *row < rows.len()) {
                    rows.remove(row);
                }
            }
            Some(Json::Object(members)) => {
                members.retain(|name, _| escape(name) != key);
            }
            _ => {}
        }
    }
}
