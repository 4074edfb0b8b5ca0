//! A cell of which people see something else than it holds is a fault, for they and the program read two different documents.

use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

use super::beside::{changed, part};
use super::pack;

const SHEET: &str = "xl/worksheets/sheet1.xml";
const STYLES: &str = "xl/styles.xml";

pub(super) fn rules() -> RuleSet {
    pack(
        "规则集 a \"a\" { 版本 1 }\n数据 b { 标识码: 文本  日期: 日期 已发生  人数: 整数 范围 -9 至 99999999  比: 小数? 住宿: 是否? }\n",
    )
}

/// What a form's cells hold, in its rows, each with a number format.
struct Form<'f> {
    date: (i32, u8, u8),
    formats: [&'f str; 5],
    count: f64,
    rate: f64,
}

const PLAIN: [&str; 5] = ["@", "yyyy-mm-dd", "General", "General", "General"];

impl Default for Form<'_> {
    fn default() -> Self {
        Self { date: (2022, 6, 24), formats: PLAIN, count: 7.0, rate: 0.75 }
    }
}

impl Form<'_> {
    fn write(&self) -> Vec<u8> {
        self.with(|_| {})
    }

    fn with(&self, more: impl Fn(&mut Worksheet)) -> Vec<u8> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("填报表").expect("a name");
        for (row, label) in (0..).zip(["标识码", "日期", "人数", "比", "住宿"]) {
            sheet.write_string(row, 0, label).expect("a cell");
        }
        let [code, date, count, rate, stays] = self.formats.map(|format| Format::new().set_num_format(format));
        let (year, month, day) = self.date;
        let day = ExcelDateTime::from_ymd(u16::try_from(year).expect("a year"), month, day).expect("a date");
        sheet.write_string_with_format(0, 1, "2141000345", &code).expect("a cell");
        sheet.write_datetime_with_format(1, 1, &day, &date).expect("a cell");
        sheet.write_number_with_format(2, 1, self.count, &count).expect("a cell");
        sheet.write_number_with_format(3, 1, self.rate, &rate).expect("a cell");
        sheet.write_boolean_with_format(4, 1, true, &stays).expect("a cell");
        more(sheet);
        book.save_to_buffer().expect("a workbook")
    }
}

/// What is told, by code, whether only as a notice, and cell; a refusal at no cell.
fn told(bytes: &[u8]) -> Vec<String> {
    let shown = |problem: &bulou_report::Problem| {
        let kind = if problem.notice { "notice" } else { "fault" };
        format!("{} {kind} {}", problem.code, problem.cell.as_deref().unwrap_or_default())
    };
    match bulou_sheets::read(&rules(), bytes, Lang::Zh) {
        Ok(reading) => reading.problems.iter().map(shown).collect(),
        Err(problem) => vec![shown(&problem)],
    }
}

fn formatted(row: usize, format: &str) -> Vec<u8> {
    let mut formats = PLAIN;
    formats[row] = format;
    Form { formats, ..Form::default() }.write()
}

#[test]
fn a_number_format_that_shows_another_value_is_a_fault_at_its_cell() {
    for (row, honest, misleading) in [
        (0, &["@", "General", "0", "0;0;0;@"][..], &["@\"、东关\"", ";;;", "0;0;0;\"2141000346\""][..]),
        (
            1,
            &["yyyy-mm-dd", "yyyy\"年\"m\"月\"d\"日\"", "[$-804]yyyy\\-m\\-d;@", "yyyy/m/d h:mm", "m/d/yyyy"][..],
            &[
                "\"还没有\"yyyy-mm-dd",
                "yyyy\"年\"m\"月\"",
                "mm-dd",
                "yy-m-d",
                "[$-107041E]d/m/yyyy",
                "[$-130000]yyyy-mm-dd",
                "yyyy-mm-dd\"(计划)\"",
                "[>40000]\"未销\";yyyy-mm-dd",
                "h:mm",
                "yyyy-dd-mm",
            ][..],
        ),
        (
            2,
            &["0", "#,##0", "0\"人\"", "0.00", "_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ "][..],
            &["0\"万\"", "0,", "-0", "(0)", "\"1\"0", "[>5]\"3\";0", "0\"%\"", ";;", "# ?/?", "0\"以外\""][..],
        ),
        (3, &["0.00", "0%", "0.000"][..], &["0", "0.0", "0\"%\"", "0.00\"万\""][..]),
        (4, &["General", "\"是\";;\"否\""][..], &["\"否\"", "[=1]\"否\";\"是\""][..]),
    ] {
        for format in honest {
            assert_eq!(told(&formatted(row, format)), Vec::<String>::new(), "{format}");
        }
        for format in misleading {
            let told = told(&formatted(row, format));
            assert!(told.contains(&format!("D052 fault 填报表!B{}", row + 1)), "{format}: {told:?}");
        }
    }
    // A value that a format hides, however it shows others.
    for (count, format) in [(0.0, "0;-0;;@"), (0.0, "#"), (-3.0, "0;0"), (-3.0, "0;;")] {
        let mut formats = PLAIN;
        formats[2] = format;
        assert_eq!(told(&Form { count, formats, ..Form::default() }.write()), ["D052 fault 填报表!B3"], "{format}");
        assert_eq!(told(&Form { formats, ..Form::default() }.write()), Vec::<String>::new(), "{format}");
    }
}

