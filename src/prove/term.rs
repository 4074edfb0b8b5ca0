//! Terms of SMT-LIB, each held once: what is the same in two places is the same term, and what is known already is
//! folded, so that a solver is only asked what depends on the document.

mod numbers;

use std::collections::HashMap;
use std::rc::Rc;

use bulou_base::value::Quotient;
use num_rational::Ratio;

/// A term by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Term(u32);

impl Term {
    /// What it is called where it is asked about.
    pub fn name(self) -> String {
        format!("t{}", self.0)
    }
}

/// What a term is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Yes or no.
    Bool,
    /// A whole number.
    Int,
    /// A number.
    Real,
}

/// What is applied to terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    Not,
    And,
    Or,
    Ite,
    Eq,
    Le,
    Lt,
    Add,
    Mul,
    /// Of numbers.
    Divide,
    /// Of whole numbers, the divisor a positive constant: the greatest whole number that is no greater.
    Floor,
    /// The rest of that.
    Modulo,
    ToReal,
    /// The greatest whole number that is no greater.
    ToInt,
}

/// A node of the graph of terms.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    Bool(bool),
    Int(i128),
    Real(Quotient),
    Variable(Sort, u32),
    Apply(Op, Box<[Term]>),
}

/// All terms of some questions.
#[derive(Debug)]
pub struct Terms {
    nodes: Vec<(Node, Sort)>,
    known: HashMap<Node, Term>,
    variables: u32,
    /// Tables of the calendar that were made, by what they are of.
    tables: HashMap<(TableOf, i128), Rc<Table>>,
}

/// For runs of numbers that begin with the first of each pair: the difference that belongs to them.
pub type Table = Vec<(i128, Option<i128>)>;

/// What a table of the calendar says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TableOf {
    /// The day so many months later.
    Months,
    /// The day so many working days later.
    WorkingDays,
    /// The next day that is no rest day.
    Rolled,
}

impl Terms {
    pub const FALSE: Term = Term(0);
    pub const TRUE: Term = Term(1);

    pub fn new() -> Self {
        let mut terms = Self { nodes: Vec::new(), known: HashMap::new(), variables: 0, tables: HashMap::new() };
        terms.add(Node::Bool(false), Sort::Bool);
        terms.add(Node::Bool(true), Sort::Bool);
        terms
    }

