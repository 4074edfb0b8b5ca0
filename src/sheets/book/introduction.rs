//! The first sheet: how to fill in the others, and which is which.

use rust_xlsxwriter::Worksheet;

use super::super::fill::{FORM_FIRST, FORM_VALUE, LIST_FIRST};
use super::super::layout::{FORM, HOW_TITLE, INTRODUCTION, WHICH_TITLE};
use super::super::place::Place;
use super::{Book, Written, link, looks};
use bulou_messages::texts;

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
const HOW_EN: [&str; 9] = [
    "Begin with the sheet `Form`, from the top, in the column `Answer`; then fill in the lists on the sheets behind it, one a row, as many rows as it takes.",
    "What has a * must be filled in. What its notes call optional is left blank where there is nothing.",
    "Blank means not filled in; the report says so, and never takes it for 0. Where a number is 0, write 0.",
    "Of a list say whether there is none or nobody looked: where you looked and there is none, choose none in its row of `Form`; where nobody has looked yet, leave it blank. An empty list that the notes speak of is one for which none is chosen.",
    "Where a cell offers a list, choose from it, and write no other words.",
    "Write dates such as 2022-06-24, to the day. Several dates or things in one cell have commas between them.",
    "Write codes, numbers of things and telephones as they are, with the 0 at their beginning. These cells are text: to paste into them, paste values only.",
    "Columns may be made wider or moved, and rows put in. Leave the headings, and the row of the rules; hidden rows and columns tell the program where things are.",
    "Write no identity card's number, illness or diagnosis, and add no column for such: the law does not allow to collect them.",
];
/// What becomes of the workbook: a school's, and the county's.
const THEN: &str = "填好后保存,用检查网页的「我有文件要检查」打开这个文件;文件只在自己的电脑上处理,不会上传。";
const THEN_COUNTY: &str =
    "这是全县数据,由县里填,不发给学校。填好后保存,汇总时用它:bulou county --county 这个文件 各校文件夹。";
const THEN_EN: &str = "Save it, and open it on the page for checking by what is there for files; it stays on your computer and is not uploaded.";
const THEN_COUNTY_EN: &str = "This is the county's document, which the county fills in; schools do not get it. Save it, and use it for the report: bulou county --county FILE FOLDER.";

pub(super) fn sheet(book: &Book<'_, '_>) -> Written<Worksheet> {
    let mut sheet = Worksheet::new();
    let lang = book.layout.lang;
    sheet.set_name(INTRODUCTION.name(lang))?.set_screen_gridlines(false);
    for (column, width) in [(0, 6), (1, 30), (2, 80)] {
        sheet.set_column_width(column, width)?;
    }
    let rules = book.rules;
    sheet.write_string_with_format(0, 0, &rules.title, &book.looks.title)?;
    let from = rules.effective.map(|effective| texts::from_2(&effective.from).get(lang)).unwrap_or_default();
    let about = format!("{} · {} {}{from}", rules.publisher, rules.pack.id, rules.pack.version);
    sheet.write_string_with_format(
        1,
        0,
        about.trim_start_matches(" · "),
        &book.looks.link.clone().unset_hyperlink_style(),
    )?;
    let mut row = 3;
    sheet.write_string_with_format(row, 0, HOW_TITLE.name(lang), &book.looks.title)?;
    let how = lang.pick(HOW, HOW_EN);
    let then = match rules.shape.fold.is_some() {
        true => lang.pick(THEN_COUNTY, THEN_COUNTY_EN),
        false => lang.pick(THEN, THEN_EN),
    };
    for (number, words) in (1_u32..).zip(how.into_iter().chain([then])) {
        row += 1;
        sheet.write_string_with_format(row, 0, format!("{number}."), &book.looks.text)?;
        sheet.merge_range(row, 1, row, 2, words, &book.looks.text)?;
        sheet.set_row_height(row, looks::height([(words, 105.0)]))?;
    }
    row += 2;
    sheet.write_string_with_format(row, 0, WHICH_TITLE.name(lang), &book.looks.title)?;
    let form = (
        FORM.name(lang),
        texts::all_questions_but_lists().get(lang).to_owned(),
        Place { sheet: FORM.name(lang), row: FORM_FIRST, column: FORM_VALUE },
    );
    let lists = book.layout.lists.iter().map(|list| {
        let hint = list.field.notes.hint.clone().unwrap_or_else(|| texts::one_row_2().get(lang).into());
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
