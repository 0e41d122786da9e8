//! Looking into texts: expressions and what looks like a secret.

/// The simple expressions `#{Name}` of `text`, without filters; `##{` is none.
pub fn expressions(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find("#{")) {
        let start = at + found;
        at = start + 2;
        if text.get(..start).is_some_and(|before| before.ends_with('#')) {
            continue;
        }
        let inner = text.get(at..).and_then(|rest| rest.split_once('}'));
        if let Some((inner, _)) = inner {
            all.push(inner.split('|').next().unwrap_or_default().trim());
        }
    }
    all
}

/// The name in a text that is exactly one `#{Name}`.
pub fn only_expression(text: &str) -> Option<&str> {
    let name = text.strip_prefix("#{")?.strip_suffix('}')?;
    (!name.contains(['{', '}', '|'])).then(|| name.trim())
}

/// Beginnings of well-known tokens, with the fewest characters that follow and
/// what such a token is called.
const TOKENS: &[(&str, usize, &str)] = &[
    ("pul-", 20, "a Pulumi access token"),
    ("AKIA", 16, "an AWS access key"),
    ("ASIA", 16, "an AWS access key"),
    ("ghp_", 20, "a GitHub token"),
    ("gho_", 20, "a GitHub token"),
    ("ghs_", 20, "a GitHub token"),
    ("github_pat_", 20, "a GitHub token"),
    ("glpat-", 16, "a GitLab token"),
    ("xoxb-", 16, "a Slack token"),
    ("xoxp-", 16, "a Slack token"),
    ("sk_live_", 16, "a Stripe key"),
    ("AIza", 30, "a Google API key"),
    ("npm_", 30, "an npm token"),
    ("API-", 20, "an Octopus API key"),
    ("eyJhbGciOi", 20, "a JSON Web Token"),
    ("-----BEGIN PRIVATE KEY", 0, "a private key"),
    ("-----BEGIN RSA PRIVATE KEY", 0, "a private key"),
    ("-----BEGIN EC PRIVATE KEY", 0, "a private key"),
    ("-----BEGIN OPENSSH PRIVATE KEY", 0, "a private key"),
];

/// No token is shorter; most texts of a design are.
const SHORTEST: usize = 20;

/// What secret a text seems to hold, if any.
pub fn token(text: &str) -> Option<&'static str> {
    if text.len() < SHORTEST {
        return None;
    }
    TOKENS.iter().find_map(|(start, least, what)| {
        text.match_indices(start).find_map(|(at, _)| {
            let before = text.get(..at)?.chars().next_back();
            let is_word = before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
            let rest = text.get(at + start.len()..)?;
            let plain =
                |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
            let length = rest.bytes().take_while(plain).count();
            (!is_word && length >= *least).then_some(*what)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_found_by_name() {
        assert_eq!(expressions("a#{B}c#{ D | ToLower }e##{F}#{"), ["B", "D"]);
        assert_eq!(only_expression("#{A.B}"), Some("A.B"));
        assert_eq!(only_expression("x#{A}"), None);
        assert_eq!(only_expression("#{A}#{B}"), None);
        assert_eq!(only_expression("#{A | ToLower}"), None);
    }

    #[test]
    fn tokens_are_known_by_their_beginnings() {
        let pulumi = format!("token: pul-{}", "0a".repeat(20));
        assert_eq!(token(&pulumi), Some("a Pulumi access token"));
        assert_eq!(token("AKIAIOSFODNN7EXAMPLE"), Some("an AWS access key"));
        assert!(TOKENS.iter().all(|(start, least, _)| start.len() + least >= SHORTEST));
        assert_eq!(token("pul-short"), None);
        assert_eq!(token("helpful-0123456789012345678901234567"), None);
        assert_eq!(token("é pul-"), None);
    }
}
