//! Where a value stands in its document, and what names an element for people.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::shape::{Element, Field, Fields, Kind, Shape};
use crate::{Document, Slot};
use bulou_base::hash::HashMap;
use bulou_base::value::Row;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;

/// JSON Pointer (RFC 6901) of a slot of a row.
#[must_use]
pub fn pointer(document: &Document, shape: &Shape, row: Row, slot: u32) -> String {
    let mut path = String::new();
    push_pointer(&mut path, document, shape, row, slot);
    path
}

/// JSON Pointer of a row, or of a record in it.
#[must_use]
pub fn pointer_of_row(document: &Document, shape: &Shape, row: Row, record: Option<u32>) -> String {
    match (record, owner(document, shape, row)) {
        (Some(slot), _) => pointer(document, shape, row, slot),
        (None, Some((parent, slot, start))) => {
            let list = pointer(document, shape, parent, slot);
            format!("{list}/{}", row.index.saturating_sub(start))
        }
        (None, None) => String::new(),
    }
}

fn push_pointer(path: &mut String, document: &Document, shape: &Shape, row: Row, slot: u32) {
    if row.table != 0
        && let Some((parent, slot, start)) = owner(document, shape, row)
    {
        push_pointer(path, document, shape, parent, slot);
        let _ = write!(path, "/{}", row.index.saturating_sub(start));
    }
    if let Some(fields) = shape.records(row.table) {
        push_names(path, fields, slot);
    }
}

/// The same characters as JSON Pointer wants them.
pub fn escape(name: &str) -> Cow<'_, str> {
    if name.contains(['~', '/']) { name.replace('~', "~0").replace('/', "~1").into() } else { name.into() }
}

/// A key as a step of a JSON Pointer.
#[must_use]
pub fn pointer_step(key: &str) -> Cow<'_, str> {
    escape(key)
}

/// A JSON Pointer whose keys are as long as messages repeat them.
pub fn short_pointer(pointer: &str) -> Cow<'_, str> {
    if pointer.len() <= bulou_base::limits::SHOWN_CHARS {
        return pointer.into();
    }
    pointer.split('/').map(bulou_base::sanitize::shortened).collect::<Vec<_>>().join("/").into()
}

/// The names on the way of a JSON Pointer.
pub fn steps(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~"))
}

/// The row and slot whose list holds a row, and the list's first row.
pub fn owner(document: &Document, shape: &Shape, row: Row) -> Option<(Row, u32, u32)> {
    for (index, table) in shape.tables.iter().enumerate() {
        let Element::Record(fields) = &table.element else { continue };
        let Some(field) = list_field(fields, row.table) else { continue };
        let parent = u16::try_from(index).ok()?;
        for at in 0..document.rows(parent) {
            let parent = Row { table: parent, index: at };
            if let Slot::List(start, len) = document.slot(parent, field.slot)
                && (start..start.saturating_add(len)).contains(&row.index)
            {
                return Some((parent, field.slot, start));
            }
        }
    }
    None
}

fn list_field(fields: &Fields, table: u16) -> Option<&Field> {
    fields.fields.iter().find_map(|field| match &field.kind {
        Kind::List(index) if *index == table => Some(field),
        Kind::Record(inner) => list_field(inner, table),
        _ => None,
    })
}

/// JSON Pointer of a field of the document's own row.
#[must_use]
pub fn field_path(shape: &Shape, slot: u32) -> Option<String> {
    let mut path = String::new();
    push_names(&mut path, shape.document()?, slot).then_some(path)
}

/// Adds the keys on the way to a slot within a row; whether there is such a slot.
fn push_names(path: &mut String, fields: &Fields, slot: u32) -> bool {
    let before = path.len();
    let mut fields = Some(fields);
    while let Some(field) = fields.and_then(|fields| last_up_to(fields, slot)) {
        path.push('/');
        path.push_str(&escape(&field.name));
        if field.slot == slot {
            return true;
        }
        fields = inner(field);
    }
    path.truncate(before);
    false
}

