//! Answers that lie under something or where nobody scrolls are told.

use rust_xlsxwriter::{Shape, ShapeFormat};

use super::beside::changed;
use super::mutants::{rules, workbook};
use super::ods::book;
use super::pack;
use super::unseen::{told, with_text};

const BOOK: &str = "xl/workbook.xml";
const LIST: &str = "xl/worksheets/sheet3.xml";

#[test]
fn a_shape_without_words_over_an_answer_is_told() {
    let rules = pack("规则集 a \"a\" { 版本 1 }\n数据 b { 校: 文本 }\n");
    let of = |row: u32, column: u16, shape: &Shape| {
        let book = with_text(|sheet| {
            sheet.insert_shape(row, column, shape).expect("a shape");
        });
        told(&rules, &book)
    };
    let shape = Shape::textbox();
    let covered = ["D053 notice 填报表!B1 工作表「填报表」上有图形盖住填了内容的格子"];
    assert_eq!(of(0, 1, &shape), covered);
    assert_eq!(of(0, 0, &shape), covered);
    // Elsewhere it covers nothing, one without a ground hides nothing, and words are told as such.
    assert_eq!(of(9, 1, &shape), [""; 0]);
    assert_eq!(of(0, 2, &shape), [""; 0]);
    assert_eq!(of(0, 1, &Shape::textbox().set_format(&ShapeFormat::new().set_no_fill())), [""; 0]);
    let words = of(0, 1, &Shape::textbox().set_text("已销号"));
    assert!(matches!(words.as_slice(), [one] if one.starts_with("D052 notice")), "{words:?}");
}

#[test]
fn rows_and_columns_before_panes_that_stand_still_are_told() {
    let (rules, book) = (rules(), workbook(&rules()));
    let view = "<sheetView workbookViewId=\"0\"><pane ySplit=\"3\" topLeftCell=\"A4\"";
    let scrolled = |first: &str, pane: &str| {
        let new = format!("<sheetView topLeftCell=\"{first}\" workbookViewId=\"0\"><pane {pane} topLeftCell=\"A9\"");
        told(&rules, &changed(&book, &[(LIST, view, &new)], &[]))
    };
    let fourth = ["D053 notice 表!A4 工作表「表」第 4 行看不见"];
    assert_eq!(scrolled("A5", "ySplit=\"3\""), fourth);
    assert_eq!(scrolled("B1", "xSplit=\"1\""), ["D053 notice 表!A4 工作表「表」A 列看不见"]);
    // Where nothing stands still, and beside what does, people scroll.
    assert_eq!(scrolled("B1", "ySplit=\"3\""), [""; 0]);
    assert_eq!(scrolled("A1", "ySplit=\"3\""), [""; 0]);
    let split = [
        (LIST, view, "<sheetView topLeftCell=\"A5\" workbookViewId=\"0\"><pane ySplit=\"3\" topLeftCell=\"A9\""),
        (LIST, "state=\"frozen\"", "state=\"split\""),
    ];
    assert_eq!(told(&rules, &changed(&book, &split, &[])), [""; 0]);
}

#[test]
fn a_workbook_whose_window_is_hidden_is_told() {
    let rules = pack("规则集 a \"a\" { 版本 1 }\n数据 b { 校: 文本 }\n");
    let book = with_text(|_| {});
    let view = "<workbookView ";
    for state in ["hidden", "veryHidden"] {
        let hidden = format!("<workbookView visibility=\"{state}\" ");
        let bytes = changed(&book, &[(BOOK, view, &hidden)], &[]);
        assert_eq!(told(&rules, &bytes), ["D053 notice 填报表!B1 工作表「填报表」看不见"], "{state}");
    }
    // Another window shows it.
    let two = "<workbookView visibility=\"hidden\"/><workbookView ";
    assert_eq!(told(&rules, &changed(&book, &[(BOOK, view, two)], &[])), [""; 0]);
}

#[test]
fn an_open_document_is_asked_the_same() {
    let rules = pack("规则集 a \"a\" { 版本 1 }\n数据 b { 校: 文本 }\n");
    let cell = |text: &str, more: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p>{more}</table:table-cell>")
    };
    let form = |shapes: &str, in_cell: &str| {
        let cells = [cell("校", ""), cell("南街小学", in_cell)].concat();
        format!("<table:table table:name=\"填报表\">{shapes}<table:table-row>{cells}</table:table-row></table:table>")
    };
    let none = "<office:automatic-styles><style:style style:name=\"z1\" style:family=\"graphic\"><style:graphic-properties draw:fill=\"none\"/></style:style>";
    let told = |form: &str| {
        told(&rules, &changed(&book(form, &[]), &[("content.xml", "<office:automatic-styles>", none)], &[]))
    };
    let covered = ["D053 notice 填报表!B1 工作表「填报表」上有图形盖住填了内容的格子"];
    let shape = |name: &str, attributes: &str| format!("<draw:{name} {attributes}/>");
    let on_sheet = |shape: &str| form(&format!("<table:shapes>{shape}</table:shapes>"), "");
    let end = |cell: &str| format!("table:end-cell-address=\"填报表.{cell}\"");
    for name in ["rect", "custom-shape", "ellipse"] {
        assert_eq!(told(&form("", &shape(name, &end("C2")))), covered, "{name}");
        assert_eq!(told(&on_sheet(&shape(name, &end("C2")))), covered, "{name}");
        assert_eq!(told(&on_sheet(&shape(name, ""))), covered, "{name}");
    }
    assert_eq!(told(&on_sheet(&shape("rect", &end("A9")))), [""; 0]);
    assert_eq!(told(&on_sheet(&shape("rect", "draw:style-name=\"z1\""))), [""; 0]);
    assert_eq!(told(&on_sheet(&shape("line", &end("C2")))), [""; 0]);
    let words = told(&on_sheet(&format!("<draw:rect {}><text:p>已销号</text:p></draw:rect>", end("C2"))));
    assert!(matches!(words.as_slice(), [one] if one.starts_with("D052 notice")), "{words:?}");
    let item = |name: &str, value: u32| {
        format!("<config:config-item config:name=\"{name}\" config:type=\"int\">{value}</config:config-item>")
    };
    for (mode, top, seen) in [(2, 1, false), (2, 0, true), (0, 1, true)] {
        let settings = format!(
            "<office:document-settings xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:config=\"urn:oasis:names:tc:opendocument:xmlns:config:1.0\"><config:config-item-map-entry config:name=\"填报表\">{}{}</config:config-item-map-entry></office:document-settings>",
            item("VerticalSplitMode", mode),
            item("PositionTop", top)
        );
        let frozen = super::unseen::told(&rules, &book(&form("", ""), &[("settings.xml", settings.as_str())]));
        let row = (!seen).then_some("D053 notice 填报表!B1 工作表「填报表」第 1 行看不见");
        assert_eq!(frozen, row.into_iter().collect::<Vec<_>>(), "{mode} {top}");
    }
}
