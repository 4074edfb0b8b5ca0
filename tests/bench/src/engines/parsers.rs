//! Readers of JSON that judge nothing: what any judgement costs at the least, and what most engines stand on.

use std::hint::black_box;

use jiter::{Jiter, JiterResult, Peek};
use serde::de::IgnoredAny;
use serde_json::Value;

use super::{Engine, Kind, Verdicts};

/// `serde_json` over the syntax alone.
pub struct Ignored;

impl Engine for Ignored {
    fn name(&self) -> &'static str {
        "serde_json IgnoredAny"
    }
    fn kind(&self) -> Kind {
        Kind::Parser
    }
    fn does(&self) -> &'static str {
        "scans the syntax, keeps nothing"
    }
    fn run(&mut self, bytes: &[u8]) -> Option<Verdicts> {
        serde_json::from_slice::<IgnoredAny>(black_box(bytes)).expect("JSON");
        None
    }
}

/// `serde_json` into its tree.
pub struct Values;

impl Engine for Values {
    fn name(&self) -> &'static str {
        "serde_json Value"
    }
    fn kind(&self) -> Kind {
        Kind::Parser
    }
    fn does(&self) -> &'static str {
        "reads the document into a tree: the measure of the other rows"
    }
    fn run(&mut self, bytes: &[u8]) -> Option<Verdicts> {
        black_box(serde_json::from_slice::<Value>(bytes).expect("JSON"));
        None
    }
}

/// The pull parser that Bulou stood on, over every leaf.
pub struct Pull;

impl Engine for Pull {
    fn name(&self) -> &'static str {
        "jiter, every leaf"
    }
    fn kind(&self) -> Kind {
        Kind::Parser
    }
    fn does(&self) -> &'static str {
        "pulls every key and value, keeps nothing: the parser that Bulou stood on before it had its own"
    }
    fn run(&mut self, bytes: &[u8]) -> Option<Verdicts> {
        let mut json = Jiter::new(bytes);
        let peek = json.peek().expect("JSON");
        black_box(leaves(&mut json, peek).expect("JSON"));
        None
    }
}

fn leaves(json: &mut Jiter<'_>, peek: Peek) -> JiterResult<usize> {
    Ok(match peek {
        Peek::Null => json.known_null().map(|()| 1)?,
        Peek::True | Peek::False => json.known_bool(peek).map(|_| 1)?,
        Peek::String => json.known_str()?.len(),
        Peek::Array => {
            let (mut next, mut sum) = (json.known_array()?, 0);
            while let Some(peek) = next {
                sum += leaves(json, peek)?;
                next = json.array_step()?;
            }
            sum
        }
        Peek::Object => {
            let (mut key, mut sum) = (json.known_object()?.map(str::len), 0);
            while let Some(length) = key {
                let peek = json.peek()?;
                sum += length + leaves(json, peek)?;
                key = json.next_key()?.map(str::len);
            }
            sum
        }
        _ => json.known_number(peek).map(|_| 1)?,
    })
}
