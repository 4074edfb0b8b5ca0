//! Answers that nobody sees count, and are told; what the template hides is its own.

use bulou_messages::diagnostic::Lang;
use rust_xlsxwriter::{Color, Format, Workbook};

use super::beside::changed;
use super::mutants::{rules, workbook};
use super::ods::book;
use super::pack;

const BOOK: &str = "xl/workbook.xml";
const FORM: &str = "xl/worksheets/sheet2.xml";
const LIST: &str = "xl/worksheets/sheet3.xml";

/// What is told of a workbook: each fault or notice with its cell, and its words.
pub(super) fn told(rules: &bulou_ir::RuleSet, bytes: &[u8]) -> Vec<String> {
    let reading = bulou_sheets::read(rules, bytes, Lang::Zh).expect("a workbook");
    let shown = |one: &bulou_report::Problem| {
        let kind = if one.notice { "notice" } else { "fault" };
        let words = one.message.split(['(', ',']).next().unwrap_or_default();
        format!("{} {kind} {} {words}", one.code, one.cell.as_deref().unwrap_or_default())
    };
    reading.problems.iter().map(shown).collect()
}

#[test]
fn rows_columns_and_sheets_with_answers_that_are_hidden_are_told() {
    let (rules, book) = (rules(), workbook(&rules()));
    let told = |changes: &[(&str, &str, &str)]| told(&rules, &changed(&book, changes, &[]));
    assert_eq!(told(&[]), [""; 0]);
    let (row, next) = ("<row r=\"4\"", "<row r=\"5\"");
    let fourth = ["D053 notice 表!A4 工作表「表」第 4 行看不见"];
    assert_eq!(told(&[(LIST, row, "<row hidden=\"1\" r=\"4\"")]), fourth);
    assert_eq!(told(&[(LIST, row, "<row hidden=\"true\" collapsed=\"1\" r=\"4\"")]), fourth);
    for height in ["0", "3"] {
        let flat = format!("<row r=\"4\" ht=\"{height}\"");
        assert_eq!(told(&[(LIST, "<row r=\"4\" spans=\"1:3\" ht=\"21\"", &flat)]), fourth);
    }
    let all = ["D053 notice 填报表!B1 工作表「填报表」第 1 行看不见"];
    let flat = "<sheetFormatPr defaultRowHeight=\"0\" customHeight=\"1\"/>";
    let plain = with_text(|_| {});
    let one = pack("规则集 a \"a\" { 版本 1 }\n数据 b { 校: 文本 }\n");
    let format = "<sheetFormatPr defaultRowHeight=\"15\"/>";
    assert_eq!(super::unseen::told(&one, &changed(&plain, &[("xl/worksheets/sheet1.xml", format, flat)], &[])), all);
    assert_eq!(told(&[(LIST, row, "<row hidden=\"0\" r=\"4\"")]), [""; 0]);
    let both = [(LIST, row, "<row hidden=\"1\" r=\"4\""), (LIST, next, "<row hidden=\"1\" r=\"5\"")];
    assert_eq!(told(&both), ["D053 notice 表!A4 工作表「表」第 4-5 行看不见"]);
    // A row in which nothing is answered hides nothing.
    assert_eq!(told(&[(LIST, "<row r=\"6\"", "<row hidden=\"1\" r=\"6\"")]), [""; 0]);
    assert_eq!(told(&[(LIST, "<row r=\"3\"", "<row hidden=\"1\" r=\"3\"")]), [""; 0]);
    let column = "<col min=\"2\" max=\"2\" width=\"10.7109375\"";
    let second = ["D053 notice 表!B4 工作表「表」B 列看不见"];
    assert_eq!(told(&[(LIST, column, "<col min=\"2\" max=\"2\" hidden=\"1\" width=\"10\"")]), second);
    for width in ["0", "0.5"] {
        assert_eq!(told(&[(LIST, column, &format!("<col min=\"2\" max=\"2\" width=\"{width}\""))]), second);
    }
    assert_eq!(
        told(&[(FORM, "<row r=\"4\"", "<row hidden=\"1\" r=\"4\"")]),
        ["D053 notice 填报表!B4 工作表「填报表」第 4 行看不见"]
    );
    for state in ["hidden", "veryHidden"] {
        let sheet = format!("<sheet state=\"{state}\" name=\"表\"");
        assert_eq!(told(&[(BOOK, "<sheet name=\"表\"", &sheet)]), ["D053 notice 表!A4 工作表「表」看不见"]);
    }
}

