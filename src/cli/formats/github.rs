//! Annotations of GitHub Actions (workflow commands). The platform shows ten of each level a step and drops the rest
//! in silence, so that the last one says how many there are.

use bulou::shown::visible;

use super::{Level, Remark};

/// What the platform shows of one level.
const SHOWN: usize = 10;

/// One annotation, ready to print.
pub struct Annotation {
    level: Level,
    command: String,
}

/// A document's annotations.
pub fn annotations(remarks: &[Remark<'_>], path: &str) -> Vec<Annotation> {
    let annotation = |remark: &Remark<'_>| Annotation {
        level: remark.level,
        command: format!(
            "::{} file={},line={},col={},title={}::{}",
            name(remark.level),
            property(path),
            remark.line,
            remark.column,
            property(remark.id),
            data(&remark.message)
        ),
    };
    remarks.iter().map(annotation).collect()
}

/// The lines to print: the gravest first, and where a level has more than the platform shows, a total in the last place.
pub fn print(annotations: &[Annotation]) -> String {
    let mut out = String::new();
    for level in [Level::Error, Level::Warning, Level::Note] {
        let all: Vec<_> = annotations.iter().filter(|one| one.level == level).collect();
        let shown = if all.len() > SHOWN { SHOWN - 1 } else { all.len() };
        for annotation in all.iter().take(shown) {
            out += &annotation.command;
            out.push('\n');
        }
        if shown < all.len() {
            let rest = all.len() - shown;
            out +=
                &format!("::{} title=bulou::还有 {rest} 处没有显示,共 {} 处 / {rest} more\n", name(level), all.len());
        }
    }
    out
}

fn name(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    }
}

fn data(text: &str) -> String {
    let lines = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    // The platform's log is a terminal.
    visible(&lines)
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_the_platform_shows_ends_with_a_total_and_no_text_breaks_out_of_its_command() {
        let remark = |line| Remark {
            id: "甲,乙:丙",
            rule: None,
            level: Level::Error,
            message: "一\n::error::二 100%\u{1b}[31m".to_owned(),
            pointer: "",
            line,
            column: 1,
            cell: None,
        };
        let remarks: Vec<_> = (1..=23).map(remark).collect();
        let printed = print(&annotations(&remarks, "a,b.json"));
        let lines: Vec<_> = printed.lines().collect();
        assert_eq!(lines.len(), 10);
        assert_eq!(
            lines[0],
            "::error file=a%2Cb.json,line=1,col=1,title=甲%2C乙%3A丙::一%0A::error::二 100%25\u{fffd}[31m"
        );
        assert_eq!(lines[9], "::error title=bulou::还有 14 处没有显示,共 23 处 / 14 more");
    }
}
