//! Structural problems: collected with byte offsets, placed by line and column only when there are any.

use bulou_base::limits;
use bulou_base::order;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::problem_codes::ProblemCode;
use bulou_messages::texts;
use bulou_report::Problem;

/// A problem of a whole document.
#[must_use]
pub fn problem(code: ProblemCode, words: &LocalizedText, lang: Lang) -> Problem {
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

/// As many problems of a document as are listed, and how many more there are. A notice crowds out no fault, and no fault
/// the first that decides.
#[derive(Debug, Default)]
pub struct Listed {
    /// The first of each code that decides, other faults, and notices, each by its place in the document.
    found: [Vec<(usize, Problem)>; 3],
    more: usize,
    /// All but notices.
    faults: usize,
}

impl Listed {
    /// Adds one; beyond what is kept of its kind it is only counted.
    pub fn push(&mut self, at: usize, problem: Problem) {
        self.faults += usize::from(!problem.notice);
        let [deciding, faults, notices] = &mut self.found;
        let known = |deciding: &[(usize, Problem)]| deciding.iter().any(|(_, one)| one.code == problem.code);
        let list = if problem.notice {
            notices
        } else if problem.code.decides() && !known(deciding) {
            deciding
        } else {
            faults
        };
        if list.len() < limits::STRUCTURE_PROBLEMS {
            list.push((at, problem));
        } else {
            self.more += 1;
        }
    }

    /// Of all that was found, only what has this code.
    pub fn keep(&mut self, code: ProblemCode) {
        self.found.iter_mut().for_each(|list| list.retain(|(_, problem)| problem.code == code));
        self.more = 0;
    }

    /// Counts problems that are not listed.
    pub fn leave_out(&mut self, more: usize) {
        self.more += more;
    }

    /// Those that are listed, in the document's order, and that there are more. Where only notices are listed, only
    /// notices are not.
    pub fn listed(self, lang: Lang) -> (Vec<(usize, Problem)>, Option<Problem>) {
        let mut found: Vec<(usize, Problem)> = self.found.into_iter().flatten().collect();
        let more = self.more + found.len().saturating_sub(limits::STRUCTURE_PROBLEMS);
        found.truncate(limits::STRUCTURE_PROBLEMS);
        order::sort_by_key(&mut found, |(at, _)| *at);
        let words = texts::further_problems_not_listed(&more).text();
        let notice = found.iter().all(|(_, problem)| problem.notice);
        (found, (more > 0).then(|| Problem { notice, ..problem(ProblemCode::Unlisted, &words, lang) }))
    }
}

/// Problems of one document while it is decoded.
#[derive(Debug)]
pub struct Problems {
    lang: Lang,
    found: Listed,
}

impl Problems {
    /// None yet.
    pub fn new(lang: Lang) -> Self {
        Self { lang, found: Listed::default() }
    }

    /// Adds a fault of the document: where in its bytes, at which path, and what is wrong.
    pub fn add(&mut self, code: ProblemCode, offset: usize, path: String, words: &LocalizedText) {
        self.found.push(offset, Problem { path, ..problem(code, words, self.lang) });
    }

    /// Adds what is worth telling and no fault.
    pub fn notice(&mut self, code: ProblemCode, offset: usize, path: String, words: &LocalizedText) {
        self.found.push(offset, Problem { path, notice: true, ..problem(code, words, self.lang) });
    }

    /// Of all that was found, only what has this code.
    pub fn keep(&mut self, code: ProblemCode) {
        self.found.keep(code);
    }

    /// How many were found, notices aside.
    pub fn faults(&self) -> usize {
        self.found.faults
    }

    /// Counts problems that are not listed.
    pub fn leave_out(&mut self, more: usize) {
        self.found.leave_out(more);
    }

    /// The problems in the document's order, each with its line and column (in characters).
    pub fn placed(self, text: &str) -> Vec<Problem> {
        let (mut found, more) = self.found.listed(self.lang);
        let (mut line, mut column) = (1, 1);
        let mut chars = text.char_indices().peekable();
        for (offset, problem) in &mut found {
            while let Some((_, c)) = chars.next_if(|(next, _)| *next < *offset) {
                let crlf = c == '\r' && chars.peek().is_some_and(|(_, next)| *next == '\n');
                let ends = matches!(c, '\n' | '\r') && !crlf;
                (line, column) = if ends { (line + 1, 1) } else { (line, column + 1) };
            }
            (problem.line, problem.column) = (line, column);
        }
        found.into_iter().map(|(_, problem)| problem).chain(more).collect()
    }
}
