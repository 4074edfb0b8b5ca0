//! Terms as SMT-LIB, sent to a solver that runs beside the program.

use std::collections::{HashMap, HashSet};

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
    /// What is defined there, by the level at which it was.
    defined: Vec<HashSet<Term>>,
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
        let mut solver = Self { context, defined: vec![HashSet::new()] };
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
        self.defined.push(HashSet::new());
        Ok(())
    }

    pub fn pop(&mut self) -> Asked<()> {
        let command = self.list(&["pop", "1"]);
        self.context.raw_send(command)?;
        self.defined.pop();
        Ok(())
    }

    pub fn assert(&mut self, terms: &Terms, term: Term) -> Asked<()> {
        if term == Terms::TRUE {
            return Ok(());
        }
        let term = self.told(terms, term)?;
        let command = self.context.list(vec![self.context.atom("assert"), term]);
        Ok(self.context.raw_send(command)?)
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

    /// What some terms are in the document that was found.
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
                    asked.push(*term);
                    names.push(self.told(terms, *term)?);
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

    /// A term as the solver knows it, with all that it is made of defined.
    fn told(&mut self, terms: &Terms, term: Term) -> Asked<SExpr> {
        let mut open = vec![term];
        while let Some(next) = open.last().copied() {
            if self.is_defined(next) || !matches!(terms.node(next), Node::Apply(..) | Node::Variable(..)) {
                open.pop();
                continue;
            }
            let missing: Vec<Term> = match terms.node(next) {
                Node::Apply(_, parts) => {
                    let is_missing = |part: &&Term| {
                        matches!(terms.node(**part), Node::Apply(..) | Node::Variable(..)) && !self.is_defined(**part)
                    };
                    parts.iter().filter(is_missing).copied().collect()
                }
                _ => Vec::new(),
            };
            if missing.is_empty() {
                self.define(terms, next)?;
                open.pop();
            } else {
                open.extend(missing);
            }
        }
        Ok(self.reference(terms, term))
    }

    fn is_defined(&self, term: Term) -> bool {
        self.defined.iter().any(|level| level.contains(&term))
    }

    fn define(&mut self, terms: &Terms, term: Term) -> Asked<()> {
        let context = &self.context;
        let sort = match terms.sort(term) {
            Sort::Bool => context.atom("Bool"),
            Sort::Int => context.atom("Int"),
            Sort::Real => context.atom("Real"),
        };
        let (name, nothing) = (context.atom(term.name()), context.list(Vec::new()));
        let command = match terms.node(term) {
            Node::Apply(op, parts) => {
                let mut body = vec![context.atom(name_of(*op))];
                body.extend(parts.iter().map(|part| self.reference(terms, *part)));
                context.list(vec![context.atom("define-fun"), name, nothing, sort, context.list(body)])
            }
            _ => context.list(vec![context.atom("declare-fun"), name, nothing, sort]),
        };
        self.context.raw_send(command)?;
        if let Some(level) = self.defined.last_mut() {
            level.insert(term);
        }
        Ok(())
    }

    fn reference(&self, terms: &Terms, term: Term) -> SExpr {
        let context = &self.context;
        match terms.node(term) {
            Node::Bool(value) => context.atom(if *value { "true" } else { "false" }),
            Node::Int(value) => self.signed(*value, ""),
            Node::Real(value) => {
                let (numerator, denominator) = (self.signed(*value.numer(), ".0"), self.signed(*value.denom(), ".0"));
                context.list(vec![context.atom("/"), numerator, denominator])
            }
            _ => context.atom(term.name()),
        }
    }

    fn signed(&self, value: i128, point: &str) -> SExpr {
        let digits = self.context.atom(format!("{}{point}", value.unsigned_abs()));
        if value < 0 { self.context.list(vec![self.context.atom("-"), digits]) } else { digits }
    }
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
