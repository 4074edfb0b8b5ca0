//! How documents are judged: the options of every command that does.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use bulou_base::date::Date;
use bulou_eval::Options;
use bulou_messages::texts;
use bulou_report::Verdict;
use clap::{Args, ValueEnum};

use super::{bytes, day, json, not_understood, today};
use crate::inputs::{Inputs, NameBy};
use crate::outputs::Outputs;
use crate::published::{Asked, Given, PublishedArgs};
use crate::terminal::{language, tell};
use crate::{Common, jobs};

/// How documents are read and judged, whatever becomes of the reports.
#[derive(Args)]
pub struct JudgeArgs {
    #[arg(long)]
    ndjson: bool,
    #[arg(long, value_enum, default_value = "file", value_name = "HOW")]
    name_by: NameBy,
    #[command(flatten)]
    given: GivenArgs,
    #[command(flatten)]
    published: PublishedArgs,
    #[arg(long, value_enum, default_value = "undetermined")]
    fail_on: FailOn,
    #[arg(long, value_name = "N", value_parser = jobs::some())]
    jobs: Option<u16>,
}

impl JudgeArgs {
    /// Files that are no documents, wherever they lie.
    pub fn excluded(&self) -> Vec<Option<&Path>> {
        let mut apart = self.given.excluded();
        apart.extend(self.published.excluded());
        apart
    }

    /// The pack that documents are judged by.
    pub fn asked(&self, common: &Common) -> Result<Asked, String> {
        self.published.asked(None, common)
    }

    /// How many documents are checked at once.
    pub fn jobs(&self) -> usize {
        jobs::at_once(self.jobs)
    }

    /// The documents of `paths`; files in `apart` are none, and no output is any of these.
    pub fn inputs(&self, paths: &[PathBuf], apart: &[Option<&Path>], outputs: &Outputs) -> Result<Inputs, String> {
        Inputs::new(paths, self.ndjson, self.name_by, apart, outputs)
    }

    /// Whether a verdict is a failure.
    pub fn fails(&self, verdict: Verdict) -> bool {
        self.fail_on.fails(verdict)
    }

    /// The day, parameters and waivers; those that were published with the pack are used alone.
    pub fn options(&self, asked: &mut Asked, common: &Common) -> Result<Options, String> {
        let Some(Given { params, waivers }) = asked.given.take() else { return self.given.options(common) };
        if !self.given.is_plain() {
            let words = texts::published_uses_published_parameters().get(common.lang());
            return Err(words.to_owned());
        }
        Ok(Options { params, waivers, ..self.given.options(common)? })
    }
}

/// What a check depends on besides the pack and the documents.
#[derive(Args)]
pub struct GivenArgs {
    #[arg(long, value_parser = day)]
    as_of: Option<Date>,
    #[command(flatten)]
    params: ParamArgs,
    #[arg(long)]
    waivers: Option<PathBuf>,
}

/// Parameters in place of the pack's.
#[derive(Args)]
pub struct ParamArgs {
    #[arg(long = "param")]
    params: Vec<String>,
    #[arg(long = "params")]
    params_file: Option<PathBuf>,
}

impl GivenArgs {
    /// Files that are no documents, wherever they lie.
    pub fn excluded(&self) -> Vec<Option<&Path>> {
        vec![self.params.params_file.as_deref(), self.waivers.as_deref()]
    }

    /// Whether neither parameters nor waivers are given.
    fn is_plain(&self) -> bool {
        self.params.is_empty() && self.waivers.is_none()
    }

    /// The day of the check, where it is given.
    pub fn day(&self) -> Option<Date> {
        self.as_of
    }

    /// The day, parameters and waivers.
    pub fn options(&self, common: &Common) -> Result<Options, String> {
        let params = self.params.params(common)?;
        let waivers = self.waivers.as_deref().map(json).transpose()?.unwrap_or_default();
        Ok(Options { today: self.as_of.unwrap_or_else(today), params, waivers, lang: common.lang() })
    }
}

impl ParamArgs {
    /// Whether none are given.
    pub(super) fn is_empty(&self) -> bool {
        self.params.is_empty() && self.params_file.is_none()
    }

    /// Names and values.
    pub fn params(&self, common: &Common) -> Result<Vec<(String, String)>, String> {
        let mut params = Vec::new();
        if let Some(path) = &self.params_file {
            let named = |error| not_understood(path, &error);
            params = bulou_eval::params_from_json(&bytes(path)?).map_err(named)?;
        }
        let mut given = BTreeSet::new();
        for param in &self.params {
            let (name, value) =
                param.split_once('=').ok_or_else(|| texts::written_name_value(&param).get(language()))?;
            if !given.insert(name) {
                return Err(texts::param_gives_twice_not(&name).get(common.lang()));
            }
            if let Some((_, other)) = params.iter().find(|(known, other)| known == name && other != value) {
                tell(&(texts::param_over_params(&name, &value, other).get(common.lang()) + "\n"));
            }
            params.push((name.to_owned(), value.to_owned()));
        }
        Ok(params)
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum FailOn {
    Fail,
    Undetermined,
    Pending,
}

impl FailOn {
    pub(super) fn fails(self, verdict: Verdict) -> bool {
        verdict
            >= match self {
                Self::Fail => Verdict::Fail,
                Self::Undetermined => Verdict::Undetermined,
                Self::Pending => Verdict::Pending,
            }
    }
}
