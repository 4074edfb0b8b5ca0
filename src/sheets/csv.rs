//! A table as text (RFC 4180) as a sheet: what spreadsheets write where a list alone is saved.

use super::content::Content;
use super::grid::{Budget, Grid, Sheets};
use super::refusal::Refusal;
use bulou_messages::texts;

/// What may stand between the cells of a line.
const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// So many lines tell which of them it is.
const LOOKED_AT: usize = 20;

/// The sheet of a table's text, called `name`. Its cells are texts, as whoever saved it saw them.
///
/// # Errors
/// A quote in it has no other, or it has more cells than a workbook may have.
pub fn of_csv(name: &str, text: &str) -> Result<Sheets, Refusal> {
    let text = text.trim_start_matches('\u{FEFF}');
    let count =
        |separator: &char| text.lines().take(LOOKED_AT).map(|line| line.matches(*separator).count()).sum::<usize>();
    // The first of those that are there most often; a comma where there is none.
    let separator = SEPARATORS.into_iter().rev().max_by_key(count).unwrap_or(',');
    let mut grid = Grid::new(name);
    let mut budget = Budget::default();
    let (mut rest, mut row, mut column) = (text, 0, 0);
    while !rest.is_empty() {
        let (cell, end, after) = next(rest, separator).ok_or_else(unpaired)?;
        budget.add(&mut grid, (row, column), Content::Text(cell))?;
        (row, column) = if end == Some(separator) { (row, column + 1) } else { (row + 1, 0) };
        rest = after;
    }
    Ok(Sheets { grids: vec![grid], beside: Vec::new(), is_text: true })
}

/// The next cell, what ended it, and what follows; nothing where a quote is not closed, or closes what goes on. Such a one
/// takes the lines that follow into its cell, and nobody can say which of them were rows.
fn next(text: &str, separator: char) -> Option<(String, Option<char>, &str)> {
    let mut cell = String::new();
    let (mut quoted, mut closed) = (false, false);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let following = chars.peek().map(|(_, c)| *c);
        match c {
            '"' if quoted && following == Some('"') => {
                cell.push('"');
                chars.next();
            }
            '"' if quoted => (quoted, closed) = (false, true),
            '"' if cell.is_empty() && !closed => quoted = true,
            '\r' if !quoted && following == Some('\n') => {}
            c if !quoted && (c == separator || c == '\n' || c == '\r') => {
                return Some((cell, Some(c), text.get(at + c.len_utf8()..).unwrap_or_default()));
            }
            c if closed && c.is_whitespace() => {}
            _ if closed => return None,
            c => cell.push(c),
        }
    }
    (!quoted).then_some((cell, None, ""))
}

fn unpaired() -> Refusal {
    let words = texts::quote_table_no_other().text();
    Refusal::Damaged(words)
}

#[cfg(test)]
mod tests {
    use super::{Content, Refusal, of_csv};

    fn cells(text: &str) -> Vec<(u32, u32, String)> {
        let sheets = of_csv("名册", text).expect("a sheet");
        let cells = sheets.grids.iter().flat_map(|grid| &grid.cells);
        cells.map(|((row, column), content): (_, &Content)| (*row, *column, content.text())).collect()
    }

    #[test]
    fn tables_are_read_as_spreadsheets_write_them() {
        let wanted = [(0, 0, "标识码".to_owned()), (0, 1, "名称".into()), (1, 0, "1".into()), (1, 1, "a\"b\nc".into())];
        for text in [
            "\u{FEFF}标识码,名称\r\n1,\"a\"\"b\nc\"\r\n",
            "标识码;名称\n1;\"a\"\"b\nc\"",
            "标识码\t名称\r1\t\"a\"\"b\nc\" ",
        ] {
            assert_eq!(cells(text), wanted, "{text}");
        }
        assert_eq!(cells("a,,b\n\n,,c").len(), 3);
        assert_eq!(cells("a 5\"\n"), [(0, 0, "a 5\"".to_owned())]);
        assert!(cells("").is_empty());
    }

    #[test]
    fn a_quote_that_takes_rows_into_its_cell_is_refused() {
        for text in [
            "标识码,名称\n1,甲\n2,\"乙\n3,丙\n4,丁",
            "标识码,名称\n1,\"甲\"\"",
            "标识码,名称\n1,甲\n2,\"乙\n3,\"丙\"\n4,丁\n",
            "标识码,名称\n1,\"\"甲\"\"\n",
            "\"",
        ] {
            assert!(matches!(of_csv("名册", text), Err(Refusal::Damaged(_))), "{text}");
        }
        assert_eq!(cells("\"\",\"a\"\n"), [(0, 1, "a".to_owned())]);
    }
}