#[test]
fn letters_of_the_colour_of_their_ground_are_no_answer_that_somebody_saw() {
    let rules = pack("规则集 a \"a\" { 版本 1 }\n数据 b { 校: 文本  人数: 整数 }\n");
    let with = |look: &Format| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("填报表").expect("a name");
        sheet.write_string_with_format(0, 0, "校", &Format::new().set_font_color(Color::White)).expect("a cell");
        sheet.write_string(0, 1, "南街小学").expect("a cell").write_string(1, 0, "人数").expect("a cell");
        sheet.write_number_with_format(1, 1, 46, look).expect("a cell");
        told(&rules, &book.save_to_buffer().expect("a workbook"))
    };
    let unseen = ["D052 fault 填报表!B2 这一格的字看不见"];
    let look = |letters: u32, ground: u32| {
        Format::new().set_font_color(Color::RGB(letters)).set_background_color(Color::RGB(ground))
    };
    assert_eq!(with(&Format::new().set_font_color(Color::White)), unseen);
    assert_eq!(with(&Format::new().set_font_color(Color::RGB(0xFE_FE_FE))), unseen);
    assert_eq!(with(&Format::new().set_font_color(Color::Theme(0, 0))), unseen);
    assert_eq!(with(&Format::new().set_font_size(1)), unseen);
    assert_eq!(with(&look(0xFF_FF_00, 0xFF_FF_00)), unseen);
    assert_eq!(with(&look(0xFF_FF_FF, 0x44_72_C4)), [""; 0]);
    assert_eq!(with(&look(0xC0_00_00, 0xFF_FF_00)), [""; 0]);
    assert_eq!(with(&Format::new()), [""; 0]);
    // Shades of white and black, and the colour that the program chooses.
    let white = Format::new().set_font_color(Color::RGB(0xFF_FF_FF));
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("填报表").expect("a name");
    sheet.write_string(0, 0, "校").expect("a cell").write_string(0, 1, "南街小学").expect("a cell");
    sheet.write_string(1, 0, "人数").expect("a cell").write_number_with_format(1, 1, 46, &white).expect("a cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    let of =
        |colour: &str| told(&rules, &changed(&bytes, &[("xl/styles.xml", "<color rgb=\"FFFFFFFF\"/>", colour)], &[]));
    for (colour, is_seen) in [
        ("<color theme=\"0\" tint=\"-0.01\"/>", false),
        ("<color theme=\"1\" tint=\"0.99\"/>", false),
        ("<color theme=\"0\" tint=\"-0.5\"/>", true),
        ("<color theme=\"1\" tint=\"0.35\"/>", true),
        ("<color auto=\"1\"/>", true),
    ] {
        assert_eq!(of(colour).is_empty(), is_seen, "{colour}");
    }
}

