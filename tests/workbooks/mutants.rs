//! Workbooks whose parts say the same in another way, or say something twice: another program may read them otherwise. So
//! what is read of each is what was read before, or it is told that it may not be.
//!
//! Every run of the tests takes some of them; `cargo xtask reread PYTHON` takes all, and compares with another reader what is
//! read of each (`compare.py`).

#![allow(clippy::string_slice, reason = "tags are cut out where their ASCII begins and ends")]

use std::io::{Cursor, Read as _, Write as _};

use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
use serde_json::json;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::beside::changed;
use super::pack;

/// Parts by which a workbook is read.
const PARTS: [&str; 8] = [
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/_rels/workbook.xml.rels",
    "xl/workbook.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/worksheets/sheet2.xml",
    "xl/worksheets/sheet3.xml",
];
/// Elements that say more where they are there twice: runs of a text, its lines, and rows that have no number.
const REPEATED: [&str; 4] = ["r", "text:p", "text:span", "table:table-row"];
/// Of so many mutants one is taken.
const SOME: usize = 17;
/// Elements of which each is changed; of the others the first, the second and the last of a name are.
const FEW: usize = 3;

pub(super) fn rules() -> RuleSet {
    pack(
        "规则集 a \"a\" { 版本 1 }\n记录 项 { 名: 文本  数: 整数  日: 日期 已发生 }\n数据 b { 校: 文本  人数: 整数  日: 日期 已发生  寄宿: 是否  备注: 文本?  表: [项] }\n",
    )
}

/// A workbook with texts of every form.
pub(super) fn workbook(rules: &RuleSet) -> Vec<u8> {
    let document = json!({
        "规则集": "a@1", "校": "南街小学", "人数": 460, "日": "2022-06-01", "寄宿": true, "备注": "无 & 有",
        "表": [{"名": "灭火器", "数": 12, "日": "2022-05-01"}, {"名": "应急灯", "数": 3, "日": "2022-05-02"}],
    });
    let plain = bulou_sheets::workbook(rules, &document.to_string()).expect("a workbook");
    let texts = part(&plain, "xl/sharedStrings.xml");
    let form = part(&plain, "xl/worksheets/sheet2.xml");
    let place = |text: &str| {
        let before = texts.split(&format!("<t>{text}</t>")).next().expect("a text");
        format!("t=\"s\"><v>{}</v>", before.matches("<si>").count() - 1)
    };
    let (school, note) = (place("南街小学"), place("无 &amp; 有"));
    assert!(form.contains(&school) && form.contains(&note));
    let sheet = "xl/worksheets/sheet2.xml";
    let inline = "t=\"inlineStr\"><is><r><rPr><b/></rPr><t xml:space=\"preserve\">南街</t></r><r><t>小学</t></r><rPh sb=\"0\" eb=\"1\"><t>nan</t></rPh></is>";
    let changes = [
        (sheet, school.as_str(), inline),
        (sheet, note.as_str(), "t=\"str\"><v>无 &amp; 有</v>"),
        (
            "xl/sharedStrings.xml",
            "<si><t>灭火器</t></si>",
            "<si><r><t>灭火</t></r><r><rPr><b/></rPr><t>器</t></r><phoneticPr fontId=\"0\"/></si>",
        ),
        (
            "xl/sharedStrings.xml",
            "<si><t>应急灯</t></si>",
            "<si><t>应急灯</t><rPh sb=\"0\" eb=\"1\"><t>deng</t></rPh></si>",
        ),
    ];
    changed(&plain, &changes, &[])
}

pub(super) fn part(book: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(book)).expect("a workbook");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("UTF-8");
    text
}

/// A workbook with another text in a part.
fn with(book: &[u8], name: &str, text: &str) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(book)).expect("a workbook");
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for index in 0..from.len() {
        let mut part = from.by_index(index).expect("a part");
        let its_name = part.name().expect("a name").into_owned();
        to.start_file(&its_name, stored).expect("an entry");
        if its_name == name {
            to.write_all(text.as_bytes()).expect("written");
        } else {
            std::io::copy(&mut part, &mut to).expect("copied");
        }
    }
    to.finish().expect("finished").into_inner()
}