/// The field at a slot of a table.
#[must_use]
pub fn field_label(shape: &Shape, table: u16, slot: u32) -> Option<&Field> {
    let mut field = last_up_to(shape.records(table)?, slot)?;
    while field.slot != slot {
        field = last_up_to(inner(field)?, slot)?;
    }
    Some(field)
}

/// The field whose slot or, of a record, whose fields' slot this may be: fields have their slots in order, and those of a
/// record come after its own.
fn last_up_to(fields: &Fields, slot: u32) -> Option<&Field> {
    let after = fields.fields.partition_point(|field| field.slot <= slot);
    fields.fields.get(after.checked_sub(1)?)
}

fn inner(field: &Field) -> Option<&Fields> {
    match &field.kind {
        Kind::Record(inner) => Some(inner),
        _ => None,
    }
}

/// What names an element: its list and its 唯一 field with its first option (`隐患 Y02(楼梯)`), or else its first two
/// options, dates or texts, or its ordinal.
#[must_use]
pub fn item_label(document: &Document, shape: &Shape, row: Row, lang: Lang) -> String {
    item_words(document, shape, row, &HashMap::default(), lang)
}

/// The same where a school's 名称 stands beside its 标识.
pub fn item_words(document: &Document, shape: &Shape, row: Row, names: &HashMap<String, String>, lang: Lang) -> String {
    let list = shape.tables.iter().find_map(|table| match &table.element {
        Element::Record(fields) => list_field(fields, row.table),
        Element::Scalar(_) => None,
    });
    let list = list.map(|field| field.label.as_str()).unwrap_or_default();
    let Some(Element::Record(fields)) = shape.tables.get(usize::from(row.table)).map(|table| &table.element) else {
        return list.to_owned();
    };
    let name_of = |field: &Field| {
        if !shape.codes.contains(&(row.table, field.slot)) {
            return None;
        }
        match document.slot(row, field.slot) {
            Slot::Text(start, len, written) => names.get(document.text_of(start, len, written).normal),
            _ => None,
        }
    };
    let shown = |field: &Field| {
        let said = shown(document, shape, row, field)?;
        Some(name_of(field).map_or_else(|| said.clone(), |name| format!("{said} {name}")))
    };
    let named: Vec<String> = match flat(fields).find(|field| field.unique).and_then(shown) {
        Some(name) => {
            let kind = fields.fields.iter().find(|field| field.kind.option_set().is_some() && !field.unique);
            let kind = kind.and_then(shown).map(|kind| format!("({kind})")).unwrap_or_default();
            vec![format!("{name}{kind}")]
        }
        // A 名称 that the row has itself is not said twice.
        None => without_repeats(flat(fields).filter_map(shown).take(2).collect()),
    };
    if named.is_empty() {
        let start = owner(document, shape, row).map_or(0, |(_, _, start)| start);
        let number = row.index.saturating_sub(start) + 1;
        return texts::item(&list, &number).get(lang);
    }
    format!("{list} {}", named.join(" "))
}

/// Without what stands at the end of the one before.
fn without_repeats(mut named: Vec<String>) -> Vec<String> {
    if let [first, second] = named.as_slice()
        && first.ends_with(&format!(" {second}"))
    {
        named.truncate(1);
    }
    named
}

/// A record's fields, and those of the records within it.
fn flat(fields: &Fields) -> Box<dyn Iterator<Item = &Field> + '_> {
    Box::new(fields.fields.iter().flat_map(|field| match &field.kind {
        Kind::Record(inner) => flat(inner),
        _ => Box::new(std::iter::once(field)),
    }))
}

fn shown(document: &Document, shape: &Shape, row: Row, field: &Field) -> Option<String> {
    if field.sensitive {
        return None;
    }
    match document.slot(row, field.slot) {
        Slot::Text(start, len, written) => {
            Some(document.text_of(start, len, written).written.chars().take(30).collect())
        }
        Slot::Date(date) | Slot::Astray(date) => Some(date.to_string()),
        Slot::Option(index) => {
            let set = field.kind.option_set()?;
            shape.option_sets.get(usize::from(set))?.options.get(usize::from(index)).cloned()
        }
        Slot::Integer(number) if field.unique => Some(number.to_string()),
        _ => None,
    }
}
