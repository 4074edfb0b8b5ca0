//! How a value is written in a cell: so that reading gives it back.

use bulou_base::date;
use bulou_document::shape::{Kind, Shape};
use bulou_document::typed;
use bulou_document::types::Domain;

use super::{Content, ESCAPE, Holds, take};
use crate::json::Json;
use crate::words;

/// How a key is written: as it is, or escaped where a workbook would change it.
pub(crate) fn show_key(key: &str) -> String {
    if is_plain(key) { key.to_owned() } else { escaped(&Json::Text(key.to_owned())).text() }
}

/// Writes a value so that [`take`] gives it back.
pub(crate) fn show(shape: &Shape, holds: Holds<'_>, unit: Option<&str>, value: &Json) -> Content {
    let gives_back = |content: &Content| {
        let taken = take(shape, holds, unit, content);
        taken.has.is_none() && taken.remark.is_none() && taken.value.is_some_and(|taken| taken.same(value))
    };
    candidates(shape, holds, value).into_iter().find(gives_back).unwrap_or_else(|| escaped(value))
}

/// `json:` and the value's JSON; what XML or Excel would change stands as an escape of JSON.
fn escaped(value: &Json) -> Content {
    let json = value.line().replace("_x", "\\u005fx");
    let json = json.chars().fold(String::new(), |mut out, c| {
        match c {
            '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => out.push(c),
        }
        out
    });
    Content::Text(format!("{ESCAPE}{json}"))
}

fn candidates(shape: &Shape, holds: Holds<'_>, value: &Json) -> Vec<Content> {
    let domain = if let Holds::Value(kind) = holds { Some(kind.domain()) } else { None };
    match (domain, value) {
        (_, Json::Text(text)) if !is_plain(text) => Vec::new(),
        (Some(Domain::Date(_)), Json::Text(text)) => {
            let date = date::parse(text).filter(typed::is_likely).map(Content::Date);
            date.into_iter().chain([Content::Text(text.clone())]).collect()
        }
        (_, Json::Text(text)) => vec![Content::Text(text.clone())],
        (Some(Domain::Bool), Json::Bool(value)) => vec![Content::Text(words::yes_no(*value, shape.lang()).to_owned())],
        (_, Json::Bool(value)) => vec![Content::Bool(*value)],
        (_, Json::Number(digits)) => {
            let shown =
                digits.parse::<f64>().ok().map(words::shown).map(|(digits, lost)| Content::Number(digits, lost));
            shown.into_iter().chain([Content::Text(digits.clone())]).collect()
        }
        (Some(Domain::List(_)), Json::List(items)) if items.is_empty() => {
            vec![Content::Text(words::none(shape.lang()).to_owned())]
        }
        (Some(Domain::List(table)), Json::List(items)) => match shape.scalars(table) {
            Some(kind) => joined(shape, kind, items).into_iter().collect(),
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Several values in one cell; a lone date or number as such.
fn joined(shape: &Shape, kind: &Kind, items: &[Json]) -> Option<Content> {
    let shown: Option<Vec<Content>> =
        items.iter().map(|item| candidates(shape, Holds::Value(kind), item).into_iter().next()).collect();
    let shown = shown?;
    match shown.as_slice() {
        [one] => Some(one.clone()),
        all => Some(Content::Text(all.iter().map(Content::text).collect::<Vec<_>>().join(shape.lang().comma()))),
    }
}

/// Whether a workbook keeps a text as it is.
fn is_plain(text: &str) -> bool {
    let kept = |c: char| c == '\n' || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'));
    text.chars().all(kept) && !text.contains("_x") && !text.starts_with(ESCAPE)
}
