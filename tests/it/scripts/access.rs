//! Accounts and backends: what of them reaches Pulumi, and what must not.

use pulpo::script::{Backend, Clouds, PulumiSettings, ScriptValue};

use super::run::{case, clean, up};
use super::stub::{Case, Wrapper};
use super::typical;

fn with_clouds(clouds: Clouds) -> PulumiSettings {
    let mut settings = typical();
    settings.access.clouds = clouds;
    settings
}

/// Runs `up` and gives the environment that `pulumi` saw.
#[track_caller]
fn environment(case: &Case, settings: &PulumiSettings) -> String {
    let outcome = case.run(&up(settings), Wrapper::Plain);
    outcome.succeeded();
    clean(case, &outcome);
    case.read("stub/env")
}

#[test]
fn aws_accounts() {
    let mut case = case();
    let settings = with_clouds(Clouds {
        aws_account: Some("My Aws".to_owned()),
        aws_region: "eu-west-1".into(),
        ..Clouds::default()
    });
    case.run(&up(&settings), Wrapper::Azure).failed("neither an access key nor a token");
    case.set("My Aws.OpenIdConnect.Jwt", "s3cr3t-jwt");
    case.set("My Aws.RoleArn", "arn:aws:iam::1:role/x");
    case.set("Octopus.Task.Id", "ServerTasks-7");
    let seen = environment(&case, &settings);
    assert!(seen.contains("AWS_ROLE_ARN=arn:aws:iam::1:role/x\n"));
    assert!(seen.contains("AWS_ROLE_SESSION_NAME=octopus-ServerTasks-7\n"));
    assert!(
        seen.contains("AWS_WEB_IDENTITY_TOKEN_FILE=") && seen.contains("AWS_REGION=eu-west-1\n")
    );
    case.set("My Aws.AccessKey", "AKIA");
    case.set("My Aws.SecretKey", "s3cr3t");
    let seen = environment(&case, &settings);
    assert!(
        seen.contains("AWS_ACCESS_KEY_ID=AKIA\n")
            && seen.contains("AWS_SECRET_ACCESS_KEY=s3cr3t\n")
    );
    assert!(!seen.contains("AWS_SESSION_TOKEN"), "the worker's own session must not be mixed in");
}

#[test]
fn azure_accounts() {
    let mut case = case();
    let settings =
        with_clouds(Clouds { azure_account: Some("Azure".to_owned()), ..Clouds::default() });
    case.run(&up(&settings), Wrapper::Azure).failed("has no client");
    for (name, value) in [
        ("SubscriptionNumber", "sub"),
        ("TenantId", "ten"),
        ("Client", "cli"),
        ("AzureEnvironment", "AzureChinaCloud"),
    ] {
        case.set(&format!("Azure.{name}"), value);
    }
    case.run(&up(&settings), Wrapper::Azure).failed("neither a password nor a token");
    case.set("Azure.OpenIdConnect.Jwt", "s3cr3t-jwt");
    let seen = environment(&case, &settings);
    for line in [
        "ARM_SUBSCRIPTION_ID=sub",
        "ARM_TENANT_ID=ten",
        "ARM_CLIENT_ID=cli",
        "ARM_USE_OIDC=true",
        "ARM_OIDC_TOKEN=s3cr3t-jwt",
        "ARM_ENVIRONMENT=china",
    ] {
        assert!(seen.lines().any(|seen| seen == line), "{line}");
    }
    case.set("Azure.Password", "s3cr3t");
    let seen = environment(&case, &settings);
    assert!(seen.contains("ARM_CLIENT_SECRET=s3cr3t\n") && !seen.contains("ARM_USE_OIDC"));
}

#[test]
fn google_accounts() {
    let mut case = case();
    let settings = with_clouds(Clouds {
        google_account: Some("Google".to_owned()),
        google_project: "my-project".into(),
        ..Clouds::default()
    });
    case.run(&up(&settings), Wrapper::Azure).failed("neither a key nor a token");
    case.set("Google.OpenIdConnect.Jwt", "s3cr3t-jwt");
    case.set("Google.Audience", "https://iam.googleapis.com/projects/1/x");
    assert!(environment(&case, &settings).contains("GOOGLE_APPLICATION_CREDENTIALS="));
    // The same key, as text and in base 64.
    for key in ["{\"k\": \"s3cr3t\"}", "eyJrIjogInMzY3IzdCJ9"] {
        case.set("Google.JsonKey", key);
        let seen = environment(&case, &settings);
        assert!(seen.contains("GOOGLE_CREDENTIALS={\"k\": \"s3cr3t\"}\n"), "{seen}");
        assert!(seen.contains("GOOGLE_PROJECT=my-project\n"));
    }
}

#[test]
fn backends() {
    let mut case = case();
    let mut settings = typical();
    settings.access.backend = Backend::SelfManaged { url: ScriptValue::variable("State") };
    settings.access.passphrase = Some("Passphrase".to_owned());
    case.run(&up(&settings), Wrapper::Azure).failed("address of the self-managed backend");
    case.set("State", "s3://bucket");
    case.set("Passphrase", "s3cr3t");
    let seen = environment(&case, &settings);
    assert!(seen.contains("PULUMI_BACKEND_URL=s3://bucket\n"));
    assert!(
        seen.contains("PULUMI_CONFIG_PASSPHRASE=s3cr3t\n") && !seen.contains("PULUMI_ACCESS_TOKEN")
    );

    settings.access.backend = Backend::Oidc {
        account: "Cloud".to_owned(),
        organization: "my-org".into(),
        url: ScriptValue::default(),
    };
    case.run(&up(&settings), Wrapper::Azure).failed("has no token");
    case.set("Cloud.OpenIdConnect.Jwt", "s3cr3t-jwt");
    let outcome = case.run(&up(&settings), Wrapper::Plain);
    outcome.succeeded();
    assert!(outcome.ran("--oidc-org my-org https://api.pulumi.com"));
    assert_eq!(case.read("stub/jwt"), "s3cr3t-jwt");
    clean(&case, &outcome);
    case.write("stub/status-login", "1");
    case.run(&up(&settings), Wrapper::Azure).failed("did not accept");
}

#[test]
fn the_worker_shares_its_plugins_only() {
    let case = case();
    case.write("home/.pulumi/plugins/resource-aws", "");
    case.write("home/.pulumi/credentials.json", "");
    environment(&case, &typical());
    assert_eq!(case.read("stub/home-list"), "plugins\n");
    assert!(case.path("home/.pulumi/plugins/resource-aws").exists());
    let mut settings = typical();
    settings.access.share_plugins = false;
    environment(&case, &settings);
    assert_eq!(case.read("stub/home-list"), "");
}
