//! Rows as tables in Markdown.

use crate::engines::Kind;
use crate::measure::{Row, SETS};

/// Which set the last column compares by.
const MANY: usize = SETS.len() - 1;

/// A table of rows; `base` names what ratios are taken to.
pub fn table(rows: &[Row], base: &str) -> String {
    let fastest = fastest(rows);
    let mut text = format!(
        "| | small | to {base} | large | to {base} | many, each | to {base} | to the fastest other engine |\n|---|---|---|---|---|---|---|---|\n"
    );
    for row in rows {
        let cells: String =
            row.cells.iter().map(|cell| format!(" {} µs | {} |", time(cell.micros), ratio(cell.ratio))).collect();
        let judges = matches!(row.kind, Kind::Hand | Kind::Peer | Kind::Bulou);
        let compared =
            fastest.filter(|_| judges).map(|fastest| ratio(row.cells[MANY].micros / fastest)).unwrap_or_default();
        let name = if is_bulou(row.kind) { format!("**{}**", row.name) } else { row.name.clone() };
        text += &format!("| {name} |{cells} {compared} |\n");
    }
    text
}

/// What each row does, by its name.
pub fn meanings<'r>(rows: impl Iterator<Item = &'r Row>) -> String {
    rows.map(|row| format!("- {}: {}\n", row.name, row.does)).collect()
}

pub fn is_bulou(kind: Kind) -> bool {
    matches!(kind, Kind::Bulou | Kind::Whole)
}

/// Microseconds of the fastest engine of others' that evaluates rules.
fn fastest(rows: &[Row]) -> Option<f64> {
    rows.iter().filter(|row| row.kind == Kind::Peer).map(|row| row.cells[MANY].micros).min_by(f64::total_cmp)
}

/// Three digits that count, never more.
fn time(micros: f64) -> String {
    let decimals = if micros < 10.0 { 2 } else { usize::from(micros < 100.0) };
    format!("{micros:.decimals$}")
}

pub fn ratio(ratio: f64) -> String {
    let decimals = if ratio < 9.995 { 2 } else { 1 };
    format!("{ratio:.decimals$}")
}
