//! What files are called: by their names, and by the whole way to them where several have one name, be it that they came in
//! with different parts.

use crate::CountyReport;
use bulou_base::hash::{HashMap, HashSet};

/// Stands between the way to a file and its name; no name of a file has it.
const MARK: char = '\0';

/// A name with the way to it, where the way ends with the name.
pub(super) fn marked(name: &str, path: &str) -> Box<str> {
    match path.strip_suffix(name).filter(|folder| folder.ends_with(['/', '\\'])) {
        Some(folder) if !name.contains(MARK) => format!("{folder}{MARK}{name}").into(),
        _ => name.into(),
    }
}

/// The whole way to a file.
#[must_use]
pub fn whole(file: &str) -> String {
    file.replace(MARK, "")
}

fn name(file: &str) -> &str {
    file.rsplit_once(MARK).map_or(file, |(_, name)| name)
}

/// Calls all files of a report by what tells them apart.
pub(super) fn call(report: &mut CountyReport) {
    let mut first: HashMap<String, String> = HashMap::default();
    let mut several: HashSet<String> = HashSet::default();
    each(report, &mut |file| {
        let name = name(file);
        match first.get(name) {
            Some(other) if other != file => drop(several.insert(name.to_owned())),
            Some(_) => {}
            None => drop(first.insert(name.to_owned(), file.clone())),
        }
    });
    each(report, &mut |file| {
        let called = name(file);
        *file = if several.contains(called) { whole(file) } else { called.to_owned() };
    });
}

/// Shows all that names a school's file.
fn each(report: &mut CountyReport, visit: &mut dyn FnMut(&mut String)) {
    let schools = &mut report.schools;
    schools.missing.iter_mut().flat_map(|one| &mut one.received).for_each(&mut *visit);
    schools.duplicate.iter_mut().flat_map(|one| one.earlier.iter_mut().chain(&mut one.counting)).for_each(&mut *visit);
    schools.conflict.iter_mut().flat_map(|one| &mut one.files).for_each(|file| visit(&mut file.name));
    schools.identical.iter_mut().flat_map(|one| &mut one.files).for_each(&mut *visit);
    schools.misnamed.iter_mut().for_each(|one| visit(&mut one.file));
    schools.to_come.iter_mut().for_each(|one| visit(&mut one.file));
    schools.undated.iter_mut().for_each(|one| visit(&mut one.file));
    schools.told.iter_mut().for_each(|one| visit(&mut one.file));
    schools.unreadable.iter_mut().for_each(|one| visit(&mut one.name));
    report.by_school.iter_mut().for_each(|one| visit(&mut one.document.name));
}

#[cfg(test)]
mod tests {
    use super::{marked, name, whole};

    #[test]
    fn a_file_has_a_name_and_a_way_to_it() {
        for (called, path, way) in [
            ("a.json", "a.json", "a.json"),
            ("a.json", "n1/a.json", "n1/a.json"),
            ("a.json", "/a.json", "/a.json"),
            ("乡/a.json:3", "收/乡/a.json:3", "收/乡/a.json:3"),
            ("a.json", "收/ba.json", "a.json"),
            ("0f3a", "收/a.json", "0f3a"),
        ] {
            let file = marked(called, path);
            assert_eq!((name(&file), whole(&file)), (called, way.to_owned()));
        }
    }
}
