//! ZEN expressions by `zen-expression`: compiled once, one virtual machine kept; for each document its own deserializer
//! reads the bytes.

use zen_expression::expression::Standard;
use zen_expression::variable::Variable;
use zen_expression::vm::VM;
use zen_expression::{Expression, Scope, compile_expression, evaluate_expression};

use super::sections::expressions;
use super::{Engine, Kind, Verdicts};
use crate::documents::{MEETING, TODAY};

pub struct Zen {
    expressions: Vec<Expression<Standard>>,
    machine: VM,
    /// The dates of the pack, parsed.
    dates: Vec<(&'static str, Variable)>,
}

impl Zen {
    pub fn new() -> Self {
        let compiled = expressions(include_str!("../../rules/twenty.zen"))
            .iter()
            .map(|text| compile_expression(text).unwrap_or_else(|error| panic!("{text}: {error}")))
            .collect();
        let date = |text: &str| evaluate_expression(&format!("d('{text}')"), Variable::Null).expect("a date");
        let dates = [("meeting", MEETING), ("today", TODAY), ("due", "2022-06-27"), ("tested", "2021-06-27")];
        let dates = dates.map(|(name, text)| (name, date(text))).into();
        Self { expressions: compiled, machine: VM::new(), dates }
    }
}

impl Engine for Zen {
    fn name(&self) -> &'static str {
        "zen-expression"
    }
    fn kind(&self) -> Kind {
        Kind::Peer
    }
    fn does(&self) -> &'static str {
        "its own `Variable` from the bytes, twenty compiled expressions in a virtual machine that is kept"
    }
    fn run(&mut self, bytes: &[u8]) -> Option<Verdicts> {
        let document: Variable = serde_json::from_slice(bytes).expect("JSON");
        let mut scope = Scope::new(document);
        for (name, date) in &self.dates {
            scope.set_local((*name).into(), date.clone());
        }
        let machine = &mut self.machine;
        Some(std::array::from_fn(|index| match self.expressions[index].evaluate_with_scope(&scope, machine) {
            Ok(Variable::Bool(verdict)) => verdict,
            other => panic!("{}: {other:?}", super::RULES[index]),
        }))
    }
}
