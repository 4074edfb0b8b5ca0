//! How far a long run is, on a terminal's standard error: documents, their rate, and the time left where it is known.

use std::time::{Duration, Instant};

use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::inputs::Inputs;
use super::terminal;

/// Work that is done by then shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// Runs what tells how much of all is done, and shows that; nothing where standard error is no terminal.
pub fn with_steps<T>(run: impl FnOnce(&(dyn Fn(usize, usize) + Sync)) -> T) -> T {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let answer = run(&|done, all| {
        bar.set_length(all as u64);
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    answer
}

/// A bar that appears after [`PATIENCE`], where anyone can see it, and leaves nothing behind.
pub struct Progress {
    bar: ProgressBar,
    started: Instant,
    shown: bool,
    documents: u64,
    lang: Lang,
}

impl Progress {
    /// For the documents of `inputs`; `quiet` never shows.
    pub fn new(inputs: &Inputs, quiet: bool, lang: Lang) -> Self {
        let bar = ProgressBar::with_draw_target(inputs.total_bytes(), ProgressDrawTarget::hidden());
        let template = match inputs.total_bytes() {
            None => "{spinner} {msg}".to_owned(),
            Some(_) => texts::progress_bar(&"{bar:30}", &"{percent:>3}", &"{msg}", &"{eta}").get(lang),
        };
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style);
        }
        Self {
            bar,
            started: Instant::now(),
            shown: quiet || terminal::is_dumb(&|name| std::env::var(name).ok()),
            documents: 0,
            lang,
        }
    }

    /// After a round of documents.
    pub fn add(&mut self, documents: usize, inputs: &Inputs) {
        self.documents += documents as u64;
        let elapsed = self.started.elapsed();
        self.bar.set_position(inputs.read_bytes());
        if elapsed < PATIENCE {
            return;
        }
        // Standard error that is no terminal stays hidden.
        if !self.shown {
            self.shown = true;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        let rate = self.documents * 1000 / u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX).max(1);
        let documents = self.documents;
        let words = texts::documents_s(&documents, &rate).get(self.lang);
        self.bar.set_message(words);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
