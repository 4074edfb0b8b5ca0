//! What is published beside the rules, in words: parameters that are set otherwise than the pack has them, and waivers.
//! Rules that did not change may be switched off by either.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use bulou_base::date::Date;
use bulou_base::sanitize::visible;
use bulou_eval::{Waiver, WaiverState};
use bulou_messages::diagnostic::Lang;
use bulou_messages::texts;
use bulou_pack::publish::{Prepared, Refusal, Taken, taken};

use super::folder::Opened;

/// What parameters and waivers a publication changes and what it carries along, against the last one.
///
/// # Errors
/// A school could not use what would be published.
pub fn differences(before: Option<&Opened>, prepared: &Prepared, lang: Lang) -> Result<String, Refusal> {
    let Some(edition) = prepared.index.packs.last() else { return Ok(String::new()) };
    let today = prepared.index.published;
    let mut files = before.map(|before| before.files.clone()).unwrap_or_default();
    files.extend(prepared.files.clone());
    let new = taken(edition, &files, today)?;
    let last = before.and_then(|before| Some((before.verified.index.newest(&edition.id)?, &before.files)));
    let old = match last.map(|(edition, files)| taken(edition, files, today)) {
        Some(Ok(old)) => old,
        None => return Ok(lines(&new, today, lang).join("\n")),
        Some(Err(refusal)) => {
            let words = texts::last_parameters_waivers_cannot().get(lang);
            let all = std::iter::once(format!("{words}: {}", refusal.view(lang))).chain(lines(&new, today, lang));
            return Ok(all.map(|line| visible(&line)).collect::<Vec<_>>().join("\n"));
        }
    };
    let mut all = params(&old, &new, lang);
    all.extend(waivers(&old.waivers, &new.waivers, today, lang));
    let what = texts::no_parameter_waiver_differs().get(lang);
    if all.is_empty() {
        all.push(what.to_owned());
    }
    Ok(all.iter().map(|line| visible(line)).collect::<Vec<_>>().join("\n"))
}

/// The parameters that differ from a pack's own, and every waiver.
pub fn lines(pack: &Taken, today: Date, lang: Lang) -> Vec<String> {
    let waivers =
        pack.waivers.iter().map(|waiver| format!("{}: {}", texts::waiver().get(lang), shown(waiver, today, lang)));
    pack.changed.words(lang).into_iter().chain(waivers).map(|line| visible(&line)).collect()
}

fn params(old: &Taken, new: &Taken, lang: Lang) -> Vec<String> {
    let value = |pack: &Taken, name: &str| {
        pack.set.0.iter().find(|(known, _)| known.as_str() == name).map(|(_, value)| value.clone())
    };
    let none = || texts::none_2().get(lang).to_owned();
    let gone = old.set.0.iter().map(|(name, _)| name).filter(|name| value(new, name).is_none());
    let names = new.set.0.iter().map(|(name, _)| name).chain(gone);
    let differ = names.filter_map(|name| {
        let (was, is) = (value(old, name), value(new, name));
        (was != is).then(|| {
            let (was, is) = (was.unwrap_or_else(none), is.unwrap_or_else(none));
            format!("{} {name}: {was} → {is}", texts::parameter().get(lang))
        })
    });
    let kept =
        new.changed.0.iter().filter(|change| value(old, &change.name).as_ref() == Some(&change.value)).map(|change| {
            let (name, value, default) = (&change.name, &change.value, &change.default);
            let words = texts::parameter_kept_pack(&name, &value, &default).text();
            words.get(lang).to_owned()
        });
    differ.chain(kept).collect()
}

fn waivers(old: &[Waiver], new: &[Waiver], today: Date, lang: Lang) -> Vec<String> {
    let (before, now): (BTreeSet<&Waiver>, BTreeSet<&Waiver>) = (old.iter().collect(), new.iter().collect());
    let mut gone: BTreeMap<(&str, &str), VecDeque<&Waiver>> = BTreeMap::new();
    for waiver in old.iter().filter(|waiver| !now.contains(waiver)) {
        gone.entry((&waiver.id, &waiver.rule)).or_default().push_back(waiver);
    }
    let shown = |waiver: &Waiver| shown(waiver, today, lang);
    let mut lines = Vec::new();
    for waiver in new {
        if before.contains(waiver) {
            lines.push(format!("{}: {}", texts::waiver_kept().get(lang), shown(waiver)));
            continue;
        }
        let was = gone.get_mut(&(waiver.id.as_str(), waiver.rule.as_str())).and_then(VecDeque::pop_front);
        lines.push(match was {
            Some(was) => format!("{}: {} → {}", texts::waiver_changed().get(lang), shown(was), shown(waiver)),
            None => format!("{}: {}", texts::new_waiver().get(lang), shown(waiver)),
        });
    }
    let left: BTreeSet<&Waiver> = gone.into_values().flatten().collect();
    let left = old.iter().filter(|waiver| left.contains(waiver));
    lines.extend(left.map(|waiver| format!("{}: {}", texts::waiver_gone().get(lang), shown(waiver))));
    lines
}

/// A waiver in one line; that it is over is said.
fn shown(waiver: &Waiver, today: Date, lang: Lang) -> String {
    let Waiver { id, rule, reason, approved_by, from, until } = waiver;
    let over = if waiver.state(today) == WaiverState::Ended { texts::ended().get(lang) } else { "" };
    let words = texts::approved(&id, &rule, &from, &until, &over, &approved_by, &reason).text();
    words.get(lang).to_owned()
}
