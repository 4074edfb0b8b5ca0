//! Packs from disk or from the program, and the commands about a pack.

use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::{Component, Path, PathBuf};

use bulou_api::county::part;
use bulou_base::filename::is_litter;
use bulou_base::limits;
use bulou_base::sanitize::visible;
use bulou_document::normalize::normal;
use bulou_document::schema;
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::{Lang, LocalizedText, Severity};
use bulou_messages::texts;
use bulou_pack::{Files, Loaded, calendars, cases, is_hidden_part, laziest, load};
use include_dir::{Dir, include_dir};

use super::destination::show;
use super::diagnostics::Diagnostics;
use super::published::PublishedArgs;
use super::terminal::tell;
use super::{Common, files as safe};

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../rules");

/// The files of the pack that was asked for.
pub fn files(path: Option<&Path>, lang: Lang) -> Result<Files, String> {
    gathered(path, lang).map_err(|problems| LocalizedText::lines(&problems, lang))
}

/// The same, or everything that keeps it from being read.
pub fn gathered(path: Option<&Path>, lang: Lang) -> Result<Files, Vec<LocalizedText>> {
    let Some(path) = path else {
        let mut files = BTreeMap::new();
        embedded(&EMBEDDED, "campus-safety/", "", &mut files);
        embedded(&EMBEDDED, "calendar/", "calendar/", &mut files);
        return Ok(Files(files));
    };
    read(path, lang).map(Files)
}

/// The files of a pack's folder, with a calendar beside it that it names and does not hold, or everything that keeps it from being read.
fn read(path: &Path, lang: Lang) -> Result<BTreeMap<String, Vec<u8>>, Vec<LocalizedText>> {
    let shown = path.display();
    if path.is_file() {
        return Err(vec![texts::file_give_packs_folder(&shown).text()]);
    }
    let mut reader = Reader::default();
    reader.folder(path, "");
    reader.beside(path);
    safe::tell_unfinished(&reader.unfinished, lang);
    if reader.problems.is_empty() && !reader.files.keys().any(|name| name.to_lowercase().contains(".bulou")) {
        reader.problems.push(texts::no_rule_files_bulou(&shown).text());
    }
    if reader.problems.is_empty() { Ok(reader.files) } else { Err(reader.problems) }
}

/// Reads what a pack may consist of, and looks at nothing else in its folder.
#[derive(Default)]
struct Reader {
    files: BTreeMap<String, Vec<u8>>,
    problems: Vec<LocalizedText>,
    /// What runs that were stopped left there.
    unfinished: Vec<PathBuf>,
    entries: usize,
    bytes: usize,
}

impl Reader {
    fn folder(&mut self, folder: &Path, prefix: &str) {
        let entries = std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let entries = match entries {
            Ok(entries) => entries,
            Err(error) => return self.problems.push(safe::unreadable(folder, &error)),
        };
        self.entries += entries.len();
        if self.entries > limits::PACK_ENTRIES {
            return self.too_much(folder);
        }
        for entry in entries {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            let (full, is_folder) = (format!("{prefix}{name}"), entry.file_type().is_ok_and(|kind| kind.is_dir()));
            let is_litter = is_litter(&name);
            if is_litter && (is_folder || !is_hidden_part(&full)) {
                self.unfinished.extend(safe::is_unfinished(&name).then_some(path));
            } else if is_folder {
                self.folder(&path, &format!("{full}/"));
            } else if may_belong(&name) && !is_litter {
                self.file(&path, full);
            } else {
                // Named, so that nobody takes it for a part of the pack.
                self.files.insert(full, Vec::new());
            }
        }
    }

    fn file(&mut self, path: &Path, name: String) {
        let left = limits::PACK_BYTES.saturating_sub(self.bytes);
        match safe::found(path, limits::PACK_FILE_BYTES) {
            Ok(bytes) if bytes.len() > left => self.too_much(path.parent().unwrap_or(path)),
            Ok(bytes) => {
                self.bytes += bytes.len();
                self.files.insert(name, bytes);
            }
            Err(unread) => self.problems.push(unread.words(path)),
        }
    }

