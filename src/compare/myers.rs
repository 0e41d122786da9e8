//! The shortest way from one sequence to another, by Myers's algorithm
//! (An O(ND) Difference Algorithm and Its Variations, 1986), with an end to
//! what it may cost.

/// One step of the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op<'t> {
    /// In both.
    Keep(&'t str),
    /// Only in the first.
    Delete(&'t str),
    /// Only in the second.
    Insert(&'t str),
}

/// How many differences are looked for; beyond, all between is replaced.
const MOST: usize = 1_000;

/// The steps that lead from `old` to `new`.
pub(super) fn script<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<Op<'t>> {
    let start = old.iter().zip(new).take_while(|(left, right)| left == right).count();
    let (Some(old_rest), Some(new_rest)) = (old.get(start..), new.get(start..)) else {
        return Vec::new();
    };
    let back = old_rest.iter().rev().zip(new_rest.iter().rev());
    let end = back.take_while(|(left, right)| left == right).count();
    let (old_middle, old_end) = old_rest.split_at(old_rest.len() - end);
    let (new_middle, _) = new_rest.split_at(new_rest.len() - end);
    let mut ops = Vec::with_capacity(old.len().max(new.len()));
    ops.extend(old.iter().take(start).map(|item| Op::Keep(item)));
    match shortest(old_middle, new_middle) {
        Some(middle) => ops.extend(middle),
        None => {
            ops.extend(old_middle.iter().map(|item| Op::Delete(item)));
            ops.extend(new_middle.iter().map(|item| Op::Insert(item)));
        }
    }
    ops.extend(old_end.iter().map(|item| Op::Keep(item)));
    ops
}

fn shortest<'t>(old: &[&'t str], new: &[&'t str]) -> Option<Vec<Op<'t>>> {
    let (n, m) = (isize::try_from(old.len()).ok()?, isize::try_from(new.len()).ok()?);
    let most = (n + m).min(isize::try_from(MOST).ok()?);
    let width = usize::try_from(2 * most + 3).ok()?;
    let slot = |k: isize| usize::try_from(k + most + 1).unwrap_or_default();
    let mut furthest = vec![0_isize; width];
    let get = |row: &[isize], k: isize| row.get(slot(k)).copied().unwrap_or_default();
    let same = |x: isize, y: isize| {
        let at = |list: &[&'t str], index: isize| {
            usize::try_from(index).ok().and_then(|index| list.get(index).copied())
        };
        x < n && y < m && at(old, x) == at(new, y)
    };
    // What was furthest before each round, for the way back.
    let mut rounds: Vec<Vec<isize>> = Vec::new();
    for d in 0..=most {
        rounds.push(furthest.get(slot(-d - 1)..=slot(d + 1))?.to_vec());
        for k in (-d..=d).step_by(2) {
            let down = k == -d || k != d && get(&furthest, k - 1) < get(&furthest, k + 1);
            let mut x = if down { get(&furthest, k + 1) } else { get(&furthest, k - 1) + 1 };
            let mut y = x - k;
            while same(x, y) {
                (x, y) = (x + 1, y + 1);
            }
            if let Some(cell) = furthest.get_mut(slot(k)) {
                *cell = x;
            }
            if x >= n && y >= m {
                return back(old, new, &rounds);
            }
        }
    }
    None
}

/// Walks from the end to the start.
fn back<'t>(old: &[&'t str], new: &[&'t str], rounds: &[Vec<isize>]) -> Option<Vec<Op<'t>>> {
    let mut ops = Vec::new();
    let (mut x, mut y) = (isize::try_from(old.len()).ok()?, isize::try_from(new.len()).ok()?);
    let item = |list: &[&'t str], at: isize| list.get(usize::try_from(at).ok()?).copied();
    for (d, row) in rounds.iter().enumerate().rev() {
        let d = isize::try_from(d).ok()?;
        // The row holds the diagonals from -d - 1 to d + 1.
        let get = |k: isize| {
            usize::try_from(k + d + 1).ok().and_then(|at| row.get(at)).copied().unwrap_or_default()
        };
        let k = x - y;
        let down = k == -d || k != d && get(k - 1) < get(k + 1);
        let from = if down { k + 1 } else { k - 1 };
        let (start_x, start_y) = (get(from), get(from) - from);
        while x > start_x && y > start_y {
            x -= 1;
            y -= 1;
            ops.push(Op::Keep(item(old, x)?));
        }
        if d > 0 {
            ops.push(if down {
                Op::Insert(item(new, start_y)?)
            } else {
                Op::Delete(item(old, start_x)?)
            });
            (x, y) = (start_x, start_y);
        }
    }
    ops.reverse();
    Some(ops)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Op, script};

    /// The length of the longest common subsequence, the slow and sure way.
    fn common(old: &[&str], new: &[&str]) -> usize {
        let mut row = vec![0; new.len() + 1];
        for left in old {
            let mut corner = 0;
            for (at, right) in new.iter().enumerate() {
                let above = row[at + 1];
                row[at + 1] = if left == right { corner + 1 } else { above.max(row[at]) };
                corner = above;
            }
        }
        row[new.len()]
    }

    proptest! {
        #[test]
        fn it_leads_from_one_to_the_other_and_keeps_all_that_it_can(
            old in prop::collection::vec("[abc]", 0..12),
            new in prop::collection::vec("[abc]", 0..12),
        ) {
            let old: Vec<&str> = old.iter().map(String::as_str).collect();
            let new: Vec<&str> = new.iter().map(String::as_str).collect();
            let ops = script(&old, &new);
            let (mut left, mut right, mut kept) = (Vec::new(), Vec::new(), 0);
            for op in ops {
                match op {
                    Op::Keep(item) => {
                        left.push(item);
                        right.push(item);
                        kept += 1;
                    }
                    Op::Delete(item) => left.push(item),
                    Op::Insert(item) => right.push(item),
                }
            }
            prop_assert_eq!(&left, &old);
            prop_assert_eq!(&right, &new);
            prop_assert_eq!(kept, common(&old, &new));
        }
    }

    #[test]
    fn two_long_texts_with_nothing_in_common_end_soon() {
        let old: Vec<String> = (0..20_000).map(|at| format!("old {at}")).collect();
        let new: Vec<String> = (0..20_000).map(|at| format!("new {at}")).collect();
        let old: Vec<&str> = old.iter().map(String::as_str).collect();
        let new: Vec<&str> = new.iter().map(String::as_str).collect();
        assert_eq!(script(&old, &new).len(), 40_000);
    }
}
