//! The first sheet: how to fill in the others, and which is which.

use rust_xlsxwriter::Worksheet;

use super::super::fill::{FORM_FIRST, FORM_VALUE, LIST_FIRST};
use super::super::layout::{FORM, HOW_TITLE, INTRODUCTION, WHICH_TITLE};
use super::super::place::Place;
use super::{Book, Written, link, looks};
use bulou_messages::sentence::Phrase;
use bulou_messages::texts;

const HOW: [Phrase; 9] = [
    texts::begin_form_top_answer(),
    texts::star_must_filled_optional(),
    texts::blank_means_not_filled(),
    texts::list_say_none_nobody(),
    texts::where_cell_offers_list(),
    texts::write_dates_such_several(),
    texts::write_codes_numbers_telephones(),
    texts::columns_may_wider_moved(),
    texts::write_no_identity_cards(),
];

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
    // What becomes of the workbook: the county's, or a school's.
    let then = match rules.shape.fold.is_some() {
        true => texts::countys_document_county_fills(),
        false => texts::save_open_page_checking(),
    };
    for (number, words) in (1_u32..).zip(HOW.into_iter().chain([then])) {
        let words = words.get(lang);
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
