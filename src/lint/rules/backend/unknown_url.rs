//! Backend URLs that Pulumi does not take.

use crate::base::{Finding, Severity};
use crate::lint::Rule;
use crate::model::{Backend, Design};

/// The rule.
pub static RULE: Rule = Rule {
    id: "backend/unknown-url",
    severity: Severity::Error,
    summary: "Pulumi does not know this backend URL",
    why: "Pulumi takes s3://, gs://, azblob://, file:// and postgres:// for backends of your own, \
          and https:// for Pulumi Cloud, but not the address of its web pages.",
    remedy: "Write the URL as `pulumi login` takes it.",
    check,
};

const OWN: &[&str] = &["s3://", "gs://", "azblob://", "file://", "postgres://"];

fn check(design: &Design, findings: &mut Vec<Finding>) {
    let (url, is_good) = match &design.pulumi.backend {
        Backend::SelfManaged(backend) => {
            let starts = |start: &&str| backend.url.starts_with(*start);
            (&backend.url, OWN.iter().any(starts) || backend.url.contains("#{"))
        }
        Backend::Cloud(cloud) => {
            let host = cloud.url.strip_prefix("https://").or(cloud.url.strip_prefix("http://"));
            let host = host.map(|rest| rest.split('/').next().unwrap_or_default());
            let is_page = matches!(host, Some("app.pulumi.com" | "pulumi.com" | "www.pulumi.com"));
            let is_open = cloud.url.is_empty() || cloud.url.contains("#{");
            (&cloud.url, is_open || host.is_some() && !is_page)
        }
        Backend::Oidc(_) => return,
    };
    if !is_good {
        let what = if url.is_empty() {
            "The backend has no URL.".to_owned()
        } else {
            format!("\"{url}\" is no backend.")
        };
        findings.push(RULE.at("$.pulumi.backend.url", what));
    }
}
