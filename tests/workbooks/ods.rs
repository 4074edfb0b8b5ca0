//! What an OpenDocument sheet shows is in the document or told, however its cells are written.

use std::io::{Cursor, Read as _, Write as _};

use bulou_messages::diagnostic::Lang;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::TestRunner;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::beside::changed;
use super::packs_support::rules;
use super::{fixture, pack};

const PACK: &str = "规则集 a \"a\" { 版本 1 }
数据 b { 标识码: 文本 格式 学校标识码  隐患: [项] }
记录 项 { 编号: 文本  备注: 文本? }
";

/// A workbook of LibreOffice's with other sheets.
pub(super) fn book(sheets: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let from = fixture("手工.ods");
    let mut from = ZipArchive::new(Cursor::new(from.as_slice())).expect("a workbook");
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut part = from.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        if more.iter().any(|(more, _)| *more == name) {
            continue;
        }
        to.start_file(&name, SimpleFileOptions::default()).expect("an entry");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("read");
        if name == "content.xml" {
            let text = String::from_utf8(bytes).expect("UTF-8");
            let (before, rest) = text.split_once("<office:spreadsheet>").expect("sheets");
            let (_, after) = rest.split_once("</office:spreadsheet>").expect("their end");
            bytes = format!("{before}<office:spreadsheet>{sheets}</office:spreadsheet>{after}").into_bytes();
        }
        to.write_all(&bytes).expect("written");
    }
    for (name, text) in more {
        to.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        to.write_all(text.as_bytes()).expect("written");
    }
    to.finish().expect("finished").into_inner()
}

pub(super) fn sheet(rows: &str) -> String {
    let head = row(&format!("{}{}", cell("编号"), cell("备注")));
    let form = row(&format!("{}{}", cell("标识码"), cell("2141000345")));
    format!(
        "<table:table table:name=\"填报表\">{form}</table:table><table:table table:name=\"隐患\">{head}{rows}</table:table>"
    )
}

pub(super) fn row(cells: &str) -> String {
    format!("<table:table-row>{cells}</table:table-row>")
}

pub(super) fn cell(text: &str) -> String {
    format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
}

/// What is read, and what is told.
fn seen(bytes: &[u8]) -> (String, Vec<(String, bool)>) {
    match bulou_sheets::read(&pack(PACK), bytes, Lang::Zh) {
        Ok(read) => {
            let told = read.problems.iter().map(|problem| (problem.message.clone(), problem.notice)).collect();
            (read.text, told)
        }
        Err(problem) => (String::new(), vec![(problem.message, false)]),
    }
}

/// How a cell may say its type, hold its text, and stand in its row.
const TYPES: [&str; 14] = [
    "",
    "office:value-type=\"string\"",
    "office:value-type=\"\"",
    "office:value-type=\"void\"",
    "table:value-type=\"string\"",
    "office:value-type=\"float\"",
    "office:value-type=\"float\" office:value=\"7\"",
    "office:value-type=\"date\"",
    "office:value-type=\"date\" office:date-value=\"2022-06-27\"",
    "office:value-type=\"boolean\"",
    "office:value-type=\"boolean\" office:boolean-value=\"true\"",
    "office:value-type=\"string\" office:string-value=\"\"",
    "office:value-type=\"string\" office:string-value=\"别的\"",
    "office:value-type=\"time\"",
];
const TEXTS: [&str; 12] = [
    "<text:p>字</text:p>",
    "<text:h>字</text:h>",
    "<text:p/><text:p><text:span>字</text:span></text:p>",
    "<text:p><text:a xlink:href=\"x\">字</text:a><text:line-break/></text:p>",
    "<text:list><text:list-item><text:p>字</text:p></text:list-item></text:list>",
    "<text:p>&#23383;</text:p>",
    "<text:p><![CDATA[字]]></text:p>",
    "<t:p xmlns:t=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">字</t:p>",
    "<table:table><table:table-row><table:table-cell office:value-type=\"string\"><text:p>字</text:p></table:table-cell></table:table-row></table:table>",
    "<office:annotation><text:p>字</text:p></office:annotation>",
    "<draw:frame><draw:text-box><text:p>字</text:p></draw:text-box></draw:frame>",
    "<text:p><text:s text:c=\"2\"/>字<text:tab/></text:p>",
];
const CELLS: [&str; 5] = [
    "table:table-cell",
    "table:covered-table-cell",
    "tb:table-cell",
    "table:table-cell table:number-columns-repeated=\"2\"",
    "table:table-cell table:number-columns-repeated=\"0\"",
];
const ROWS: [&str; 5] = [
    "table:table-row",
    "tb:table-row",
    "table:table-row table:number-rows-repeated=\"3\"",
    "table:table-row table:number-rows-repeated=\"0\"",
    "table:table-row table:visibility=\"collapse\"",
];
const AROUND: [&str; 4] = ["", "table:table-row-group", "table:table-header-rows", "tb:table-rows"];

