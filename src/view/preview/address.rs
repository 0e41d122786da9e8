//! What is shown, as the part of the URL after the page's word:
//! `environment/step?channel=…&with=…`. Only what is not usual is written.

use crate::deploy::{RELEASE, Scenario};
use crate::model::{ChannelId, Design, EnvironmentId, ProcessOwner, RunbookId, TargetId, TenantId};

/// What is shown on the page; empty texts are the usual.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// The environment's id.
    pub environment: String,
    /// The id of the action that is open.
    pub step: String,
    /// The channel's id.
    pub channel: String,
    /// The tenant's id.
    pub tenant: String,
    /// The release's number.
    pub release: String,
    /// The runbook's id, instead of a deployment.
    pub runbook: String,
    /// The target's id.
    pub target: String,
    /// The environment to compare with.
    pub with: String,
}

impl Address {
    /// Reads what [`Address::text`] writes; what it does not know it passes over.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let (environment, step) = path.split_once('/').unwrap_or((path, ""));
        let mut address =
            Self { environment: decoded(environment), step: decoded(step), ..Self::default() };
        for pair in query.split('&') {
            let Some((key, value)) = pair.split_once('=') else { continue };
            let member = match key {
                "channel" => &mut address.channel,
                "tenant" => &mut address.tenant,
                "release" => &mut address.release,
                "runbook" => &mut address.runbook,
                "target" => &mut address.target,
                "with" => &mut address.with,
                _ => continue,
            };
            *member = decoded(value);
        }
        address
    }

    /// The part of the URL.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = encoded(&self.environment);
        if !self.step.is_empty() {
            text.push('/');
            text.push_str(&encoded(&self.step));
        }
        let members = [
            ("channel", &self.channel),
            ("tenant", &self.tenant),
            ("release", &self.release),
            ("runbook", &self.runbook),
            ("target", &self.target),
            ("with", &self.with),
        ];
        let mut sign = '?';
        for (key, value) in members.into_iter().filter(|(_, value)| !value.is_empty()) {
            text.push(sign);
            text.push_str(key);
            text.push('=');
            text.push_str(&encoded(value));
            sign = '&';
        }
        text
    }

    /// The whole fragment.
    #[must_use]
    pub fn fragment(&self) -> String {
        ["#/preview/", &self.text()].concat()
    }
}

/// The scenario at `address`: what the design does not have is the usual.
/// `None` where there is no environment.
#[must_use]
pub fn scenario(design: &Design, address: &Address) -> Option<Scenario> {
    let environments = &design.space.environments;
    let wanted = EnvironmentId::parse(&address.environment).ok();
    let environment = wanted.filter(|id| environments.get(id).is_some());
    let mut scenario = match environment {
        Some(id) => Scenario::deployment(design, id),
        None => Scenario::first(design)?,
    };
    let channel = ChannelId::parse(&address.channel).ok();
    if let Some(id) = channel.filter(|id| design.project.channels.get(id).is_some()) {
        scenario.channel = Some(id);
    }
    let tenant = TenantId::parse(&address.tenant).ok();
    if let Some(id) = tenant.filter(|id| design.space.tenants.get(id).is_some()) {
        scenario.tenant = Some(id);
    }
    let runbook = RunbookId::parse(&address.runbook).ok();
    if let Some(id) = runbook.filter(|id| design.project.runbooks.get(id).is_some()) {
        scenario.process = ProcessOwner::Runbook(id);
    }
    let target = TargetId::parse(&address.target).ok();
    scenario.target = target.filter(|id| design.space.targets.get(id).is_some());
    scenario.release = match address.release.trim() {
        "" => RELEASE.to_owned(),
        release => release.to_owned(),
    };
    Some(scenario)
}

/// The scenario that `shown` is compared with, if it is.
#[must_use]
pub fn compared(design: &Design, address: &Address, shown: &Scenario) -> Option<Scenario> {
    let id = EnvironmentId::parse(&address.with).ok()?;
    let is_another = id != shown.environment && design.space.environments.get(&id).is_some();
    is_another.then(|| Scenario { environment: id, ..shown.clone() })
}

/// `text` with all but plain letters, digits and `-._~` as `%XX`.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
            out.push('%');
            for half in [byte >> 4, byte & 15] {
                out.extend(DIGITS.get(usize::from(half)).map(|digit| char::from(*digit)));
            }
        }
    }
    out
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((plain, after)) = rest.split_once('%') {
        bytes.extend_from_slice(plain.as_bytes());
        let byte = after.get(..2).and_then(|two| u8::from_str_radix(two, 16).ok());
        match (byte, after.get(2..)) {
            (Some(byte), Some(after)) => {
                bytes.push(byte);
                rest = after;
            }
            _ => {
                bytes.push(b'%');
                rest = after;
            }
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}
