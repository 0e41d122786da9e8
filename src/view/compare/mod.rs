//! The Compare page: differences in the order of a reviewer, the two sides of
//! each, line by line where they are long.

mod sides;

pub use sides::{Cell, Pair, Sides, sides};

use crate::compare::{Area, Change, Difference};

/// Differences of one area.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The area.
    pub area: Area,
    /// How many of its differences fit the filter, shown or not.
    pub count: usize,
    /// Those that are shown, by their places among all differences.
    pub items: Vec<usize>,
}

/// The differences that fit `filter`, in groups, and how many are left out
/// because there are more than `most`.
#[must_use]
pub fn groups(
    differences: &[Difference],
    filter: Option<Change>,
    most: usize,
) -> (Vec<Group>, usize) {
    let mut groups: Vec<Group> = Vec::new();
    let (mut shown, mut hidden) = (0, 0);
    for (index, one) in differences.iter().enumerate() {
        if filter.is_some_and(|change| change != one.change) {
            continue;
        }
        if groups.last().is_none_or(|group| group.area != one.area) {
            groups.push(Group { area: one.area, count: 0, items: Vec::new() });
        }
        let Some(group) = groups.last_mut() else { continue };
        group.count += 1;
        if shown < most {
            group.items.push(index);
            shown += 1;
        } else {
            hidden += 1;
        }
    }
    groups.retain(|group| !group.items.is_empty());
    (groups, hidden)
}

/// What is said of differences that were taken over.
#[must_use]
pub fn said_of_taking(differences: &[Difference], wanted: &[usize], along: &[usize]) -> String {
    let titles = |places: &[usize]| -> Vec<String> {
        places.iter().filter_map(|at| Some(differences.get(*at)?.title())).collect()
    };
    let taken = match titles(wanted).as_slice() {
        [only] => format!("Taken over: {only}"),
        many => format!("{} differences taken over", many.len()),
    };
    match titles(along).as_slice() {
        [] => format!("{taken}."),
        [one] => format!("{taken}, and what goes with it: {one}."),
        [one, rest @ ..] => {
            format!("{taken}, and what goes with it: {one} and {} more.", rest.len())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn difference(area: Area, change: Change, name: &str) -> Difference {
        Difference::new(area, vec![name.to_owned()], change, None, Some("x".to_owned()))
    }

    #[test]
    fn groups_follow_the_areas_and_leave_out_what_is_too_much() {
        let all = [
            difference(Area::Variables, Change::Added, "a"),
            difference(Area::Variables, Change::Changed, "b"),
            difference(Area::Process, Change::Added, "c"),
            difference(Area::Process, Change::Added, "d"),
        ];
        let (found, hidden) = groups(&all, None, 3);
        let shape: Vec<_> = found.iter().map(|one| (one.area, one.count, &*one.items)).collect();
        assert_eq!(shape, [(Area::Variables, 2, &[0, 1][..]), (Area::Process, 2, &[2][..])]);
        assert_eq!(hidden, 1);
        let (found, hidden) = groups(&all, Some(Change::Changed), 3);
        assert_eq!((found.len(), found[0].items.clone(), hidden), (1, vec![1], 0));
        assert_eq!(groups(&[], None, 3), (Vec::new(), 0));
    }

    #[test]
    fn what_came_along_is_said() {
        let all = ["Test", "Region", "Stack"]
            .map(|name| difference(Area::Environments, Change::Added, name));
        assert_eq!(said_of_taking(&all, &[1], &[]), "Taken over: Region.");
        assert_eq!(
            said_of_taking(&all, &[1], &[0]),
            "Taken over: Region, and what goes with it: Test."
        );
        assert_eq!(
            said_of_taking(&all, &[1], &[0, 2]),
            "Taken over: Region, and what goes with it: Test and 1 more."
        );
        assert_eq!(said_of_taking(&all, &[0, 1], &[]), "2 differences taken over.");
    }
}