/// A workbook of a school and a number, whose cell the change gives another look.
pub(super) fn with_text(change: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("填报表").expect("a name");
    sheet.write_string(0, 0, "校").expect("a cell").write_string(0, 1, "南街小学").expect("a cell");
    change(sheet);
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn a_piece_of_a_text_that_nobody_sees_is_told() {
    let rules = pack("规则集 a \"a\" { 版本 1 }\n数据 b { 校: 文本 }\n");
    let (white, red, plain) =
        (Format::new().set_font_color(Color::White), Format::new().set_font_color(Color::Red), Format::new());
    let of = |look: &Format, cell: &Format| {
        let pieces = [(&plain, "南街"), (look, "小学"), (&plain, "(分校)")];
        told(
            &rules,
            &with_text(|sheet| {
                sheet.write_rich_string_with_format(0, 1, &pieces, cell).expect("a cell");
            }),
        )
    };
    let unseen = ["D052 fault 填报表!B1 这一格的字看不见"];
    assert_eq!(of(&white, &plain), unseen);
    assert_eq!(of(&Format::new().set_font_size(1), &plain), unseen);
    assert_eq!(of(&red, &Format::new().set_background_color(Color::Red)), unseen);
    assert_eq!(of(&red, &plain), [""; 0]);
    let bytes = with_text(|_| {});
    let own = "<c r=\"B1\" t=\"inlineStr\"><is><r><rPr><color theme=\"0\"/></rPr><t>南街小学</t></r></is></c>";
    let shared = "<c r=\"B1\" t=\"s\"><v>1</v></c>";
    assert_eq!(told(&rules, &changed(&bytes, &[("xl/worksheets/sheet1.xml", shared, own)], &[])), unseen);
}

#[test]
fn an_answer_that_is_crossed_out_is_told() {
    let rules = pack("规则集 a \"a\" { 版本 1 }\n数据 b { 校: 文本 }\n");
    let struck = Format::new().set_font_strikethrough();
    let whole = with_text(|sheet| {
        sheet.write_string_with_format(0, 1, "南街小学", &struck).expect("a cell");
    });
    let crossed = ["D052 fault 填报表!B1 这一格的字划掉了"];
    assert_eq!(told(&rules, &whole), crossed);
    let off = ("xl/styles.xml", "<strike/>", "<strike val=\"0\"/>");
    assert_eq!(told(&rules, &changed(&whole, &[off], &[])), [""; 0]);
    let plain = Format::new();
    let part = with_text(|sheet| {
        sheet.write_rich_string(0, 1, &[(&struck, "北街"), (&plain, "南街小学")]).expect("a cell");
    });
    assert_eq!(told(&rules, &part), crossed);
    // Nobody can say here when a condition is met.
    let rule = rust_xlsxwriter::ConditionalFormatTextRule::DoesNotContain("无".to_owned());
    let condition = rust_xlsxwriter::ConditionalFormatText::new().set_rule(rule).set_format(&struck);
    let then = with_text(|sheet| {
        sheet.add_conditional_format(0, 1, 3, 1, &condition).expect("a condition");
    });
    assert_eq!(told(&rules, &then), crossed);
    // A line from corner to corner, with something to draw it.
    let line = Format::new()
        .set_border_diagonal(rust_xlsxwriter::FormatBorder::Thin)
        .set_border_diagonal_type(rust_xlsxwriter::FormatDiagonalBorder::BorderUp);
    let across = with_text(|sheet| {
        sheet.write_string_with_format(0, 1, "南街小学", &line).expect("a cell");
    });
    assert_eq!(told(&rules, &across), crossed);
    let none = ("xl/styles.xml", "<diagonal style=\"thin\">", "<diagonal style=\"none\">");
    assert_eq!(told(&rules, &changed(&across, &[none], &[])), [""; 0]);
    // A cell without a style of its own is drawn as its row or column by some programs.
    let own = with_text(|sheet| {
        sheet.write_string_with_format(0, 1, "南街小学", &struck).expect("a cell");
        sheet.write_string(0, 1, "南街小学").expect("a cell");
        sheet.set_column_format(1, &struck).expect("a column");
    });
    assert_eq!(told(&rules, &changed(&own, &[(FORM, "r=\"B1\" s=\"1\"", "r=\"B1\"")], &[])), crossed);
    let row = with_text(|sheet| {
        sheet.write_string(0, 1, "南街小学").expect("a cell");
        sheet.set_row_format(0, &struck).expect("a row");
    });
    assert_eq!(told(&rules, &changed(&row, &[(FORM, "r=\"B1\" s=\"1\"", "r=\"B1\"")], &[])), crossed);
    // A heading is no answer.
    let heading = with_text(|sheet| {
        sheet.write_string_with_format(0, 0, "校", &struck).expect("a cell");
    });
    assert_eq!(told(&rules, &heading), [""; 0]);
}

#[test]
fn letters_that_a_condition_hides_are_told() {
    use rust_xlsxwriter::{ConditionalFormat2ColorScale, ConditionalFormatText, ConditionalFormatTextRule};
    let rules = pack("规则集 a \"a\" { 版本 1 }\n数据 b { 校: 文本 }\n");
    let of = |look: &Format| {
        let rule = ConditionalFormatTextRule::DoesNotContain("无".to_owned());
        let condition = ConditionalFormatText::new().set_rule(rule).set_format(look);
        told(
            &rules,
            &with_text(|sheet| {
                sheet.add_conditional_format(0, 1, 3, 1, &condition).expect("a condition");
            }),
        )
    };
    let unseen = ["D052 fault 填报表!B1 这一格的字看不见"];
    assert_eq!(of(&Format::new().set_font_color(Color::White)), unseen);
    assert_eq!(of(&Format::new().set_background_color(Color::Black)), unseen);
    assert_eq!(of(&Format::new().set_font_color(Color::Red).set_background_color(Color::Red)), unseen);
    assert_eq!(of(&Format::new().set_font_color(Color::White).set_background_color(Color::Red)), [""; 0]);
    assert_eq!(
        of(&Format::new().set_border(rust_xlsxwriter::FormatBorder::Thin).set_border_color(Color::White)),
        [""; 0]
    );
    let scale = |least: Color| {
        let scale = ConditionalFormat2ColorScale::new().set_minimum_color(least).set_maximum_color(Color::Green);
        told(
            &rules,
            &with_text(|sheet| {
                sheet.add_conditional_format(0, 1, 3, 1, &scale).expect("a condition");
            }),
        )
    };
    assert_eq!(scale(Color::Black), unseen);
    assert_eq!(scale(Color::Yellow), [""; 0]);
    // The form in which newer programs write a condition of their own.
    let bytes = with_text(|_| {});
    let newer = "</sheetData><extLst><ext xmlns:x14=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\"><x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type=\"expression\"><x14:dxf><font><color rgb=\"FFFFFFFF\"/></font></x14:dxf></x14:cfRule><xm:sqref xmlns:xm=\"http://schemas.microsoft.com/office/excel/2006/main\">B1</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>";
    assert_eq!(told(&rules, &changed(&bytes, &[("xl/worksheets/sheet1.xml", "</sheetData>", newer)], &[])), unseen);
}

#[test]
fn an_open_document_is_asked_the_same() {
    let rules = pack("规则集 a \"a\" { 版本 1 }\n记录 项 { 名: 文本  数: 整数 }\n数据 b { 校: 文本  表: [项] }\n");
    let cell = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let row = |attributes: &str, texts: &[&str]| {
        format!(
            "<table:table-row {attributes}>{}</table:table-row>",
            texts.iter().map(|text| cell(text)).collect::<String>()
        )
    };
    let form = |attributes: &str| {
        format!("<table:table table:name=\"填报表\">{}</table:table>", row(attributes, &["校", "南街小学"]))
    };
    let list = |columns: &str, first: &str| {
        let rows = [row("", &["名", "数"]), row(first, &["灭火器", "12"]), row("", &["应急灯", "3"])].concat();
        format!("<table:table table:name=\"表\">{columns}{rows}</table:table>")
    };
    let told = |form: &str, list: &str| told(&rules, &book(&format!("{form}{list}"), &[]));
    assert_eq!(told(&form(""), &list("<table:table-column table:number-columns-repeated=\"2\"/>", "")), [""; 0]);
    for how in ["table:visibility=\"collapse\"", "table:visibility=\"filter\""] {
        assert_eq!(told(&form(""), &list("", how)), ["D053 notice 表!A2 工作表「表」第 2 行看不见"], "{how}");
    }
    assert_eq!(
        told(&form("table:visibility=\"collapse\""), &list("", "")),
        ["D053 notice 填报表!B1 工作表「填报表」第 1 行看不见"]
    );
    let column = "<table:table-column/><table:table-column table:visibility=\"collapse\"/>";
    assert_eq!(told(&form(""), &list(column, "")), ["D053 notice 表!B2 工作表「表」B 列看不见"]);
    let group = list("", "").replacen(
        "<table:table-row ",
        "<table:table-row-group table:display=\"false\"><table:table-row ",
        1,
    );
    let group = group.replace("</table:table>", "</table:table-row-group></table:table>");
    assert_eq!(told(&form(""), &group), ["D053 notice 表!A2 工作表「表」第 2-3 行看不见"]);
    let style = |name: &str, kind: &str, properties: &str| {
        format!(
            "<office:automatic-styles><style:style style:name=\"{name}\" style:family=\"{kind}\">{properties}</style:style>"
        )
    };
    let styled = |style: &str, list: &str| {
        let book = book(&format!("{}{list}", form("")), &[]);
        super::unseen::told(&rules, &changed(&book, &[("content.xml", "<office:automatic-styles>", style)], &[]))
    };
    let flat = style("z1", "table-row", "<style:table-row-properties style:row-height=\"0in\"/>");
    assert_eq!(styled(&flat, &list("", "table:style-name=\"z1\"")), ["D053 notice 表!A2 工作表「表」第 2 行看不见"]);
    let white = style("z2", "table-cell", "<style:text-properties fo:color=\"#ffffff\"/>");
    let faint = list("", "").replacen(
        &cell("12"),
        &cell("12").replace("<table:table-cell", "<table:table-cell table:style-name=\"z2\""),
        1,
    );
    assert_eq!(styled(&white, &faint), ["D052 fault 表!B2 这一格的字看不见"]);
    let small = style("z2", "table-cell", "<style:text-properties fo:font-size=\"1pt\"/>");
    assert_eq!(styled(&small, &faint), ["D052 fault 表!B2 这一格的字看不见"]);
    // What a style does not say, the one above it does.
    let above = white.replace("\"z2\"", "\"z1\"");
    let below = "<style:style style:name=\"z2\" style:family=\"table-cell\" style:parent-style-name=\"z1\"/>";
    assert_eq!(styled(&format!("{above}{below}"), &faint), ["D052 fault 表!B2 这一格的字看不见"]);
    let black = below.replace("/>", "><style:text-properties fo:color=\"#000000\"/></style:style>");
    assert_eq!(styled(&format!("{above}{black}"), &faint), [""; 0]);
    let other = white.replace("table-cell", "paragraph");
    assert_eq!(styled(&other, &faint), [""; 0]);
    // A line of a cell, and a piece of one, have styles of their own.
    let unseen = ["D052 fault 表!B2 这一格的字看不见"];
    let line = list("", "").replacen("<text:p>12", "<text:p text:style-name=\"z2\">12", 1);
    assert_eq!(styled(&other, &line), unseen);
    let span = list("", "").replacen("<text:p>12", "<text:p><text:span text:style-name=\"z2\">12</text:span>", 1);
    assert_eq!(styled(&white.replace("table-cell", "text"), &span), unseen);
    for how in ["text:display=\"none\"", "fo:font-size=\"1%\""] {
        let style = style("z2", "text", &format!("<style:text-properties {how}/>"));
        assert_eq!(styled(&style, &span), unseen, "{how}");
    }
    let crossed = ["D052 fault 表!B2 这一格的字划掉了"];
    let line_through = "<style:text-properties style:text-line-through-style=\"solid\"/>";
    assert_eq!(styled(&style("z2", "text", line_through), &span), crossed);
    assert_eq!(styled(&style("z2", "table-cell", line_through), &faint), crossed);
    let mapped = "<style:style style:name=\"z2\" style:family=\"table-cell\"><style:map style:condition=\"value()!=0\" style:apply-style-name=\"z1\"/></style:style>";
    let then = format!("{}{mapped}", style("z1", "table-cell", line_through));
    assert_eq!(styled(&then, &faint), crossed);
    let red = style("z2", "text", "<style:text-properties fo:color=\"#ff0000\"/>");
    assert_eq!(styled(&red, &span), [""; 0]);
    let on_red = "<style:style style:name=\"z3\" style:family=\"table-cell\"><style:table-cell-properties fo:background-color=\"#ff0000\"/></style:style>";
    let ground =
        list("<table:table-column table:number-columns-repeated=\"2\" table:default-cell-style-name=\"z3\"/>", "")
            .replacen("<text:p>12", "<text:p><text:span text:style-name=\"z2\">12</text:span>", 1);
    assert_eq!(styled(&format!("{red}{on_red}"), &ground), unseen);
    // What a condition makes of a cell.
    let map = "<style:style style:name=\"z4\" style:family=\"table-cell\"><style:map style:condition=\"cell-content()&gt;0\" style:apply-style-name=\"z2\"/></style:style>";
    let mapped = faint.replace("\"z2\"", "\"z4\"");
    assert_eq!(styled(&format!("{white}{map}"), &mapped), unseen);
    let condition = list("", "").replacen(
        "</table:table>",
        "<calcext:conditional-formats xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\"><calcext:conditional-format calcext:target-range-address=\"表.B2:表.B2\"><calcext:condition calcext:apply-style-name=\"z2\" calcext:value=\"&gt;0\"/></calcext:conditional-format></calcext:conditional-formats></table:table>",
        1,
    );
    assert_eq!(styled(&white, &condition), unseen);
    // LibreOffice writes conditions on days by an element of their own, which calls the style otherwise.
    let on_a_day =
        condition.replacen("apply-style-name=\"z2\" calcext:value=\"&gt;0\"", "style=\"z2\" calcext:date=\"today\"", 1);
    let on_a_day = on_a_day.replacen("<calcext:condition ", "<calcext:date-is ", 1);
    assert!(on_a_day.contains("<calcext:date-is calcext:style=\"z2\" calcext:date=\"today\"/>"), "{on_a_day}");
    assert_eq!(styled(&white, &on_a_day), unseen);
    assert_eq!(styled(&style("z2", "table-cell", line_through), &on_a_day), crossed);
    let of_column = "<table:table-column/><table:table-column table:default-cell-style-name=\"z2\"/>";
    assert_eq!(styled(&white, &list(of_column, "")), ["D052 fault 表!B2 这一格的字看不见"]);
    // A text may have letters of more than one script, each with a size of its own; a sheet may show nothing of a cell.
    for script in ["style:font-size-asian", "style:font-size-complex"] {
        let style =
            style("z2", "table-cell", &format!("<style:text-properties fo:font-size=\"11pt\" {script}=\"1pt\"/>"));
        assert_eq!(styled(&style, &faint), unseen, "{script}");
    }
    let withheld =
        style("z2", "table-cell", "<style:table-cell-properties style:cell-protect=\"hidden-and-protected\"/>");
    let protected = faint.replace("table:name=\"表\"", "table:name=\"表\" table:protected=\"true\"");
    assert_eq!(styled(&withheld, &protected), unseen);
    assert_eq!(styled(&withheld, &faint), [""; 0]);
    assert_eq!(styled(&withheld.replace("hidden-and-protected", "protected"), &protected), [""; 0]);
    let hidden = style("z3", "table", "<style:table-properties table:display=\"false\"/>");
    let list = list("", "").replace("<table:table ", "<table:table table:style-name=\"z3\" ");
    assert_eq!(styled(&hidden, &list), ["D053 notice 表!A2 工作表「表」看不见"]);
}