#[test]
fn a_number_is_seen_in_the_unit_of_its_field() {
    let rules = pack(
        "规则集 a \"a\" { 版本 1 }\n数据 b { 标识码: 文本  率: 小数  比: 小数 单位 \"%\"  重: 小数 单位 \"吨\"  人数: 整数  住宿: 是否 }\n",
    );
    let told = |format: &str| {
        let look = Format::new().set_num_format(format);
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("填报表").expect("a name");
        sheet.write_string(0, 0, "标识码").expect("a cell").write_string(0, 1, "2141000345").expect("a cell");
        for (row, label, value) in [(1, "率", 6.0), (2, "比", 6.0), (3, "重", 6.0), (4, "人数", 6.0), (5, "住宿", 1.0)]
        {
            sheet.write_string(row, 0, label).expect("a cell");
            sheet.write_number_with_format(row, 1, value, &look).expect("a cell");
        }
        let reading =
            bulou_sheets::read(&rules, &book.save_to_buffer().expect("a workbook"), Lang::Zh).expect("a workbook");
        assert!(reading.text.contains("\"率\": 6"), "{}", reading.text);
        let faults = reading.problems.iter().filter(|one| one.code == "D052" && !one.notice);
        faults.map(|one| one.cell.clone().unwrap_or_default()).collect::<Vec<_>>().join(" ").replace("填报表!", "")
    };
    for (format, faults) in [
        ("General", ""),
        ("0%", "B3 B4 B5 B6"),
        ("0\"吨\"", "B3"),
        ("0\"公斤\"", "B3 B4"),
        ("0\"人\"", "B3 B4"),
        ("¥0", "B3 B4"),
        ("\"\"0_ ", ""),
    ] {
        assert_eq!(told(format), faults, "{format}");
    }
}

#[test]
fn formats_are_found_where_the_workbook_keeps_them() {
    let book = formatted(1, "\"未销号\"");
    let relation = ("xl/_rels/workbook.xml.rels", "styles.xml", "looks.xml");
    let types = ("[Content_Types].xml", "/xl/styles.xml", "/xl/looks.xml");
    let (styles, plain) = (part(&book, STYLES), part(&Form::default().write(), STYLES));
    let moved = changed(&book, &[relation, types, (STYLES, &styles, &plain)], &[("xl/looks.xml", styles.as_bytes())]);
    // The reader knows the part by its name alone, and would take a day for a number.
    assert_eq!(told(&moved), ["D015 fault "]);
    // A format by its number alone, and two of one number, of which a program may take either.
    let of_number = |id: &str| {
        changed(&Form::default().write(), &[(STYLES, "xf numFmtId=\"165\"", &format!("xf numFmtId=\"{id}\""))], &[])
    };
    for (id, faults) in [("14", 0), ("31", 0), ("16", 1), ("17", 1), ("28", 1), ("57", 1), ("58", 1)] {
        let told = told(&of_number(id));
        assert_eq!(told.iter().filter(|told| *told == "D052 fault 填报表!B2").count(), faults, "{id}: {told:?}");
    }
    for twice in [
        "<numFmt numFmtId=\"165\" formatCode=\"&quot;没有&quot;\"/><numFmt numFmtId=\"165\" formatCode=\"yyyy-mm-dd\"/>",
        "<numFmt numFmtId=\"165\" formatCode=\"yyyy-mm-dd\"/><numFmt numFmtId=\"165\" formatCode=\"&quot;没有&quot;\"/>",
    ] {
        let one = "<numFmt numFmtId=\"165\" formatCode=\"yyyy-mm-dd\"/>";
        let told = told(&changed(&Form::default().write(), &[(STYLES, one, twice)], &[]));
        assert!(told.contains(&"D052 fault 填报表!B2".to_owned()), "{twice}: {told:?}");
    }
    let choice = "<mc:AlternateContent xmlns:mc=\"m\"><mc:Choice><xf numFmtId=\"9\"/></mc:Choice></mc:AlternateContent></cellXfs>";
    assert_eq!(told(&changed(&Form::default().write(), &[(STYLES, "</cellXfs>", choice)], &[])), ["D015 fault "]);
}

