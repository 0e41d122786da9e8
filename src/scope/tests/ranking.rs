//! S10 to S14: how specific.

use super::*;

/// A context in which every dimension can match.
const FULL: &str = "env=prod channel=c process=deployment step=s target=t tags=web,app \
                    steptags=web tenant=acme tenanttags=Ring/A";

/// One value for each level, the most specific first.
const LADDER: [&str; 11] = [
    "step=s",
    "target=t",
    "tags=web",
    "tags=app",
    "tenant=acme/x env=prod",
    "tenanttags=Ring/A",
    "env=prod",
    "channel=c",
    "process=deployment",
    "",
    "of=library",
];

#[test]
fn s10_each_level_wins_over_all_below_it() {
    for first in 0..LADDER.len() {
        let mut values: Vec<_> = LADDER[first..].to_vec();
        check(FULL, &values, &[0]);
        values.reverse();
        check(FULL, &values, &[values.len() - 1]);
    }
}

#[test]
fn s10_one_higher_level_outranks_all_lower_ones_together() {
    let below = "env=prod channel=c process=deployment";
    check(FULL, &[&format!("tags=web,app {below} tenanttags=Ring/A"), "target=t"], &[1]);
    check(FULL, &[&format!("target=t tags=web,app {below}"), "step=s of=library"], &[1]);
    check(FULL, &[below, "tenanttags=Ring/A of=library"], &[1]);
    check(FULL, &["channel=c process=deployment", "env=prod of=library"], &[1]);
    check(FULL, &["process=deployment", "channel=c of=library"], &[1]);
}

#[test]
fn s10_a_value_scoped_twice_wins_over_one_scoped_once() {
    check(FULL, &["tags=web", "tags=web env=prod"], &[1]);
    check(FULL, &["env=prod channel=c", "env=prod"], &[0]);
}

#[test]
fn s11_the_number_of_values_in_a_dimension_does_not_count() {
    check("env=prod", &["env=stg,prod", "env=stg", "env=prod"], &[0, 2]);
    check("tenant=t tenanttags=R/A,R/B", &["tenanttags=R/A", "tenanttags=R/A,R/B"], &[0, 1]);
    check("env=prod", &["env=prod,prod", "env=prod"], &[0, 1]);
}

#[test]
fn s12_tags_of_the_step_come_before_other_tags_of_the_target() {
    check("target=t tags=web,app steptags=web", &["tags=app", "tags=web"], &[1]);
    check("target=t tags=svc,lob steptags=svc", &["tags=lob,svc", "tags=cons,svc"], &[0]);
    let both = explain("target=t tags=svc,lob steptags=svc", &["tags=lob,svc of=library"]);
    let rank = both.resolution.rank().expect("it applies");
    assert_eq!(rank.levels().collect::<Vec<_>>(), [Level::StepTag, Level::OtherTag]);
}

#[test]
fn s13_the_project_comes_first_only_where_scopes_are_equal() {
    check("env=prod", &["env=prod of=library", "env=prod"], &[1]);
    check("env=prod", &["", "env=prod of=library"], &[1]);
    let decision = explain("env=prod", &["of=library", ""]).decision;
    assert_eq!(decision, Decision::Level(Level::Project));
    assert!(decision.sentence().contains("project goes before library"));
}

/// All ranks that values of one kind can have.
fn all_ranks() -> impl Iterator<Item = Rank> {
    (0_u32..1 << Level::ALL.len()).map(|bits| {
        let levels = Level::ALL.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1);
        levels.fold(Rank::LOWEST, |rank, (_, level)| rank.with(*level))
    })
}

#[test]
fn s14_the_sum_of_weights_gives_the_same_order_but_for_tenant_and_tag() {
    let mut differing = 0;
    let ranks: Vec<_> = all_ranks().map(|rank| (rank, rank.weight())).collect();
    for (left, left_weight) in &ranks {
        for (right, right_weight) in &ranks {
            if left.cmp(right) == left_weight.cmp(right_weight) {
                continue;
            }
            differing += 1;
            let at_tenant = left.differs_at(*right) == Some(Level::Tenant);
            let one_tag = left.has(Level::TenantTag) != right.has(Level::TenantTag);
            assert!(at_tenant && one_tag, "{left:?} {right:?}");
        }
    }
    assert!(differing > 0, "the case that SPEC.md names exists");
}
