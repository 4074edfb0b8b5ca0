//! `bulou verify`, and what other commands ask of a published folder before they use it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use bulou_base::date::Date;
use bulou_base::limits;
use bulou_base::sanitize::visible;
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_messages::texts;
use bulou_pack::publish::{Accepted, Index, Refusal, Taken, Verified, Wanted, taken};
use clap::Args;

use super::beside;
use super::folder::{Fault, Folder};
use crate::Common;
use crate::canonicalize;
use crate::check::{day, today};
use crate::destination::{show, write};
use crate::files::{named, named_text};
use crate::terminal::tell;

/// Options of `verify`.
#[derive(Args)]
pub struct VerifyArgs {
    path: PathBuf,
    #[arg(long, value_name = "FILE")]
    public_key: PathBuf,
    #[arg(long, value_name = "FILE")]
    accepted: Option<PathBuf>,
    #[arg(long, value_parser = day)]
    as_of: Option<Date>,
    #[arg(long)]
    newest_only: bool,
}

/// `bulou verify`: exit code 0 when all is accepted, 1 when it is refused.
pub fn run(args: &VerifyArgs, common: &Common) -> Result<u8, String> {
    let lang = common.lang();
    let today = args.as_of.unwrap_or_else(today);
    match verified(args, today, lang) {
        Ok((verified, packs)) => show(&summary(&verified, &packs, today, lang)).map(|()| 0),
        Err(Fault::Refused(refusal)) => {
            tell(&format!("bulou: {}", visible(&refusal.view(lang).to_string())));
            Ok(1)
        }
        Err(Fault::Unreadable(words)) => Err(words.get(lang).to_owned()),
    }
}

fn verified(args: &VerifyArgs, today: Date, lang: Lang) -> Result<(Verified, Vec<Taken>), Fault> {
    let public_key = named_text(&args.public_key, limits::GIVEN_BYTES).map_err(Fault::Unreadable)?;
    let memory = args.accepted.as_deref().map(|path| Memory::read(path, &args.path)).transpose()?;
    let folder = Folder::read(&args.path)?;
    folder.tell_unfinished(lang);
    let accepted = memory.as_ref().and_then(|memory| memory.accepted.as_ref());
    let opened = folder.open(&public_key, accepted, today, args.newest_only)?;
    let packs = opened.verified.index.in_force().map(|edition| taken(edition, &opened.files, today));
    let packs = packs.collect::<Result<Vec<_>, _>>()?;
    let pack = pack(&opened.verified.index, accepted)?;
    if let Some(memory) = &memory {
        memory.keep(&Accepted { pack, ..opened.verified.accepted.clone() })?;
    }
    Ok((opened.verified, packs))
}

/// The pack that checks will use: the one that was taken before, or the only one; of several nobody has chosen yet.
fn pack(index: &Index, accepted: Option<&Accepted>) -> Result<Option<String>, Refusal> {
    let was_taken = accepted.is_some_and(|accepted| accepted.pack.is_some());
    if !was_taken && index.in_force().count() > 1 {
        return Ok(None);
    }
    Wanted { id: None, accepted }.of(index).map(|edition| Some(edition.id.clone()))
}

/// The file that remembers which index was accepted last.
pub struct Memory<'p> {
    path: &'p Path,
    /// What it remembers.
    pub accepted: Option<Accepted>,
}

impl<'p> Memory<'p> {
    /// Reads it; it must not lie in the published folder, where it would be a stranger's file.
    pub fn read(path: &'p Path, folder: &Path) -> Result<Self, Fault> {
        let shown = path.display();
        let parent = path.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."));
        if let (Ok(parent), Ok(folder)) = (canonicalize(parent), canonicalize(folder))
            && parent.starts_with(folder)
        {
            return Err(Fault::Unreadable(texts::lies_published_folder_put(&shown).text()));
        }
        match std::fs::symlink_metadata(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self { path, accepted: None }),
            // What a link leads to was there once: no record is not the same as none yet.
            Ok(about) if about.is_symlink() && !path.exists() => return Err(Fault::Unreadable(leads_nowhere(path))),
            _ => {}
        }
        let bytes = named(path, limits::GIVEN_BYTES).map_err(Fault::Unreadable)?;
        let accepted = serde_json::from_slice(&bytes)
            .map_err(|error| Fault::Unreadable(texts::not_written_accepted_give(&shown, &error).text()))?;
        Ok(Self { path, accepted: Some(accepted) })
    }

    /// Remembers what was accepted.
    pub fn keep(&self, accepted: &Accepted) -> Result<(), Fault> {
        let failed = |error: String| Fault::Unreadable(texts::what_accepted_could_not(&error).text());
        let json = serde_json::to_vec(accepted).map_err(|error| failed(error.to_string()))?;
        write(Some(self.path), &[json, b"\n".to_vec()].concat()).map_err(failed)
    }
}

fn leads_nowhere(path: &Path) -> LocalizedText {
    let shown = path.display();
    texts::link_leads_no_file(&shown).text()
}

/// What was accepted, for a person.
fn summary(verified: &Verified, packs: &[Taken], today: Date, lang: Lang) -> String {
    let index = &verified.index;
    let words = texts::authentic_whole_index_published(&index.serial, &index.published, &index.expires).text();
    let packs = packs.iter().map(|pack| {
        let head = visible(&format!("{} {} {}", pack.edition.id, pack.edition.version, pack.edition.title));
        let lines =
            std::iter::once(head).chain(beside::lines(pack, today, lang).into_iter().map(|line| format!("  {line}")));
        lines.map(|line| format!("\n  {line}")).collect::<String>()
    });
    format!("{}{}\n  sha256 {}", words.get(lang), packs.collect::<String>(), verified.accepted.sha256)
}
