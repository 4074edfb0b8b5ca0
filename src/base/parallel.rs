//! Work on several threads.

/// Shares `items` among `workers`, to each a run of neighbours, and works on the runs at once, each on a thread of its own; a
/// single run is worked on where the caller is. The answers, one a run, keep the order of the items.
///
/// # Panics
/// Where the work does, and where there is work and nobody for it.
///
/// ```
/// use bulou_base::parallel::runs;
///
/// let sums = runs(vec![10, 20], &[1, 2, 3], &|worker: i32, run: &[i32]| worker + run.iter().sum::<i32>());
/// assert_eq!(sums, [13, 23]);
/// ```
pub fn runs<W: Send, I: Sync, T: Send>(workers: Vec<W>, items: &[I], work: &(impl Fn(W, &[I]) -> T + Sync)) -> Vec<T> {
    assert!(items.is_empty() || !workers.is_empty(), "there is work and nobody for it");
    let length = items.len().div_ceil(workers.len().max(1)).max(1);
    let mut shares: Vec<(W, &[I])> = workers.into_iter().zip(items.chunks(length)).collect();
    if shares.len() <= 1 {
        return shares.pop().map(|(worker, run)| work(worker, run)).into_iter().collect();
    }
    std::thread::scope(|scope| {
        let threads: Vec<_> = shares.into_iter().map(|(worker, run)| scope.spawn(move || work(worker, run))).collect();
        let answers = threads.into_iter().map(|thread| thread.join());
        answers.map(|answer| answer.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::runs;

    #[test]
    fn every_item_is_worked_on_once_and_in_order() {
        for workers in 1..6 {
            for count in 0..12 {
                let items: Vec<usize> = (0..count).collect();
                let done = runs(vec![(); workers], &items, &|(), run: &[usize]| run.to_vec()).concat();
                assert_eq!(done, items, "{workers} workers, {count} items");
            }
        }
    }
}
