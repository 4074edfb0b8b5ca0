//! The nearest known name to one that is not known.

/// The known name that most likely was meant, if any is near enough.
pub(crate) fn nearest<'k>(wanted: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let score = |name: &str| {
        let length = wanted.chars().count().max(name.chars().count());
        let distance = strsim::osa_distance(wanted, name);
        let contains = name.contains(wanted) || wanted.contains(name);
        let allowed = if contains { length.div_ceil(2) } else { (length / 3).max(1) };
        (distance <= allowed && distance < length).then_some(distance)
    };
    known.filter_map(|name| score(name).map(|score| (score, name))).min().map(|(_, name)| name)
}
