//! The plot: each engine's time for one of the many documents, as a ratio to the plain parser of its platform. The scale
//! is logarithmic, so bars start at the ratio 1 and not at nothing: to the left is faster than the parser, to the right
//! slower, and equal lengths are equal factors.

use std::fmt::Write as _;

use super::Results;
use super::table::{is_bulou, ratio};
use crate::engines::Kind;
use crate::measure::{Row, SETS};

const WIDTH: f64 = 900.0;
const LEFT: f64 = 310.0;
const RIGHT: f64 = 830.0;
const LINE: f64 = 24.0;
const BAR: f64 = 14.0;
const HEAD: f64 = 82.0;
const GAP: f64 = 44.0;

const STYLE: &str = "text{font:13px system-ui,sans-serif;fill:#24292f}.small{font-size:11px;fill:#57606a}.own{font-weight:700}\
    .grid{stroke:#d0d7de}.one{stroke:#57606a}.plain{fill:#8c959f}.peer{fill:#3b76c4}.bulou{fill:#c2410c}\
    @media(prefers-color-scheme:dark){text{fill:#e6edf3}.small{fill:#9198a1}.grid{stroke:#3d444d}.one{stroke:#9198a1}\
    .plain{fill:#7d8590}.peer{fill:#6ea8fe}.bulou{fill:#f78a4c}}";

/// A stretch of the logarithmic scale on the page.
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    fn of<'r>(rows: impl Iterator<Item = &'r Row>) -> Self {
        let (mut low, mut high) = (0.5_f64, 2.0_f64);
        for row in rows {
            low = low.min(many(row));
            high = high.max(many(row));
        }
        Self { low: low / 1.15, high: high * 1.15 }
    }

    fn x(&self, ratio: f64) -> f64 {
        LEFT + (RIGHT - LEFT) * (ratio / self.low).ln() / (self.high / self.low).ln()
    }

    fn ticks(&self) -> impl Iterator<Item = f64> {
        let all = (-3..4).flat_map(|power| [1.0, 2.0, 5.0].map(|digit| digit * 10_f64.powi(power)));
        all.filter(|tick| (self.low..=self.high).contains(tick))
    }
}

fn many(row: &Row) -> f64 {
    row.cells[SETS.len() - 1].ratio
}

/// The plot as SVG.
pub fn plot(results: &Results<'_>) -> String {
    let panels = [
        ("Native: to serde_json Value".to_owned(), &results.native),
        (format!("Node {}: to JSON.parse", results.machine.node), &results.node.rows),
    ];
    let scale = Scale::of(panels.iter().flat_map(|(_, rows)| rows.iter()));
    let mut body = String::new();
    let mut top = HEAD;
    for (title, rows) in &panels {
        panel(&mut body, &scale, top, title, rows);
        top += GAP + LINE * rows.len() as f64 + 18.0;
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" role=\"img\">\n\
         <title>Time per document as a ratio to a plain JSON parser</title>\n<style>{STYLE}</style>\n\
         <text x=\"16\" y=\"26\" class=\"own\">Time for one document of {count}, from its bytes on, as a ratio to a plain JSON parser</text>\n\
         <text x=\"16\" y=\"46\" class=\"small\">Logarithmic: left of 1 is faster than parsing into a tree. Grey: no rules, or rules \
         by hand in Rust; blue: other engines; orange: Bulou.</text>\n\
         <text x=\"16\" y=\"64\" class=\"small\">{machine}</text>\n{body}</svg>\n",
        count = results.documents.many.len(),
        height = top,
        machine = escape(&results.machine.line()),
    )
}

fn panel(body: &mut String, scale: &Scale, top: f64, title: &str, rows: &[Row]) {
    let (first, last) = (top + GAP - 14.0, top + GAP - 14.0 + LINE * rows.len() as f64);
    let _ = writeln!(body, "<text x=\"16\" y=\"{:.0}\" class=\"own\">{}</text>", top + 12.0, escape(title));
    for tick in scale.ticks() {
        let x = scale.x(tick);
        let class = if tick == 1.0 { "one" } else { "grid" };
        let _ = writeln!(body, "<path d=\"M{x:.1} {first:.0}V{last:.0}\" class=\"{class}\"/>");
        let _ = writeln!(
            body,
            "<text x=\"{x:.1}\" y=\"{:.0}\" text-anchor=\"middle\" class=\"small\">{tick}</text>",
            last + 13.0
        );
    }
    for (index, row) in rows.iter().enumerate() {
        line(body, scale, first + LINE * index as f64, row);
    }
}

fn line(body: &mut String, scale: &Scale, top: f64, row: &Row) {
    let class = match row.kind {
        Kind::Bulou | Kind::Whole => "bulou",
        Kind::Peer => "peer",
        Kind::Parser | Kind::Structure | Kind::Hand => "plain",
    };
    let own = if is_bulou(row.kind) { " class=\"own\"" } else { "" };
    let baseline = top + 16.0;
    let (one, end) = (scale.x(1.0), scale.x(many(row)));
    let name = escape(&row.name);
    let _ = writeln!(body, "<text x=\"{}\" y=\"{baseline}\" text-anchor=\"end\"{own}>{name}</text>", LEFT - 10.0);
    let _ = writeln!(
        body,
        "<rect x=\"{:.1}\" y=\"{}\" width=\"{:.1}\" height=\"{BAR}\" rx=\"2\" class=\"{class}\"/>",
        one.min(end),
        top + 5.0,
        (end - one).abs().max(1.0),
    );
    let _ = writeln!(
        body,
        "<text x=\"{}\" y=\"{baseline}\" text-anchor=\"end\"{own}>{}</text>",
        WIDTH - 16.0,
        ratio(many(row))
    );
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
