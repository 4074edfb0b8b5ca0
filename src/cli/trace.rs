//! `bulou trace`: which sentence of the sources has which rules.

use std::path::PathBuf;

use bulou_base::sanitize::visible_lines;
use bulou_pack::trace::{self, Trace};
use clap::{Args, ValueEnum};

use super::destination::write;
use super::outputs::Written;
use super::published::PublishedArgs;
use super::{Common, formats, pack};

/// Options of `bulou trace`.
#[derive(Args)]
pub struct TraceArgs {
    path: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "text")]
    format: TraceFormat,
    #[arg(short, long, value_name = "FILE")]
    output: Option<Written>,
    #[command(flatten)]
    published: PublishedArgs,
}

#[derive(Clone, Copy, ValueEnum)]
enum TraceFormat {
    /// For a person; sentences that are left out come first.
    Text,
    /// A page that needs nothing beside itself.
    Html,
    /// One object.
    Json,
}

/// `bulou trace`
pub fn run(args: &TraceArgs, common: &Common) -> Result<u8, String> {
    let files = args.published.asked(args.path.as_deref(), common)?.files;
    let Some(rules) = pack::loaded(&files, false, common).rules else { return Ok(2) };
    let trace = trace::trace(&rules, &files, common.lang());
    let text = render(&trace, args.format, common).map_err(|error| error.to_string())?;
    write(args.output.as_deref(), text.as_bytes()).map(|()| 0)
}

fn render(trace: &Trace, format: TraceFormat, common: &Common) -> serde_json::Result<String> {
    Ok(match format {
        TraceFormat::Text => visible_lines(&trace::text(trace, common.lang())),
        TraceFormat::Html => formats::trace::page(trace, common.lang()),
        TraceFormat::Json => serde_json::to_string_pretty(trace)? + "\n",
    })
}
