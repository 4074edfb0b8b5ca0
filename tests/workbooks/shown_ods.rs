//! What an OpenDocument sheet shows of a value is that value, or a fault.

use bulou_messages::diagnostic::Lang;

use super::ods::{book, row};
use super::shown::rules;

fn form(at: usize, cell: &str) -> Vec<u8> {
    with(at, cell, "", &[])
}

/// A form with one of its cells replaced, and what stands behind the rows or in other parts.
fn with(at: usize, cell: &str, behind: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let plain = [
        ("标识码", value("string", "", "2141000345")),
        ("日期", date("2022-06-24", "2022-06-24")),
        ("人数", value("float", "7", "7")),
        ("比", value("float", "0.75", "0.75")),
        ("住宿", truth("true", "TRUE")),
    ];
    let rows: String = (0..)
        .zip(&plain)
        .map(|(index, (label, plain))| {
            row(&format!("{}{}", value("string", "", label), if index == at { cell } else { plain.as_str() }))
        })
        .collect();
    book(&format!("<table:table table:name=\"填报表\">{rows}{behind}</table:table>"), more)
}

fn element(attributes: &str, shown: &str) -> String {
    format!("<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>")
}

fn value(kind: &str, value: &str, shown: &str) -> String {
    let held = if value.is_empty() { String::new() } else { format!("office:value=\"{value}\"") };
    element(&format!("office:value-type=\"{kind}\" {held}"), shown)
}

fn date(held: &str, shown: &str) -> String {
    element(&format!("office:value-type=\"date\" office:date-value=\"{held}\""), shown)
}

fn truth(held: &str, shown: &str) -> String {
    element(&format!("office:value-type=\"boolean\" office:boolean-value=\"{held}\""), shown)
}

fn told(bytes: &[u8]) -> Vec<String> {
    let reading = bulou_sheets::read(&rules(), bytes, Lang::Zh).expect("a workbook");
    let shown = |problem: &bulou_report::Problem| {
        let kind = if problem.notice { "notice" } else { "fault" };
        format!("{} {kind} {}", problem.code, problem.cell.as_deref().unwrap_or_default())
    };
    reading.problems.iter().map(shown).collect()
}

#[test]
fn what_is_seen_of_a_day_number_or_truth_value_is_what_is_read() {
    let number = |held: &'static str| move |shown: &str| value("float", held, shown);
    type Cells = Box<dyn Fn(&str) -> String>;
    let cases: [(usize, Cells, &[&str], &[&str]); 6] = [
        (
            1,
            Box::new(|shown| date("2022-06-24", shown)),
            &[
                "2022-06-24",
                "2022年6月24日",
                "24-06-2022",
                "2022年6月24日星期五",
                "二〇二二年六月二十四日",
                "2022-06-24 00:00",
            ],
            &[
                "2022-06-25",
                "24/06/22",
                "6月24日",
                "2022年6月",
                "2565-06-24",
                "没有",
                "",
                "2022-06-24 未",
                "###",
                "Monday",
            ],
        ),
        (
            2,
            Box::new(number("7")),
            &["7", "7.0", "7人", "¥7", "07"],
            // A whole number is not written in hundredths.
            &["700%", "8", "7.4", "-7", "(7)", "7万", "7%", "七", "", "70", "7 0", "约7", "没有"],
        ),
        (3, Box::new(number("0.75")), &["0.75", "75%", ".75"], &["0.8", "1", "75", "3/4", "0.75%", "-0.75"]),
        (3, Box::new(|shown| value("percentage", "0.75", shown)), &["75%", "75.00%"], &["75", "76%", "0.75%", "1"]),
        (3, Box::new(number("0.333333333333333")), &["0.333333333333333", "0.3333333333"], &["0.33", "33%"]),
        (
            4,
            Box::new(|shown| truth("true", shown)),
            &["TRUE", "是", "真", "√", "1"],
            &["FALSE", "否", "假", "×", "", "未"],
        ),
    ];
    for (at, cell, same, other) in &cases {
        for shown in *same {
            assert_eq!(told(&form(*at, &cell(shown))), Vec::<String>::new(), "{shown}");
        }
        for shown in *other {
            let told = told(&form(*at, &cell(shown)));
            let fault = format!("D052 fault 填报表!B{}", at + 1);
            assert!(!told.is_empty() && told.iter().all(|one| *one == fault), "{shown}: {told:?}");
        }
    }
    // Programs that write no text leave it to whoever opens the workbook.
    let bare = "<table:table-cell office:value-type=\"float\" office:value=\"7\"/>";
    assert_eq!(told(&form(2, bare)), Vec::<String>::new());
}

#[test]
fn a_formula_and_a_cell_under_a_range_are_told_in_an_opendocument_sheet() {
    let formula = element("table:formula=\"of:=3+4\" office:value-type=\"float\" office:value=\"7\"", "7");
    assert_eq!(told(&form(2, &formula)), ["D047 notice 填报表!B3"]);
    let covered = value("float", "7", "7").replace("table:table-cell", "table:covered-table-cell");
    assert_eq!(told(&form(2, &covered)), ["D052 fault 填报表!B3"]);
}

#[test]
fn what_an_opendocument_sheet_shows_on_a_condition_or_not_at_all_is_told() {
    let number = value("float", "7", "7");
    let condition = |range: &str, what: &str| {
        format!(
            "<calcext:conditional-formats><calcext:conditional-format calcext:target-range-address=\"{range}\">{what}</calcext:conditional-format></calcext:conditional-formats>"
        )
    };
    let look = |form: &str| {
        format!(
            "<document xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\"><style:style style:name=\"C_5f_1\" style:display-name=\"C_1\" {form}/></document>"
        )
    };
    let when = "<calcext:condition calcext:apply-style-name=\"C_1\" calcext:value=\"formula-is(1)\"/>";
    let formed = look("style:data-style-name=\"N145\"");
    for (range, style, faults) in [
        ("填报表.B3:填报表.B9", formed.as_str(), &["D052 fault 填报表!B3"][..]),
        ("填报表.Z1:填报表.Z9 填报表.$B$3", &formed, &["D052 fault 填报表!B3"]),
        ("填报表.Z1:填报表.Z9", &formed, &[]),
        ("填报表.B3:填报表.B9", &look("style:data-style-name=\"N0\""), &[]),
        ("填报表.B3:填报表.B9", &look(""), &[]),
    ] {
        assert_eq!(
            told(&with(2, &number, &condition(range, when), &[("styles.xml", style)])),
            faults,
            "{range} {style}"
        );
    }
    let on_a_day = "<calcext:date-is calcext:style=\"C_1\" calcext:date=\"last-7-days\"/>";
    let found = told(&with(2, &number, &condition("填报表.B3:填报表.B9", on_a_day), &[("styles.xml", &formed)]));
    assert_eq!(found, ["D052 fault 填报表!B3"]);
    let icons = "<calcext:icon-set><calcext:formatting-entry calcext:show-value=\"false\"/></calcext:icon-set>";
    assert_eq!(told(&with(2, &number, &condition("填报表.B3", icons), &[])), ["D052 fault 填报表!B3"]);
    let zeros = |shows: &str| {
        format!(
            "<s xmlns:config=\"c\"><config:config-item config:name=\"ShowZeroValues\">{shows}</config:config-item></s>"
        )
    };
    for (held, shows, faults) in [("0", "false", 1), ("0", "true", 0), ("7", "false", 0)] {
        let bytes = with(2, &value("float", held, held), "", &[("settings.xml", &zeros(shows))]);
        assert_eq!(told(&bytes).len(), faults, "{held} {shows}");
    }
}
