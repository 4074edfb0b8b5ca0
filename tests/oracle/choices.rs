//! What a generator decides, as a sequence of small numbers: drawn by a seed, or replayed. A case is shrunk by making its
//! sequence shorter and smaller; a generator takes 0, the simplest, where the sequence has ended.

/// A source of decisions.
#[derive(Debug)]
pub struct Choices {
    taken: Vec<u32>,
    replayed: Option<Vec<u32>>,
    state: u64,
}

impl Choices {
    /// Decisions drawn by a seed.
    pub fn drawn(seed: u64) -> Self {
        Self { taken: Vec::new(), replayed: None, state: seed }
    }

    /// The decisions of a sequence, then 0.
    pub fn replayed(sequence: &[u32]) -> Self {
        Self { taken: Vec::new(), replayed: Some(sequence.to_vec()), state: 0 }
    }

    /// What was decided.
    pub fn taken(self) -> Vec<u32> {
        self.taken
    }

    /// A number under `end`.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u32::try_from(end.max(1)).expect("few choices");
        let choice = match &self.replayed {
            Some(sequence) => sequence.get(self.taken.len()).copied().unwrap_or_default().min(end - 1),
            None => u32::try_from(self.next() % u64::from(end)).expect("below a u32"),
        };
        self.taken.push(choice);
        choice as usize
    }

    /// Yes so many times of a hundred; no where the sequence has ended.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    /// One of some things.
    pub fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    /// An index, by weights.
    pub fn weighted(&mut self, weights: &[usize]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (index, weight) in weights.iter().enumerate() {
            if left < *weight {
                return index;
            }
            left -= weight;
        }
        0
    }

    /// SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

/// Makes a sequence as short and small as it gets while `fails` holds of it, in at most so many tries.
pub fn shrink(mut sequence: Vec<u32>, mut tries: usize, fails: &mut dyn FnMut(&[u32]) -> bool) -> Vec<u32> {
    let mut attempt = |sequence: &mut Vec<u32>, candidate: Vec<u32>| {
        let better = tries > 0 && candidate != *sequence && fails(&candidate);
        tries = tries.saturating_sub(1);
        if better {
            *sequence = candidate;
        }
        better
    };
    loop {
        let before = sequence.clone();
        let mut width = sequence.len().max(1);
        while width > 0 {
            let mut at = sequence.len();
            while at > 0 {
                at = at.saturating_sub(width);
                let end = (at + width).min(sequence.len());
                let without = [&sequence[..at], &sequence[end..]].concat();
                if !attempt(&mut sequence, without) {
                    let zeros = [&sequence[..at], &vec![0; end - at], &sequence[end..]].concat();
                    attempt(&mut sequence, zeros);
                }
            }
            width /= 2;
        }
        for at in 0..sequence.len() {
            for smaller in [sequence[at] / 2, sequence[at].saturating_sub(1)] {
                let mut candidate = sequence.clone();
                candidate[at] = smaller;
                attempt(&mut sequence, candidate);
            }
        }
        if sequence == before {
            return sequence;
        }
    }
}
