//! Structural problems: collected with byte offsets, placed by line and column only when there are any.

use crate::diagnostic::{Lang, Words};
use crate::limits;
use crate::report::Problem;

/// A problem of a whole document.
#[must_use]
pub fn problem(code: &'static str, words: &Words, lang: Lang) -> Problem {
    Problem {
        code,
        notice: false,
        path: String::new(),
        line: 1,
        column: 1,
        cell: None,
        message: words.get(lang).to_owned(),
    }
}

/// That there are more problems than are listed.
pub(crate) fn unlisted(more: usize, lang: Lang) -> Problem {
    let words = Words::new(format!("还有 {more} 处问题没有列出"), format!("{more} further problems are not listed"));
    problem("D021", &words, lang)
}

/// Problems of one document while it is decoded.
#[derive(Debug)]
pub(crate) struct Problems {
    lang: Lang,
    found: Vec<(usize, Problem)>,
    more: usize,
}

impl Problems {
    pub fn new(lang: Lang) -> Self {
        Self { lang, found: Vec::new(), more: 0 }
    }

    pub fn add(&mut self, code: &'static str, offset: usize, path: String, words: &Words) {
        self.push(offset, Problem { path, ..problem(code, words, self.lang) });
    }

    pub fn notice(&mut self, code: &'static str, offset: usize, path: String, words: &Words) {
        self.push(offset, Problem { path, notice: true, ..problem(code, words, self.lang) });
    }

    /// Of all that was found, only what has a code.
    pub fn keep(&mut self, code: &str) {
        self.found.retain(|(_, problem)| problem.code == code);
        self.more = 0;
    }

    /// Counts problems that are not listed.
    pub fn leave_out(&mut self, more: usize) {
        self.more += more;
    }

    fn push(&mut self, offset: usize, problem: Problem) {
        if self.found.len() < limits::STRUCTURE_PROBLEMS {
            self.found.push((offset, problem));
            return;
        }
        self.more += 1;
        // A forbidden key decides the verdict, and is not crowded out by faults that do not.
        let forbidden = |(_, one): &(usize, Problem)| one.code == "D012";
        if problem.code == "D012"
            && !self.found.iter().any(forbidden)
            && let Some(last) = self.found.last_mut()
        {
            *last = (offset, problem);
        }
    }

    /// The problems in the document's order, each with its line and column (in characters).
    pub fn placed(mut self, text: &str) -> Vec<Problem> {
        self.found.sort_by_key(|(offset, _)| *offset);
        let (mut line, mut column) = (1, 1);
        let mut chars = text.char_indices().peekable();
        for (offset, problem) in &mut self.found {
            while let Some((_, c)) = chars.next_if(|(next, _)| *next < *offset) {
                let crlf = c == '\r' && chars.peek().is_some_and(|(_, next)| *next == '\n');
                let ends = matches!(c, '\n' | '\r') && !crlf;
                (line, column) = if ends { (line + 1, 1) } else { (line, column + 1) };
            }
            (problem.line, problem.column) = (line, column);
        }
        let mut placed: Vec<Problem> = self.found.into_iter().map(|(_, problem)| problem).collect();
        if self.more > 0 {
            placed.push(unlisted(self.more, self.lang));
        }
        placed
    }
}