#[test]
fn what_cells_show_on_a_condition_counts_where_the_condition_may_be_met() {
    let book = Form::default().write();
    let dxf =
        |code: &str| format!("<dxfs count=\"1\"><dxf><numFmt numFmtId=\"300\" formatCode=\"{code}\"/></dxf></dxfs>");
    let when = |ranges: &str, rule: &str| {
        format!("</sheetData><conditionalFormatting sqref=\"{ranges}\">{rule}</conditionalFormatting>")
    };
    let rule = "<cfRule type=\"expression\" dxfId=\"0\" priority=\"1\"><formula>TRUE</formula></cfRule>";
    let conditional = |code: &str, ranges: &str| {
        told(&changed(
            &book,
            &[(STYLES, "<dxfs count=\"0\"/>", &dxf(code)), (SHEET, "</sheetData>", &when(ranges, rule))],
            &[],
        ))
    };
    for ranges in ["B2", "Z9 B2", "B:B", "2:2", "A1:XFD1048576", "C5:A1", "$B$2", "b2", "?"] {
        let told = conditional("&quot;没有&quot;yyyy-mm-dd", ranges);
        assert!(told.contains(&"D052 fault 填报表!B2".to_owned()), "{ranges}: {told:?}");
    }
    for (code, ranges) in
        [("&quot;没有&quot;", "C2"), ("yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;", "B2"), ("0.00", "B3")]
    {
        assert_eq!(conditional(code, ranges), Vec::<String>::new(), "{ranges}");
    }
    let beside = |rule: &str, ranges: &str| {
        let rule = format!(
            "<extLst><ext xmlns:x14=\"x\" xmlns:xm=\"m\" uri=\"u\"><x14:conditionalFormattings><x14:conditionalFormatting>{rule}<xm:sqref>{ranges}</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>"
        );
        told(&changed(&book, &[(SHEET, "</worksheet>", &rule)], &[]))
    };
    let rule = "<x14:cfRule><x14:dxf><numFmt numFmtId=\"301\" formatCode=\"&quot;没有&quot;\"/></x14:dxf></x14:cfRule>";
    assert_eq!(beside(rule, "B3"), ["D052 fault 填报表!B3"]);
    assert_eq!(beside(rule, "D3"), Vec::<String>::new());
    for (picture, faults) in
        [("<x14:iconSet showValue=\"0\"/>", 1), ("<x14:dataBar showValue=\"false\"/>", 1), ("<x14:iconSet/>", 0)]
    {
        assert_eq!(beside(&format!("<x14:cfRule>{picture}</x14:cfRule>"), "B3").len(), faults, "{picture}");
    }
}

#[test]
fn a_sheet_that_hides_or_replaces_what_cells_hold_is_told_where_they_hold_it() {
    let view =
        |book: &[u8], how: &str| told(&changed(book, &[(SHEET, "<sheetView ", &format!("<sheetView {how} "))], &[]));
    let book = Form { count: 0.0, ..Form::default() }.write();
    assert_eq!(view(&book, "showZeros=\"0\""), ["D052 fault 填报表!B3"]);
    assert_eq!(view(&book, "showZeros=\"1\""), Vec::<String>::new());
    assert_eq!(view(&Form::default().write(), "showZeros=\"0\""), Vec::<String>::new());
    assert_eq!(view(&book, "showFormulas=\"1\""), ["D052 fault 填报表!B2"]);
    // 6 is seen as 6666, and a value of another part's in its place.
    let plain = Form::default().write();
    let fill = (
        "xl/styles.xml",
        "applyNumberFormat=\"1\"/></cellXfs>",
        "applyNumberFormat=\"1\"><alignment horizontal=\"fill\"/></xf></cellXfs>",
    );
    assert_eq!(told(&changed(&plain, &[fill], &[])), ["D052 fault 填报表!B3"]);
    assert_eq!(
        told(&changed(&plain, &[(SHEET, "<c r=\"B3\"", "<c vm=\"1\" r=\"B3\"")], &[])),
        ["D052 fault 填报表!B3"]
    );
}