fn element(name: &str, attributes: &str, inner: &str) -> String {
    let own = name.split(' ').next().unwrap_or_default();
    format!("<{name} {attributes}>{inner}</{own}>")
}

#[test]
fn what_is_seen_in_a_cell_is_read_or_told() {
    assert!(seen(&book(&sheet(&row(&cell("Y1"))), &[])).1.is_empty());
    let ways = (
        select(&TYPES[..]),
        select(&TEXTS[..]),
        select(&CELLS[..]),
        select(&ROWS[..]),
        select(&AROUND[..]),
        any::<bool>(),
    );
    let mut runner = TestRunner::default();
    let run = runner.run(&ways, |(kind, text, cell_name, row_name, around, second)| {
        let one = element(cell_name, kind, text);
        let cells = if second { format!("{}{one}", cell("Y1")) } else { one };
        let space = "xmlns:tb=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"";
        let rows = element(row_name, space, &cells);
        let rows = if around.is_empty() { rows } else { element(around, space, &rows) };
        let (document, told) = seen(&book(&sheet(&rows), &[]));
        // A number and a day are seen in their form.
        let is_value = document.contains("\"7\"") || document.contains("2022-06-27") || document.contains("TRUE");
        prop_assert!(document.contains('字') || is_value || !told.is_empty(), "{rows}\n{document}");
        let is_remark = text.contains("annotation") || text.contains("draw:");
        if !is_remark && !document.contains('字') && !is_value {
            prop_assert!(told.iter().any(|(_, notice)| !notice), "{rows}\n{told:?}");
        }
        Ok(())
    });
    run.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn what_stands_beside_the_cells_of_an_opendocument_sheet_is_told() {
    let told = |sheets: &str, more: &[(&str, &str)]| seen(&book(sheets, more)).1;
    let drawn = "<table:shapes><draw:frame><draw:text-box><text:p>围墙没有修 13803791234</text:p></draw:text-box></draw:frame></table:shapes>";
    let words =
        told(&sheet(&row(&cell("Y1"))).replace("table:name=\"隐患\">", &format!("table:name=\"隐患\">{drawn}")), &[]);
    assert!(
        matches!(words.as_slice(), [(words, true)] if words.contains("「隐患」") && words.contains("围墙没有修 …")),
        "{words:?}"
    );
    let remark = row(&cell("Y1").replace(
        "<text:p>",
        "<office:annotation><dc:creator>甲</dc:creator><text:p>没有修</text:p></office:annotation><text:p>",
    ));
    let words = told(&sheet(&remark), &[]);
    assert!(
        matches!(words.as_slice(), [(words, true)] if words.contains("批注") && words.contains("「没有修」")),
        "{words:?}"
    );
    let object = |inside: &str| {
        let space = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"";
        format!(
            "<office:document-content {space}><office:body><office:{inside}><text:p>没有修</text:p></office:{inside}></office:body></office:document-content>"
        )
    };
    for (inside, notice) in [("spreadsheet", false), ("text", false), ("chart", true)] {
        let words = told(&sheet(&row(&cell("Y1"))), &[("Object 1/content.xml", &object(inside))]);
        assert!(
            matches!(words.as_slice(), [(words, is)] if *is == notice && words.contains("Object 1")),
            "{inside}: {words:?}"
        );
    }
}

#[test]
fn names_that_only_look_like_those_of_the_format_are_told() {
    let rules = rules();
    let book = fixture("手工.ods");
    let read =
        |old: &str, new: &str| bulou_sheets::read(&rules, &changed(&book, &[("content.xml", old, new)], &[]), Lang::Zh);
    let office = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\"";
    for (old, new) in [
        // The reader takes names as they are spelled, other programs for what they mean.
        ("<table:table-cell ", "<table:table-cell xmlns:table=\"urn:q\" "),
        (
            "office:value-type=\"float\" office:value=",
            "q:value=\"7\" xmlns:q=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" office:value-type=\"float\" office:value=",
        ),
        (office, "xmlns:office=\"urn:q\""),
        ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<?xml version=\"1.0\" encoding=\"GBK\"?>"),
    ] {
        let problem = read(old, new).expect_err(new);
        assert_eq!(problem.code, "D015", "{new}: {problem:?}");
    }
    // Neither is what stands in an element of another kind, beside the lines of a cell, or under a type that nobody knows.
    let wrapped =
        ("<office:spreadsheet>", "<q:spreadsheet xmlns:q=\"urn:q\">", "</office:spreadsheet>", "</q:spreadsheet>");
    let twice = [("content.xml", wrapped.0, wrapped.1), ("content.xml", wrapped.2, wrapped.3)];
    assert_eq!(bulou_sheets::read(&rules, &changed(&book, &twice, &[]), Lang::Zh).expect_err("no sheet").code, "D015");
    for (old, new) in [
        ("<text:p>", "7<text:p>"),
        ("<text:p>", "<q:p xmlns:q=\"urn:q\">7</q:p><text:p>"),
        ("<text:p>", "<text:p><q:t xmlns:q=\"urn:q\">7</q:t>"),
        ("office:value-type=\"string\"", "office:value-type=\"1\""),
    ] {
        assert_eq!(read(old, new).expect_err(new).code, "D015", "{new}");
    }
    // An attribute of another kind is no value, wherever it stands.
    let plain = read("<table:table-cell ", "<table:table-cell ").expect("a workbook").text;
    let beside =
        read("office:value-type=\"float\"", "q:value-type=\"string\" xmlns:q=\"urn:q\" office:value-type=\"float\"");
    assert_eq!(beside.expect("a workbook").text, plain);
}

