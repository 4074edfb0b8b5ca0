//! What stands in a workbook where other programs do not look for it, or do not read it alike, is refused.

use super::beside::changed;
use super::mutants::{part, rules, told, workbook};

/// What was read otherwise than other programs do, or not at all, and is refused.
#[test]
fn what_stands_elsewhere_or_twice_is_no_content() {
    let rules = rules();
    let book = workbook(&rules);
    let (texts, form, list) = ("xl/sharedStrings.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml");
    let last = part(&book, texts).matches("<si>").count() - 1;
    let beyond = format!("t=\"s\"><v>{}</v>", last + 1);
    let lamp = part(&book, texts).split("<si><t>应急灯").next().expect("a text").matches("<si>").count();
    let of_lamp = format!("t=\"s\"><v>{lamp}</v>");
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let cases = [
        // The reader counts it, and takes each later text for the one before.
        (texts, "<si><t>应急灯", "<q:si xmlns:q=\"urn:q\"><t>探测器</t></q:si><si><t>应急灯"),
        (texts, "<t>应急灯</t>", "<q:t xmlns:q=\"urn:q\">应急灯</q:t>"),
        (texts, "<t>应急灯</t>", "<t>应急</t><t>灯</t>"),
        (texts, "<t>应急灯</t>", "<t>应急</t><r><t>灯</t></r>"),
        (texts, "<t>应急灯</t>", "<t>应急<b>灯</b></t>"),
        (texts, "<t>灭火</t>", "<t>灭火 </t>"),
        (texts, "<rPr><b/></rPr>", "<rPr><t>无</t></rPr>"),
        (texts, "</sst>", "7</sst>"),
        // What is no number of a text is taken for the first.
        (list, of_lamp.as_str(), &beyond),
        (list, of_lamp.as_str(), "t=\"s\"><v>-1</v>"),
        (list, of_lamp.as_str(), "t=\"s\"><v>1.0</v>"),
        (list, of_lamp.as_str(), "t=\"s\"><v> 5</v>"),
        (list, of_lamp.as_str(), "t=\"s\"><v>5 </v>"),
        (list, "<v>12</v>", "<v> 12</v>"),
        (list, "<v>12</v>", "<q:v xmlns:q=\"urn:q\">12</q:v>"),
        (list, "<v>12</v>", "7<v>12</v>"),
        (list, "<v>12</v>", "<is><t>12</t></is>"),
        (list, "<v>12</v>", "<v>12</v><extLst/>"),
        (list, "<row r=\"4\"", "<row r=\"40\""),
        (list, "<c r=\"B4\"", "<c r=\"B4\" s=\"99\"/><c r=\"B4\""),
        (list, "<c r=\"B4\"", "<c q:t=\"s\" z:t=\"n\" xmlns:q=\"urn:q\" xmlns:z=\"urn:q\" r=\"B4\""),
        (form, "<t>小学</t>", "<t>小学</t><q:t xmlns:q=\"urn:q\">分校</q:t>"),
        (form, "t=\"inlineStr\"", "t=\"str\""),
        (form, "t=\"str\"><v>无 &amp;", "t=\"str\"><v>无<![CDATA[校区]]> &amp;"),
        // Rows, cells and columns that other programs find wherever they stand.
        (list, "</sheetData>", "</sheetData><row r=\"6\"><c r=\"A6\" t=\"str\"><v>探测器</v></c></row>"),
        (list, "</sheetData>", &format!("</sheetData><x:row xmlns:x=\"{main}\" r=\"6\"><x:c r=\"A6\"/></x:row>")),
        (list, "</sheetData>", "</sheetData><q:row xmlns:q=\"urn:q\" r=\"6\"><q:c r=\"A6\"/></q:row>"),
        (list, "<sheetData>", "<row r=\"6\"/><sheetData>"),
        (list, "</sheetData>", "</sheetData><c r=\"A6\" t=\"str\"><v>探测器</v></c>"),
        (list, "</sheetData>", "</sheetData><v>1</v>"),
        (list, "</sheetData>", "</sheetData><dataValidations><row r=\"6\"><c r=\"A6\"/></row></dataValidations>"),
        (list, "</sheetData>", "</sheetData><extLst><ext uri=\"u\"><row r=\"6\"><c r=\"A6\"/></row></ext></extLst>"),
        (list, "</sheetData>", "</sheetData><cols><col min=\"2\" max=\"2\" hidden=\"1\" width=\"9\"/></cols>"),
        (list, "</sheetData>", "</sheetData><sheetFormatPr defaultColWidth=\"0\"/>"),
        (
            list,
            "</sheetData>",
            "</sheetData><sheetViews><sheetView workbookViewId=\"0\" showZeros=\"0\"/></sheetViews>",
        ),
        ("xl/styles.xml", "</cellXfs>", "</cellXfs><xf numFmtId=\"14\"/>"),
        ("xl/styles.xml", "<cellXfs", "<numFmt numFmtId=\"14\" formatCode=\"0\"/><cellXfs"),
        (form, "<sheetData>", "<q:sheetData xmlns:q=\"urn:q\"/><sheetData>"),
        (form, "<?xml version=\"1.0\" encoding=\"UTF-8\"", "<?xml version=\"1.0\" encoding=\"GBK\""),
        (
            "xl/workbook.xml",
            "</sheets>",
            "<q:sheet xmlns:q=\"urn:q\" name=\"b\" sheetId=\"9\" r:id=\"rId1\"/></sheets>",
        ),
        ("xl/workbook.xml", "r:id=\"rId2\"", "r:id=\"rId2\" q:id=\"rId3\" xmlns:q=\"urn:q\""),
        ("xl/workbook.xml", "r:id=\"rId2\"", "r:id=\"rId3\""),
        ("xl/workbook.xml", "<sheets>", "<q:workbookPr xmlns:q=\"urn:q\" date1904=\"1\"/><sheets>"),
        ("xl/_rels/workbook.xml.rels", "Target=\"sharedStrings.xml\"", "Target=\"other.xml\""),
        ("xl/_rels/workbook.xml.rels", "<Relationship Id=\"rId2\"", "<q:Relationship xmlns:q=\"urn:q\" Id=\"rId2\""),
        (
            "_rels/.rels",
            "</Relationships>",
            "<Relationship Id=\"z\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        ("xl/_rels/workbook.xml.rels", "Id=\"rId2\"", "Id=\"\""),
        ("xl/_rels/workbook.xml.rels", "relationships/sharedStrings", "relationship/sharedStrings"),
        ("xl/_rels/workbook.xml.rels", "/2006/relationships/worksheet", "/2007/relationships/worksheet"),
        // A part has one root, and nothing beside it.
        ("xl/styles.xml", "</styleSheet>", "</styleSheet><styleSheet/>"),
        ("xl/styles.xml", "</styleSheet>", "</styleSheet>7"),
        (form, "<worksheet ", "7<worksheet "),
        ("[Content_Types].xml", "sharedStrings+xml", "styles+xml"),
        ("[Content_Types].xml", "spreadsheetml.sheet.main+xml", "spreadsheetml.worksheet+xml"),
        ("xl/styles.xml", "<cellXfs", "<q:cellXfs xmlns:q=\"urn:q\"/><cellXfs"),
    ];
    for (name, old, new) in cases {
        let (document, problems) = told(&rules, &changed(&book, &[(name, old, new)], &[]));
        assert!(document.is_none() && problems[0].starts_with("D015"), "{name}: {new}: {document:?} {problems:?}");
    }
    let beside = changed(&book, &[], &[("content.xml", b"<a/>")]);
    assert!(told(&rules, &beside).0.is_none(), "other programs may take it for an OpenDocument");
}

