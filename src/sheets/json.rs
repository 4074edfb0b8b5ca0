//! JSON as it stands: every digit of a number and every member of an object, in order, even one that is there twice.
//! A workbook must lose nothing, and the usual types round numbers and drop members.

use bulou_base::limits;
use bulou_document::number;
use bulou_document::scan::{Scanner, Start};

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Json {
    Null,
    Bool(bool),
    /// Its digits.
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The value that a text holds; nothing when it is no JSON.
    pub fn parse(text: &str) -> Option<Self> {
        let mut reader = Reader { json: Scanner::new(text), depth: 0 };
        let value = reader.value()?;
        reader.json.finish().ok()?;
        Some(value)
    }

    /// An object without members.
    pub fn empty() -> Self {
        Self::Object(Vec::new())
    }

    /// Neither `null` nor an object of nothing else.
    pub fn says_something(&self) -> bool {
        match self {
            Self::Null => false,
            Self::Object(members) => members.iter().any(|(_, value)| value.says_something()),
            _ => true,
        }
    }

    /// The first member of this name.
    pub fn member(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        members.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The value where a path of keys leads.
    pub fn at(&self, path: &[String]) -> Option<&Self> {
        path.iter().try_fold(self, |value, key| value.member(key))
    }

    /// Puts a value where a path of keys leads; what is no object on the way gives way to one.
    pub fn put(&mut self, path: &[String], value: Self) {
        let Some((key, rest)) = path.split_first() else {
            *self = value;
            return;
        };
        if !matches!(self, Self::Object(_)) {
            *self = Self::empty();
        }
        let Self::Object(members) = self else { return };
        match members.iter_mut().find(|(name, _)| name == key) {
            Some((_, member)) => member.put(rest, value),
            None => {
                let mut member = Self::Null;
                member.put(rest, value);
                members.push((key.clone(), member));
            }
        }
    }

    /// Makes the value at a path an object, unless something is there already.
    pub fn open(&mut self, path: &[String]) {
        if self.at(path).is_none_or(|value| *value == Self::Null) {
            self.put(path, Self::empty());
        }
    }

    /// Whether two values say the same, however their numbers are written.
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(one), Self::Number(two)) => match (number::decimal(one), number::decimal(two)) {
                (Ok(one), Ok(two)) => one == two,
                _ => one == two,
            },
            (Self::List(one), Self::List(two)) => {
                one.len() == two.len() && one.iter().zip(two).all(|(one, two)| one.same(two))
            }
            _ => self == other,
        }
    }

    /// The value on one line.
    pub fn line(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, None);
        out
    }

    /// The value over several lines, as people read it.
    pub fn pretty(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, Some(0));
        out.push('\n');
        out
    }

    fn write(&self, out: &mut String, depth: Option<usize>) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Number(digits) => out.push_str(digits),
            Self::Text(text) => out.push_str(&quoted(text)),
            Self::List(items) => {
                let items = items.iter().map(|item| (None, item));
                write_all(out, ('[', ']'), items, depth);
            }
            Self::Object(members) => {
                let members = members.iter().map(|(key, value)| (Some(key.as_str()), value));
                write_all(out, ('{', '}'), members, depth);
            }
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn write_all<'j>(
    out: &mut String,
    (open, close): (char, char),
    items: impl Iterator<Item = (Option<&'j str>, &'j Json)>,
    depth: Option<usize>,
) {
    let line = |out: &mut String, depth: Option<usize>| {
        if let Some(depth) = depth {
            out.push('\n');
            out.push_str(&"  ".repeat(depth));
        }
    };
    let inner = depth.map(|depth| depth + 1);
    let mut any = false;
    out.push(open);
    for (key, value) in items {
        if any {
            out.push(',');
        }
        any = true;
        line(out, inner);
        if let Some(key) = key {
            out.push_str(&quoted(key));
            out.push_str(if depth.is_some() { ": " } else { ":" });
        }
        value.write(out, inner);
    }
    if any {
        line(out, depth);
    }
    out.push(close);
}

struct Reader<'t> {
    json: Scanner<'t>,
    /// How many lists and objects are open, for the stack has an end.
    depth: usize,
}

impl Reader<'_> {
    fn value(&mut self) -> Option<Json> {
        let start = self.json.peek().ok()?;
        Some(match start {
            Start::Text => Json::Text(self.json.text().ok()?.into_owned()),
            Start::Array | Start::Object => {
                self.depth = Some(self.depth + 1).filter(|depth| *depth <= limits::DOCUMENT_NESTING)?;
                let inner = if start == Start::Array { Json::List(self.list()?) } else { Json::Object(self.object()?) };
                self.depth -= 1;
                inner
            }
            Start::Number => {
                let from = self.json.at();
                self.json.number().ok()?;
                Json::Number(self.json.since(from).to_owned())
            }
            Start::True | Start::False | Start::Null => {
                self.json.literal(start).ok()?;
                if start == Start::Null { Json::Null } else { Json::Bool(start == Start::True) }
            }
        })
    }

    fn list(&mut self) -> Option<Vec<Json>> {
        let mut items = Vec::new();
        let mut more = self.json.enter_array().ok()?;
        while more {
            items.push(self.value()?);
            more = self.json.next_element().ok()?;
        }
        Some(items)
    }

    fn object(&mut self) -> Option<Vec<(String, Json)>> {
        let mut members = Vec::new();
        let mut more = self.json.enter_object().ok()?;
        while more {
            let key = self.json.key().ok()?.into_owned();
            members.push((key, self.value()?));
            more = self.json.next_member().ok()?;
        }
        Some(members)
    }
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn nothing_is_rounded_dropped_or_reordered() {
        let text = r#"{"b":0.10000000000000000001,"a":[1e3,-0,null,true],"b":"\"\u0001","":{}}"#;
        assert_eq!(Json::parse(text).map(|json| json.line()).as_deref(), Some(text));
        assert_eq!(Json::parse("{\"a\": }"), None);
        assert_eq!(Json::parse("1 2"), None);
        assert_eq!(Json::parse(&"[".repeat(100_000)), None);
        let pretty = Json::parse(r#"{"a":[1,{}],"b":[]}"#).expect("JSON").pretty();
        assert_eq!(pretty, "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}\n");
    }
}