    fn add(&mut self, node: Node, sort: Sort) -> Term {
        if let Some(known) = self.known.get(&node) {
            return *known;
        }
        let term = Term(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push((node.clone(), sort));
        self.known.insert(node, term);
        term
    }

    /// What a term is.
    pub fn node(&self, term: Term) -> &Node {
        self.nodes.get(term.0 as usize).map_or(&Node::Bool(false), |(node, _)| node)
    }

    pub fn sort(&self, term: Term) -> Sort {
        self.nodes.get(term.0 as usize).map_or(Sort::Bool, |(_, sort)| *sort)
    }

    /// A variable that stands nowhere yet.
    pub fn variable(&mut self, sort: Sort) -> Term {
        self.variables += 1;
        self.add(Node::Variable(sort, self.variables), sort)
    }

    pub fn bool(&self, value: bool) -> Term {
        if value { Self::TRUE } else { Self::FALSE }
    }

    pub fn int(&mut self, value: impl Into<i128>) -> Term {
        self.add(Node::Int(value.into()), Sort::Int)
    }

    pub fn number(&mut self, value: Quotient) -> Term {
        if value.is_integer() { self.int(value.to_integer()) } else { self.add(Node::Real(value), Sort::Real) }
    }

    /// The number that a term is, if it is one.
    pub fn as_number(&self, term: Term) -> Option<Quotient> {
        match self.node(term) {
            Node::Int(value) => Some(Ratio::from_integer(*value)),
            Node::Real(value) => Some(*value),
            _ => None,
        }
    }

    pub fn as_int(&self, term: Term) -> Option<i128> {
        match self.node(term) {
            Node::Int(value) => Some(*value),
            _ => None,
        }
    }

    /// A table, made once.
    pub fn table(&mut self, of: TableOf, count: i128, make: impl FnOnce() -> Table) -> Rc<Table> {
        Rc::clone(self.tables.entry((of, count)).or_insert_with(|| Rc::new(make())))
    }

    /// Whether it is a value of the document itself.
    pub fn is_variable(&self, term: Term) -> bool {
        matches!(self.node(term), Node::Variable(..))
    }

    pub fn as_bool(&self, term: Term) -> Option<bool> {
        match self.node(term) {
            Node::Bool(value) => Some(*value),
            _ => None,
        }
    }

    fn apply(&mut self, op: Op, parts: Vec<Term>, sort: Sort) -> Term {
        self.add(Node::Apply(op, parts.into()), sort)
    }

    pub fn not(&mut self, term: Term) -> Term {
        match self.node(term) {
            Node::Bool(value) => self.bool(!value),
            Node::Apply(Op::Not, parts) => parts.first().copied().unwrap_or(Self::TRUE),
            _ => self.apply(Op::Not, vec![term], Sort::Bool),
        }
    }

    /// All, or any of some.
    fn junction(&mut self, op: Op, parts: impl IntoIterator<Item = Term>) -> Term {
        let (neutral, deciding) = if op == Op::And { (Self::TRUE, Self::FALSE) } else { (Self::FALSE, Self::TRUE) };
        let mut kept: Vec<Term> = Vec::new();
        for part in parts {
            match self.node(part) {
                _ if part == deciding => return deciding,
                _ if part == neutral => {}
                Node::Apply(own, inner) if *own == op => kept.extend(inner.iter().copied()),
                _ => kept.push(part),
            }
        }
        kept.sort_unstable();
        kept.dedup();
        for part in &kept {
            if let Node::Apply(Op::Not, inner) = self.node(*part)
                && inner.first().is_some_and(|inner| kept.binary_search(inner).is_ok())
            {
                return deciding;
            }
        }
        match kept.as_slice() {
            [] => neutral,
            [one] => *one,
            _ => self.apply(op, kept, Sort::Bool),
        }
    }

    pub fn all(&mut self, parts: impl IntoIterator<Item = Term>) -> Term {
        self.junction(Op::And, parts)
    }

    pub fn any(&mut self, parts: impl IntoIterator<Item = Term>) -> Term {
        self.junction(Op::Or, parts)
    }

    pub fn and(&mut self, one: Term, other: Term) -> Term {
        self.all([one, other])
    }

    pub fn or(&mut self, one: Term, other: Term) -> Term {
        self.any([one, other])
    }

    pub fn implies(&mut self, one: Term, other: Term) -> Term {
        let not = self.not(one);
        self.or(not, other)
    }

    /// One of two, of the same sort or numbers.
    pub fn choose(&mut self, test: Term, yes: Term, no: Term) -> Term {
        match self.as_bool(test) {
            Some(true) => return yes,
            Some(false) => return no,
            None if yes == no => return yes,
            None => {}
        }
        if self.sort(yes) == Sort::Bool {
            let (then, other) = (self.implies(test, yes), self.or(test, no));
            return self.and(then, other);
        }
        let (yes, no) = self.alike(yes, no);
        let sort = self.sort(yes);
        self.apply(Op::Ite, vec![test, yes, no], sort)
    }

    pub fn equal(&mut self, one: Term, other: Term) -> Term {
        if one == other {
            return Self::TRUE;
        }
        if self.sort(one) == Sort::Bool {
            return match (self.as_bool(one), self.as_bool(other)) {
                (Some(true), _) => other,
                (_, Some(true)) => one,
                (Some(false), _) => self.not(other),
                (_, Some(false)) => self.not(one),
                _ => self.apply(Op::Eq, vec![one.min(other), one.max(other)], Sort::Bool),
            };
        }
        if let (Some(one), Some(other)) = (self.as_number(one), self.as_number(other)) {
            return self.bool(one == other);
        }
        let (one, other) = self.alike(one, other);
        self.apply(Op::Eq, vec![one.min(other), one.max(other)], Sort::Bool)
    }
}
