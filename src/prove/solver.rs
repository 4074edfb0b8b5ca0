//! Terms as SMT-LIB, sent to a solver that runs beside the program.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use bulou_base::value::Quotient;
use easy_smt::{Context, SExpr, SExprData};
use num_rational::Ratio;

use crate::term::{Node, Op, Sort, Term, Terms};

/// What a solver says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// There is such a document.
    Found,
    /// There is none.
    None,
    /// It did not come to an end in the time that it had.
    Open,
}

/// A value of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constant {
    Bool(bool),
    Number(Quotient),
}

/// A solver could not be asked, or answered what cannot be understood.
#[derive(Debug)]
pub struct Fault(pub String);

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

/// Something asked of a solver.
pub type Asked<T> = Result<T, Fault>;

/// A solver with what it was told.
pub struct Solver {
    context: Context,
    /// The variables that it knows, by the level at which it was told of them.
    declared: Vec<HashSet<Term>>,
}

impl Solver {
    /// Begins with nothing told. `milliseconds` is the time that each question has.
    pub fn new(mut context: Context, milliseconds: u64) -> Asked<Self> {
        context.set_logic("ALL")?;
        let time = context.numeral(milliseconds);
        // z3 and cvc5 have names of their own for this.
        if context.set_option(":timeout", time).is_err() {
            context.set_option(":tlimit-per", time)?;
        }
        let quiet = context.false_();
        let option = context.list(vec![context.atom("set-option"), context.atom(":print-success"), quiet]);
        context.raw_send(option)?;
        let mut solver = Self { context, declared: vec![HashSet::new()] };
        solver.settle()?;
        Ok(solver)
    }

    /// Solvers differ in whether they confirm that they will confirm no more: goes past that.
    fn settle(&mut self) -> Asked<()> {
        let echo = self.list(&["echo", "\"begun\""]);
        self.context.raw_send(echo)?;
        loop {
            let said = self.context.raw_recv()?;
            let text = self.context.display(said).to_string();
            if text.contains("begun") {
                return Ok(());
            }
            if text != "success" {
                return Err(Fault(text));
            }
        }
    }

    fn list(&self, words: &[&str]) -> SExpr {
        let words = words.iter().map(|word| self.context.atom(*word)).collect();
        self.context.list(words)
    }

    pub fn push(&mut self) -> Asked<()> {
        let command = self.list(&["push", "1"]);
        self.context.raw_send(command)?;
        self.declared.push(HashSet::new());
        Ok(())
    }

    pub fn pop(&mut self) -> Asked<()> {
        let command = self.list(&["pop", "1"]);
        self.context.raw_send(command)?;
        self.declared.pop();
        Ok(())
    }

    /// A solver that was told each part by a name of its own would look through all of it wherever it is used: what stands
    /// in several places is named within the assertion.
    pub fn assert(&mut self, terms: &Terms, term: Term) -> Asked<()> {
        if term == Terms::TRUE {
            return Ok(());
        }
        let levels = self.levels(terms, term)?;
        let mut text = "(assert ".to_owned();
        for level in &levels {
            text.push_str("(let (");
            for part in level {
                let _ = write!(text, "({} {})", part.name(), applied(terms, *part));
            }
            text.push_str(") ");
        }
        text.push_str(&reference(terms, term));
        text.extend(std::iter::repeat_n(')', levels.len() + 1));
        Ok(self.context.raw_send(self.context.atom(text))?)
    }

    pub fn check(&mut self) -> Asked<Answer> {
        let command = self.list(&["check-sat"]);
        self.context.raw_send(command)?;
        let said = self.context.raw_recv()?;
        match self.context.get_atom(said) {
            Some("sat") => Ok(Answer::Found),
            Some("unsat") => Ok(Answer::None),
            Some("unknown" | "timeout") => Ok(Answer::Open),
            _ => Err(Fault(self.context.display(said).to_string())),
        }
    }

    /// What some variables are in the document that was found.
    pub fn values(&mut self, terms: &Terms, of: &[Term]) -> Asked<HashMap<Term, Constant>> {
        let mut values = HashMap::new();
        let (mut asked, mut names) = (Vec::new(), Vec::new());
        for term in of {
            match terms.node(*term) {
                Node::Bool(value) => {
                    values.insert(*term, Constant::Bool(*value));
                }
                Node::Int(value) => {
                    values.insert(*term, Constant::Number(Ratio::from_integer(*value)));
                }
                Node::Real(value) => {
                    values.insert(*term, Constant::Number(*value));
                }
                _ => {
                    self.declare(terms, *term)?;
                    asked.push(*term);
                    names.push(self.context.atom(term.name()));
                }
            }
        }
        if asked.is_empty() {
            return Ok(values);
        }
        let names = self.context.list(names);
        let command = self.context.list(vec![self.context.atom("get-value"), names]);
        self.context.raw_send(command)?;
        let said = self.context.raw_recv()?;
        let pairs = self.context.get_list(said).ok_or_else(|| Fault(self.context.display(said).to_string()))?;
        for (term, pair) in asked.iter().zip(pairs) {
            let value = match self.context.get_list(*pair) {
                Some([_, value]) => self.constant(*value),
                _ => None,
            };
            let value = value.ok_or_else(|| Fault(self.context.display(*pair).to_string()))?;
            values.insert(*term, value);
        }
        Ok(values)
    }

