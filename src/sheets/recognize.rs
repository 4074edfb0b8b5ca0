//! Which sheet is which: by its hidden keys, by its name, or by the labels on it.

use bulou_base::order;
use bulou_messages::texts;
use std::collections::BTreeMap;

use super::book::HEADINGS;
use super::content::{Content, Holds};
use super::entry::bare;
use super::grid::Grid;
use super::layout::{FINDINGS, FORM, HOW_TITLE, INTRODUCTION, Layout, Name, OPTIONS, SOME_NONE, WHICH_TITLE, YES_NO};
use super::marks::is_status;
use super::words;
use bulou_messages::diagnostic::Lang;

/// How far down a sheet its headings may stand.
const HEADING_ROWS: u32 = 12;

/// What a sheet is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// One that the program wrote for people alone, with the cells that it did not write.
    Beside(Vec<(u32, u32)>),
    /// Lines of labels and values; with the column of keys, and the section that its name says.
    Form { keys: Option<u32>, section: Option<String> },
    /// A list: which; with the row of keys, and that of headings.
    List { list: usize, keys: Option<u32>, headings: u32 },
    /// No one knows.
    Unknown,
}

impl Role {
    /// Whether the sheet holds what is asked for.
    pub fn is_known(&self) -> bool {
        matches!(self, Self::Form { .. } | Self::List { .. })
    }

    /// Whether the sheet is the list that stands in the document under this key.
    pub fn is_list(&self, layout: &Layout<'_>, key: &str) -> bool {
        let Self::List { list, .. } = self else { return false };
        layout.lists.get(*list).is_some_and(|list| list.owner.is_none() && list.path == [key])
    }

    /// Whether the sheet has the template's keys.
    pub fn has_keys(&self) -> bool {
        matches!(self, Self::Form { keys: Some(_), .. } | Self::List { keys: Some(_), .. })
    }
}

/// Tells what a sheet is; `same_version` of the pack as the rest of the workbook.
pub(super) fn recognize(layout: &Layout<'_>, grid: &Grid, same_version: bool) -> Role {
    let own = own(layout, grid, same_version).map(Role::Beside);
    own.or_else(|| declared(layout, grid)).or_else(|| by_labels(layout, grid)).unwrap_or(Role::Unknown)
}

/// The same of a table as text, which may be a list of codes alone.
pub(super) fn recognize_text(layout: &Layout<'_>, grid: &Grid, same_version: bool) -> Role {
    match recognize(layout, grid, same_version) {
        Role::Unknown => alone(layout, grid).unwrap_or(Role::Unknown),
        role => role,
    }
}

/// What the sheet itself says it is, by its keys or its name.
pub(super) fn declared(layout: &Layout<'_>, grid: &Grid) -> Option<Role> {
    by_keys(layout, grid).or_else(|| by_name(layout, grid))
}

/// The cells that the program does not write on a sheet that it writes beside those to fill in; nothing if it is another
/// sheet. Its name alone says too little: anything may have it, and be written there.
fn own(layout: &Layout<'_>, grid: &Grid, same_version: bool) -> Option<Vec<(u32, u32)>> {
    let begins = |row: u32, names: &[Name]| {
        let texts: Vec<String> = grid.row(row).map(|(_, content)| content.text()).take(names.len()).collect();
        texts.len() == names.len() && names.iter().zip(&texts).all(|(name, text)| name.is(text))
    };
    let without_rows = |first: u32, is_own: fn(&Grid, u32) -> bool| {
        let strange = grid.rows().into_iter().filter(move |row| *row >= first && !is_own(grid, *row));
        strange.flat_map(|row| grid.row(row).map(move |(column, _)| (row, column))).collect()
    };
    match grid.name.as_str() {
        name if INTRODUCTION.is(name) && begins(3, &[HOW_TITLE]) => Some(without_rows(0, is_introduction)),
        name if OPTIONS.is(name) && begins(0, &[YES_NO, SOME_NONE]) => {
            let cells = grid.cells.keys().copied();
            Some(cells.filter(|at| !is_option(layout, grid, *at, same_version)).collect())
        }
        name if FINDINGS.is(name) && begins(1, &[Name(texts::status_2()), Name(texts::what_checked())]) => {
            Some(without_rows(0, is_finding))
        }
        _ => None,
    }
}

/// `1.` and words, or a sheet's number, name and words; else a title.
fn is_introduction(grid: &Grid, row: u32) -> bool {
    let texts: Vec<String> = grid.row(row).map(|(_, content)| content.text()).collect();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match texts.as_slice() {
        [title] => row < 2 || [HOW_TITLE, WHICH_TITLE].iter().any(|name| name.is(title)),
        [number, _] => number.strip_suffix('.').is_some_and(is_number),
        [number, _, _] => is_number(number),
        _ => false,
    }
}

fn is_option(layout: &Layout<'_>, grid: &Grid, (row, column): (u32, u32), same_version: bool) -> bool {
    let text = grid.cell(row, column).text();
    let offered = || layout.shape.option_sets.iter().any(|set| set.options.contains(&text) || set.name == text);
    match row {
        _ if same_version => {
            let fixed = |lang| {
                let answers = [true, false].map(|value| words::yes_no(value, lang));
                [answers, [words::some(lang), words::none(lang)]].concat().contains(&text.as_str())
            };
            [YES_NO, SOME_NONE].iter().any(|name| name.is(&text)) || fixed(Lang::Zh) || fixed(Lang::En) || offered()
        }
        0 | 1 => true,
        _ => !grid.cell(row - 1, column).is_blank(),
    }
}

