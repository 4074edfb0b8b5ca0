//! CEL by `cel`: the expressions compiled once against one environment; for each document, `serde_json` reads it, the
//! crate's own conversion makes it a variable, and every expression is executed.

use std::sync::Arc;

use cel::{Context, Env, Program, Value};

use super::sections::expressions;
use super::{Engine, Kind, Verdicts};
use crate::documents::{MEETING, TODAY};

pub struct Cel {
    programs: Vec<Program>,
    context: Context<'static, 'static>,
}

impl Cel {
    pub fn new() -> Self {
        let env = Arc::new(Env::stdlib());
        let programs = expressions(include_str!("../../rules/twenty.cel"))
            .iter()
            .map(|text| env.compile(text).unwrap_or_else(|errors| panic!("{text}: {errors}")))
            .collect();
        let mut context = Context::with_env(env);
        context.add_function("sum", sum).expect("a new function");
        context.add_variable_from_value("meeting", MEETING);
        context.add_variable_from_value("today", TODAY);
        Self { programs, context }
    }
}

/// The numbers of the documents are unsigned.
fn sum(list: Arc<Vec<Value>>) -> u64 {
    list.iter().map(|value| if let Value::UInt(number) = value { *number } else { panic!("a number") }).sum()
}

impl Engine for Cel {
    fn name(&self) -> &'static str {
        "cel (CEL)"
    }
    fn kind(&self) -> Kind {
        Kind::Peer
    }
    fn does(&self) -> &'static str {
        "Value, `add_variable` into the kept context, twenty compiled programs"
    }
    fn run(&mut self, bytes: &[u8]) -> Option<Verdicts> {
        let document: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
        self.context.add_variable("doc", document).expect("a variable");
        let verdict = |index: usize| match self.programs[index].execute(&self.context) {
            Ok(Value::Bool(verdict)) => verdict,
            other => panic!("{}: {other:?}", super::RULES[index]),
        };
        Some(std::array::from_fn(verdict))
    }
}
