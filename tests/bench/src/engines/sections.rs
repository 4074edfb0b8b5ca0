//! A file of one expression a rule, each below a line `// rule`.

use super::RULES;

/// The expressions in the order of the rules.
pub fn expressions(text: &str) -> Vec<&str> {
    RULES.iter().map(|rule| expression(text, rule)).collect()
}

fn expression<'t>(text: &'t str, rule: &str) -> &'t str {
    let heading = format!("\n// {rule}\n");
    let (_, rest) = text.split_once(&heading).unwrap_or_else(|| panic!("no expression for {rule}"));
    rest.split("\n//").next().unwrap_or_default().trim()
}