/// An element as it stands in a part: where it begins, where its content does, where that ends, and where it ends itself.
#[derive(Clone, Debug)]
struct Element {
    name: String,
    start: usize,
    inner: usize,
    close: usize,
    end: usize,
}

/// The elements of a part, each before those in it.
fn elements(text: &str) -> Vec<Element> {
    let (mut all, mut open, mut at) = (Vec::<Element>::new(), Vec::new(), 0);
    while let Some(start) = text[at..].find('<').map(|start| at + start) {
        let end = start + text[start..].find('>').expect("a tag") + 1;
        let tag = &text[start + 1..end - 1];
        at = end;
        if let Some(name) = tag.strip_prefix('/') {
            let index: usize = open.pop().expect("an element");
            assert_eq!(all[index].name, name);
            (all[index].close, all[index].end) = (start, end);
        } else if !tag.starts_with('?') {
            let name = tag.trim_end_matches('/').split_whitespace().next().expect("a name").to_owned();
            all.push(Element { name, start, inner: end, close: end, end });
            if !tag.ends_with('/') {
                open.push(all.len() - 1);
            }
        }
    }
    all
}

/// The attributes of a tag: where each begins and ends, with the blank before it, and its name and value.
fn attributes(text: &str, element: &Element) -> Vec<(usize, usize, String, String)> {
    let (mut all, mut at) = (Vec::new(), element.start + 1 + element.name.len());
    while let Some(sign) = text[at..element.inner].find("=\"").map(|sign| at + sign) {
        let end = sign + 2 + text[sign + 2..].find('"').expect("a quote") + 1;
        all.push((at, end, text[at..sign].trim().to_owned(), text[sign + 2..end - 1].to_owned()));
        at = end;
    }
    all
}

/// A part with a place replaced.
fn put(text: &str, from: usize, to: usize, new: &str) -> String {
    format!("{}{new}{}", &text[..from], &text[to..])
}

/// A change, and whether what the part says may be another thing after it to every reader.
type Mutant = (String, String, bool);

