//! Names of files that come from elsewhere.

use crate::sanitize::visible;

/// Names that Windows keeps for devices, whatever follows after a point.
const DEVICES: [&str; 4] = ["CON", "PRN", "AUX", "NUL"];

/// How the files end that schools send.
const SENT: [&str; 21] = [
    "json", "ndjson", "jsonl", "csv", "xlsx", "xlsm", "xlsb", "xls", "ods", "et", "zip", "rar", "7z", "gz", "tgz",
    "bz2", "xz", "tar", "doc", "docx", "pdf",
];

/// Whether a name ends as those of files that schools send.
#[must_use]
pub fn is_sent(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| SENT.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// Whether a path names what no one submitted: hidden files, and what Windows, macOS and Office leave beside files.
///
/// ```
/// use bulou_base::filename::is_litter;
/// assert!(is_litter("__MACOSX/._南街小学.json") && is_litter("收表/Thumbs.db") && is_litter("~$南街小学.xlsx"));
/// assert!(!is_litter("收表/南街小学.json"));
/// ```
#[must_use]
pub fn is_litter(path: &str) -> bool {
    path.split('/').any(|part| {
        let known = ["__MACOSX", "Thumbs.db", "desktop.ini", "System Volume Information"];
        let known = known.iter().any(|known| part.eq_ignore_ascii_case(known));
        known || part.starts_with("~$") || (part.starts_with('.') && !matches!(part, "." | ".."))
    })
}

/// Whether a name is one file's in its folder on every system, and looks like what it is: no path, no device of Windows,
/// not hidden, nothing that a terminal or a reader would obey.
///
/// ```
/// use bulou_base::filename::is_portable;
/// assert!(is_portable("demo-1.0.bulou.json") && is_portable("校园安全.参数.json"));
/// assert!(!is_portable("../a.json") && !is_portable("nul.json") && !is_portable("甲\n乙.json"));
/// ```
#[must_use]
pub fn is_portable(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let numbered = |device: &str| {
        let rest = stem.get(..3).filter(|start| start.eq_ignore_ascii_case(device)).and_then(|_| stem.get(3..));
        rest.is_some_and(
            |rest| matches!(rest.chars().collect::<Vec<_>>()[..], [c] if c.is_ascii_digit() || "¹²³".contains(c)),
        )
    };
    let device = DEVICES.iter().any(|device| stem.eq_ignore_ascii_case(device)) || numbered("COM") || numbered("LPT");
    let edges = name.starts_with(['.', ' ', '~']) || name.ends_with(['.', ' ']);
    !name.is_empty()
        && name.len() <= 200
        && !device
        && !edges
        && !name.contains(r#"/\:*?"<>|"#.chars().collect::<Vec<_>>().as_slice())
        && visible(name) == name
}

/// Whether a path of names with `/` leads to a file below its folder on every system.
#[must_use]
pub fn is_portable_path(path: &str) -> bool {
    path.split('/').all(is_portable)
}

#[cfg(test)]
mod tests {
    use super::is_portable;

    #[test]
    fn a_name_that_leads_elsewhere_or_looks_like_another_is_none() {
        let long = "长".repeat(100);
        let bad = [
            "",
            ".",
            "..",
            ".json",
            "/etc/passwd",
            "a/b",
            "a\\b",
            "C:a",
            "a:b",
            "a*",
            "a?",
            "a\"",
            "<a>",
            "a|b",
            "con",
            "NUL.json",
            "Com1.txt",
            "lpt9",
            "COM¹",
            "aux .txt",
            "a.",
            "a ",
            " a",
            "a\nb",
            "a\rb",
            "a\u{2028}b",
            "a\u{202e}nosj.exe",
            "a\u{200b}",
            "a\u{0}",
            "a\u{1b}[2K",
            "~$a",
            long.as_str(),
        ];
        for name in bad {
            assert!(!is_portable(name), "{name:?}");
        }
        for name in
            ["index.json", "COM.json", "console.json", "COM10.json", "lptx", "甲 乙.参数.json", "a-1.0_b.bulou.json"]
        {
            assert!(is_portable(name), "{name:?}");
        }
    }
}
