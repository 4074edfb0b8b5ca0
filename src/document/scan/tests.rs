//! The scanner against the grammar's corners (after the kinds of cases that JSONTestSuite gathers), and against
//! `serde_json` on texts that are nearly JSON.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::{Number, Scanner, Start, Step, Wrong};
use bulou_base::limits;

fn skipped(text: &str) -> Step {
    let mut json = Scanner::new(text);
    json.skip()?;
    json.finish()
}

/// The tree that a reader builds by the scanner's other methods.
fn tree(json: &mut Scanner<'_>) -> Step<Value> {
    let start = json.peek()?;
    let from = json.at();
    Ok(match start {
        Start::Object => {
            let (mut members, mut more) = (Map::new(), json.enter_object()?);
            while more {
                let key = json.key()?.into_owned();
                members.insert(key, tree(json)?);
                more = json.next_member()?;
            }
            members.into()
        }
        Start::Array => {
            let (mut items, mut more) = (Vec::new(), json.enter_array()?);
            while more {
                items.push(tree(json)?);
                more = json.next_element()?;
            }
            items.into()
        }
        Start::Text => json.text()?.into(),
        Start::Number => {
            let number = json.number()?;
            let written = json.since(from);
            match number {
                Number::Whole(value) if written != "-0" => value.into(),
                _ => serde_json::from_str(written).unwrap_or(Value::Null),
            }
        }
        Start::True | Start::False => json.literal(start).map(|()| (start == Start::True).into())?,
        Start::Null => json.literal(start).map(|()| Value::Null)?,
    })
}

fn read(text: &str) -> Step<Value> {
    let mut json = Scanner::new(text);
    let value = tree(&mut json)?;
    json.finish().map(|()| value)
}

const GOOD: [&str; 42] = [
    "[]",
    "[ ]",
    "{}",
    "{ }",
    "[[]]",
    "[{}]",
    " [] ",
    "\t\r\n[]\n",
    "\"\"",
    "\" \"",
    "true",
    "false",
    "null",
    "0",
    "-0",
    "1",
    "-1",
    "10",
    "1.0",
    "-0.1",
    "0e1",
    "0e+1",
    "1E22",
    "1e-2",
    "123e65",
    "1.23e-5",
    "123456789012345678901234567890",
    "-999999999999999999",
    "999999999999999999",
    "9999999999999999999",
    "[1,2]",
    "[null,1,\"1\",{}]",
    "{\"a\":1}",
    "{\"a\":1,\"a\":2}",
    "{\"\":0}",
    "{\"a\" : [ ] , \"b\" : { } }",
    "\"\\u0041\\n\\t\\r\\b\\f\\\\\\/\\\"\"",
    "\"\\uD834\\uDd1e\"",
    "\"\\u0000\"",
    "\"\u{7F}\u{2028}\u{FEFF}中文\u{10FFFF}\"",
    "\"12345678\"",
    "\"1234567\\n\"",
];

const BAD: [&str; 88] = [
    "",
    " ",
    "[",
    "]",
    "{",
    "}",
    "[1",
    "[1,",
    "[,",
    "[,1]",
    "[1,]",
    "[1,,2]",
    "[1 2]",
    "[1:2]",
    "[\"a\":1]",
    "[]]",
    "[]{}",
    "{,}",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":1",
    "{\"a\":1,",
    "{\"a\":1,}",
    "{\"a\":1,,\"b\":2}",
    "{\"a\":1 \"b\":2}",
    "{\"a\" 1}",
    "{\"a\"::1}",
    "{a:1}",
    "{'a':1}",
    "{1:1}",
    "{null:1}",
    "{\"a\":1}}",
    "{\"a\":1}#",
    "{\"a\":1}/**/",
    "/**/[]",
    "[1,//\n2]",
    "tru",
    "trux",
    "True",
    "nul",
    "NaN",
    "Infinity",
    "-Infinity",
    "nan",
    "undefined",
    "'a'",
    "\"",
    "\"a",
    "\"\\\"",
    "\"\\x\"",
    "\"\\u\"",
    "\"\\u12\"",
    "\"\\u12g4\"",
    "\"\\U1234\"",
    "\"\\ud800\"",
    "\"\\ud800a\"",
    "\"\\ud800\\n\"",
    "\"\\ud800\\u0041\"",
    "\"\\udc00\"",
    "\"\\ud800\\ud800\"",
    "\"\n\"",
    "\"\t\"",
    "\"\0\"",
    "\"1234567\u{1}\"",
    "\"\\",
    "\"\\u00",
    "+1",
    "-",
    "--1",
    "-a",
    "01",
    "-01",
    "00",
    "1.",
    ".1",
    "-.1",
    "1.e1",
    "1e",
    "1e+",
    "1E-",
    "1e1.5",
    "0x1",
    "1_000",
    "1a",
    "\u{FEFF}[]",
    "[\u{A0}]",
    "\u{B}[]",
    "[1\u{2028},2]",
];

