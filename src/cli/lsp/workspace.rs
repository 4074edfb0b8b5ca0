//! The packs whose files are open, from disk and from the client's buffers.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use bulou_base::limits;
use bulou_editor::{Editor, Places};
use bulou_messages::diagnostic::Lang;
use lsp_types::{PublishDiagnosticsParams, TextDocumentContentChangeEvent, Uri};

use super::convert;
use crate::files;

/// How many folders up from a file its pack's header may stand.
const LEVELS: usize = 4;

/// All packs with an open file.
pub struct Workspace {
    pub lang: Lang,
    /// By the pack's folder; a file outside any pack is a pack by itself, under its own path.
    packs: BTreeMap<PathBuf, Pack>,
    /// Texts of the client's buffers.
    open: BTreeMap<PathBuf, String>,
    /// The pack of each open file.
    keys: BTreeMap<PathBuf, PathBuf>,
}

/// A pack with what the client was told of it.
pub struct Pack {
    pub editor: Editor,
    /// Its folder.
    pub folder: PathBuf,
    /// Files that the client holds diagnostics of.
    published: BTreeSet<String>,
    changed: bool,
}

impl Workspace {
    pub fn new(lang: Lang) -> Self {
        Self { lang, packs: BTreeMap::new(), open: BTreeMap::new(), keys: BTreeMap::new() }
    }

    /// A buffer's text from now on.
    pub fn open(&mut self, uri: &Uri, text: String) {
        let Some(path) = convert::path(uri) else { return };
        let before = self.open.insert(path.clone(), text.clone());
        if before.is_none_or(|before| is_header(&before) != is_header(&text)) {
            self.regroup();
        }
        if let Some((pack, file)) = self.pack(&path) {
            pack.editor.set(&file, &text);
            pack.changed = true;
        }
    }

    /// Changes of a buffer, in the client's order.
    pub fn change(&mut self, uri: &Uri, changes: Vec<TextDocumentContentChangeEvent>) {
        let Some(path) = convert::path(uri) else { return };
        let mut text = self.open.get(&path).cloned().unwrap_or_default();
        for change in changes {
            match change.range {
                None => text = change.text,
                Some(range) => {
                    let places = Places::new(&text);
                    let byte = |place| places.byte(places.at(convert::line_column(place)));
                    let (start, end) = (byte(range.start), byte(range.end));
                    text.replace_range(start..end.max(start), &change.text);
                }
            }
        }
        self.open(uri, text);
    }

    /// From now on the file's text is the one on disk.
    pub fn close(&mut self, uri: &Uri) {
        let Some(path) = convert::path(uri) else { return };
        let key = self.key(&path);
        self.open.remove(&path);
        self.regroup();
        self.reload(&key);
    }

    /// A file was written, made or removed by another program.
    pub fn changed_on_disk(&mut self, uri: &Uri) {
        let Some(path) = convert::path(uri).filter(|path| !self.open.contains_key(path)) else { return };
        self.regroup();
        let key = self.key(&path);
        self.reload(&key);
    }

    /// A header came or went, so that open files may belong to another pack.
    fn regroup(&mut self) {
        let before = std::mem::take(&mut self.keys);
        self.keys = self.open.keys().map(|path| (path.clone(), self.find_key(path))).collect();
        let left: BTreeSet<&PathBuf> =
            before.iter().filter(|(path, key)| self.keys.get(*path) != Some(key)).map(|(_, key)| key).collect();
        for key in left {
            self.reload(key);
        }
        for path in self.open.keys().cloned().collect::<Vec<_>>() {
            self.pack(&path);
        }
    }

    /// The pack of a file, read from disk when it is first asked for, and the file's name in it.
    pub fn pack(&mut self, path: &Path) -> Option<(&mut Pack, String)> {
        let key = self.key(path);
        if !self.packs.contains_key(&key) {
            let pack = self.load(&key, path);
            self.packs.insert(key.clone(), pack);
        }
        let pack = self.packs.get_mut(&key)?;
        let file = convert::name(path.strip_prefix(&pack.folder).ok()?);
        Some((pack, file))
    }

