//! Figures for people: a page in Markdown and a plot.

mod machine;
mod plot;
mod table;

use crate::agree::Agreed;
use crate::documents::Documents;
use crate::measure::Row;
use crate::node::Node;
use crate::scale::{Load, RollUp, Workers};

pub use machine::Machine;
pub use plot::plot;

/// All that one run found.
pub struct Results<'r> {
    pub machine: Machine,
    pub documents: &'r Documents,
    pub rounds: usize,
    pub agreed: &'r Agreed,
    pub native: Vec<Row>,
    pub node: Node,
    pub workers: Vec<Workers>,
    pub county: RollUp,
    pub load: Load,
}

/// The page, `docs/benchmarks.md`.
pub fn page(results: &Results<'_>) -> String {
    let Results { machine, documents, rounds, agreed, native, node, .. } = results;
    let documents_count = documents.many.len() + 2;
    [
        "# Benchmarks\n".to_owned(),
        format!("{}; {rounds} rounds.\n", machine.line()),
        "```sh\ncargo xtask bench          # prints this page\ncargo xtask bench --write  # writes it, and the plot\n```\n"
            .to_owned(),
        "![Time per document, as a ratio to a plain JSON parser](benchmarks.svg)\n".to_owned(),
        format!(
            "Twenty rules as a bureau writes them (presence, comparisons, a decision table, every and any over lists, nothing left \
             out, dates with due days, sums), written for each engine in its own language \
             ([tests/bench/rules](../tests/bench/rules)), over a school's self-assessment of {:.1} KB, one of {:.1} KB with longer \
             lists, and {} of {:.1} KB on average with faults in about half of them. Each row takes bytes and gives twenty verdicts. \
             Rules are compiled before; every engine is used as its own documentation says is fast.\n",
            documents.small.len() as f64 / 1e3,
            documents.large.len() as f64 / 1e3,
            documents.many.len(),
            documents.lines().len() as f64 / 1e3 / documents.many.len() as f64,
        ),
        format!(
            "Before anything is timed, all engines have to agree on every rule of all {documents_count} documents: {} native engines, {} \
             verdicts compared; {} engines in Node, {} verdicts compared. Each rule passes for some of the documents and fails for others.\n",
            agreed.engines, agreed.compared, node.agreed.engines, node.agreed.compared,
        ),
        "## Native\n".to_owned(),
        table::table(native, "Value"),
        format!("## Node {}\n", machine.node),
        table::table(&node.rows, "JSON.parse"),
        "## Many documents\n".to_owned(),
        many(results),
        "## What each row does\n".to_owned(),
        table::meanings(native.iter().chain(&node.rows)),
        "## How to read it\n".to_owned(),
        include_str!("notes.md").to_owned() + memory(),
    ]
    .join("\n")
}

/// What was done about the allocator, when it was.
fn memory() -> &'static str {
    if std::env::var_os("MALLOC_TRIM_THRESHOLD_").is_none() {
        return "";
    }
    "- The allocator of the C library is told to keep its memory (`MALLOC_TRIM_THRESHOLD_`, `MALLOC_MMAP_THRESHOLD_`): else large trees pay for\n  \
     pages that they give back and ask for again, and all ratios to them look better than they are.\n"
}

fn many(results: &Results<'_>) -> String {
    let Results { workers, county, load, .. } = results;
    let mut text = "| | one worker | two workers | faster |\n|---|---|---|---|\n".to_owned();
    for Workers { name, one, two, faster } in workers {
        text += &format!("| {name} | {one:.0} documents/s | {two:.0} documents/s | {faster:.2} × |\n");
    }
    let RollUp { added, scanned, scans, finish } = county;
    text += &format!(
        "\nThe county's roll-up on one core, `api::county`: {added:.0} documents/s read, judged by the whole pack and folded, where the \
         syntax scan (`IgnoredAny`) of the same bytes does {scanned:.0} documents/s: {scans:.1} scans a document. The county's own rules \
         and its report come to {finish:.1} ms once.\n"
    );
    let Load { compiled, from_bytes, files, rules } = load;
    text += &format!(
        "\nThe whole pack, {files} rule files with {rules} rules for a school and those for the county, is compiled in {compiled:.1} ms; from \
         bytes that were compiled before, as the page has them, it is ready in {from_bytes:.2} ms.\n"
    );
    text
}
