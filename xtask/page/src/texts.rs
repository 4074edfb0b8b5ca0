//! What the page loads beside its modules: the campus-safety pack, the explanations of what may be wrong with a pack, and
//! what the codes of problems have in common.

use std::collections::BTreeMap;
use std::path::Path;

use bulou_api::Pack;
use bulou_messages::diagnostic::Lang;
use bulou_messages::explain::all;
use bulou_messages::problem_codes::ProblemCode;
use xtask::files::texts;
use xtask::run::{Outcome, root};

/// Writes all of it.
pub fn write(out: &Path) -> Outcome {
    explanations(out)?;
    codes(out)?;
    pack(out)
}

/// The long explanations by language and code.
fn explanations(out: &Path) -> Outcome {
    let by_code = |lang| all(lang).map(|found| (found.code, found.text)).collect::<BTreeMap<_, _>>();
    let book = BTreeMap::from([("zh", by_code(Lang::Zh)), ("en", by_code(Lang::En))]);
    file(&out.join("explanations.json"), &serde_json::to_vec(&book).map_err(|error| error.to_string())?)
}

/// The codes of a document's problems that the page asks for, and its classes of them.
fn codes(out: &Path) -> Outcome {
    let of = |is_one: fn(ProblemCode) -> bool| {
        let quoted = ProblemCode::ALL.iter().filter(|code| is_one(**code)).map(|code| format!("\"{code}\""));
        format!("readonly string[] = [{}]", quoted.collect::<Vec<_>>().join(", "))
    };
    let one = |code: ProblemCode| format!("string = \"{code}\"");
    let table = [
        ("Something was left out: an answer, or whom the document is about.", "LEFT_OUT", of(ProblemCode::is_left_out)),
        (
            "What a cell says is in no document, and gone with the workbook.",
            "LOSES_CELLS",
            of(ProblemCode::loses_cells),
        ),
        ("Something stands there which must not be filled in.", "FORBIDDEN", one(ProblemCode::Forbidden)),
        ("A file holds nothing that the pack asks for.", "NO_DOCUMENT", one(ProblemCode::NoSelfAssessment)),
    ];
    let lines = table.map(|(what, name, value)| format!("\n/** {what} */\nexport const {name}: {value};\n"));
    let text = format!("// Made of src/messages/problem_codes.rs by xtask/page.\n{}", lines.concat());
    file(&out.join("problem-codes.ts"), text.as_bytes())
}

/// The campus-safety pack as the page loads it: compiled, and its texts and cases for who changes it.
fn pack(out: &Path) -> Outcome {
    let texts = serde_json::to_vec(&files()?).map_err(|error| error.to_string())?;
    file(&out.join("pack-texts.json"), &texts)?;
    compiled(out)
}

/// The files of that pack.
fn files() -> Result<BTreeMap<String, String>, String> {
    let (mut files, rules) = (BTreeMap::new(), root().join("rules"));
    texts(&rules.join("campus-safety"), "", &mut files)?;
    texts(&rules.join("calendar"), "calendar/", &mut files)?;
    Ok(files)
}

/// The pack compiled.
pub fn compiled(out: &Path) -> Outcome {
    let mut files = files()?;
    files.retain(|name, _| !name.starts_with("cases/"));
    file(&out.join("pack.bin"), &Pack::load(files).compiled().map_err(|error| error.to_string())?)
}

fn file(path: &Path, bytes: &[u8]) -> Outcome {
    std::fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}
