//! Which rows of a list moved.

/// For each number, whether it must move so that the others stand in rising
/// order: all but those of a longest rising run.
pub(super) fn movers(order: &[usize]) -> Vec<bool> {
    // The patience sort: `ends[n]` is where the best run of n + 1 ends.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; order.len()];
    let at = |index: usize| order.get(index).copied().unwrap_or_default();
    for (index, value) in order.iter().enumerate() {
        let length = ends.partition_point(|end| at(*end) < *value);
        if let Some(slot) = before.get_mut(index) {
            *slot = length.checked_sub(1).and_then(|one| ends.get(one).copied());
        }
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut moved = vec![true; order.len()];
    let mut next = ends.last().copied();
    while let Some(index) = next {
        if let Some(one) = moved.get_mut(index) {
            *one = false;
        }
        next = before.get(index).copied().flatten();
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::movers;

    #[test]
    fn as_few_as_possible_move() {
        assert!(movers(&[]).is_empty());
        assert_eq!(movers(&[0, 1, 2]), [false; 3]);
        assert_eq!(movers(&[1, 2, 0]), [false, false, true]);
        assert_eq!(movers(&[2, 0, 1]), [true, false, false]);
        assert_eq!(movers(&[3, 1, 2, 0, 4]).iter().filter(|moved| **moved).count(), 2);
    }
}