    fn constant(&self, said: SExpr) -> Option<Constant> {
        match self.context.get_atom(said) {
            Some("true") => Some(Constant::Bool(true)),
            Some("false") => Some(Constant::Bool(false)),
            _ => self.number(said).map(Constant::Number),
        }
    }

    fn number(&self, said: SExpr) -> Option<Quotient> {
        match self.context.get(said) {
            SExprData::Atom(digits) => {
                let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
                let part = part.trim_end_matches('0');
                let scale = 10_i128.checked_pow(u32::try_from(part.len()).ok()?)?;
                Some(Ratio::new(format!("{whole}{part}").parse().ok()?, scale))
            }
            SExprData::List([sign, number]) if self.context.get_atom(*sign) == Some("-") => {
                Some(-self.number(*number)?)
            }
            SExprData::List([slash, one, other]) if self.context.get_atom(*slash) == Some("/") => {
                let other = self.number(*other).filter(|other| *other != Ratio::from_integer(0))?;
                Some(self.number(*one)? / other)
            }
            _ => None,
        }
    }

    /// What a term is made of, each level of the levels before it; its variables are declared.
    fn levels(&mut self, terms: &Terms, term: Term) -> Asked<Vec<Vec<Term>>> {
        let (mut depths, mut open): (HashMap<Term, usize>, _) = (HashMap::new(), vec![term]);
        let mut levels: Vec<Vec<Term>> = Vec::new();
        while let Some(next) = open.last().copied() {
            let parts: &[Term] = match terms.node(next) {
                Node::Apply(_, parts) if !depths.contains_key(&next) => parts,
                Node::Variable(..) => {
                    self.declare(terms, next)?;
                    depths.insert(next, 0);
                    open.pop();
                    continue;
                }
                _ => {
                    depths.entry(next).or_insert(0);
                    open.pop();
                    continue;
                }
            };
            let missing: Vec<Term> = parts.iter().filter(|part| !depths.contains_key(part)).copied().collect();
            if missing.is_empty() {
                let depth = 1 + parts.iter().filter_map(|part| depths.get(part)).max().copied().unwrap_or(0);
                depths.insert(next, depth);
                if levels.len() < depth {
                    levels.resize(depth, Vec::new());
                }
                if let Some(level) = levels.get_mut(depth - 1) {
                    level.push(next);
                }
                open.pop();
            } else {
                open.extend(missing);
            }
        }
        Ok(levels)
    }

    fn declare(&mut self, terms: &Terms, variable: Term) -> Asked<()> {
        if self.declared.iter().any(|level| level.contains(&variable)) {
            return Ok(());
        }
        let sort = match terms.sort(variable) {
            Sort::Bool => "Bool",
            Sort::Int => "Int",
            Sort::Real => "Real",
        };
        let text = format!("(declare-fun {} () {sort})", variable.name());
        self.context.raw_send(self.context.atom(text))?;
        if let Some(level) = self.declared.last_mut() {
            level.insert(variable);
        }
        Ok(())
    }
}

/// What a term is where its parts have names.
fn applied(terms: &Terms, term: Term) -> String {
    let Node::Apply(op, parts) = terms.node(term) else { return reference(terms, term) };
    let mut text = format!("({}", name_of(*op));
    for part in parts {
        text.push(' ');
        text.push_str(&reference(terms, *part));
    }
    text + ")"
}

fn reference(terms: &Terms, term: Term) -> String {
    match terms.node(term) {
        Node::Bool(value) => value.to_string(),
        Node::Int(value) => signed(*value, ""),
        Node::Real(value) => format!("(/ {} {})", signed(*value.numer(), ".0"), signed(*value.denom(), ".0")),
        Node::Variable(..) | Node::Apply(..) => term.name(),
    }
}

fn signed(value: i128, point: &str) -> String {
    let digits = value.unsigned_abs();
    if value < 0 { format!("(- {digits}{point})") } else { format!("{digits}{point}") }
}

fn name_of(op: Op) -> &'static str {
    match op {
        Op::Not => "not",
        Op::And => "and",
        Op::Or => "or",
        Op::Ite => "ite",
        Op::Eq => "=",
        Op::Le => "<=",
        Op::Lt => "<",
        Op::Add => "+",
        Op::Mul => "*",
        Op::Divide => "/",
        Op::Floor => "div",
        Op::Modulo => "mod",
        Op::ToReal => "to_real",
        Op::ToInt => "to_int",
    }
}
