//! A document of which nothing is known but that it is complete and has no fault: a variable for each value, lists of up to
//! so many elements. Two versions of a pack may ask of the same document: its values are known by their names.

mod values;

use std::collections::{BTreeSet, HashMap};

use bulou_base::date;
use bulou_document::Constant;
use bulou_document::shape::{Element, Field, Fields, Kind, Shape};
use bulou_syntax::built_in::Format;
use chrono::Datelike as _;

use crate::names::{Names, kind, never};
use crate::term::{Sort, Term, Terms};
use crate::truth::Known;

/// A value, record or list of a row.
#[derive(Clone, Debug)]
pub enum Slot {
    Scalar { present: Term, is: Known },
    Record { present: Term },
    List { present: Term, len: Term, rows: Vec<usize> },
}

impl Slot {
    pub fn present(&self) -> Term {
        match self {
            Self::Scalar { present, .. } | Self::Record { present } | Self::List { present, .. } => *present,
        }
    }
}

/// The document, or an element of a list.
#[derive(Clone, Debug)]
pub struct Row {
    /// Whether it is there.
    pub there: Term,
    /// What it has, by the names on the way: `/学校/寄宿`; the value of an element that is none by the empty name.
    pub slots: HashMap<String, Slot>,
}

/// How many elements lists have: those that are asked about up to so many, the others as few as may be.
#[derive(Clone, Debug, Default)]
pub struct Lengths {
    pub most: usize,
    /// The lists that are asked about, by their names from the document on.
    pub of: BTreeSet<String>,
}

/// What a pack says of a document.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'r> {
    pub shape: &'r Shape,
    pub params: &'r [Constant],
}

/// A text whose values are given when all names are known.
#[derive(Clone, Debug)]
struct Text {
    there: Term,
    is: Term,
    format: Option<Format>,
    may_be: Vec<String>,
    /// Those of the field, which say nothing in an answer.
    names: [String; 2],
    /// Which of the sheets says so.
    sheet: usize,
}

/// The document.
#[derive(Debug)]
pub struct Document {
    pub terms: Terms,
    pub names: Names,
    pub today: Term,
    pub rows: Vec<Row>,
    /// What a complete document without fault is.
    pub valid: Vec<Term>,
    /// What makes a document simple enough to be written out; without it an answer is not certain to be found.
    pub plain: Vec<Term>,
    /// That nothing is left open; an answer without it is none.
    pub doubts: Vec<Term>,
    /// Days that are looked at.
    pub bounds: Vec<Term>,
    pub lengths: Lengths,
    texts: Vec<Text>,
    /// The days of what has happened, by the sheet that is being added, each with whether it is there.
    happened: Vec<(Term, Term)>,
    sheets: usize,
}

/// A field that two versions have, of types that are not the same.
#[derive(Clone, Debug)]
pub struct Unlike(pub String);

/// Where a record stands: its row, the names on the way to it, and whether it is there.
#[derive(Clone, Copy)]
struct At<'p> {
    row: usize,
    path: &'p str,
    /// From the document on, without the numbers of elements.
    list: &'p str,
    there: Term,
}

