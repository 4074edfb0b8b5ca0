//! What a workbook says beside its cells is told: nobody reads it, and whoever wrote it may think that it counts.

use std::io::{Cursor, Read as _, Write as _};

use bulou_messages::diagnostic::Lang;
use rust_xlsxwriter::{Note, Shape, Workbook};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::packs_support::{rules, sample};
use super::{pack, read, report};

/// A workbook whose parts of these names have something replaced, or which has parts more.
pub(super) fn changed(book: &[u8], changes: &[(&str, &str, &str)], more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(book)).expect("a workbook");
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut part = from.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("read");
        for (_, old, new) in changes.iter().filter(|(of, ..)| *of == name) {
            let text = String::from_utf8(bytes).expect("UTF-8");
            assert!(text.contains(old), "{name}: {old}");
            bytes = text.replacen(old, new, 1).into_bytes();
        }
        to.start_file(&name, SimpleFileOptions::default()).expect("an entry");
        to.write_all(&bytes).expect("written");
    }
    for (name, bytes) in more {
        to.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        to.write_all(bytes).expect("written");
    }
    to.finish().expect("finished").into_inner()
}

fn whole() -> Vec<u8> {
    bulou_sheets::workbook(&rules(), &sample("南街小学.json")).expect("a workbook")
}

/// What is told: its words, and whether only as a notice.
fn told(bytes: &[u8]) -> Vec<(String, bool)> {
    match bulou_sheets::read(&rules(), bytes, Lang::Zh) {
        Ok(read) => read
            .problems
            .iter()
            .map(|problem| (format!("{} {}", problem.code, problem.message), problem.notice))
            .collect(),
        Err(problem) => vec![(format!("{} {}", problem.code, problem.message), false)],
    }
}

#[test]
fn what_the_program_writes_beside_cells_is_its_own() {
    let (rules, text) = (rules(), sample("北关小学-有问题.json"));
    let plain = bulou_sheets::workbook(&rules, &text).expect("a workbook");
    let found = report(&rules, "a", text.as_bytes());
    for lang in [Lang::Zh, Lang::En] {
        let annotated = bulou_sheets::annotated(&rules, &text, &found, lang).expect("a workbook");
        for bytes in [&plain, &annotated, &bulou_sheets::template(&rules).expect("a workbook")] {
            let (_, problems) = read(&rules, bytes);
            assert!(!problems.iter().any(|problem| problem.starts_with("D052")), "{problems:?}");
        }
    }
}