/// A title, headings, or `✖ 不符合` and what was found.
fn is_finding(grid: &Grid, row: u32) -> bool {
    let mut cells = grid.row(row);
    match row {
        0 => cells.all(|(column, _)| column == 0),
        1 => cells.all(|(_, content)| {
            HEADINGS.iter().any(|(heading, _)| {
                [Lang::Zh, Lang::En].map(|lang| heading.get(lang)).contains(&content.text().as_str())
            })
        }),
        _ => is_status(&grid.cell(row, 0).text()) && cells.all(|(column, _)| (column as usize) < HEADINGS.len()),
    }
}

fn by_keys(layout: &Layout<'_>, grid: &Grid) -> Option<Role> {
    let (mut columns, mut rows) = (BTreeMap::new(), BTreeMap::new());
    for ((row, column), content) in &grid.cells {
        let Content::Text(text) = content else { continue };
        if !text.starts_with('/') {
            continue;
        }
        if layout.line(text).is_some() {
            *columns.entry(*column).or_insert(0_usize) += 1;
        } else if let Some(list) =
            layout.lists.iter().position(|list| list.columns.iter().any(|column| column.key == *text))
        {
            *rows.entry((*row, list)).or_insert(0_usize) += 1;
        }
    }
    if let Some(((keys, list), count)) = rows.into_iter().reduce(most_of)
        && columns.values().all(|lines| *lines < count)
    {
        return Some(Role::List { list, keys: Some(keys), headings: keys + 1 });
    }
    columns.into_iter().reduce(most_of).map(|(keys, _)| Role::Form { keys: Some(keys), section: None })
}

fn most_of<K>((one, count): (K, usize), (other, more): (K, usize)) -> (K, usize) {
    if more > count { (other, more) } else { (one, count) }
}

fn by_name(layout: &Layout<'_>, grid: &Grid) -> Option<Role> {
    let name = bare(&grid.name);
    let list = layout.lists.iter().position(|list| {
        name == bare(&list.sheet) || name == bare(&list.field.label) || list.path.last().is_some_and(|key| *key == name)
    });
    if let Some(list) = list {
        return Some(Role::List { list, keys: None, headings: headings(layout, list, grid).map_or(0, |(row, _)| row) });
    }
    let records = layout.lines.iter().filter(|line| matches!(line.holds, Holds::Record));
    let section = records.clone().find(|line| line.is_called(&name)).map(|line| line.key.clone());
    (section.is_some() || FORM.is(&grid.name)).then_some(Role::Form { keys: None, section })
}

/// By what most of its labels are; two lists of the same headings cannot be told apart.
fn by_labels(layout: &Layout<'_>, grid: &Grid) -> Option<Role> {
    let mut found: Vec<_> = (0..layout.lists.len())
        .filter_map(|list| headings(layout, list, grid).map(|(row, count)| (count, list, row)))
        .filter(|(count, ..)| *count > 1)
        .collect();
    order::sort_by_key(&mut found, |(count, ..)| std::cmp::Reverse(*count));
    let called = |text: &str| layout.lines.iter().any(|line| line.is_called(text));
    let labels = grid.cells.values().filter(|content| called(&bare(&content.text()))).count();
    match found.as_slice() {
        [(count, list, row), rest @ ..] if *count >= labels && rest.first().is_none_or(|(next, ..)| next < count) => {
            Some(Role::List { list: *list, keys: None, headings: *row })
        }
        _ => (labels > 1).then_some(Role::Form { keys: None, section: None }),
    }
}

/// What a table as text is that nothing else tells, which holds one list: the list of which all its headings are, and one of
/// them that of a field that no two elements have alike. A list of codes alone is that of those whose codes they are.
fn alone(layout: &Layout<'_>, grid: &Grid) -> Option<Role> {
    let is_own = |list: &usize| {
        let columns = &layout.lists.get(*list)?.columns;
        let (row, count) = headings(layout, *list, grid)?;
        let texts: Vec<String> = grid.row(row).map(|(_, content)| bare(&content.text())).collect();
        let mut unique = columns.iter().filter(|column| column.field.is_some_and(|field| field.unique));
        let tells_apart = unique.any(|column| texts.iter().any(|text| column.is_called(text)));
        (count == texts.len() && tells_apart).then_some((*list, row))
    };
    let found: Vec<_> = (0..layout.lists.len()).filter_map(|list| is_own(&list)).collect();
    match found.as_slice() {
        [(list, row)] => Some(Role::List { list: *list, keys: None, headings: *row }),
        _ => None,
    }
}

/// The row in which most cells are headings of a list, and how many are.
fn headings(layout: &Layout<'_>, list: usize, grid: &Grid) -> Option<(u32, usize)> {
    let columns = &layout.lists.get(list)?.columns;
    let known = |content: &Content| {
        let heading = bare(&content.text());
        columns.iter().any(|column| column.is_called(&heading))
    };
    let count = |row: u32| grid.row(row).filter(|(_, content)| known(content)).count();
    let top = grid.cells.keys().next()?.0;
    (top..top + HEADING_ROWS).map(|row| (row, count(row))).filter(|(_, count)| *count > 0).reduce(most_of)
}