/// What LibreOffice does not show of a cell, or writes itself, is no answer; what it shows is read.
#[test]
fn what_a_line_does_not_show_is_not_read() {
    let calc = "xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\"";
    let string = |inner: &str| format!("<table:table-cell office:value-type=\"string\">{inner}</table:table-cell>");
    let line = |inner: &str| string(&format!("<text:p>{inner}</text:p>"));
    let typed = |own: &str| {
        format!(
            "<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\" {calc} calcext:value-type=\"{own}\"/>"
        )
    };
    for unseen in [
        string("<text:h>字</text:h>"),
        string("<text:list><text:list-item><text:p/></text:list-item></text:list>"),
        line("<text:hidden-text text:string-value=\"字\" text:is-hidden=\"true\">字</text:hidden-text>"),
        line("<text:meta>字</text:meta>"),
        line("<text:title>字</text:title>"),
        line("<text:sheet-name>字</text:sheet-name>"),
        line("字<text:sheet-name/>"),
        line("<text:date>字</text:date>"),
        line("<text:time>字</text:time>"),
        line("<text:conditional-text>字</text:conditional-text>"),
        line("<text:note><text:note-body><text:p>字</text:p></text:note-body></text:note>"),
        line("<text:ruby><text:ruby-base>甲</text:ruby-base><text:ruby-text>字</text:ruby-text></text:ruby>"),
        line("甲<text:span>乙<text:span>字</text:span></text:span>"),
        line("甲<text:a xlink:href=\"x\">乙<text:span>字</text:span></text:a>"),
        line("甲<text:p>字</text:p>"),
        line("甲<text:s>字</text:s>"),
        line("甲<text:bookmark>字</text:bookmark>"),
        typed("string"),
        typed("float"),
    ] {
        let (document, told) = seen(&book(&sheet(&row(&format!("{}{unseen}", cell("Y1")))), &[]));
        assert!(
            document.is_empty() && told.len() == 1 && told[0].0.contains("没有读取"),
            "{unseen}: {document} {told:?}"
        );
    }
    for shown in [
        line("甲<text:span>乙</text:span>字"),
        line("<text:span>甲<text:a xlink:href=\"x\">乙</text:a></text:span>字"),
        line("<text:bookmark text:name=\"k\"/>甲<text:soft-page-break/>乙<text:change-start text:change-id=\"c\"/>字"),
        line("甲乙字").replace("string\"", &format!("string\" {calc} calcext:value-type=\"string\"")),
    ] {
        let (document, told) = seen(&book(&sheet(&row(&format!("{}{shown}", cell("Y1")))), &[]));
        assert!(document.contains("甲乙字") && told.is_empty(), "{shown}: {document} {told:?}");
    }
    let fault = typed("error").replace("/>", "><text:p>TRUE</text:p></table:table-cell>");
    let (document, told) = seen(&book(&sheet(&row(&format!("{}{fault}", cell("Y1")))), &[]));
    assert!(!document.is_empty(), "{told:?}");
}

/// Rows and lines that stand where no program need look for them.
#[test]
fn what_stands_out_of_its_place_is_refused() {
    let whole = sheet(&row(&cell("Y1")));
    let stray = row("<table:table-cell office:value-type=\"float\" office:value=\"7\"/>");
    for (old, new) in [
        ("</table:table>", format!("</table:table>{stray}")),
        ("</table:table>", "</table:table><text:p/>".to_owned()),
        ("</table:table>", format!("<table:table>{stray}</table:table></table:table>")),
        ("</table:table>", format!("<table:table-columns>{stray}</table:table-columns></table:table>")),
        ("</table:table>", format!("<q:a xmlns:q=\"urn:q\">{stray}</q:a></table:table>")),
        ("</table:table>", "<table:table-cell/></table:table>".to_owned()),
        ("</table:table-row>", format!("{stray}</table:table-row>")),
        ("</table:table-row>", "<text:p/></table:table-row>".to_owned()),
    ] {
        let (document, told) = seen(&book(&whole.replacen(old, &new, 1), &[]));
        assert!(document.is_empty() && told.len() == 1, "{new}: {document} {told:?}");
    }
    let group = format!(
        "<table:table-row-group><table:table-rows>{}</table:table-rows></table:table-row-group>",
        row(&cell("Y1"))
    );
    assert!(seen(&book(&sheet(&group), &[])).0.contains("Y1"));
}