impl Document {
    pub fn new(today: Option<date::Date>, lengths: Lengths) -> Self {
        let mut terms = Terms::new();
        let (mut valid, today) = (
            Vec::new(),
            match today {
                Some(day) => terms.int(day.num_days_from_ce()),
                None => terms.variable(Sort::Int),
            },
        );
        if let (None, Some((first, last))) = (terms.as_int(today), date::ends()) {
            valid.push(terms.within(today, first.num_days_from_ce(), last.num_days_from_ce()));
        }
        let rows = vec![Row { there: Terms::TRUE, slots: HashMap::new() }];
        let (names, texts, plain, doubts, bounds) = (Names::default(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self {
            terms,
            names,
            today,
            rows,
            valid,
            plain,
            doubts,
            bounds,
            lengths,
            texts,
            happened: Vec::new(),
            sheets: 0,
        }
    }

    /// Adds what a pack says of the document.
    pub fn add(&mut self, sheet: Sheet<'_>) -> Result<(), Unlike> {
        let Some(fields) = sheet.shape.document() else { return Ok(()) };
        let at = At { row: 0, path: "", list: "", there: Terms::TRUE };
        self.fields(sheet, fields, at)?;
        self.named(sheet);
        self.filed(sheet);
        self.sheets += 1;
        Ok(())
    }

    /// A document says whose it is.
    fn named(&mut self, sheet: Sheet<'_>) {
        let Some(path) = &sheet.shape.identity else { return };
        let Some(path) = names_of(sheet.shape, 0, path.slot) else { return };
        let slot = self.rows.first().and_then(|row| row.slots.get(&path));
        self.valid.extend(slot.map(Slot::present));
    }

    /// Nothing has happened after the day on which the document was filled in.
    fn filed(&mut self, sheet: Sheet<'_>) {
        let happened = std::mem::take(&mut self.happened);
        let Some(path) = sheet.shape.date.as_ref().and_then(|path| names_of(sheet.shape, 0, path.slot)) else { return };
        let Some(row) = self.rows.first() else { return };
        let Some(Slot::Scalar { present, is: Known::Date(filed) }) = row.slots.get(&path).cloned() else { return };
        let dated: Vec<Term> = headers(row, &path).into_iter().chain([present]).collect();
        for (there, date) in happened {
            let both = self.terms.all(dated.iter().copied().chain([there]));
            let before = self.terms.at_most(date, filed);
            let before = self.terms.implies(both, before);
            self.valid.push(before);
        }
    }

    fn fields(&mut self, sheet: Sheet<'_>, fields: &Fields, at: At<'_>) -> Result<(), Unlike> {
        for field in &fields.fields {
            if at.row == 0 && at.path.is_empty() && sheet.shape.fold == Some(field.slot) {
                continue;
            }
            let (path, list) = (format!("{}/{}", at.path, field.name), format!("{}/{}", at.list, field.name));
            self.field(sheet, field, At { path: &path, list: &list, ..at })?;
        }
        let whole = at.row == 0 && at.path.is_empty();
        if !whole && fields.fields.iter().all(|field| field.optional) {
            let says: Vec<Term> = fields.fields.iter().map(|field| self.says(field, at)).collect();
            let says = self.terms.any(says);
            let says = self.terms.implies(at.there, says);
            self.valid.push(says);
        }
        Ok(())
    }

    /// Whether an optional field of a record says anything.
    fn says(&mut self, field: &Field, at: At<'_>) -> Term {
        let slot = self.rows.get(at.row).and_then(|row| row.slots.get(&format!("{}/{}", at.path, field.name)));
        match slot.cloned() {
            Some(Slot::List { present, len, .. }) => {
                let zero = self.terms.int(0);
                let some = self.terms.less(zero, len);
                self.terms.and(present, some)
            }
            Some(slot) => slot.present(),
            None => Terms::FALSE,
        }
    }

    fn field(&mut self, sheet: Sheet<'_>, field: &Field, at: At<'_>) -> Result<(), Unlike> {
        let known = self.rows.get(at.row).and_then(|row| row.slots.get(at.path)).cloned();
        let present = match &known {
            Some(slot) => slot.present(),
            None if field.optional && self.is_asked(&field.kind, field, at.list) => self.terms.variable(Sort::Bool),
            None => self.terms.bool(!field.optional),
        };
        if !field.optional {
            let must = self.terms.implies(at.there, present);
            self.valid.push(must);
        }
        let there = self.terms.and(at.there, present);
        let at = At { there, ..at };
        match &field.kind {
            Kind::Record(fields) => {
                self.keep(at, known, Slot::Record { present })?;
                self.fields(sheet, fields, at)
            }
            Kind::List(table) => self.list(sheet, field, *table, at, (known, present)),
            of => self.scalar(sheet, of, field, at, (known, present)),
        }
    }

    /// Whether a list may have elements; everything else may be there.
    fn is_asked(&self, kind: &Kind, field: &Field, list: &str) -> bool {
        !matches!(kind, Kind::List(_)) || field.min_items > 0 || self.lengths.of.contains(list)
    }

    fn keep(&mut self, at: At<'_>, known: Option<Slot>, new: Slot) -> Result<(), Unlike> {
        if let Some(known) = known {
            let alike = std::mem::discriminant(&known) == std::mem::discriminant(&new);
            return if alike { Ok(()) } else { Err(Unlike(at.path.to_owned())) };
        }
        if let Some(row) = self.rows.get_mut(at.row) {
            row.slots.insert(at.path.to_owned(), new);
        }
        Ok(())
    }

    fn list(
        &mut self,
        sheet: Sheet<'_>,
        field: &Field,
        table: u16,
        at: At<'_>,
        (known, present): (Option<Slot>, Term),
    ) -> Result<(), Unlike> {
        let least = field.min_items as usize;
        let most = if self.lengths.of.contains(at.list) { self.lengths.most.max(least) } else { least };
        let (len, rows) = match &known {
            Some(Slot::List { len, rows, .. }) => (*len, rows.clone()),
            _ if most == 0 => (self.terms.int(0), Vec::new()),
            _ => {
                let len = self.terms.variable(Sort::Int);
                let rows = (0..most).map(|index| self.row(at.there, len, index)).collect();
                (len, rows)
            }
        };
        self.keep(at, known, Slot::List { present, len, rows: rows.clone() })?;
        let (fewest, longest) = (i128::from(field.min_items), i128::try_from(rows.len()).unwrap_or(i128::MAX));
        let within = self.terms.within(len, fewest, longest);
        let within = self.terms.implies(at.there, within);
        self.valid.push(within);
        for row in &rows {
            let there = self.rows.get(*row).map_or(Terms::FALSE, |row| row.there);
            let at = At { row: *row, path: "", list: at.list, there };
            match sheet.shape.tables.get(usize::from(table)).map(|table| &table.element) {
                Some(Element::Record(fields)) => self.fields(sheet, fields, at)?,
                Some(Element::Scalar(kind)) => {
                    let known = self.rows.get(*row).and_then(|row| row.slots.get("")).cloned();
                    self.scalar(sheet, kind, field, at, (known, Terms::TRUE))?;
                }
                None => {}
            }
        }
        if let Some(fields) = sheet.shape.records(table) {
            self.apart(sheet.shape, fields, &rows);
        }
        Ok(())
    }

    fn row(&mut self, list: Term, len: Term, index: usize) -> usize {
        let index = self.terms.int(i128::try_from(index).unwrap_or(i128::MAX));
        let within = self.terms.less(index, len);
        let there = self.terms.and(list, within);
        self.rows.push(Row { there, slots: HashMap::new() });
        self.rows.len() - 1
    }

    /// What texts may be, when all names of the packs are known.
    pub fn finish(&mut self, sheets: &[Sheet<'_>]) {
        for Text { there, is, format, may_be, names, sheet } in std::mem::take(&mut self.texts) {
            let Some(sheet) = sheets.get(sheet) else { continue };
            let allowed = self.names.allowed(sheet.shape, format, &may_be, &names);
            let known = self.one_of(is, &allowed);
            let zero = self.terms.int(0);
            let mut other = self.terms.less(is, zero);
            if let Some(kind) = format.and_then(kind) {
                let (rest, of) = (self.terms.modulo(is, crate::names::KINDS), self.terms.int(kind));
                let of_kind = self.terms.equal(rest, of);
                other = self.terms.and(other, of_kind);
            }
            for kind in format.map_or(&[][..], never) {
                let (rest, of) = (self.terms.modulo(is, crate::names::KINDS), self.terms.int(*kind));
                let of_kind = self.terms.equal(rest, of);
                let of_other = self.terms.not(of_kind);
                other = self.terms.and(other, of_other);
            }
            let allowed = self.terms.or(known, other);
            let allowed = self.terms.implies(there, allowed);
            self.valid.push(allowed);
        }
    }
}

/// The records on the way to a field.
pub fn headers(row: &Row, path: &str) -> Vec<Term> {
    let ends = path.match_indices('/').map(|(at, _)| at).filter(|at| *at > 0);
    ends.filter_map(|end| row.slots.get(path.get(..end)?)).map(Slot::present).collect()
}

/// The names on the way from a row to a field.
pub fn names_of(shape: &Shape, table: u16, slot: u32) -> Option<String> {
    fn within(fields: &Fields, slot: u32) -> Option<String> {
        fields.fields.iter().find_map(|field| match &field.kind {
            _ if field.slot == slot => Some(format!("/{}", field.name)),
            Kind::Record(inner) => within(inner, slot).map(|rest| format!("/{}{rest}", field.name)),
            _ => None,
        })
    }
    match &shape.tables.get(usize::from(table))?.element {
        Element::Scalar(_) => Some(String::new()),
        Element::Record(fields) => within(fields, slot),
    }
}