#[test]
fn the_corners_of_the_grammar_are_taken_and_refused_as_rfc_8259_says() {
    for text in GOOD {
        assert_eq!(skipped(text), Ok(()), "{text}");
        assert_eq!(read(text).ok(), serde_json::from_str(text).ok(), "{text}");
    }
    for text in BAD {
        assert!(skipped(text).is_err(), "{text}");
        assert!(read(text).is_err(), "{text}");
        assert!(serde_json::from_str::<Value>(text).is_err(), "{text}");
    }
}

#[test]
fn every_text_that_ends_too_early_is_wrong_at_its_end() {
    let whole = r#"{"a":[1,-2.5e3,true,null],"b\n\u00e9\ud834\udd1e":"中","c":{"d":[{}]}}"#;
    assert_eq!(skipped(whole), Ok(()));
    for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
        let part = whole.get(..end).expect("a boundary");
        assert_eq!(skipped(part).expect_err(part).at, end, "{part}");
        assert_eq!(read(part).expect_err(part).at, end, "{part}");
    }
}

#[test]
fn brackets_nest_to_the_limit_and_no_deeper() {
    let nested = |open: &str, close: &str, depth: usize| open.repeat(depth) + "1" + &close.repeat(depth);
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":[", "]}]")] {
        let each = open.matches(['[', '{']).count();
        let fitting = limits::DOCUMENT_NESTING / each;
        assert_eq!(skipped(&nested(open, close, fitting)), Ok(()), "{open}");
        let deeper = skipped(&nested(open, close, fitting + 1)).expect_err(open);
        assert_eq!(deeper.wrong, Wrong::Deep, "{open}");
    }
    assert_eq!(skipped(&"[".repeat(1_000_000)).map_err(|fault| fault.wrong), Err(Wrong::Deep));
}

#[test]
fn a_key_is_taken_where_it_stands_only_if_it_is_that_key() {
    let took = |text: &str, name: &str| {
        let mut json = Scanner::new(text);
        assert_eq!(json.enter_object(), Ok(true));
        (json.took_key(name), json.key_at(), json.at())
    };
    for name in ["a", "名称", "学生数", "一二三四", "标识码与名称与办学类型"] {
        let text = format!("{{ \"{name}\" : 1}}");
        assert_eq!(took(&text, name), (Ok(true), 2, 2 + name.len() + 4), "{name}");
        assert_eq!(took(&format!("{{\"{name}x\":1}}"), name), (Ok(false), 0, 1), "{name}");
        assert_eq!(took(&format!("{{\"x{name}\":1}}"), name), (Ok(false), 0, 1), "{name}");
        assert_eq!(took(&format!("{{\"{name}"), name), (Ok(false), 0, 1), "{name}");
        assert_eq!(
            took(&format!("{{\"{name}\" 1}}"), name).0.map_err(|fault| fault.wrong),
            Err(Wrong::Colon),
            "{name}"
        );
    }
}

/// Pieces of which nearly every text that they make is nearly JSON.
fn pieces() -> impl Strategy<Value = String> {
    let pieces = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\u",
        "d834",
        "\\udd1e",
        "\\n",
        "\"a\"",
        "\"a\":",
        "\"名称\":",
        "1",
        "-",
        "0",
        ".5",
        "e",
        "E+",
        "true",
        "false",
        "null",
        " ",
        "\n",
        "\u{1}",
        "中",
        "12345678",
        "{}",
        "[]",
        "[1,2]",
        "{\"b\":3}",
        "\u{FEFF}",
    ];
    vec(select(pieces.to_vec()), 0..24).prop_map(|pieces| pieces.concat())
}

/// JSON with a piece of it cut out, doubled or replaced.
fn spoilt() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}|[\\x00-\\x1f\"\\\\]{1,3}".prop_map(Value::from),
    ];
    let json = leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            vec(("[a-z名称]{0,9}", inner), 0..6).prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    });
    (json, any::<bool>(), any::<prop::sample::Index>(), 0..4_usize, pieces()).prop_map(
        |(json, pretty, at, cut, piece)| {
            let text = if pretty { serde_json::to_string_pretty(&json) } else { serde_json::to_string(&json) };
            let mut chars: Vec<char> = text.unwrap_or_default().chars().collect();
            let at = at.index(chars.len() + 1);
            let end = (at + cut).min(chars.len());
            let piece = if cut % 2 == 0 { piece.chars().take(3).collect() } else { String::new() };
            chars.splice(at..end, piece.chars());
            chars.into_iter().collect()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4000) })]

    #[test]
    fn what_serde_json_takes_is_taken_and_means_the_same(text in prop_oneof![pieces(), spoilt()]) {
        let ours = read(&text);
        prop_assert_eq!(skipped(&text), ours.as_ref().map(|_| ()).map_err(|fault| *fault));
        match serde_json::from_str::<Value>(&text) {
            Ok(theirs) => prop_assert_eq!(ours, Ok(theirs)),
            // A number that no float holds is a number all the same.
            Err(error) if error.to_string().starts_with("number out of range") => {
                prop_assert_eq!(ours.is_ok(), serde_json::from_str::<IgnoredAny>(&text).is_ok());
            }
            Err(_) => prop_assert!(ours.is_err(), "{} is no JSON", text),
        }
    }
}
