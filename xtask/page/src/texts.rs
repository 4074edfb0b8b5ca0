//! What the page loads beside its modules: the campus-safety pack, and the explanations of what may be wrong with a pack.

use std::collections::BTreeMap;
use std::path::Path;

use bulou_api::Pack;
use bulou_messages::diagnostic::Lang;
use bulou_messages::explain::all;
use xtask::files::texts;
use xtask::run::{Outcome, root};

/// Writes all of it.
pub fn write(out: &Path) -> Outcome {
    explanations(out)?;
    pack(out)
}

/// The long explanations by language and code.
fn explanations(out: &Path) -> Outcome {
    let by_code = |lang| all(lang).map(|found| (found.code, found.text)).collect::<BTreeMap<_, _>>();
    let book = BTreeMap::from([("zh", by_code(Lang::Zh)), ("en", by_code(Lang::En))]);
    file(&out.join("explanations.json"), &serde_json::to_vec(&book).map_err(|error| error.to_string())?)
}

/// The campus-safety pack as the page loads it: compiled, and its texts and cases for who changes it.
fn pack(out: &Path) -> Outcome {
    let mut files = BTreeMap::new();
    let rules = root().join("rules");
    texts(&rules.join("campus-safety"), "", &mut files)?;
    texts(&rules.join("calendar"), "calendar/", &mut files)?;
    let texts = serde_json::to_vec(&files).map_err(|error| error.to_string())?;
    file(&out.join("pack-texts.json"), &texts)?;
    files.retain(|name, _| !name.starts_with("cases/"));
    file(&out.join("pack.bin"), &Pack::load(files).compiled().map_err(|error| error.to_string())?)
}

fn file(path: &Path, bytes: &[u8]) -> Outcome {
    std::fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}
