//! Whole packs: header, parameters, tables, definitions, rules.

use super::model::{CODE, Kind, Model, NAMED, ROSTER, SCHOOLS, SETS, Scalar};
use super::names::{Global, Table, Writer};
use crate::choices::Choices;

const PARAMS: [(&str, &str, Scalar); 9] = [
    ("参日", "日期", Scalar::Date),
    ("参数", "整数", Scalar::Whole),
    ("参小", "小数", Scalar::Decimal),
    ("参长", "时长", Scalar::Days),
    ("参工", "时长", Scalar::WorkDays),
    ("参月", "时长", Scalar::Months),
    ("参部", "部位", Scalar::Option(0)),
    ("参文", "文本", Scalar::Text),
    ("参是", "是否", Scalar::Bool),
];

const LIST_PARAMS: [(&str, &str, Scalar); 3] =
    [("参月表", "[整数]", Scalar::Whole), ("参部表", "[部位]", Scalar::Option(0)), ("参日表", "[日期]", Scalar::Date)];

/// Writes the n-th declaration of a kind.
type Declare = fn(&mut Writer<'_, '_>, usize) -> String;

/// The text of a pack over a model.
pub fn generate(model: &Model, choices: &mut Choices) -> String {
    let placeholders = if choices.chance(10) { " 占位 {\"无\", \"丙\"}" } else { "" };
    let mut text = format!("规则集 oracle \"对照\" {{ 版本 1{}{placeholders} }}\n", effective(choices, 4));
    if choices.chance(80) {
        text += "日历 历 \"calendar.json\"\n";
    }
    text += &model.declarations();
    let mut writer = Writer::new(model, choices);
    text += &params(&mut writer);
    // Definitions are compiled for schools as well, which know nothing of the county's document.
    let (definitions, rules) = if model.is_county() { (0, 2) } else { (3, 5) };
    for (least, most, declare) in [(0, 2, table as Declare), (0, definitions, definition), (1, rules, rule)] {
        let mut number = 0;
        // One decision before each, so that each can be left out alone.
        while number < most && (writer.choices.chance(65) || number < least) {
            text += &declare(&mut writer, number);
            number += 1;
        }
    }
    if model.is_county() {
        text += &format!("规则 校规 \"学校的\" {{ 要求 {CODE} ≠ \"无\" }}\n");
        // What all schools together have, of which one that is missing may bring the rest.
        let had = [
            "校部1 包含 厕所".to_owned(),
            "校部1 不漏 {大门, 厕所}".to_owned(),
            "校级1 不漏 全部 等级".to_owned(),
            format!("{CODE} 包含 \"乙\""),
            format!("{CODE} 不漏 {ROSTER}.{NAMED}"),
        ];
        if choices.chance(50) {
            text += &format!("规则 合有 \"合有\" 范围 全县 {{ 要求 {SCHOOLS}.{} }}\n", choices.pick(&had));
        }
    }
    text
}

fn effective(choices: &mut Choices, percent: usize) -> String {
    if !choices.chance(percent) {
        return String::new();
    }
    choices.pick(&[" 施行 2022-06-24", " 施行 2022-06-28 至 2022-07-03", " 施行 2022-01-01 至 2022-06-28"]).to_owned()
}

fn params(writer: &mut Writer<'_, '_>) -> String {
    let mut text = String::new();
    if writer.choices.chance(50) {
        let counting = writer.choices.pick(&["自然日", "顺延", "工作日"]);
        text += &format!("参数 计日: 期间 = {counting}\n");
    }
    let constant =
        |writer: &mut Writer<'_, '_>, ty| writer.literal(ty).replace("今天", "2022-06-30").replace(['(', ')'], "");
    for (name, ty, scalar) in PARAMS {
        let positive = matches!(scalar, Scalar::Days | Scalar::WorkDays | Scalar::Months);
        let mut default = constant(writer, scalar);
        if positive {
            default = default.replace('-', "");
        }
        text += &format!("参数 {name}: {ty} = {default}\n");
        writer.params.push((name.to_owned(), Kind::Scalar(scalar)));
    }
    for (name, ty, scalar) in LIST_PARAMS {
        let parts: Vec<String> = (0..=writer.choices.below(3))
            .map(|_| match name {
                "参月表" => writer.choices.pick(&["1", "5", "6", "7", "12"]).to_owned(),
                _ => constant(writer, scalar),
            })
            .collect();
        text += &format!("参数 {name}: {ty} = {{{}}}\n", parts.join(", "));
        writer.params.push((name.to_owned(), Kind::List(Box::new(Kind::Scalar(scalar)))));
    }
    text
}

