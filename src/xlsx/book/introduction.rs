//! The first sheet: how to fill in the others, and which is which.

use rust_xlsxwriter::Worksheet;

use super::super::fill::{FORM_FIRST, FORM_VALUE, LIST_FIRST};
use super::super::layout::{FORM, HOW_TITLE, INTRODUCTION, WHICH_TITLE};
use super::super::place::Place;
use super::{Book, Written, link, looks};

const HOW: [&str; 9] = [
    "先填「填报表」,从上往下填「填写」这一列;再填后面各张清单,一行填一项,不够就往下接着填。",
    "带 * 的都要填。说明里写着「选填」的,没有就空着。",
    "空着就是没有填,报告里会写「没有填」,绝不会当作 0。数目是 0 的,要填 0。",
    "清单要分清「没有」和「没查」:查过、确实没有,在「填报表」那一行选「无」;还没有查,就空着。说明里写「留一张空表」的,就是选「无」。",
    "有下拉箭头的格子,从里面选,不要自己写别的字。",
    "日期写成 2022-06-24,要填到日。一格里要填几个日期或几样东西,用顿号「、」隔开。",
    "标识码、编号、电话照原样填,开头的 0 不能少。这些格子已设为文本,从别处粘贴时请选「只粘贴值」。",
    "可以调整列宽、改列的先后、插入行。不要删表头,不要改「规则集」那一行;隐藏的行和列是给程序认位置用的。",
    "不要填身份证号、病情、诊断,也不要加「身份证号」这样的列:依法不得收集。",
];
/// What becomes of the workbook: a school's, and the county's.
const THEN: &str = "填好后保存,用检查网页的「我有文件要检查」打开这个文件;文件只在自己的电脑上处理,不会上传。";
const THEN_COUNTY: &str =
    "这是全县数据,由县里填,不发给学校。填好后保存,汇总时用它:bulou county --county 这个文件 各校文件夹。";

pub(super) fn sheet(book: &Book<'_, '_>) -> Written<Worksheet> {
    let mut sheet = Worksheet::new();
    sheet.set_name(INTRODUCTION)?.set_screen_gridlines(false);
    for (column, width) in [(0, 6), (1, 30), (2, 80)] {
        sheet.set_column_width(column, width)?;
    }
    let rules = book.rules;
    sheet.write_string_with_format(0, 0, &rules.title, &book.looks.title)?;
    let from = rules.effective.map(|effective| format!(" · {} 起", effective.from)).unwrap_or_default();
    let about = format!("{} · {} {}{from}", rules.publisher, rules.pack.id, rules.pack.version);
    sheet.write_string_with_format(
        1,
        0,
        about.trim_start_matches(" · "),
        &book.looks.link.clone().unset_hyperlink_style(),
    )?;
    let mut row = 3;
    sheet.write_string_with_format(row, 0, HOW_TITLE, &book.looks.title)?;
    let then = if rules.shape.fold.is_some() { THEN_COUNTY } else { THEN };
    for (number, words) in (1_u32..).zip(HOW.into_iter().chain([then])) {
        row += 1;
        sheet.write_string_with_format(row, 0, format!("{number}."), &book.looks.text)?;
        sheet.merge_range(row, 1, row, 2, words, &book.looks.text)?;
        sheet.set_row_height(row, looks::height([(words, 105.0)]))?;
    }
    row += 2;
    sheet.write_string_with_format(row, 0, WHICH_TITLE, &book.looks.title)?;
    let form = (
        FORM.to_owned(),
        "除清单以外的全部问题".to_owned(),
        Place { sheet: FORM.into(), row: FORM_FIRST, column: FORM_VALUE },
    );
    let lists = book.layout.lists.iter().map(|list| {
        let hint = list.field.notes.hint.clone().unwrap_or_else(|| "一行填一项".into());
        (list.sheet.clone(), hint, Place { sheet: list.sheet.clone(), row: LIST_FIRST, column: 0 })
    });
    for (number, (name, words, place)) in (1_u32..).zip(std::iter::once(form).chain(lists)) {
        row += 1;
        sheet.write_number_with_format(row, 0, number, &book.looks.label)?;
        sheet.write_url_with_options(
            row,
            1,
            link(&place),
            name,
            "",
            Some(&book.looks.label.clone().set_hyperlink()),
        )?;
        sheet.write_string_with_format(row, 2, words, &book.looks.label)?;
    }
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(sheet)
}