/// Everything that is done to an element.
fn changes(text: &str, one: &Element) -> Vec<Mutant> {
    let whole = &text[one.start..one.end];
    let is_empty = one.close == one.inner;
    // The element by another name.
    let renamed = |name: &str, more: &str| {
        let (head, tail) = (one.start + 1 + one.name.len(), one.inner);
        let open = format!("<{name}{more}{}", &text[head..tail]);
        let close = if text[..one.inner].ends_with("/>") { String::new() } else { format!("</{name}>") };
        format!("{open}{}{close}", &text[one.inner..one.close])
    };
    let (prefix, local) = one.name.split_once(':').unwrap_or(("", &one.name));
    let (foreign, prefixed) = (format!("q:{local}"), format!("x:{local}"));
    let binding = if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{prefix}") };
    let strange = renamed(&foreign, " xmlns:q=\"urn:q\"");
    let is_kept = text[one.start..one.inner].contains("preserve") || one.name == "text:span";
    let mut all: Vec<Mutant> = Vec::new();
    let mut add = |what: &str, text: String, says: bool| all.push((format!("{} {what}", one.name), text, says));
    let element = |new: &str| put(text, one.start, one.end, new);
    add("foreign", element(&strange), false);
    add("foreign by its own prefix", element(&renamed(&one.name, &format!(" {binding}=\"urn:q\""))), false);
    add("foreign before", element(&format!("{strange}{whole}")), false);
    add("foreign behind", element(&format!("{whole}{strange}")), false);
    add("twice", element(&format!("{whole}{whole}")), REPEATED.contains(&one.name.as_str()));
    add("within a foreign one", element(&format!("<q:a xmlns:q=\"urn:q\">{whole}</q:a>")), false);
    add(
        "in a choice",
        element(&format!(
            "<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><mc:Choice xmlns:q=\"urn:q\" Requires=\"q\">{whole}</mc:Choice></mc:AlternateContent>"
        )),
        false,
    );
    add("remark before", element(&format!("<!-- {} -->{whole}", one.name)), false);
    add("text before", element(&format!("7{whole}")), one.name == "text:span");
    add("by a prefix", element(&renamed(&prefixed, &format!(" xmlns:x=\"{}\"", namespace(text, &binding)))), false);
    add("left out", element(""), true);
    let content = |new: &str| put(text, one.inner, one.close, new);
    let inner = &text[one.inner..one.close];
    if !inner.contains('<') && !is_empty {
        let cut = inner.char_indices().nth(1).map_or(inner.len(), |(at, _)| at);
        let (head, tail) = inner.split_at(cut);
        let first = u32::from(head.chars().next().expect("a letter"));
        add("remark in", content(&format!("{head}<!-- a -->{tail}")), false);
        add("instruction in", content(&format!("{head}<?p q?>{tail}")), false);
        add(
            "section",
            content(&format!("<![CDATA[{inner}]]>")).replace("<![CDATA[无 &amp; 有]]>", "<![CDATA[无 & 有]]>"),
            false,
        );
        add("section behind", content(&format!("{head}<![CDATA[{}]]>", tail.replace("&amp;", "&"))), false);
        add("letter by number", content(&format!("&#{first};{tail}")), false);
        add("escape", content(&format!("_x{first:04X}_{tail}")), true);
        add("element in", content(&format!("{head}<b>{tail}</b>")), false);
        add("foreign in", content(&format!("<q:t xmlns:q=\"urn:q\">8</q:t>{inner}")), false);
        add("blanks around", content(&format!(" \n{inner} \n")), is_kept);
        add("blank in", content(&format!("{head} {tail}")), true);
        for new in ["", " ", "0", "-1", "1.0", "99999", "1e1", "+1", "0x1", "inf", "1_0"] {
            add(&format!("`{new}`"), content(new), true);
        }
    } else {
        add("text in", content(&format!("{inner}7")), one.name == "text:p");
        add("foreign at its end", content(&format!("{inner}<q:v xmlns:q=\"urn:q\">8</q:v>")), false);
    }
    for (from, to, name, value) in attributes(text, one) {
        if name.starts_with("xmlns") {
            continue;
        }
        let own = name.rsplit(':').next().unwrap_or(&name);
        let mut add = |what: &str, new: String, says: bool| {
            all.push((format!("{} @{name} {what}", one.name), put(text, from, to, &new), says));
        };
        add("left out", String::new(), true);
        add("foreign", format!(" q:{own}=\"{value}\" xmlns:q=\"urn:q\""), true);
        add("foreign beside", format!(" q:{own}=\"1\" xmlns:q=\"urn:q\" {name}=\"{value}\""), false);
        add("foreign behind", format!(" {name}=\"{value}\" q:{own}=\"1\" xmlns:q=\"urn:q\""), false);
        add(
            "by two prefixes",
            format!(" {name}=\"{value}\" y:{own}=\"1\" z:{own}=\"2\" xmlns:y=\"urn:y\" xmlns:z=\"urn:y\""),
            false,
        );
        add("twice", format!(" {name}=\"{value}\" {name}=\"{value}\""), false);
        for new in ["", "0", "1", "-1", "1.0", "99999", "B3", "$B$3", "b3", "B1048577", "B4294967299"] {
            add(&format!("`{new}`"), format!(" {name}=\"{new}\""), true);
        }
        add("blank before", format!(" {name}=\" {value}\""), true);
        add(
            "letter by number",
            format!(
                " {name}=\"&#{};{}\"",
                u32::from(value.chars().next().unwrap_or('a')),
                value.chars().skip(1).collect::<String>()
            ),
            value.is_empty(),
        );
    }
    all
}

