//! What a sheet of an `.xlsx` says in no cell and on no drawing: hints that come when somebody points at a cell or fills it
//! in, and the values of scenarios, which take the place of others.

use super::beside::{Beside, What};
use super::place::cell;
use super::xml::{Tag, attribute};

/// Whose data are no words of the people who fill in: what offices keep of forms, labels and their own settings.
const PROGRAMS: [&str; 6] =
    ["contentTypeSchema", "schema", "properties", "FormTemplates", "customData", "customSectProps"];

/// What an element says, and the cell that it is about; of which sheet is not known here.
pub(super) fn said(name: &str, tag: &Tag<'_>) -> Option<Beside> {
    let text = |name: &str| attribute(tag, name).unwrap_or_default();
    let first = |name: &str| cell(text(name).split([' ', ':']).next().unwrap_or_default());
    let (what, at, text) = match name {
        "hyperlink" => (What::Hint, first("ref"), text("tooltip")),
        "dataValidation" => (What::Hint, first("sqref"), [text("promptTitle"), text("prompt")].join(" ")),
        "inputCells" => (What::Scenario, first("r"), text("val")),
        _ => return None,
    };
    (!text.trim().is_empty()).then(|| Beside::new(what, String::new(), at, &text))
}

/// Whether a part holds data that no sheet shows, as far as its name says.
pub(super) fn is_data(part: &str) -> bool {
    part.starts_with("customxml/") && !part.contains("/_rels/")
}

/// Whether what begins with this element may be words of people.
pub(super) fn is_of_people(root: &str) -> bool {
    !PROGRAMS.contains(&root)
}