    /// Adds the calendars that the pack names and does not hold itself. One that lies here and there must be the same: nobody
    /// could tell which counts.
    fn beside(&mut self, pack: &Path) {
        let folder = pack.join("../calendar");
        if !std::fs::symlink_metadata(&folder).is_ok_and(|about| about.is_dir()) {
            return;
        }
        let own = Files(std::mem::take(&mut self.files));
        let named = calendars(&own);
        self.files = own.0;
        for name in named {
            let Some(file) = name.strip_prefix("calendar/").filter(|file| is_plain(file)) else { continue };
            let path = folder.join(file);
            match self.files.get(&name) {
                _ if std::fs::symlink_metadata(&path).is_err() => {}
                None => self.file(&path, name),
                Some(held) => match safe::found(&path, limits::PACK_FILE_BYTES) {
                    Ok(other) if other == *held => {}
                    Ok(_) => self.problems.push(two_calendars(&name, &path)),
                    Err(unread) => self.problems.push(unread.words(&path)),
                },
            }
        }
    }

    fn too_much(&mut self, folder: &Path) {
        let shown = folder.display();
        self.problems.push(texts::holds_too_many_files(&shown).text());
    }
}

/// Whether a path is the name of one file and leads nowhere else.
fn is_plain(file: &str) -> bool {
    let mut parts = Path::new(file).components();
    matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None))
}

fn two_calendars(name: &str, other: &Path) -> LocalizedText {
    let other = other.display();
    texts::two_calendars_differ_packs(&name, &other).text()
}

/// Whether a file's name is that of rules, a source, a calendar or cases, however its ending is written: in letters of
/// full width, too, or with blanks behind it.
fn may_belong(name: &str) -> bool {
    let name = normal(name);
    let ending = Path::new(&*name).extension().unwrap_or_default();
    ["bulou", "txt", "json"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

fn embedded(folder: &Dir<'_>, from: &str, to: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for file in folder.files() {
        if let Some(rest) = file.path().to_str().and_then(|path| path.strip_prefix(from)) {
            files.insert(format!("{to}{rest}"), file.contents().to_vec());
        }
    }
    for inner in folder.dirs() {
        embedded(inner, from, to, files);
    }
}

/// Loads a pack and prints what is wrong with it; warnings only where `warnings` asks for them.
pub fn loaded(files: &Files, warnings: bool, common: &Common) -> Loaded {
    let loaded = load(files);
    let color = common.colors(std::io::stderr().is_terminal());
    let rendered = Diagnostics::new(&loaded.sources, common.lang(), color);
    let mut shown: Vec<_> = loaded.diagnostics.iter().collect();
    shown.retain(|diagnostic| warnings || diagnostic.severity() == Severity::Error);
    shown.sort_by_key(|diagnostic| diagnostic.primary.span);
    for diagnostic in shown {
        tell(&format!("{}\n", rendered.render(diagnostic)));
    }
    loaded
}

/// The rules whose document is asked for: the schools', or the county's.
pub fn asking(rules: &RuleSet, county: bool, lang: Lang) -> Result<&RuleSet, String> {
    if !county {
        return Ok(rules);
    }
    part(rules).map(|county| &county.rules).map_err(|none| none.text().get(lang).to_owned())
}

/// Which pack was looked at: green over other rules than one's own says nothing.
pub fn of_which(folder: Option<&Path>, rules: Option<&RuleSet>) -> LocalizedText {
    let Some(folder) = folder else { return texts::pack_program_brings().text() };
    let id = rules.map(|rules| format!("{} {} · ", rules.pack.id, rules.pack.version)).unwrap_or_default();
    texts::of_pack_folder(&id, &folder.display()).text()
}

/// `bulou lint`
pub fn lint(path: Option<&Path>, deny: bool, common: &Common) -> Result<u8, String> {
    let folder = common.folder(path)?;
    let files = files(folder, common.lang())?;
    let loaded = loaded(&files, true, common);
    let errors = loaded.diagnostics.iter().filter(|d| d.severity() == Severity::Error).count();
    let mut cases = cases::problems(&files);
    cases.extend(loaded.rules.iter().flat_map(|rules| laziest::problems(&files, rules)));
    cases.iter().for_each(|words| tell(&visible(words.get(common.lang()))));
    let warnings = loaded.diagnostics.len() - errors + cases.len();
    let pack = of_which(folder, loaded.rules.as_ref());
    tell(&visible(&texts::errors_warnings(&errors, &warnings, &pack).get(common.lang())));
    Ok(u8::from(errors > 0 || (deny && warnings > 0)))
}

/// `bulou schema`
pub fn schema(path: Option<&Path>, county: bool, published: &PublishedArgs, common: &Common) -> Result<u8, String> {
    let files = published.asked(path, common)?.files;
    let Some(rules) = loaded(&files, false, common).rules else { return Ok(2) };
    let rules = asking(&rules, county, common.lang())?;
    show(&format!("{:#}", schema::schema(&rules.shape))).map(|()| 0)
}