/// A table with one row for every input: numbers and dates cut at points, yes or no, options in two parts.
fn table(writer: &mut Writer<'_, '_>, number: usize) -> String {
    let name = format!("表{number}");
    let types = [
        // Whole numbers would have to come of whole ones alone.
        ("小数", Scalar::Decimal),
        ("是否", Scalar::Bool),
        ("部位", Scalar::Option(0)),
        ("日期", Scalar::Date),
        ("小数", Scalar::Decimal),
    ];
    let results = [
        ("小数", Scalar::Whole),
        ("是否", Scalar::Bool),
        ("等级", Scalar::Option(1)),
        ("日期", Scalar::Date),
        ("时长", Scalar::Days),
    ];
    let params: Vec<(&str, Scalar)> = (0..1 + writer.choices.below(2)).map(|_| writer.choices.pick(&types)).collect();
    let (written, result) = writer.choices.pick(&results);
    let names: Vec<String> = (0..params.len()).map(|at| format!("入{at}")).collect();
    let declared: Vec<String> = names.iter().zip(&params).map(|(name, (ty, _))| format!("{name}: {ty}")).collect();
    let mut text = format!("表 {name}({}) -> {written} {{\n  | {} | 结果 |\n", declared.join(", "), names.join(" | "));
    let arguments: Vec<(String, Scalar)> = names.into_iter().zip(params.iter().map(|(_, ty)| *ty)).collect();
    let rows = writer.within_table(arguments, |writer| {
        let mut rows: Vec<Vec<String>> = vec![Vec::new()];
        for (_, ty) in &params {
            let mut longer = Vec::new();
            for row in rows {
                longer
                    .extend(partition(*ty, writer.choices).into_iter().map(|cell| [row.clone(), vec![cell]].concat()));
            }
            rows = longer;
        }
        rows.iter()
            .map(|row| format!("  | {} | {} |\n", row.join(" | "), writer.value(result, 1, true)))
            .collect::<String>()
    });
    text += &rows;
    text += "}\n";
    writer.tables.push(Table { name, params: params.iter().map(|(_, ty)| *ty).collect(), result });
    text
}

/// Cells that divide all values of a type.
fn partition(ty: Scalar, choices: &mut Choices) -> Vec<String> {
    let cells: &[&[&str]] = match ty {
        Scalar::Bool => &[&["任意"], &["是", "否"]],
        Scalar::Option(_) => &[&["任意"], &["大门", "{厕所, 宿舍}"], &["= 大门", "厕所", "宿舍"]],
        Scalar::Date => &[&["任意"], &["< 2022-06-28", "2022-06-28 至 2022-06-30", "> 2022-06-30"]],
        Scalar::Decimal => &[&["任意"], &["不满 1", "≥ 1"], &["≤ 0", "超过 0"]],
        _ => &[&["任意"], &["不满 1", "1 至 2", "不少于 3"], &["≤ 0", "{1, 3}", "= 2", "> 3"]],
    };
    choices.pick(cells).iter().map(|cell| (*cell).to_owned()).collect()
}

fn definition(writer: &mut Writer<'_, '_>, number: usize) -> String {
    let name = format!("定{number}");
    let ty = writer.choices.pick(&[Scalar::Whole, Scalar::Date, Scalar::Bool, Scalar::Days]);
    let mut global = Global { name: name.clone(), kind: Some(Kind::Scalar(ty)), optional: false };
    let body = match writer.choices.below(6) {
        0 | 1 => {
            global.kind = None;
            writer.condition(2)
        }
        2 => {
            let list = writer.records(2);
            global.kind = Some(Kind::List(Box::new(list.element)));
            list.text
        }
        3 => {
            global.kind = Some(Kind::Scalar(Scalar::Date));
            global.optional = true;
            format!("最晚({})", writer.list(&Kind::Scalar(Scalar::Date), 1, false).text)
        }
        4 => {
            let element = writer.any_element();
            let text = writer.list(&element, 1, false).text;
            global.kind = Some(Kind::List(Box::new(element)));
            text
        }
        _ => writer.value(ty, 2, false),
    };
    writer.definitions.push(global);
    format!("定义 {name} = {body}\n")
}

fn rule(writer: &mut Writer<'_, '_>, number: usize) -> String {
    let scope = if writer.model.is_county() { " 范围 全县" } else { "" };
    let mut text = format!("规则 规{number} \"规则\"{scope} {{\n");
    text += &effective(writer.choices, 4);
    let severity = writer.choices.pick(&["一般", "重大", "较大", "提示"]);
    text += &format!("  严重 {severity}\n");
    if writer.choices.chance(25) {
        text += &format!("  适用 {}\n", writer.condition(2));
    }
    let mut more = true;
    while more {
        text += &format!("  要求 {}{}\n", writer.requirement(3), message(writer));
        more = writer.choices.chance(35);
    }
    text + "}\n"
}

/// A message that prints something of the document.
fn message(writer: &mut Writer<'_, '_>) -> String {
    if !writer.choices.chance(30) {
        return String::new();
    }
    let ty = writer.choices.pick(&[Scalar::Whole, Scalar::Date, Scalar::Days, Scalar::Option(0), Scalar::Bool]);
    let shown = writer.value(ty, 1, false);
    if shown.contains(['"', '{']) { String::new() } else { format!(" 不符 \"不符:{{{shown}}}\"") }
}

/// Values that a caller may give for parameters.
pub fn given(choices: &mut Choices) -> Vec<(String, String)> {
    let values: [(&str, &[&str]); 5] = [
        ("参日", &["2022-06-29", "2022-02-28"]),
        ("参数", &["0", "3"]),
        ("参长", &["5日", "2周"]),
        ("参月表", &["6", "{5, 6, 7}"]),
        ("参部", &[SETS[0].1[0], SETS[0].1[2]]),
    ];
    let mut given = Vec::new();
    for (name, values) in values {
        if choices.chance(8) {
            given.push((name.to_owned(), choices.pick(values).to_owned()));
        }
    }
    given
}
