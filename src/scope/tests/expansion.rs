//! S40 to S44: sub-variables.

use super::design::{design, variable};
use super::*;
use crate::model::variable::{AccountContent, CertificateContent};
use crate::record::{Bound, Extra};

fn account(kind: AccountKind) -> Account {
    let name = Name::parse("Account").expect("a name");
    Account::new(AccountId::parse(kind.word()).expect("an id"), name, kind)
}

/// Content of the type `word` that holds the account `id`, or none.
fn holding(word: &str, id: Option<Bound<AccountId>>) -> VariableContent {
    let account = AccountContent { account: id, extra: Extra::default() };
    match word {
        "AmazonWebServicesAccount" => VariableContent::AwsAccount(account),
        "AzureAccount" => VariableContent::AzureAccount(account),
        "GoogleCloudAccount" => VariableContent::GoogleAccount(account),
        "UsernamePasswordAccount" => VariableContent::UsernamePassword(account),
        "GenericOidcAccount" => VariableContent::GenericOidc(account),
        other => panic!("no account type: {other}"),
    }
}

fn space() -> Space {
    Space {
        accounts: AccountKind::ALL.iter().map(|kind| account(*kind)).collect(),
        ..Space::default()
    }
}

/// Suffixes, `!` after secrets, `?` after what is only possible.
fn words(subs: &SubVariables) -> String {
    let word = |(sub, certainty): &(SubVariable, Certainty)| {
        let secret = if sub.is_secret { "!" } else { "" };
        let possible = if *certainty == Certainty::Possible { "?" } else { "" };
        format!("{}{secret}{possible}", sub.suffix)
    };
    subs.iter().map(word).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check_kind(kind: AccountKind, expected: &str) {
    let word = kind.variable_type().expect("a variable can hold it");
    let content = holding(word, Some(Bound::Is(account(kind).id)));
    assert_eq!(words(&sub_variables(&content, &space())), expected);
}

#[test]
fn s41_sub_variables_go_by_the_kind_of_the_account() {
    check_kind(AccountKind::Aws, "AccessKey SecretKey!");
    check_kind(AccountKind::AwsOidc, "RoleArn SessionDuration OpenIdConnect.Jwt! Audience");
    check_kind(
        AccountKind::Azure,
        "SubscriptionNumber Client TenantId Password! AzureEnvironment \
         ResourceManagementEndpointBaseUri ActiveDirectoryEndpointBaseUri",
    );
    check_kind(
        AccountKind::AzureOidc,
        "SubscriptionNumber Client TenantId AzureEnvironment ResourceManagementEndpointBaseUri \
         ActiveDirectoryEndpointBaseUri OpenIdConnect.Jwt! Audience",
    );
    check_kind(
        AccountKind::AzureCertificate,
        "SubscriptionNumber CertificateThumbprint ServiceManagementEndpointBaseUri \
         ServiceManagementEndpointSuffix AzureEnvironment",
    );
    check_kind(AccountKind::Google, "JsonKey!");
    check_kind(
        AccountKind::GoogleOidc,
        "OpenIdConnect.Jwt! Audience OpenIdConnect.TokenLifetimeSeconds",
    );
    check_kind(AccountKind::UsernamePassword, "Username Password!");
    check_kind(AccountKind::GenericOidc, "OpenIdConnect.Jwt! Audience");
}

#[test]
fn s41_what_is_no_account_brings_nothing_but_certificates_do() {
    assert!(sub_variables_of_account(AccountKind::Token).is_empty());
    assert!(sub_variables_of_account(AccountKind::Ssh).is_empty());
    for word in ["String", "Sensitive", "WorkerPool"] {
        let content = VariableContent::empty(word).expect("a type");
        assert!(sub_variables(&content, &space()).is_empty(), "{word}");
    }
    let certificate = VariableContent::Certificate(CertificateContent::default());
    let all = words(&sub_variables(&certificate, &space()));
    assert!(
        all.starts_with("Type Name Thumbprint RawOriginal Password! Pfx! Certificate PrivateKey!")
    );
    assert_eq!(all.split(' ').count(), 16);
}

#[test]
fn s42_where_the_account_is_not_known_all_that_fit_are_possible() {
    let unknown = AccountId::parse("gone").expect("an id");
    let expression = Bound::Expression("#{Account}".to_owned());
    for account in [None, Some(Bound::Is(unknown)), Some(expression)] {
        let content = holding("AmazonWebServicesAccount", account);
        assert_eq!(
            words(&sub_variables(&content, &space())),
            "AccessKey? SecretKey!? RoleArn? SessionDuration? OpenIdConnect.Jwt!? Audience?"
        );
    }
}

/// A design in which `V` has an account value for each scope and kind.
fn with_accounts(values: &[(&str, AccountKind)]) -> Design {
    let mut design = design(&["dev", "prod"], &[]);
    design.space.accounts = space().accounts;
    let scopes: Vec<_> = values.iter().map(|(scope, _)| *scope).collect();
    let mut made = variable("v", "V", &scopes);
    for (at, (_, kind)) in values.iter().enumerate() {
        let id = made.values.nth(at).expect("it is there").id.clone();
        let word = kind.variable_type().expect("a variable can hold it");
        let content = holding(word, Some(Bound::Is(account(*kind).id)));
        assert!(made.values.update(&id, |value| value.content = content));
    }
    design.project.variables.push(made);
    design
}

#[track_caller]
fn check_expansion(design: &Design, at: &str, expected: &str) {
    let resolver = Resolver::new(design);
    let candidates = resolver.candidates("V").expect("it is there");
    let expanded = resolver.expand(candidates, &context(at), &design.space);
    let word = |one: &Expanded| {
        let possible = if one.certainty == Certainty::Possible { "?" } else { "" };
        let clash = if one.clashes { " clashes" } else { "" };
        format!("{}{possible}{clash}", one.name)
    };
    assert_eq!(expanded.iter().map(word).collect::<Vec<_>>().join(", "), expected);
}

#[test]
fn s40_only_the_winner_brings_sub_variables() {
    let design = with_accounts(&[("", AccountKind::Aws), ("env=prod", AccountKind::Google)]);
    check_expansion(&design, "env=dev", "V.AccessKey, V.SecretKey");
    check_expansion(&design, "env=prod", "V.JsonKey");
    let nothing = with_accounts(&[("env=prod", AccountKind::Google)]);
    check_expansion(&nothing, "env=dev", "");
}

#[test]
fn s43_where_values_tie_all_sub_variables_are_possible() {
    let design = with_accounts(&[("", AccountKind::Aws), ("", AccountKind::Google)]);
    check_expansion(&design, "env=dev", "V.AccessKey?, V.SecretKey?, V.JsonKey?");
}

#[test]
fn s44_a_variable_of_the_same_name_clashes_where_it_applies() {
    let mut design = with_accounts(&[("", AccountKind::Aws)]);
    design.project.variables.push(variable("w", "v.accesskey", &["env=prod"]));
    check_expansion(&design, "env=prod", "V.AccessKey clashes, V.SecretKey");
    check_expansion(&design, "env=dev", "V.AccessKey, V.SecretKey");
}
