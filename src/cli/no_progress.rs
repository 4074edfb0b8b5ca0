//! How far a long run is, where no terminal's cursor can be moved: nothing is shown.

use bulou_messages::diagnostic::Lang;

use super::inputs::Inputs;

/// Runs what tells how much of all is done.
pub fn with_steps<T>(run: impl FnOnce(&(dyn Fn(usize, usize) + Sync)) -> T) -> T {
    run(&|_, _| {})
}

/// As where it is shown.
pub struct Progress;

impl Progress {
    /// For the documents of `inputs`.
    pub fn new(_inputs: &Inputs, _quiet: bool, _lang: Lang) -> Self {
        Self
    }

    /// After a round of documents.
    pub fn add(&mut self, _documents: usize, _inputs: &Inputs) {}
}
