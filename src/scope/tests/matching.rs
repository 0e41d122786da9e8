//! S1 to S8: what applies.

use super::*;

#[test]
fn s1_values_inside_a_dimension_are_alternatives() {
    for environment in ["env=stg", "env=prod"] {
        check(environment, &["env=stg,prod"], &[0]);
    }
    check("tenant=t tenanttags=Ring/A", &["tenanttags=Ring/B,Ring/A"], &[0]);
    check("target=t tags=web", &["tags=app,web"], &[0]);
}

#[test]
fn s2_dimensions_must_all_hold() {
    check("env=dev step=two", &["env=dev,stg step=one", ""], &[1]);
    check("env=dev step=one", &["env=dev,stg step=one", ""], &[0]);
    check("env=dev process=refresh step=one", &["step=one process=deployment"], &[]);
}

#[test]
fn s3_a_dimension_that_the_context_lacks_never_matches() {
    check("env=prod process=refresh", &["channel=default env=prod", ""], &[1]);
    check("env=prod process=refresh", &["channel=default process=refresh"], &[]);
    check("env=prod steptags=web", &["tags=web", ""], &[1]);
    check("env=prod", &["tenanttags=Ring/A", "target=t", "step=s", "process=deployment"], &[]);
    check("", &["env=prod", "tenant=acme/t", "default=t"], &[]);
    let absent = explain("env=prod", &["channel=hotfix env=dev"]);
    let mismatches: Vec<_> = absent.candidates[0].mismatches().collect();
    let expected =
        [(Dimension::Environment, Verdict::Other), (Dimension::Channel, Verdict::Absent)];
    assert_eq!(mismatches, expected);
}

#[test]
fn s3_a_target_or_tenant_without_tags_has_others_not_none() {
    let verdict = |context: &str, value: &str, dimension: Dimension| {
        let given = Given::new(value);
        engine::verdict(dimension, given.candidate(), &super::context(context))
    };
    assert_eq!(verdict("target=t", "tags=web", Dimension::TargetTag), Verdict::Other);
    assert_eq!(verdict("", "tags=web", Dimension::TargetTag), Verdict::Absent);
    assert_eq!(verdict("tags=app", "tags=web", Dimension::TargetTag), Verdict::Other);
    assert_eq!(verdict("tenant=t", "tenanttags=R/A", Dimension::TenantTag), Verdict::Other);
    assert_eq!(verdict("", "tenanttags=R/A", Dimension::TenantTag), Verdict::Absent);
}

#[test]
fn s4_an_empty_dimension_sets_no_limit() {
    check("", &[""], &[0]);
    check("env=prod channel=c process=deployment step=s target=t tags=web", &[""], &[0]);
}

#[test]
fn s5_tags_ignore_case_and_ids_do_not() {
    check("target=t tags=Web steptags=WEB", &["tags=web"], &[0]);
    assert!(
        explain("target=t tags=Web steptags=WEB", &["tags=web"])
            .resolution
            .rank()
            .is_some_and(|rank| rank.has(Level::StepTag) && !rank.has(Level::OtherTag))
    );
    check("tenant=t tenanttags=ring/a", &["tenanttags=Ring/A"], &[0]);
    check("env=Prod", &["env=prod"], &[]);
}

#[test]
fn s6_a_tag_of_the_target_applies_even_if_the_step_does_not_ask_for_it() {
    check("target=t tags=r1,r2 steptags=r1", &["tags=r2"], &[0]);
    check("env=dev target=t tags=a,b steptags=b", &["env=dev", "env=dev tags=a"], &[1]);
    check("target=t tags=r1 steptags=r1,r2", &["tags=r2"], &[]);
}

#[test]
fn s7_a_process_is_the_deployment_or_one_runbook() {
    check("env=p process=refresh", &["env=p", "env=p process=refresh"], &[1]);
    check("env=p process=deployment", &["env=p", "env=p process=refresh"], &[0]);
    check("env=p process=other", &["process=refresh,other"], &[0]);
}
