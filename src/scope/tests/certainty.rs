//! S30 to S33: what is not known.

use super::*;

const TENANT: &str = "env=prod channel=c process=deployment tenant=acme tenanttags=Ring/A";

#[track_caller]
fn check_caveats(context: &str, values: &[&str], winners: &[usize], expected: &[Caveat]) {
    check(context, values, winners);
    let caveats: Vec<_> = explain(context, values).resolution.caveats().iter().collect();
    assert_eq!(caveats, expected, "{context}: {values:?}");
}

#[test]
fn s30_a_tenant_against_a_tenant_tag_with_more_is_uncertain() {
    let uncertain = [Caveat::TenantAgainstTag];
    check_caveats(TENANT, &["tenant=acme/x", "tenanttags=Ring/A env=prod"], &[0], &uncertain);
    check_caveats(TENANT, &["tenant=acme/x", "tenanttags=Ring/A channel=c"], &[0], &uncertain);
    check_caveats(TENANT, &["tenant=acme/x", "tenanttags=Ring/A"], &[0], &uncertain);
    let scoped_more = "tenanttags=Ring/A env=prod channel=c";
    check_caveats(TENANT, &["tenant=acme/x env=prod", scoped_more], &[0], &uncertain);
}

#[test]
fn s30_a_tenant_with_environment_against_a_tag_alone_is_certain() {
    check_caveats(TENANT, &["tenant=acme/x env=prod", "tenanttags=Ring/A"], &[0], &[]);
    check_caveats(TENANT, &["tenant=acme/x", "env=prod channel=c"], &[0], &[]);
    check_caveats(TENANT, &["tenant=acme/x", "tenanttags=Ring/A of=library"], &[0], &[]);
    let step = &format!("{TENANT} step=s");
    check_caveats(step, &["tenant=acme/x", "tenanttags=Ring/A env=prod", "step=s"], &[2], &[]);
}

#[test]
fn s31_a_second_tag_of_the_target_that_decides_is_uncertain() {
    let context = "env=prod target=t tags=svc,lob steptags=svc";
    let uncertain = [Caveat::SecondTargetTag];
    check_caveats(context, &["tags=lob,svc", "tags=cons,svc"], &[0], &uncertain);
    check_caveats(context, &["tags=lob,svc", "tags=svc env=prod"], &[0], &uncertain);
    check_caveats(context, &["tags=lob,svc env=prod", "tags=svc"], &[0], &[]);
    check_caveats(context, &["tags=svc", "tags=lob"], &[0], &[]);
    check_caveats(context, &["tags=lob", "env=prod"], &[0], &[]);
}

#[test]
fn s32_a_default_that_wins_over_another_value_is_uncertain() {
    let uncertain = [Caveat::TemplateDefault];
    check_caveats(TENANT, &["default=x", "env=prod"], &[0], &uncertain);
    check_caveats(TENANT, &["default=x", "default=y"], &[0, 1], &uncertain);
    check_caveats(TENANT, &["default=x", "tenant=acme/y"], &[0, 1], &uncertain);
    check_caveats(TENANT, &["default=x", "env=dev"], &[0], &[]);
    check_caveats(&format!("{TENANT} step=s"), &["default=x", "step=s"], &[1], &[]);
}

#[test]
fn s33_a_tenants_values_that_differ_by_owner_alone_are_uncertain() {
    let uncertain = [Caveat::TenantOwner];
    check_caveats(TENANT, &["tenant=acme/x of=library", "tenant=acme/y"], &[1], &uncertain);
    check_caveats(TENANT, &["tenant=acme/x env=prod of=library", "tenant=acme/y"], &[0], &[]);
    check_caveats(TENANT, &["env=prod of=library", "env=prod"], &[1], &[]);
}

#[test]
fn s33_every_caveat_says_what_is_not_known() {
    for caveat in Caveat::ALL {
        assert!(caveat.sentence().ends_with('.') && caveat.sentence().len() > 40);
        let only: Vec<_> = Caveats::NONE.with(caveat).iter().collect();
        assert_eq!(only, [caveat]);
    }
}

#[test]
fn s30_caveats_stand_with_the_candidate_they_speak_of() {
    let explanation = explain(TENANT, &["tenant=acme/x", "env=prod", "tenanttags=Ring/A env=prod"]);
    let empty: Vec<_> = explanation.candidates.iter().map(|one| one.caveats.is_empty()).collect();
    assert_eq!(empty, [true, true, false]);
}
