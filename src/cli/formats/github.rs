//! Annotations of GitHub Actions (workflow commands). The platform shows ten of each level a step and drops the rest
//! in silence, so that the last one says how many there are.

use bulou_base::sanitize::visible;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;

use super::remarks::{Level, Remark};

/// What the platform shows of one level.
const SHOWN: usize = 10;

/// Annotations of one level: the first that the platform shows, ready to print, and how many there are.
#[derive(Default)]
struct Shown {
    commands: Vec<String>,
    all: usize,
}

/// The annotations of a run; of each level no more are kept than the platform shows.
#[derive(Default)]
pub struct Annotations {
    levels: [Shown; 3],
    /// What differs from the pack's parameters; it is the same for all documents of a run.
    params: Option<String>,
}

const LEVELS: [Level; 3] = [Level::Error, Level::Warning, Level::Note];

impl Annotations {
    /// A document's, with what its report says of parameters.
    pub fn new(remarks: &[Remark<'_>], path: &str, params: Option<String>) -> Self {
        let mut annotations = Self { params, ..Self::default() };
        for (level, shown) in LEVELS.into_iter().zip(&mut annotations.levels) {
            let of_level = || remarks.iter().filter(|remark| remark.level == level);
            shown.all = of_level().map(|remark| remark.times).sum();
            shown.commands = of_level().take(SHOWN).map(|remark| command(remark, path)).collect();
        }
        annotations
    }

    /// Adds another document's.
    pub fn add(&mut self, more: Self) {
        for (shown, more) in self.levels.iter_mut().zip(more.levels) {
            shown.all += more.all;
            let room = SHOWN.saturating_sub(shown.commands.len());
            shown.commands.extend(more.commands.into_iter().take(room));
        }
        self.params = self.params.take().or(more.params);
    }

    /// The lines to print: the gravest first, and where a level has more than the platform shows, how many of how many in
    /// the last place.
    pub fn print(mut self, lang: Lang) -> String {
        let mut out = String::new();
        if let (Some(words), [_, warnings, _]) = (&self.params, &mut self.levels) {
            warnings.all += 1;
            warnings.commands.insert(0, format!("::warning title=bulou::{}", data(words)));
        }
        for (level, shown) in LEVELS.into_iter().zip(&self.levels) {
            let fits = shown.all <= SHOWN && shown.commands.len() == shown.all;
            let count = if fits { shown.commands.len() } else { SHOWN - 1 };
            for command in shown.commands.iter().take(count) {
                out += command;
                out.push('\n');
            }
            if !fits {
                let (all, level) = (shown.all, name(level));
                let count = count.min(shown.commands.len());
                let words = texts::shown(&all, &count).get(lang);
                out += &format!("::{level} title=bulou::{words}\n");
            }
        }
        out
    }
}

fn command(remark: &Remark<'_>, path: &str) -> String {
    format!(
        "::{} file={},line={},col={},title={}::{}",
        name(remark.level),
        property(path),
        remark.line,
        remark.column,
        property(remark.id),
        data(&remark.message)
    )
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
            key: String::new(),
            times: 1,
            level: Level::Error,
            message: "一\n::error::二 100%\u{1b}[31m".to_owned(),
            pointer: "",
            line,
            column: 1,
            cell: None,
        };
        let remarks: Vec<_> = (1..=23).map(remark).collect();
        let mut all = Annotations::new(&remarks[..3], "a,b.json", None);
        all.add(Annotations::new(&remarks[3..], "a,b.json", Some("参数".into())));
        let printed = all.print(Lang::Zh);
        let lines: Vec<_> = printed.lines().collect();
        assert_eq!(lines.len(), 11);
        assert_eq!(lines[10], "::warning title=bulou::参数");
        assert_eq!(
            lines[0],
            "::error file=a%2Cb.json,line=1,col=1,title=甲%2C乙%3A丙::一%0A::error::二 100%25\u{fffd}[31m"
        );
        assert_eq!(lines[9], "::error title=bulou::共 23 处,这里列出 9 处 / 9 of 23 are shown");
    }
}
