//! A set of small numbers.

/// A set of places in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bits(Vec<u64>);

impl Bits {
    /// The places for which `is_in` says so.
    pub fn of(count: usize, is_in: impl Fn(usize) -> bool) -> Self {
        let mut bits = Self::default();
        (0..count).filter(|place| is_in(*place)).for_each(|place| bits.add(place));
        bits
    }

    /// Adds a place.
    pub fn add(&mut self, place: usize) {
        let word = place / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(word) = self.0.get_mut(word) {
            *word |= 1 << (place % 64);
        }
    }

    /// Whether a place is in it.
    pub fn has(&self, place: usize) -> bool {
        self.0.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
    }

    /// Adds what is both in `left` and in `right`; says whether there was any.
    pub fn add_both(&mut self, left: &Self, right: &Self) -> bool {
        let mut is_any = false;
        for (index, (left, right)) in left.0.iter().zip(&right.0).enumerate() {
            let both = left & right;
            if both != 0 {
                is_any = true;
                if self.0.len() <= index {
                    self.0.resize(index + 1, 0);
                }
                if let Some(word) = self.0.get_mut(index) {
                    *word |= both;
                }
            }
        }
        is_any
    }

    /// Adds all of another.
    pub fn add_all(&mut self, other: &Self) {
        self.add_both(other, other);
    }

    /// How many are in it.
    pub fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }
}
