//! What changed since an earlier county report.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::county::{CountyReport, Missing, School};
use crate::data::normalize;
use crate::diagnostic::Words;

/// What changed since an earlier report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Since {
    /// The day of the earlier report.
    pub as_of: String,
    /// Rules that failed for a school, and hold or do not apply now.
    pub fixed: Vec<Change>,
    /// Rules that fail for a school, and did not fail before.
    pub broken: Vec<Change>,
    /// Schools that have not submitted, for the second time running.
    pub missing_again: Vec<School>,
    /// Schools that had submitted then, and of which there is nothing now.
    pub gone: Vec<School>,
}

/// One school's change under one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Change {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// Id of the rule.
    pub rule: String,
}

/// As much of an earlier report as is compared. Rules are known by their ids, so that the pack may have changed.
#[derive(Debug, Deserialize)]
pub struct Earlier {
    pack: EarlierPack,
    as_of: String,
    by_rule: Vec<EarlierRule>,
    by_school: Vec<EarlierSchool>,
    schools: EarlierSchools,
}

#[derive(Debug, Deserialize)]
struct EarlierPack {
    id: String,
}

#[derive(Debug, Deserialize)]
struct EarlierRule {
    id: String,
}

#[derive(Debug, Deserialize)]
struct EarlierSchool {
    #[serde(deserialize_with = "normalize::deserialize")]
    id: String,
    statuses: String,
}

#[derive(Debug, Deserialize)]
struct EarlierSchools {
    missing: Vec<EarlierMissing>,
}

#[derive(Debug, Deserialize)]
struct EarlierMissing {
    #[serde(deserialize_with = "normalize::deserialize")]
    id: String,
}

/// Compares a report with an earlier one. A rule that the earlier one could not judge was not failing.
///
/// # Errors
/// The other report is of another pack, or of a later day.
pub fn since(report: &CountyReport, earlier: &Earlier) -> Result<Since, Words> {
    let (pack, other) = (&report.pack.id, &earlier.pack.id);
    if pack != other {
        return Err(Words::new(
            format!("以前的报告是另一套规则({other})的,不能和这一次({pack})比较"),
            format!("the earlier report is of other rules ({other}) and cannot be compared with this ({pack})"),
        ));
    }
    if earlier.as_of > report.as_of {
        let (then, now) = (&earlier.as_of, &report.as_of);
        return Err(Words::new(
            format!("以前的报告核对日是 {then},比这一次的 {now} 还晚:请选上一次的报告"),
            format!("the earlier report is of {then}, which is later than {now}: choose the one before"),
        ));
    }
    let index = |rule: &str| earlier.by_rule.iter().position(|one| one.id == rule);
    let columns: Vec<Option<usize>> = report.by_rule.iter().map(|rule| index(&rule.id)).collect();
    let before: BTreeMap<&str, Vec<char>> =
        earlier.by_school.iter().map(|school| (school.id.as_str(), school.statuses.chars().collect())).collect();
    let mut found = Since { as_of: earlier.as_of.clone(), ..Since::default() };
    for school in &report.by_school {
        let Some(before) = before.get(school.id.as_str()) else { continue };
        for ((now, column), rule) in school.statuses.chars().zip(&columns).zip(&report.by_rule) {
            let Some(was) = column.and_then(|column| before.get(column)) else { continue };
            let change = || Change { id: school.id.clone(), name: school.name.clone(), rule: rule.id.clone() };
            match (was, now) {
                ('f', 'p' | 'n') => found.fixed.push(change()),
                ('f', _) => {}
                (_, 'f') => found.broken.push(change()),
                _ => {}
            }
        }
    }
    let before: BTreeSet<&str> = earlier.schools.missing.iter().map(|one| one.id.as_str()).collect();
    let again = report.schools.missing.iter().filter(|school| before.contains(school.id.as_str()));
    let school = |Missing { id, name, .. }: &Missing| School { id: id.clone(), name: name.clone() };
    found.missing_again = again.map(school).collect();
    let submitted: BTreeSet<&str> = earlier.by_school.iter().map(|one| one.id.as_str()).collect();
    found.gone = report.schools.missing.iter().filter(|one| submitted.contains(one.id.as_str())).map(school).collect();
    Ok(found)
}
