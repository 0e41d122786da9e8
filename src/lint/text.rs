//! Looking into texts: expressions.

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
}