#[test]
fn parts_that_nobody_reads_are_told() {
    let book = whole();
    assert_eq!(told(&book), []);
    let sheet = {
        let mut archive = ZipArchive::new(Cursor::new(book.as_slice())).expect("a workbook");
        let mut text = String::new();
        archive.by_name("xl/worksheets/sheet2.xml").expect("a sheet").read_to_string(&mut text).expect("read");
        text
    };
    let png = b"\x89PNG\r\n\x1a\n";
    for (name, bytes, notice, what) in [
        ("xl/worksheets/sheet99.xml", sheet.as_bytes(), false, "没有列在工作簿里的工作表"),
        ("xl/别处.xml", sheet.as_bytes(), false, "没有列在工作簿里的工作表"),
        ("xl/embeddings/a.xlsx", book.as_slice(), false, "嵌入的文件"),
        ("xl/embeddings/oleObject1.bin", b"\0\0\0\0", false, "嵌入的文件"),
        ("xl/a.bin", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", false, "嵌入的文件"),
        ("xl/a.json", b"{}", false, "嵌入的文件"),
        ("xl/media/image1.png", png, true, "图片"),
        ("xl/media/image1.emf", b"\x01\0\0\0", true, "图片"),
        (
            "xl/charts/chart1.xml",
            b"<c xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:t>Y2</a:t></c>",
            true,
            "「Y2」",
        ),
        (
            "xl/threadedComments/t.xml",
            "<ThreadedComments><threadedComment ref=\"A1\"><text>没有修</text></threadedComment></ThreadedComments>"
                .as_bytes(),
            true,
            "「没有修」",
        ),
    ] {
        let all = told(&changed(&book, &[], &[(name, bytes)]));
        assert!(
            matches!(all.as_slice(), [(words, is)] if words.starts_with("D052") && words.contains(what) && *is == notice),
            "{name}: {all:?}"
        );
    }
    for (name, bytes) in
        [("docProps/thumbnail.jpeg", &b"\xFF\xD8\xFF"[..]), ("xl/vbaProject.bin", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")]
    {
        assert_eq!(told(&changed(&book, &[], &[(name, bytes)])), [], "{name}");
    }
}

#[test]
fn margins_and_cells_that_hold_what_their_type_does_not_are_told() {
    let book = whole();
    let footer = ("xl/worksheets/sheet2.xml", "第 &amp;P 页", "&amp;\"宋体,常规\"&amp;9没有修 &amp;D 第 &amp;P 页");
    let all = told(&changed(&book, &[footer], &[]));
    assert!(matches!(all.as_slice(), [(words, true)] if words.contains("页脚") && words.contains("没有修")), "{all:?}");
    for cell in [
        "<c r=\"A900\" t=\"inlineStr\"><v>Y2</v></c>",
        "<c r=\"A900\" t=\"str\">Y2</c>",
        "<c t=\"inlineStr\"><v>Y2</v></c>",
    ] {
        let rows = format!("<row r=\"900\">{cell}</row></sheetData>");
        let all = told(&changed(&book, &[("xl/worksheets/sheet2.xml", "</sheetData>", &rows)], &[]));
        assert!(matches!(all.as_slice(), [(words, false)] if words.contains("填报表!A900")), "{cell}: {all:?}");
    }
}

#[test]
fn words_on_shapes_and_remarks_of_people_are_told_by_sheet() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("填报表").expect("a name");
    for (row, (label, value)) in (0..).zip([("标识码", "2141000345"), ("名称", "南街小学")]) {
        sheet.write_string(row, 0, label).expect("written");
        sheet.write_string(row, 1, value).expect("written");
    }
    sheet.insert_shape(4, 4, &Shape::textbox().set_text("围墙没有修")).expect("a shape");
    sheet.insert_note(1, 1, &Note::new("还没有改")).expect("a note");
    sheet.insert_note(0, 1, &Note::new("也没有改")).expect("a note");
    let all = told(&book.save_to_buffer().expect("a workbook"));
    let beside: Vec<&(String, bool)> = all.iter().filter(|(words, _)| words.starts_with("D052")).collect();
    assert_eq!(beside.len(), 2, "{all:?}");
    assert!(beside.iter().all(|(words, notice)| *notice && words.contains("「填报表」")), "{all:?}");
    assert!(beside.iter().any(|(words, _)| words.contains("围墙没有修")), "{all:?}");
    assert!(beside.iter().any(|(words, _)| words.contains("没有改") && words.contains("共 2 处")), "{all:?}");
}

#[test]
fn a_formula_in_place_of_what_it_shows_is_no_answer() {
    let rules = rules();
    for text in ["=DISPIMG(\"ID_1\",1)", "=Sheet1!B6"] {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (row, (label, value)) in (0..).zip([("标识码", "2141000345"), ("名称", text)]) {
            sheet.write_string(row, 0, label).expect("written");
            sheet.write_string(row, 1, value).expect("written");
        }
        let (document, problems) = read(&rules, &book.save_to_buffer().expect("a workbook"));
        assert!(problems.iter().any(|problem| problem.starts_with("D045")), "{text}: {problems:?}");
        assert!(document["学校"]["名称"].is_null(), "{document}");
        let csv = format!("编号\n\"{}\"\n", text.replace('"', "\"\""));
        let list = pack("规则集 a \"a\" { 版本 1 }\n数据 b { 隐患: [项] }\n记录 项 { 编号: 文本 }\n");
        let read = bulou_sheets::read_sheets(&list, &bulou_sheets::of_csv("隐患", &csv), Lang::Zh);
        assert!(read.is_ok_and(|read| read.problems.iter().any(|problem| problem.code == "D045")), "{csv}");
    }
}

/// The text of a part.
pub(super) fn part(book: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(book)).expect("a workbook");
    let mut text = String::new();
    archive.by_name(name).expect("the part").read_to_string(&mut text).expect("a text");
    text
}

#[test]
fn a_file_in_the_folders_of_pictures_and_programs_is_told_and_an_old_format_says_what_is_not_seen() {
    let rules = pack("规则集 a \"a\" { 版本 1 }\n数据 b { 标识码: 文本 }\n");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("填报表").expect("a name");
    sheet.write_string(0, 0, "标识码").expect("a cell").write_string(0, 1, "2141000345").expect("a cell");
    let book = book.save_to_buffer().expect("a workbook");
    let told = |bytes: &[u8]| {
        let problems = bulou_sheets::read(&rules, bytes, Lang::Zh).expect("a workbook").problems;
        problems.iter().map(|one| (one.code.as_str(), one.notice)).collect::<Vec<_>>()
    };
    for name in ["docProps/a.bin", "Thumbnails/b", "xl/vbaProject.bin"] {
        let all = changed(&book, &[], &[(name, &book)]);
        assert_eq!(told(&all), [("D052", false)], "{name}");
    }
    let old = [&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &[0; 600]].concat();
    assert_eq!(
        told(&changed(&book, &[], &[("xl/vbaProject.bin", &old), ("docProps/t.png", b"\x89PNG\r\n\x1A\n")])),
        []
    );
}

#[test]
fn what_a_workbook_says_in_no_cell_is_told() {
    let rules = pack("规则集 a \"a\" { 版本 1 }\n数据 b { 校: 文本 }\n");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("填报表").expect("a name");
    sheet.write_string(0, 0, "校").expect("a cell").write_string(0, 1, "南街小学").expect("a cell");
    let book = book.save_to_buffer().expect("a workbook");
    let told = |changes: &[(&str, &str, &str)], more: &[(&str, &[u8])]| -> Vec<String> {
        let read = bulou_sheets::read(&rules, &changed(&book, changes, more), Lang::Zh).expect("a workbook");
        let shown = |one: &bulou_report::Problem| {
            assert!(one.notice && one.code == "D052", "{}", one.message);
            one.message.split(',').take(2).collect::<Vec<_>>().join(",")
        };
        read.problems.iter().map(shown).collect()
    };
    let (sheet, names) = ("xl/worksheets/sheet1.xml", "xl/workbook.xml");
    let in_sheet = |what: &str| told(&[(sheet, "</sheetData>", &format!("</sheetData>{what}"))], &[]);
    let validation = |more: &str| {
        format!("<dataValidations count=\"1\"><dataValidation type=\"none\" {more} sqref=\"B1\"/></dataValidations>")
    };
    let hint = ["工作表「填报表」上有格子的提示文字,写着「没有改」"];
    assert_eq!(in_sheet(&validation("prompt=\"没有改\"")), hint);
    assert_eq!(in_sheet(&validation("error=\"请选一项\"")), [""; 0]);
    let link = |more: &str| format!("<hyperlinks><hyperlink ref=\"B1\" location=\"A1\" {more}/></hyperlinks>");
    assert_eq!(in_sheet(&link("tooltip=\"没有改\"")), hint);
    assert_eq!(in_sheet(&link("display=\"南街小学\"")), [""; 0]);
    let scenario = "<scenarios><scenario name=\"x\"><inputCells r=\"B1\" val=\"北关小学\"/></scenario></scenarios>";
    assert_eq!(in_sheet(scenario), ["工作表「填报表」上有方案(模拟分析)里的值,写着「北关小学」"]);
    let named =
        |name: &str| told(&[(names, "</sheets>", &format!("</sheets><definedNames>{name}</definedNames>"))], &[]);
    let words = ["这个工作簿里有定义的名称里的文字,写着「校长不在」"];
    assert_eq!(named("<definedName name=\"a\">\"校长不在\"</definedName>"), words);
    assert_eq!(named("<definedName name=\"a\" comment=\"校长不在\">填报表!$A$1</definedName>"), words);
    assert_eq!(named("<definedName name=\"a\">填报表!$A$1</definedName>"), [""; 0]);
    let data = |text: &str| told(&[], &[("customXml/item1.xml", text.as_bytes())]);
    assert_eq!(data("<a>没有改</a>"), ["工作簿里的部件「customxml/item1.xml」是表里看不到的自定义数据,写着「没有改」"]);
    assert_eq!(data("<s:customData xmlns:s=\"x\"><a>1</a></s:customData>"), [""; 0]);
    let link = b"<externalLink xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"/>".as_slice();
    let part = "xl/externalLinks/externalLink1.xml";
    let linked = told(&[], &[(part, link)]);
    assert!(matches!(linked.as_slice(), [one] if one.contains("对别的工作簿的引用")), "{linked:?}");
}
