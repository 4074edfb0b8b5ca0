//! JSONLogic by `datalogic-rs`: the rules compiled once; for each document one parse into an arena that is reset, and
//! every rule over that. `min` folds where an outer value is needed, for classic JSONLogic does not see outwards from a
//! list; the one difference of two dates is the host's operator, as in JavaScript. The feature `datetime` stays off:
//! with it, comparisons would look for dates in every text.

use std::sync::Arc;

use bumpalo::Bump;
use chrono::NaiveDate;
use datalogic_rs::operator::EvalContext;
use datalogic_rs::{CustomOperator, DataValue, Engine as Logics, Logic, Result};
use serde_json::Value;

use super::{Engine, Kind, RULES, Verdicts};

pub struct JsonLogic {
    engine: Logics,
    rules: Vec<Arc<Logic>>,
    arena: Bump,
}

impl JsonLogic {
    pub fn new() -> Self {
        let engine = Logics::builder().add_operator("days_between", DaysBetween).build();
        let texts: Value = serde_json::from_str(include_str!("../../rules/twenty.jsonlogic.json")).expect("JSON");
        let compile = |rule: &str| engine.compile_arc(texts[rule].to_string().as_str()).expect("a rule");
        let rules = RULES.iter().map(|rule| compile(rule)).collect();
        Self { engine, rules, arena: Bump::new() }
    }
}

struct DaysBetween;

impl CustomOperator for DaysBetween {
    fn evaluate<'a>(
        &self,
        args: &[&'a DataValue<'a>],
        _: &mut EvalContext<'_, 'a>,
        arena: &'a Bump,
    ) -> Result<&'a DataValue<'a>> {
        let day = |index: usize| args[index].as_str().and_then(|text| text.parse::<NaiveDate>().ok()).expect("a date");
        Ok(arena.alloc(DataValue::from_i64((day(1) - day(0)).num_days())))
    }
}

impl Engine for JsonLogic {
    fn name(&self) -> &'static str {
        "datalogic-rs (JSONLogic)"
    }
    fn kind(&self) -> Kind {
        Kind::Peer
    }
    fn does(&self) -> &'static str {
        "one `DataValue` in an arena that is reset, twenty compiled rules over it"
    }
    fn run(&mut self, bytes: &[u8]) -> Option<Verdicts> {
        self.arena.reset();
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        let document: &DataValue<'_> = self.arena.alloc(DataValue::from_str(text, &self.arena).expect("JSON"));
        let verdict = |index: usize| {
            let answer = self.engine.evaluate(&self.rules[index], document, &self.arena).expect("an answer");
            answer.as_bool().unwrap_or_else(|| panic!("{}: {answer}", RULES[index]))
        };
        Some(std::array::from_fn(verdict))
    }
}
