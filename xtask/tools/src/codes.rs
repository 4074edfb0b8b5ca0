//! `docs/codes.md`: a section for every code, made of its explanation and of the case that the tests hold for it.

use std::fmt::Write as _;

use bulou_messages::diagnostic::Lang;
use bulou_messages::explain;

use xtask::run::{Outcome, root};

const HEAD: &str = "# Codes 代码

What each code means and what to do, as `bulou explain CODE` prints it, with an example that has it (the place is marked
`⟦…⟧`) and the same mended. `E` are errors in a pack, `W` warnings about one, `D` are about documents, `P` about published packs.
Made by `cargo xtask gen`; do not edit.
";

/// Writes the page.
pub fn write() -> Outcome {
    let path = root().join("docs/codes.md");
    std::fs::write(&path, page()).map_err(|error| format!("{}: {error}", path.display()))
}

/// The page's text.
fn page() -> String {
    let mut out = HEAD.to_owned();
    for zh in explain::all(Lang::Zh) {
        let _ = write!(out, "\n## {}\n\n**{}**\n\n{}\n", zh.code, zh.title, zh.text);
        if let Some(en) = explain::explain(zh.code, Lang::En) {
            let _ = write!(out, "\n**{}**\n\n{}\n", en.title, en.text);
        }
        if let (Some(bad), Some(good)) = (case(zh.code, "bad"), case(zh.code, "good")) {
            let _ = write!(out, "\n```text\n{bad}\n```\n\nMended:\n\n```text\n{good}\n```\n");
        }
    }
    out
}

fn case(code: &str, which: &str) -> Option<String> {
    let path = root().join(format!("tests/cases/diagnostics/{code}/{which}.bulou"));
    std::fs::read_to_string(path).ok().map(|text| seen(text.trim_end()))
}

/// A carriage return as a sign that one sees, and that no tool which mends line ends takes out of the page.
fn seen(text: &str) -> String {
    text.replace('\r', "␍")
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_is_what_the_explanations_say_now() {
        let kept = std::fs::read_to_string(xtask::run::root().join("docs/codes.md")).unwrap_or_default();
        assert!(kept == super::page(), "docs/codes.md is out of date: run cargo xtask gen");
    }
}
