//! S20 to S23: what comes of it, and how it is explained.

use super::*;

#[test]
fn s20_the_highest_rank_wins_and_the_rest_say_where_they_lost() {
    let values = ["", "env=prod", "env=dev", "channel=c", "env=prod channel=c"];
    let explanation = explain("env=prod channel=c", &values);
    let standings: Vec<_> = explanation.candidates.iter().map(|one| one.standing).collect();
    let expected = [
        Standing::Beaten(Level::Environment),
        Standing::Beaten(Level::Channel),
        Standing::NoMatch,
        Standing::Beaten(Level::Environment),
        Standing::Wins,
    ];
    assert_eq!(standings, expected);
    assert_eq!(explanation.decision, Decision::Level(Level::Channel));
    assert_eq!(explanation.resolution.winner(), Some(4));
    assert_eq!(explanation.decision.sentence(), "It is the most specific: it wins by its channel.");
}

#[test]
fn s20_a_value_without_rival_is_said_to_be_the_only_one() {
    assert_eq!(explain("env=dev", &["", "env=prod"]).decision, Decision::OnlyMatch);
}

#[test]
fn s21_equals_are_ambiguous_with_all_of_them() {
    check("env=prod", &["env=prod of=library", "of=library", "env=prod of=library"], &[0, 2]);
    check("", &["", "", ""], &[0, 1, 2]);
    let tie = explain("", &["", ""]);
    assert_eq!(tie.decision, Decision::Tie);
    assert_eq!(tie.resolution.winner(), None, "nobody is picked");
    assert!(tie.candidates.iter().all(|one| one.standing == Standing::Ties));
}

#[test]
fn s22_nothing_that_applies_is_undefined() {
    check("env=dev", &["env=prod"], &[]);
    check("env=dev", &[], &[]);
    assert_eq!(explain("env=dev", &["env=prod"]).decision, Decision::NoMatch);
    assert_eq!(explain("env=dev", &[]).decision, Decision::NoValue);
    assert_eq!(explain("env=dev", &["env=prod"]).resolution.rank(), None);
}
