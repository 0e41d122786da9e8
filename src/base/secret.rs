//! Text that looks like a secret that somebody pasted. One list for all that
//! looks: rules, the grid of variables, exported files.

/// How a kind of token begins, of what the rest is made and how long that is at
/// least, and what such a token is called.
type Token = (&'static str, fn(u8) -> bool, usize, &'static str);

/// The known kinds, by what their issuers document or print.
const TOKENS: &[Token] = &[
    ("pul-", is_lower_hex, 20, "a Pulumi access token"),
    ("AKIA", is_upper, 16, "an AWS access key"),
    ("ASIA", is_upper, 16, "an AWS access key"),
    ("ghp_", is_word, 20, "a GitHub token"),
    ("gho_", is_word, 20, "a GitHub token"),
    ("ghs_", is_word, 20, "a GitHub token"),
    ("github_pat_", is_word, 20, "a GitHub token"),
    ("glpat-", is_plain, 16, "a GitLab token"),
    ("xoxb-", is_plain, 16, "a Slack token"),
    ("xoxp-", is_plain, 16, "a Slack token"),
    ("sk_live_", is_word, 16, "a Stripe key"),
    ("AIza", is_plain, 30, "a Google API key"),
    ("npm_", is_word, 30, "an npm token"),
    ("API-", is_upper, 20, "an Octopus API key"),
    ("eyJhbGciOi", is_plain, 20, "a JSON Web Token"),
    ("-----BEGIN PRIVATE KEY", is_plain, 0, "a private key"),
    ("-----BEGIN RSA PRIVATE KEY", is_plain, 0, "a private key"),
    ("-----BEGIN EC PRIVATE KEY", is_plain, 0, "a private key"),
    ("-----BEGIN OPENSSH PRIVATE KEY", is_plain, 0, "a private key"),
];

fn is_lower_hex(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

fn is_upper(byte: u8) -> bool {
    byte.is_ascii_digit() || byte.is_ascii_uppercase()
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn is_plain(byte: u8) -> bool {
    is_word(byte) || matches!(byte, b'-' | b'.')
}

/// No token is shorter; most texts of a design are.
const SHORTEST: usize = 20;

/// What secret `text` seems to hold, and where in it that starts.
#[must_use]
pub fn token(text: &str) -> Option<(&'static str, usize)> {
    if text.len() < SHORTEST {
        return None;
    }
    TOKENS.iter().find_map(|(start, is_part, least, what)| {
        text.match_indices(start).find_map(|(at, _)| {
            let before = text.get(..at)?.chars().next_back();
            let is_tail = before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
            let rest = text.get(at + start.len()..)?;
            let length = rest.bytes().take_while(|byte| is_part(*byte)).count();
            (!is_tail && length >= *least).then_some((*what, at))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_known_by_their_beginnings() {
        let pulumi = format!("token: pul-{}", "0a".repeat(20));
        assert_eq!(token(&pulumi), Some(("a Pulumi access token", 7)));
        assert_eq!(token("AKIAIOSFODNN7EXAMPLE"), Some(("an AWS access key", 0)));
        assert!(TOKENS.iter().all(|(start, _, least, _)| start.len() + least >= SHORTEST));
        assert_eq!(token("pul-short"), None);
        assert_eq!(token("helpful-0123456789012345678901234567"), None);
        assert_eq!(token("é pul-"), None);
        assert_eq!(token("API-gateway-of-the-production-cluster"), None);
        assert_eq!(token("pul-deployment-workers-production"), None);
    }
}
