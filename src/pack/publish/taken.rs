//! What a reader takes from published rule files: one pack in force, with the county's parameters and waivers.

use std::collections::BTreeMap;

use super::index::{Edition, Index};
use super::refusal::Refusal;
use super::unbundle;
use super::verify::Accepted;
use crate::{Files, Loaded, load};
use bulou_base::date::Date;
use bulou_eval::{Checker, Options, Waiver, params_from_json};
use bulou_messages::diagnostic::{Lang, LocalizedText};
use bulou_report::{ParamChanges, Params};

/// A published pack in force.
#[derive(Debug)]
pub struct Taken {
    /// What the index says of it.
    pub edition: Edition,
    /// Its files.
    pub files: Files,
    /// The county's parameters.
    pub params: Vec<(String, String)>,
    /// The county's waivers.
    pub waivers: Vec<Waiver>,
    /// Every parameter as it is set.
    pub set: Params,
    /// Those that are not as the pack has them.
    pub changed: ParamChanges,
}

/// Which pack a reader takes.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The one that was asked for, by its id.
    pub id: Option<&'a str>,
    /// What was accepted before: another pack never takes the place of the one that was taken then.
    pub accepted: Option<&'a Accepted>,
}

impl Wanted<'_> {
    /// The newest version of it.
    ///
    /// # Errors
    /// There is no such pack, or none was asked for and there are several.
    pub fn of<'i>(&self, index: &'i Index) -> Result<&'i Edition, Refusal> {
        let there: Vec<&Edition> = index.in_force().collect();
        let before = self.accepted.and_then(|accepted| accepted.pack.as_deref());
        let chosen = match (self.id.or(before), &there[..]) {
            (Some(id), _) => index.newest(id),
            (None, [only]) => Some(*only),
            (None, _) => None,
        };
        let chosen = chosen.filter(|edition| before.is_none_or(|before| before == edition.id));
        chosen.ok_or_else(|| {
            let ids = there.iter().map(|edition| edition.id.as_str()).collect::<Vec<_>>().join(", ");
            Refusal::OtherPack(before.or(self.id).unwrap_or_default().to_owned(), ids)
        })
    }
}

/// A pack of verified files: compiled, what the index says of it, and with parameters and waivers that fit it.
///
/// # Errors
/// The index describes it as something else, or this program cannot use it.
pub fn taken(edition: &Edition, files: &BTreeMap<String, Vec<u8>>, today: Date) -> Result<Taken, Refusal> {
    let missing = |name: &String| Refusal::MissingFile(name.clone());
    let bytes = |name: &String| files.get(name).map(Vec::as_slice).ok_or_else(|| missing(name));
    let bundle = unbundle(bytes(&edition.bundle)?).ok_or_else(|| Refusal::AlteredFile(edition.bundle.clone()))?;
    let unusable = |name: &String, why: LocalizedText| Refusal::Unusable(name.clone(), why);
    let Loaded { rules, content, diagnostics, .. } = load(&bundle);
    let rules = rules.ok_or_else(|| {
        let codes = diagnostics.iter().map(|one| one.code.as_str()).collect::<Vec<_>>().join(", ");
        unusable(&edition.bundle, LocalizedText::new(codes.clone(), codes))
    })?;
    if edition.clone().describing(&rules) != *edition || !content.iter().eq(bundle.0.keys()) {
        return Err(Refusal::Misdescribed(edition.bundle.clone()));
    }
    let mut options = Options::on(today);
    if let Some(name) = &edition.params {
        options.params = params_from_json(bytes(name)?).map_err(|error| unusable(name, error.text()))?;
    }
    if let Some(name) = &edition.waivers {
        options.waivers = bulou_document::from_json(bytes(name)?).map_err(|error| unusable(name, error.text()))?;
    }
    let checker = Checker::new(&rules, &options).map_err(|unfit| {
        let name = edition.params.as_ref().or(edition.waivers.as_ref()).unwrap_or(&edition.bundle);
        unusable(name, LocalizedText::new(unfit.lines(Lang::Zh), unfit.lines(Lang::En)))
    })?;
    let (set, changed) = checker.params();
    let (set, changed) = (set.clone(), changed.clone());
    let Options { params, waivers, .. } = options;
    Ok(Taken { edition: edition.clone(), files: bundle, params, waivers, set, changed })
}
