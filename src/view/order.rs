//! Which items of a list may stay where they are when it gets another order.

/// For each item of the new order, whether it may stay: the most that can. `before`
/// tells where each stood, and of what was not there nothing.
#[must_use]
pub fn staying(before: &[Option<usize>]) -> Vec<bool> {
    // The longest run of rising places: for each length, the item that ends the
    // run with the lowest place, and for each item the one before it in its run.
    let mut ends: Vec<(usize, usize)> = Vec::new();
    let mut previous = vec![None; before.len()];
    for (item, place) in before.iter().enumerate() {
        let Some(place) = *place else { continue };
        let length = ends.partition_point(|end| end.0 < place);
        previous[item] = length.checked_sub(1).map(|shorter| ends[shorter].1);
        match ends.get_mut(length) {
            Some(end) => *end = (place, item),
            None => ends.push((place, item)),
        }
    }
    let mut stays = vec![false; before.len()];
    let mut next = ends.last().map(|end| end.1);
    while let Some(item) = next {
        stays[item] = true;
        next = previous[item];
    }
    stays
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(before: &[usize]) -> Vec<usize> {
        let stays = staying(&before.iter().copied().map(Some).collect::<Vec<_>>());
        before.iter().zip(stays).filter(|(_, stays)| !stays).map(|(place, _)| *place).collect()
    }

    #[test]
    fn one_that_moves_leaves_all_others_in_place() {
        assert!(moved(&[0, 1, 2, 3]).is_empty());
        assert_eq!(moved(&[0, 2, 3, 4, 1]), [1], "to the end");
        assert_eq!(moved(&[4, 0, 1, 2, 3]), [4], "to the front");
        assert_eq!(moved(&[0, 3, 1, 2, 4]), [3]);
        assert_eq!(moved(&[1, 0]).len(), 1);
        assert_eq!(moved(&[2, 1, 0]).len(), 2, "all but one, when turned round");
        assert_eq!(moved(&[5, 0, 6, 1, 7, 2, 8]).len(), 3);
        assert!(moved(&[]).is_empty());
    }

    #[test]
    fn what_is_new_stays_nowhere() {
        let stays = staying(&[Some(0), None, Some(2), Some(1), None]);
        assert_eq!(stays.iter().filter(|stays| **stays).count(), 2);
        assert!(stays[0] && !stays[1] && !stays[4]);
    }
}
