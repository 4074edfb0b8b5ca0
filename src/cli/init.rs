//! `bulou init`: a county's repository, whose checks pass as it stands. The roster and the schools in it are those of the
//! pack's first case of the county.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bulou_base::sanitize::visible;
use bulou_eval::{Checker, Options};
use bulou_ir::RuleSet;
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_pack::cases::{self, Example};
use bulou_report::Verdict;
use clap::Args;
use include_dir::{Dir, include_dir};

use super::destination::{self, show};
use super::inputs::decoded;
use super::terminal::language;
use super::{Common, pack};

/// What is the same for every pack but for a few words, and what it says to people.
static LAYOUT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/init/layout");
const README: [&str; 2] = [include_str!("init/readme/zh.md"), include_str!("init/readme/en.md")];
/// Where the bureau's own pack lies.
const PACK: &str = "pack";
const SUBMISSIONS: &str = "submissions";
/// The action by which GitHub checks. Where the program's repository lies, only who runs the command knows.
const ACTION: &str = concat!("OWNER/bulou@v", env!("CARGO_PKG_VERSION"));
/// So much of a document's SHA-256 stands in its file's name, as the page writes it.
const RECEIPT: usize = 8;

/// Options of `init`.
#[derive(Args)]
pub struct InitArgs {
    folder: PathBuf,
    #[arg(long)]
    with_pack: bool,
    #[arg(long, value_name = "OWNER/REPO@REF", default_value = ACTION)]
    action: String,
}

/// Runs the command; the answer is the exit code.
pub fn run(args: &InitArgs, common: &Common) -> Result<u8, String> {
    let (lang, own) = (common.lang(), common.pack.as_deref());
    let shown = visible(&args.folder.display().to_string());
    if std::fs::symlink_metadata(&args.folder).is_ok() && !args.folder.is_dir() {
        return Err(texts::there_already_nothing_written(&shown).get(lang));
    }
    let action = Action::of(&args.action).ok_or_else(|| texts::no_action_owner_repo(&args.action).get(lang))?;
    let files = pack::files(own, lang)?;
    let Some(rules) = pack::loaded(&files, false, common).rules else { return Ok(2) };
    let example = cases::example(&files).ok_or_else(|| texts::pack_no_case_county(&rules.pack.id).get(lang))?;
    // Other rules than the program's own are nowhere but in their folder.
    let with_pack = args.with_pack || own.is_some();
    let mut written = laid_out(&action, with_pack, &example, lang);
    written.extend(submissions(&rules, &example, lang)?);
    let pack = if with_pack { files.0 } else { BTreeMap::new() };
    written.extend(pack.iter().map(|(name, bytes)| (Path::new(PACK).join(name), bytes.clone())));
    let there = in_the_way(&args.folder, &written);
    if !there.is_empty() {
        return Err(texts::there_already_nothing_written(&visible(&there.join(", "))).get(lang));
    }
    Writing::default().all(&args.folder, &written)?;
    let mut files: Vec<String> = written
        .iter()
        .filter(|(path, _)| !path.starts_with(PACK))
        .map(|(path, _)| format!("\n  {}", path.display()))
        .collect();
    files.extend(with_pack.then(|| format!("\n  {PACK}/ ({})", pack.len())));
    files.sort();
    show(&texts::county_repository_what_next(&shown, &files.concat()).get(lang))?;
    if action.is_placeholder() {
        show(texts::write_owner_action_lies().get(lang))?;
    }
    Ok(0)
}

/// An action of GitHub: a repository at a tag.
struct Action<'a> {
    whole: &'a str,
    repository: &'a str,
    tag: &'a str,
}

impl<'a> Action<'a> {
    /// Only what means the same in YAML and in a shell.
    fn of(whole: &'a str) -> Option<Self> {
        let (repository, tag) = whole.split_once('@')?;
        let (owner, name) = repository.split_once('/')?;
        let is_plain = |part: &str| {
            part.starts_with(|c: char| c.is_ascii_alphanumeric())
                && part.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
        };
        [owner, name, tag].into_iter().all(is_plain).then_some(Self { whole, repository, tag })
    }

    fn is_placeholder(&self) -> bool {
        self.repository.starts_with("OWNER/")
    }
}

/// A file's place below the folder, and what it holds.
type File = (PathBuf, Vec<u8>);