    /// What is wrong in the packs that changed, file by file; an empty list where it no longer is.
    pub fn diagnostics(&mut self) -> Vec<PublishDiagnosticsParams> {
        let mut all = Vec::new();
        for pack in self.packs.values_mut().filter(|pack| pack.changed) {
            pack.changed = false;
            all.extend(pack.diagnostics(self.lang));
        }
        all
    }

    fn load(&self, key: &Path, path: &Path) -> Pack {
        let whole = key != path;
        let folder = if whole { key } else { path.parent().unwrap_or(path) }.to_owned();
        let files = if whole { super::super::pack::files(Some(key), self.lang) } else { Err(String::new()) };
        let files = files.map(|files| files.0).unwrap_or_else(|_| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            BTreeMap::from([(name, files::found(path, limits::RULE_FILE_BYTES).unwrap_or_default())])
        });
        let mut editor = Editor::new(files.into_iter().filter(|(name, _)| !name.starts_with("cases/")));
        for (path, text) in self.open.iter().filter(|(path, _)| self.key(path) == key) {
            if let Ok(file) = path.strip_prefix(&folder) {
                editor.set(&convert::name(file), text);
            }
        }
        Pack { editor, folder, published: BTreeSet::new(), changed: true }
    }

    /// Reads a pack anew, as long as one of its files is open; else the client's marks are taken away.
    fn reload(&mut self, key: &Path) {
        let Some(before) = self.packs.remove(key) else { return };
        let open = self.open.keys().find(|path| self.key(path) == key).cloned();
        let pack = match open {
            Some(path) => Pack { published: before.published, ..self.load(key, &path) },
            None => Pack { editor: Editor::default(), changed: true, ..before },
        };
        self.packs.insert(key.to_owned(), pack);
    }

    /// Under what a file's pack is kept.
    fn key(&self, path: &Path) -> PathBuf {
        self.keys.get(path).cloned().unwrap_or_else(|| self.find_key(path))
    }

    /// The folder of the pack that a file is in: the nearest around it where a rule file has a 规则集 declaration.
    fn find_key(&self, path: &Path) -> PathBuf {
        let mut folders = path.ancestors().skip(1).take(LEVELS);
        folders.find(|folder| self.has_header(folder)).unwrap_or(path).to_owned()
    }

    fn has_header(&self, folder: &Path) -> bool {
        let open = self.open.iter().filter(|(path, _)| path.parent() == Some(folder));
        if open.into_iter().any(|(path, text)| is_rules(path) && is_header(text)) {
            return true;
        }
        let Ok(entries) = std::fs::read_dir(folder) else { return false };
        let closed = entries.filter_map(Result::ok).map(|entry| entry.path());
        closed
            .filter(|path| is_rules(path) && !self.open.contains_key(path))
            .filter_map(|path| files::found(&path, limits::RULE_FILE_BYTES).ok())
            .any(|bytes| is_header(&String::from_utf8_lossy(&bytes)))
    }
}

impl Pack {
    fn diagnostics(&mut self, lang: Lang) -> Vec<PublishDiagnosticsParams> {
        let problems = self.editor.problems(lang);
        let found: BTreeSet<String> = problems.iter().map(|problem| problem.location.file.clone()).collect();
        let files: Vec<String> = found.union(&self.published).cloned().collect();
        self.published = found;
        let of_file = |file: &String| {
            let own = problems.iter().filter(|problem| problem.location.file == *file);
            let diagnostics = own.filter_map(|problem| convert::diagnostic(self, problem)).collect();
            Some(PublishDiagnosticsParams::new(self.uri(file)?, diagnostics, None))
        };
        files.iter().filter_map(of_file).collect()
    }

    /// A file's address.
    pub fn uri(&self, file: &str) -> Option<Uri> {
        convert::uri(&self.folder.join(file))
    }
}

fn is_rules(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "bulou")
}

fn is_header(text: &str) -> bool {
    text.lines().any(|line| {
        let rest =
            ["规则集", "pack"].iter().find_map(|keyword| line.trim_start_matches('\u{FEFF}').strip_prefix(keyword));
        rest.is_some_and(|rest| rest.starts_with(char::is_whitespace))
    })
}