/// Names that mean something else in parts of the standard, and where they stand there.
#[test]
fn what_is_only_called_so_is_no_content() {
    let (rules, list) = (rules(), "xl/worksheets/sheet3.xml");
    let book = workbook(&rules);
    let before = told(&rules, &book);
    let drawing = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing";
    let excel = "http://schemas.microsoft.com/office/excel/2006/main";
    let anchor = format!(
        "<controls><control><controlPr><anchor><from><d:row xmlns:d=\"{drawing}\">3</d:row></from></anchor></controlPr></control></controls>"
    );
    let formula = format!("<extLst><ext uri=\"u\"><m:f xmlns:m=\"{excel}\">Sheet!A1</m:f></ext></extLst>");
    let dxf = "<extLst><ext uri=\"u\"><q:dxf xmlns:q=\"urn:q\"><numFmt numFmtId=\"1\" formatCode=\"0\"/></q:dxf></ext></extLst>";
    for (name, old, new) in [
        (list, "</worksheet>", format!("{anchor}</worksheet>")),
        (list, "</worksheet>", format!("{formula}</worksheet>")),
        ("xl/styles.xml", "</styleSheet>", format!("{dxf}</styleSheet>")),
    ] {
        assert_eq!(told(&rules, &changed(&book, &[(name, old, &new)], &[])), before, "{new}");
    }
}

#[test]
fn what_is_refused_is_named_by_its_cell_or_part() {
    let rules = rules();
    let book = workbook(&rules);
    let said = |name: &str, old: &str, new: &str| told(&rules, &changed(&book, &[(name, old, new)], &[])).1.concat();
    let cell = said("xl/worksheets/sheet3.xml", "<v>12</v>", "<v> 12</v>");
    assert!(cell.contains("「表!B4」"), "{cell}");
    let part = said("xl/sharedStrings.xml", "</sst>", "<si xmlns=\"urn:q\"/></sst>");
    assert!(part.contains("部件「xl/sharedstrings.xml」写得与标准不同"), "{part}");
}