/// An element where it does not belong: beside the one around it, and at the end of the part.
fn moves(text: &str, one: &Element, all: &[Element]) -> Vec<Mutant> {
    let is_around = |other: &&Element| other.start < one.start && one.end <= other.close;
    let (Some(root), Some(around)) = (all.first(), all.iter().rev().find(is_around)) else { return Vec::new() };
    let whole = &text[one.start..one.end];
    let without = put(text, one.start, one.end, "");
    let behind = |place: usize| put(&without, place - whole.len(), place - whole.len(), whole);
    // The texts that sheets share are known by their order.
    let is_ordered = one.name == "si";
    let moved = |what: &str, text: String| (format!("{} moved {what}", one.name), text, is_ordered);
    let mut moved_all = vec![
        moved("to the end", behind(root.close)),
        moved("to the front", put(&without, root.inner, root.inner, whole)),
    ];
    if around.start != root.start {
        moved_all.push(moved("behind", behind(around.end)));
        moved_all.push(moved("before", put(&without, around.start, around.start, whole)));
        moved_all.push(moved("into itself", put(text, one.close, one.close, whole)));
    }
    moved_all
}

/// The namespace that a part binds so.
fn namespace(text: &str, binding: &str) -> String {
    let rest = text.split(&format!("{binding}=\"")).nth(1).expect("a namespace");
    rest.split('"').next().expect("its end").to_owned()
}

/// What is done to a part as a whole.
fn wholes(text: &str) -> Vec<Mutant> {
    let root = elements(text).first().expect("a root").clone();
    let body = &text[root.start..];
    let new = |what: &str, text: String, says: bool| (format!("whole {what}"), text, says);
    vec![
        new("with a mark", format!("\u{FEFF}{text}"), false),
        new("without a declaration", body.to_owned(), false),
        new("in another encoding", format!("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>{body}"), false),
        new("of version 1.1", format!("<?xml version=\"1.1\" encoding=\"UTF-8\"?>{body}"), false),
        new("with a type", format!("<!DOCTYPE a [<!ENTITY a \"7\">]>{body}"), false),
        new("on lines", text.replace("><", ">\r\n<"), false),
        new("twice", format!("{text}{body}"), false),
        new("with a tail", format!("{text}<!-- a -->7"), false),
        new("cut off", text[..text.len() - 5].to_owned(), true),
        new("in capital letters", text.replace("<sheetData", "<SheetData").replace("</sheetData", "</SheetData"), true),
    ]
}

/// The mutants of a part: what is done to each element that `is_meant`, and to the whole.
fn mutants(text: &str, is_meant: impl Fn(&Element) -> bool) -> Vec<Mutant> {
    let mut all = Vec::new();
    let whole = elements(text);
    let elements: Vec<Element> = whole.iter().filter(|one| is_meant(one)).cloned().collect();
    for (at, one) in elements.iter().enumerate() {
        let alike = |other: &&Element| other.name == one.name;
        let before = elements[..at].iter().filter(alike).count();
        let behind = elements[at + 1..].iter().filter(alike).count();
        if before < FEW - 1 || behind == 0 {
            all.extend(changes(text, one));
            all.extend(moves(text, one, &whole));
        }
    }
    all.extend(wholes(text));
    all
}

/// What is read of a workbook, and everything that is told of it.
pub(super) fn told(rules: &RuleSet, book: &[u8]) -> (Option<String>, Vec<String>) {
    match bulou_sheets::read(rules, book, Lang::Zh) {
        Ok(read) => {
            (Some(read.text), read.problems.iter().map(|one| format!("{} {}", one.code, one.message)).collect())
        }
        Err(problem) => (None, vec![format!("{} {}", problem.code, problem.message)]),
    }
}

