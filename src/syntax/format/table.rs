//! Decision tables: columns side by side, Chinese characters two columns wide.

use unicode_width::UnicodeWidthStr as _;

use super::doc;
use super::layout::Layout;
use super::tokens::{Piece, Token, Tree};

/// The rows of a table, each on a line of its own. A row with a comment inside is not aligned.
pub(super) fn rows(layout: &mut Layout, rows: &[Piece]) {
    let cells: Vec<Option<Vec<String>>> = rows.iter().map(cells).collect();
    let columns = cells.iter().flatten().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        cells.iter().flatten().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for (index, (row, cells)) in rows.iter().zip(&cells).enumerate() {
        layout.start(row.first(), index == 0);
        let (Some(cells), Piece::Tree(tree)) = (cells, row) else {
            layout.nest(|layout| layout.piece(row, false));
            continue;
        };
        let padded = cells.iter().zip(&widths).map(|(cell, width)| {
            let space = " ".repeat(width.saturating_sub(cell.width()));
            format!("| {cell}{space} ")
        });
        let row: String = padded.collect();
        if let Some(Piece::Token(last)) = tree.pieces.last() {
            let beside = last.beside.clone();
            layout.token(&Token { text: row + "|", beside, ..Token::default() });
        }
    }
}

/// The cells of a row, unless a comment stands between its first and its last bar.
fn cells(row: &Piece) -> Option<Vec<String>> {
    let Piece::Tree(Tree { pieces, .. }) = row else { return None };
    let (last, others) = pieces.split_last()?;
    let (first, inner) = others.split_first()?;
    let quiet = inner.iter().all(|piece| piece.is_quiet()) && first.first()?.beside.is_none();
    if !quiet || !last.first()?.above.is_empty() {
        return None;
    }
    let cells = inner.iter().filter(|piece| !piece.is("|"));
    Some(
        cells
            .map(|cell| {
                let mut layout = Layout::default();
                layout.group(|layout| layout.piece(cell, false));
                doc::print(&layout.docs, usize::MAX).trim_start().to_owned()
            })
            .collect(),
    )
}
