//! Rego by `regorus`: the policy compiled once for its virtual machine, which is kept; for each document, the input is
//! parsed and one rule evaluated that lists all verdicts.

use std::sync::Arc;

use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use regorus::{Engine as Policies, Value};

use super::{Engine, Kind, RULES, Verdicts};

const POLICY: &str = include_str!("../../rules/twenty.rego");
const ENTRY: &str = "data.twenty.verdicts";

pub struct Rego(RegoVM);

impl Rego {
    pub fn new() -> Self {
        let mut policies = Policies::new();
        policies.add_policy("twenty.rego".into(), POLICY.into()).expect("the policy");
        let policy = policies.compile_with_entrypoint(&Arc::from(ENTRY)).expect("the policy compiles");
        let mut machine = RegoVM::new_with_policy(policy.clone());
        machine.load_program(Compiler::compile_from_policy(&policy, &[ENTRY]).expect("the program"));
        machine.set_max_instructions(usize::MAX);
        Self(machine)
    }
}

impl Engine for Rego {
    fn name(&self) -> &'static str {
        "regorus (Rego)"
    }
    fn kind(&self) -> Kind {
        Kind::Peer
    }
    fn does(&self) -> &'static str {
        "`Value::from_json_str`, then the compiled program in a virtual machine that is kept"
    }
    fn run(&mut self, bytes: &[u8]) -> Option<Verdicts> {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        self.0.set_input(Value::from_json_str(text).expect("JSON"));
        let answer = self.0.execute().expect("an answer");
        let answer = answer.as_array().expect("a list");
        assert_eq!(answer.len(), RULES.len());
        Some(std::array::from_fn(|index| answer[index] == Value::Bool(true)))
    }
}
