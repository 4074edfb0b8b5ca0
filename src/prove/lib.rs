//! What a pack's rules can come to at all: questions about every complete document there may be, which no test of single
//! documents answers. Rules are translated to SMT-LIB and asked of a solver; what it finds is written out as a document
//! and judged by `bulou_eval` itself before it is told.
//!
//! A complete document has every required value and no fault: no blank, no day that cannot be, no breach of a 约束. Lists
//! have up to a number of elements. What has no translation is said with its reason, and nothing is said of it otherwise.
//!
//! This room starts no program: whoever asks hands it the solver.

mod apart;
mod ask;
mod assertions;
pub mod compare;
mod conditions;
mod constraints;
mod days;
mod deadlines;
mod document;
mod lists;
mod names;
mod pairs;
mod report;
mod requirements;
mod rules;
mod scalars;
mod shrink;
mod small;
mod solver;
mod term;
mod translate;
mod truth;
mod uses;
pub mod versions;
mod written;

pub use ask::{Answer, Setting, Trouble, Version, Witness};
pub use assertions::AssertionAnswer;
pub use constraints::ConstraintAnswer;
pub use pairs::{Pair, Relation};
pub use report::Report;
pub use requirements::{Never, Requirement};
pub use rules::{Known, Prover, Question, RuleAnswers};
