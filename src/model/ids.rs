//! The ids and names of the design, each a type of its own.
//!
//! Ids are Pulpo's, short and stable; they never leave for Octopus. Names are
//! the user's and follow what Octopus accepts (reference: process, section 2).

use crate::record::{ids, names};

ids! {
    /// An environment.
    EnvironmentId;
    /// A lifecycle.
    LifecycleId;
    /// A worker pool.
    WorkerPoolId;
    /// A package or container feed.
    FeedId;
    /// An account.
    AccountId;
    /// A certificate.
    CertificateId;
    /// A team.
    TeamId;
    /// A tenant.
    TenantId;
    /// A tag set.
    TagSetId;
    /// A deployment target.
    TargetId;
    /// A library variable set.
    LibrarySetId;
    /// A step template.
    StepTemplateId;
    /// A channel.
    ChannelId;
    /// A runbook.
    RunbookId;
    /// A package of the design.
    PackageKey;
    /// A variable: all values of one name in one set.
    VariableId;
    /// One scoped value of a variable.
    ValueId;
    /// A variable template that tenants fill in.
    VariableTemplateId;
    /// A step of a process.
    StepId;
    /// An action of a step.
    ActionId;
}

names! {
    /// What people call something: not blank, no blanks at its ends.
    Name by check_name;
    /// The name of an environment: a [`Name`] of at most 50 characters.
    EnvironmentName by check_environment_name;
    /// The name of a variable: any text that is not blank; case does not count.
    VariableName by check_name;
    /// What Octopus puts into URLs and OCL: `a-z`, `0-9` and single dashes between.
    Slug by check_slug;
    /// A target tag, formerly role.
    TargetTag by check_target_tag;
    /// A tenant tag in its canonical form, `Tag Set/Tag`.
    TenantTag by check_tenant_tag;
}

fn check_name(text: &str) -> Result<(), &'static str> {
    if text.is_empty() || text.trim() != text {
        return Err("A name is not empty and neither starts nor ends with a blank.");
    }
    if text.chars().any(|letter| letter.is_control()) {
        return Err("A name stands on one line and holds no control characters.");
    }
    Ok(())
}

fn check_environment_name(text: &str) -> Result<(), &'static str> {
    check_name(text)?;
    if text.chars().count() > 50 {
        return Err("Octopus takes environment names of 1 to 50 characters.");
    }
    Ok(())
}

fn check_slug(text: &str) -> Result<(), &'static str> {
    let words = text.split('-');
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    for word in words {
        if word.is_empty() || !word.bytes().all(plain) {
            return Err("A slug is lower-case letters and digits, joined by single dashes.");
        }
    }
    Ok(())
}

fn check_target_tag(text: &str) -> Result<(), &'static str> {
    check_name(text)?;
    if text.contains(',') {
        return Err("A target tag holds no comma: Octopus joins tags with commas.");
    }
    Ok(())
}

fn check_tenant_tag(text: &str) -> Result<(), &'static str> {
    match text.split_once('/') {
        Some((set, tag)) if !set.trim().is_empty() && !tag.trim().is_empty() => Ok(()),
        _ => Err("A tenant tag is written with its set: Tag Set/Tag."),
    }
}

impl Slug {
    /// The longest slug Octopus makes (second-hand: reference, process, section 2).
    pub const LONGEST: usize = 50;

    /// The slug Octopus makes of a name: lower case, words joined by single
    /// dashes. `None` where nothing of the name is left.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let mut slug = String::with_capacity(name.len());
        for letter in name.chars() {
            if letter.is_ascii_alphanumeric() {
                slug.push(letter.to_ascii_lowercase());
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        slug.truncate(Self::LONGEST);
        Self::parse(slug.trim_end_matches('-')).ok()
    }
}

impl VariableName {
    /// Whether both name the same variable: Octopus ignores case.
    #[must_use]
    pub fn is_same(&self, other: &str) -> bool {
        self.as_str().eq_ignore_ascii_case(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_made_of_names() {
        let of = |name| Slug::of(name).map(|slug| slug.to_string());
        assert_eq!(of("Pulumi up").as_deref(), Some("pulumi-up"));
        assert_eq!(of("  A -- b (c) ").as_deref(), Some("a-b-c"));
        assert_eq!(of("…"), None);
        assert_eq!(of(&"x".repeat(80)).map(|slug| slug.len()), Some(50));
    }

    #[test]
    fn names_follow_what_octopus_accepts() {
        assert!(EnvironmentName::parse("Production").is_ok());
        assert!(EnvironmentName::parse(&"x".repeat(51)).is_err());
        assert!(
            Name::parse(" a").is_err() && Name::parse("").is_err() && Name::parse("a\nb").is_err()
        );
        assert!(Slug::parse("a--b").is_err() && Slug::parse("-a").is_err());
        assert!(TenantTag::parse("Ring").is_err() && TenantTag::parse("Ring/Early").is_ok());
    }
}
