//! The pack that a command works by: a folder's, or one that the bureau published, checked before it is used.

use std::path::{Path, PathBuf};

use bulou_base::limits;
use bulou_eval::Waiver;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_pack::Files;
use bulou_pack::publish::{Accepted, Taken, Wanted, taken};
use clap::Args;

use super::check::today;
use super::files::named_text;
use super::publish::folder::{Fault, Folder};
use super::publish::verify::Memory;
use super::{Common, pack};

/// Options that put published rules in the place of a pack's folder.
#[derive(Args)]
pub struct PublishedArgs {
    #[arg(long, value_name = "DIR", requires = "public_key")]
    published: Option<PathBuf>,
    #[arg(long, value_name = "FILE", requires = "published")]
    public_key: Option<PathBuf>,
    #[arg(long, value_name = "FILE", requires = "published")]
    accepted: Option<PathBuf>,
    #[arg(long, value_name = "ID", requires = "published")]
    pack_id: Option<String>,
}

/// A pack's files, and what the bureau published with them.
pub struct Asked {
    /// The files.
    pub files: Files,
    /// What goes with them; nothing else may take its place.
    pub given: Option<Given>,
}

/// The county's parameters and waivers.
pub struct Given {
    pub params: Vec<(String, String)>,
    pub waivers: Vec<Waiver>,
}

impl PublishedArgs {
    /// The pack that was asked for: published, or in the folder `path`, or that of `--pack`.
    pub fn asked(&self, path: Option<&Path>, common: &Common) -> Result<Asked, String> {
        let folder = common.folder(path)?;
        let Some(published) = &self.published else {
            return Ok(Asked { files: pack::files(folder, common.lang())?, given: None });
        };
        if folder.is_some() {
            let words = texts::published_says_pack_use().get(common.lang());
            return Err(words.to_owned());
        }
        let taken = self.open(published, common.lang()).map_err(|fault| fault.message(common.lang()))?;
        Ok(Asked { files: taken.files, given: Some(Given { params: taken.params, waivers: taken.waivers }) })
    }

    /// Files that the command reads or writes itself.
    pub fn excluded(&self) -> Vec<Option<&Path>> {
        vec![self.public_key.as_deref(), self.accepted.as_deref()]
    }

    /// Whether an index is in its time is asked on the real day, whatever day documents are judged on.
    fn open(&self, path: &Path, lang: Lang) -> Result<Taken, Fault> {
        let key = self.public_key.as_deref().unwrap_or(Path::new(""));
        let key = named_text(key, limits::GIVEN_BYTES).map_err(Fault::Unreadable)?;
        let memory = self.accepted.as_deref().map(|file| Memory::read(file, path)).transpose()?;
        let accepted = memory.as_ref().and_then(|memory| memory.accepted.as_ref());
        let folder = Folder::read(path)?;
        folder.tell_unfinished(lang);
        let opened = folder.open(&key, accepted, today(), true)?;
        let edition = Wanted { id: self.pack_id.as_deref(), accepted }.of(&opened.verified.index)?;
        let taken = taken(edition, &opened.files, today())?;
        if let Some(memory) = memory {
            let kept = Accepted { pack: Some(taken.edition.id.clone()), ..opened.verified.accepted };
            memory.keep(&kept)?;
        }
        Ok(taken)
    }
}