/// The files of the layout, with the words that differ, and the county's document.
fn laid_out(action: &Action<'_>, with_pack: bool, example: &Example, lang: Lang) -> Vec<File> {
    let (county, workbook) = lang.pick(("全县.json", "全县.xlsx"), ("county.json", "county.xlsx"));
    let day = example.day.to_string();
    let words = [
        ("{action}", action.whole),
        ("{repository}", action.repository),
        ("{tag}", action.tag),
        ("{pack}", if with_pack { " --pack pack" } else { "" }),
        ("{county}", county),
        ("{workbook}", workbook),
        ("{day}", &day),
    ];
    let filled = |text: &str| words.iter().fold(text.to_owned(), |text, (word, value)| text.replace(word, value));
    // The Chinese have the English beside it.
    let readme = lang.pick(README.join("\n---\n\n"), README[1].to_owned());
    let mut files = vec![
        ("README.md".into(), filled(&readme).into_bytes()),
        (county.into(), format!("{:#}\n", example.county).into_bytes()),
    ];
    let mut folders = vec![&LAYOUT];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        let file = |file: &include_dir::File<'_>| {
            (file.path().to_owned(), filled(file.contents_utf8().unwrap_or_default()).into_bytes())
        };
        files.extend(folder.files().map(file));
    }
    files
}

/// The schools' documents, called as the page calls them; none that does not pass stands as an example.
fn submissions(rules: &RuleSet, example: &Example, lang: Lang) -> Result<Vec<File>, String> {
    let mut checker = Checker::new(rules, &Options::on(example.day)).map_err(|unfit| unfit.lines(lang))?;
    let mut files = Vec::new();
    for document in &example.schools {
        let bytes = format!("{document:#}\n").into_bytes();
        // As the workflow will.
        let report = decoded(rules, &bytes, lang).check_on_own_day(&mut checker, SUBMISSIONS, &bytes);
        if !matches!(report.verdict, Verdict::Pass | Verdict::Pending) {
            return Err(texts::school_case_not_pass(&report.subject.id, &rules.pack.id).get(lang));
        }
        let plain = |c: char| if c.is_alphanumeric() { c } else { '_' };
        let id: String = report.subject.id.chars().map(plain).collect();
        let receipt = report.document.sha256.get(..RECEIPT).unwrap_or_default();
        files.push((Path::new(SUBMISSIONS).join(format!("{id}-{}-{receipt}.json", report.as_of)), bytes));
    }
    Ok(files)
}

/// What stands where a file or a folder is to be, each by its own name: a link in a folder's place leads elsewhere, and two
/// packs in one folder would be neither.
fn in_the_way(folder: &Path, files: &[File]) -> Vec<String> {
    let what = |path: &Path| std::fs::symlink_metadata(folder.join(path)).ok();
    let mut there: Vec<PathBuf> = what(PACK.as_ref()).iter().map(|_| PACK.into()).collect();
    for (path, _) in files {
        let above = path.ancestors().skip(1).filter(|above| !above.as_os_str().is_empty());
        there.extend(above.filter(|above| what(above).is_some_and(|about| !about.is_dir())).map(Path::to_owned));
        there.extend(what(path).map(|_| path.clone()));
    }
    there.retain(|path| path == Path::new(PACK) || !path.starts_with(PACK));
    there.sort();
    there.dedup();
    there.iter().map(|path| path.display().to_string()).collect()
}

/// What was made so far, to be taken back when not all can be.
#[derive(Default)]
struct Writing {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Writing {
    fn all(mut self, folder: &Path, files: &[File]) -> Result<(), String> {
        let written = files.iter().try_for_each(|(path, bytes)| self.one(&folder.join(path), bytes));
        if written.is_err() {
            // Why is told; that a rest of it stays is told by the next attempt.
            self.files.iter().for_each(|file| _ = std::fs::remove_file(file));
            self.folders.iter().rev().for_each(|folder| _ = std::fs::remove_dir(folder));
        }
        written
    }

    fn one(&mut self, path: &Path, bytes: &[u8]) -> Result<(), String> {
        let missing: Vec<&Path> =
            path.ancestors().skip(1).take_while(|above| !above.as_os_str().is_empty() && !above.exists()).collect();
        for folder in missing.into_iter().rev() {
            std::fs::create_dir(folder).map_err(|error| {
                let shown = visible(&folder.display().to_string());
                texts::cannot_written_2(&shown, &error).get(language())
            })?;
            self.folders.push(folder.to_owned());
        }
        destination::replace(path, bytes)?;
        self.files.push(path.to_owned());
        Ok(())
    }
}