#[test]
fn the_answer_of_a_formula_is_told_and_counts_only_where_it_is_what_is_seen() {
    let book = Form::default().with(|sheet| {
        sheet.write_formula(2, 1, Formula::new("3+4").set_result("7")).expect("a cell");
    });
    // What the writer leaves to the program that opens the workbook need not be what it wrote.
    assert_eq!(told(&book), ["D045 fault 填报表!B3"]);
    let saved = changed(&book, &[("xl/workbook.xml", " fullCalcOnLoad=\"1\"", "")], &[]);
    assert_eq!(told(&saved), ["D047 notice 填报表!B3"]);
    // One that answers an empty text now may answer another.
    let empty = [(SHEET, "><f>3+4</f><v>7</v>", " t=\"str\"><f>3+4</f><v></v>")];
    for (book, wanted) in [(&book, "D045 fault 填报表!B3"), (&saved, "D047 notice 填报表!B3")] {
        assert!(told(&changed(book, &empty, &[])).contains(&wanted.to_owned()));
    }
}

#[test]
fn what_lies_under_a_merged_range_is_told() {
    let merge = |range: &str| {
        let merged = format!("</sheetData><mergeCells count=\"1\"><mergeCell ref=\"{range}\"/></mergeCells>");
        told(&changed(&Form::default().write(), &[(SHEET, "</sheetData>", &merged)], &[]))
    };
    assert_eq!(merge("B2:C2"), Vec::<String>::new());
    // It stands where no answer is looked for, too.
    assert_eq!(merge("A3:B3"), ["D052 fault 填报表!B3", "D052 fault 填报表!B3"]);
    assert_eq!(merge("B1:B2"), ["D052 fault 填报表!B2"]);
    let two = "B1:B2\"/><mergeCell ref=\"A2:B2";
    assert_eq!(merge(two), ["D015 fault "]);
}

#[test]
fn a_value_in_pieces_or_twice_is_refused() {
    let book = Form::default().write();
    assert_eq!(told(&book), Vec::<String>::new());
    for (whole, other) in [
        ("<v>7</v>", "<v>7<!-- -->0</v>"),
        ("<v>7</v>", "<v>7<?x y?>0</v>"),
        ("<v>7</v>", "<v>7<![CDATA[0]]></v>"),
        ("<v>7</v>", "<v>7&#48;</v>"),
        ("<v>7</v>", "<v>7&zz;</v>"),
        ("<v>7</v>", "<v>7<b/>0</v>"),
        ("<v>7</v>", "<v>7</v><v>70</v>"),
        ("<v>7</v>", "<v>7</v><z:v xmlns:z=\"urn:z\">70</z:v>"),
        ("<v>7</v>", "<z:v xmlns:z=\"urn:z\">7</z:v>"),
        ("t=\"b\"><v>1</v>", "t=\"b\"><v>1<!-- -->0</v>"),
        ("t=\"b\"><v>1</v>", "t=\"b\"><v>0</v><v>1</v>"),
        ("t=\"s\"><v>0</v>", "t=\"s\"><v>0<!-- -->1</v>"),
        ("t=\"s\"><v>0</v>", "t=\"inlineStr\"><is><t>甲</t></is><is><t>乙</t></is>"),
        ("<c r=\"B3\"", "<c r=\"B3\" t=\"n\" t=\"b\""),
    ] {
        let told = told(&changed(&book, &[(SHEET, whole, other)], &[]));
        assert_eq!(told.len(), 1, "{other}: {told:?}");
        assert!(told.concat().starts_with("D015 fault"), "{other}: {told:?}");
    }
}