#[test]
fn what_may_be_read_otherwise_is_told() {
    let rules = rules();
    let book = workbook(&rules);
    let before = told(&rules, &book);
    assert!(before.0.is_some() && before.1.is_empty(), "{before:?}");
    let to = std::env::var("MUTANTS_TO").ok();
    let (mut silent, mut same, mut count) = (Vec::new(), 0, 0);
    let some = if to.is_some() { 1 } else { SOME };
    let of_part = |name| mutants(&part(&book, name), |_| true).into_iter().map(move |mutant| (name, mutant));
    for (at, (name, (what, text, says))) in PARTS.into_iter().flat_map(of_part).enumerate().step_by(some) {
        let mutant = with(&book, name, &text);
        let after = told(&rules, &mutant);
        count += 1;
        same += usize::from(after == before);
        if !says && after.0 != before.0 && after.1.is_empty() {
            silent.push(format!("{name}: {what}"));
        }
        if let Some(folder) = &to {
            write(folder, &format!("{at:05}"), &mutant, &json!({"part": name, "what": what, "told": after}));
        }
    }
    if let Some(folder) = &to {
        write(folder, "before", &book, &json!({"part": "", "what": "", "told": before}));
    }
    assert_eq!(silent, Vec::<String>::new());
    assert!(same * 3 > count, "what says nothing about the content changes nothing: {same} of {count}");
    println!("{same} of {count} mutants are read as before");
}

/// A workbook of LibreOffice's, with cells of every type.
fn open_document() -> Vec<u8> {
    let cell = |attributes: &str, shown: &str| {
        format!("<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>")
    };
    let text = |shown: &str| cell("office:value-type=\"string\"", shown);
    let number =
        |value: u32| cell(&format!("office:value-type=\"float\" office:value=\"{value}\""), &value.to_string());
    let day = |day: &str| cell(&format!("office:value-type=\"date\" office:date-value=\"{day}\""), day);
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let truth = cell("office:value-type=\"boolean\" office:boolean-value=\"true\"", "TRUE");
    let form = [
        row(&[text("校"), text("南街<text:span>小学</text:span>")]),
        row(&[text("人数"), number(460)]),
        row(&[text("日"), day("2022-06-01")]),
        row(&[text("寄宿"), truth]),
    ];
    let item = |name: &str, count: u32, of: &str| row(&[text(name), number(count), day(of)]);
    let list =
        [row(&[text("名"), text("数"), text("日")]), item("灭火器", 12, "2022-05-01"), item("应急灯", 3, "2022-05-02")];
    let sheet = |name: &str, rows: &[String]| {
        format!(
            "<table:table table:name=\"{name}\"><table:table-column table:number-columns-repeated=\"3\"/>{}</table:table>",
            rows.concat()
        )
    };
    super::ods::book(&[sheet("填报表", &form), sheet("表", &list)].concat(), &[])
}

#[test]
fn an_open_document_that_may_be_read_otherwise_is_told() {
    let (rules, book) = (rules(), open_document());
    let before = told(&rules, &book);
    assert!(before.0.is_some() && before.1.is_empty(), "{before:?}");
    let text = part(&book, "content.xml");
    let (from, until) = (text.find("<office:body").expect("a body"), text.find("</office:body").expect("its end"));
    let all = mutants(&text, |one| (from..until).contains(&one.start));
    let to = std::env::var("MUTANTS_TO").ok();
    let some = if to.is_some() { 1 } else { 5 };
    let (mut silent, mut same, mut count) = (Vec::new(), 0, 0);
    for (at, (what, text, says)) in all.into_iter().enumerate().step_by(some) {
        let mutant = with(&book, "content.xml", &text);
        let after = told(&rules, &mutant);
        count += 1;
        same += usize::from(after == before);
        if !says && after.0 != before.0 && after.1.is_empty() {
            silent.push(what.clone());
        }
        if let Some(folder) = &to {
            let path = std::path::Path::new(folder).join(format!("ods{at:05}.ods"));
            std::fs::write(&path, &mutant).expect("written");
            let said = json!({"what": what, "says": says, "told": after});
            std::fs::write(path.with_extension("said"), said.to_string()).expect("written");
        }
    }
    assert_eq!(silent, Vec::<String>::new());
    println!("{same} of {count} mutants are read as before");
}

fn write(folder: &str, name: &str, book: &[u8], said: &serde_json::Value) {
    let path = std::path::Path::new(folder).join(name);
    std::fs::write(path.with_extension("xlsx"), book).expect("written");
    std::fs::write(path.with_extension("json"), said.to_string()).expect("written");
}
