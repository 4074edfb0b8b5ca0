//! The smallest document that is still an example, by leaving out what need not be there.

use std::collections::BTreeSet;

use serde_json::Value;

/// Leaves out elements of lists and members of records, as long as the document stays one of which something holds.
pub fn smallest(mut document: Value, holds: &mut dyn FnMut(&Value) -> bool) -> Value {
    loop {
        let mut changed = false;
        let mut places = Vec::new();
        gather(&document, &mut String::new(), &mut places);
        // What stands last is left out first, so that the places before it stay the same.
        for place in places.into_iter().rev() {
            let mut shorter = document.clone();
            if remove(&mut shorter, &place) && holds(&shorter) {
                document = shorter;
                changed = true;
            }
        }
        if !changed {
            return document;
        }
    }
}

/// Every document with one thing left out.
pub fn shorter(document: &Value) -> impl Iterator<Item = Value> {
    let mut places = Vec::new();
    gather(document, &mut String::new(), &mut places);
    places.into_iter().filter_map(|place| {
        let mut shorter = document.clone();
        remove(&mut shorter, &place).then_some(shorter)
    })
}

fn gather(value: &Value, path: &mut String, into: &mut Vec<String>) {
    let length = path.len();
    let mut visit = |step: &str, inner: &Value, path: &mut String| {
        path.push('/');
        path.push_str(&step.replace('~', "~0").replace('/', "~1"));
        into.push(path.clone());
        gather(inner, path, into);
        path.truncate(length);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(name, inner)| visit(name, inner, path)),
        Value::Array(elements) => {
            elements.iter().enumerate().for_each(|(index, inner)| visit(&index.to_string(), inner, path));
        }
        _ => {}
    }
}

fn remove(document: &mut Value, place: &str) -> bool {
    let Some((parent, step)) = place.rsplit_once('/') else { return false };
    match document.pointer_mut(parent) {
        Some(Value::Object(members)) => members.remove(&step.replace("~1", "/").replace("~0", "~")).is_some(),
        Some(Value::Array(elements)) => {
            let index = step.parse::<usize>().ok().filter(|index| *index < elements.len());
            index.map(|index| elements.remove(index)).is_some()
        }
        _ => false,
    }
}

/// Of a document only what is asked about, by the names on the way.
pub fn only(document: &Value, asked: &BTreeSet<String>) -> Value {
    fn within(value: &Value, path: &str, asked: &BTreeSet<String>) -> Option<Value> {
        match value {
            Value::Object(members) => {
                let kept = members
                    .iter()
                    .filter_map(|(name, inner)| Some((name.clone(), within(inner, &format!("{path}/{name}"), asked)?)));
                let kept: serde_json::Map<String, Value> = kept.collect();
                (!kept.is_empty() || asked.contains(path)).then_some(Value::Object(kept))
            }
            Value::Array(elements) => {
                let kept: Vec<Value> = elements.iter().filter_map(|inner| within(inner, path, asked)).collect();
                (!kept.is_empty() || asked.contains(path)).then_some(Value::Array(kept))
            }
            other => asked.contains(path).then(|| other.clone()),
        }
    }
    within(document, "", asked).unwrap_or_default()
}
