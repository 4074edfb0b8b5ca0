//! Tables that a spreadsheet opens.

use std::io::{Cursor, Read as _};

use calamine::{Reader as _, Xlsx};

use super::hostile::{FORMULAS, SECRETS};
use super::{DAY, Folder, check, county};

/// The cells of a table as a spreadsheet reads it (RFC 4180).
fn cells(csv: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = csv.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted && chars.next_if_eq(&'\n').is_some() => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    assert!(!quoted && cell.is_empty() && row.is_empty(), "it ends with a whole line");
    rows
}

#[test]
fn no_cell_of_a_csv_is_a_formula_and_every_line_has_all_its_cells() {
    let folder = Folder::new("csv");
    for args in [check("csv"), county("csv")] {
        let rows = cells(&folder.text(&args, None));
        let width = rows[0].len();
        assert!(rows.len() > 2 && width > 10, "{rows:?}");
        for row in rows.iter().filter(|row| row.len() > 3) {
            assert_eq!(row.len(), width, "{row:?}");
        }
        for cell in rows.iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
        }
        let all = rows.concat().join("\n");
        assert!(all.contains("'=") && all.contains("'@名"), "{all}");
    }
}

/// All parts of a workbook: each is XML, and none has a formula of ours or others, or leads out of it.
fn assert_inert(bytes: &[u8]) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
    let mut texts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let (name, mut text) = (part.name().expect("a name").into_owned(), String::new());
        part.read_to_string(&mut text).expect("UTF-8");
        let options = roxmltree::ParsingOptions { allow_dtd: false, ..Default::default() };
        let xml = roxmltree::Document::parse_with_options(&text, options);
        let xml = xml.unwrap_or_else(|error| panic!("{name}: {error}"));
        let formula =
            |node: &roxmltree::Node<'_, '_>| node.has_tag_name((node.tag_name().namespace().unwrap_or_default(), "f"));
        assert!(!name.starts_with("xl/worksheets/") || !xml.descendants().any(|node| formula(&node)), "{name}: {text}");
        assert!(xml.descendants().all(|node| node.attribute("TargetMode").is_none()), "{name}: {text}");
        texts.push(text);
    }
    let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let names = book.sheet_names();
    names
        .iter()
        .flat_map(|name| {
            let range = book.worksheet_range(name).expect("a sheet");
            range.cells().map(|(_, _, value)| value.to_string()).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn a_county_s_workbook_holds_texts_and_numbers() {
    let folder = Folder::new("xlsx");
    let bytes = folder.written(&[&county("xlsx")[..], &["-o", "out.xlsx"]].concat(), Some("out.xlsx"));
    let cells = assert_inert(&bytes);
    assert!(cells.iter().any(|cell| cell.starts_with("=</script>")), "the id is there as it is: {cells:#?}");
    let all = cells.join("\n");
    assert!(!SECRETS.into_iter().chain(["FORBIDDEN"]).any(|hidden| all.contains(hidden)));
}

#[test]
fn an_annotated_workbook_holds_no_formula_and_shows_sensitive_values_in_their_own_cells_alone() {
    let folder = Folder::new("annotated");
    let file = format!("schools/{}", super::hostile::FILE);
    let args = [&["check"][..], &DAY, &["--annotated", "out.xlsx", &file]].concat();
    folder.run(&args);
    let bytes = std::fs::read(folder.0.join("out.xlsx")).expect("a file");
    let cells = assert_inert(&bytes);
    for secret in SECRETS {
        // It is the school's own document, with one cell for what it says.
        let holding = cells.iter().filter(|cell| cell.contains(secret)).count();
        assert!(holding <= 1, "{secret}: {cells:#?}");
    }
    let all = cells.join("\n");
    assert!(!all.contains("FORBIDDEN"), "{all}");
    for formula in FORMULAS {
        assert!(all.contains(formula.trim()), "{formula:?}");
    }
}
