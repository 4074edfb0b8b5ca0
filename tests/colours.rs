//! A status has the same colours wherever it is shown. Rust has them from one table; style sheets write them out, and are
//! compared with it here.

#![allow(clippy::expect_used, clippy::disallowed_methods, reason = "a test reads its files and fails by panic")]

use std::path::Path;

use bulou_report::{Colours, Status};

fn file(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect(name)
}

/// `#8f0d1a`, or as short as style sheets write black and white.
fn hex(colour: u32) -> String {
    match colour {
        Colours::BLACK => "#000".into(),
        Colours::WHITE => "#fff".into(),
        other => format!("#{other:06x}"),
    }
}

/// What a style sheet declares for a selector alone, without the space around it; the first of several rules.
fn rule(sheet: &str, selector: &str) -> String {
    let mut rules = sheet.split('}').filter_map(|rule| rule.split_once('{'));
    let is_its = |(head, _): &(&str, &str)| head.trim_end().lines().last().is_some_and(|line| line.trim() == selector);
    let (_, body) = rules.find(is_its).expect(selector);
    body.split_whitespace().collect::<Vec<_>>().join(" ")
}

const ALL: [(Status, &str, &str); 6] = [
    (Status::Pass, "pass", "pass"),
    (Status::Fail, "fail", "fail"),
    (Status::Pending, "pending", "pending"),
    (Status::Undetermined, "undetermined", "undetermined"),
    (Status::Hint, "hint", "hint"),
    (Status::NotApplicable, "not_applicable", "skipped"),
];

#[test]
fn style_sheets_show_a_status_in_its_colours() {
    let (page, html) = (file("www/src/app.css"), file("src/cli/formats/report.css"));
    for (status, in_page, in_html) in ALL {
        let (ground, ink) = (hex(status.colours().ground), hex(status.colours().ink));
        let said = rule(&page, &format!(".{in_page}"));
        assert!(said.starts_with(&format!("--status: {ground};")), "{status:?} on the page: {said}");
        assert!(said.contains(&format!(" color: {ink};")), "{status:?} on the page: {said}");
        let said = rule(&html, &format!(".{in_html}"));
        // Of a hatched ground that is the first colour.
        assert!(said.starts_with("background: ") && said.contains(&ground), "{status:?} in HTML: {said}");
        assert!(said.contains(&format!(" color: {ink};")), "{status:?} in HTML: {said}");
    }
}

#[test]
fn lines_and_grounds_that_mean_a_status_have_its_colour() {
    let [pass, fail, pending] =
        [Status::Pass, Status::Fail, Status::Pending].map(|status| hex(status.colours().ground));
    let trace = file("src/cli/formats/trace.css");
    assert!(rule(&trace, ".covered").contains(&format!("border-left-color: {pass};")));
    assert!(rule(&trace, ".uncovered").contains(&format!("border-left-color: {fail};")));
    assert!(rule(&file("www/src/app.css"), ":root").contains(&format!("--alarm: {fail};")));
    assert!(file("www/src/rules/Problems.svelte").contains(&format!("border-left: 4px solid {pending};")));
    assert!(file("www/src/rules/Files.svelte").contains(&format!("background: {fail};")));
}

/// Every style sheet of the page and style of its components.
fn styles(folder: &Path, into: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
        let path = entry.path();
        let is = |kind: &str| path.extension().is_some_and(|extension| extension == kind);
        if path.is_dir() {
            styles(&path, into);
        } else if is("css") || is("svelte") {
            let text = std::fs::read_to_string(&path).expect("a file");
            let style = if is("css") { text.as_str() } else { text.split("<style").nth(1).unwrap_or_default() };
            into.push((path.display().to_string(), style.to_owned()));
        }
    }
}

/// A component that gave one again would go on with it when the table changes.
#[test]
fn a_status_has_its_colours_from_the_style_sheet_of_the_page_alone() {
    let mut all = Vec::new();
    styles(&Path::new(env!("CARGO_MANIFEST_DIR")).join("www/src"), &mut all);
    let mut sheets = Vec::new();
    for (name, style) in &all {
        let heads = style.split('}').filter_map(|rule| rule.split_once('{')).map(|(head, _)| head);
        let words = |head: &str| {
            head.split(|c: char| !c.is_alphanumeric() && !"_-.".contains(c)).map(str::to_owned).collect::<Vec<_>>()
        };
        let is_class =
            |word: &String| word.split('.').skip(1).any(|class| ALL.iter().any(|(_, status, _)| class == *status));
        if heads.flat_map(words).any(|word| is_class(&word)) {
            sheets.push(name.as_str());
        }
    }
    assert!(sheets.len() == 1 && sheets.iter().all(|name| name.ends_with("app.css")), "{sheets:?}");
}

/// By the formula of WCAG 2.2, whose level AA asks of texts for 4.5 to 1.
#[test]
fn what_is_written_on_a_status_is_legible() {
    let part = |colour: u32, shift: u32| {
        let part = f64::from((colour >> shift) & 0xFF) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let light = |colour| 0.2126 * part(colour, 16) + 0.7152 * part(colour, 8) + 0.0722 * part(colour, 0);
    for (status, ..) in ALL {
        let Colours { ground, ink } = status.colours();
        let (one, other) = (light(ground) + 0.05, light(ink) + 0.05);
        assert!(one.max(other) / one.min(other) >= 4.5, "{status:?}");
    }
}
