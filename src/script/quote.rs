//! Quoting: a value as one bash word, and such a word read back.
//!
//! Never: the two characters `#{` in what is written (Octostache runs over the
//! script before bash sees it), a raw line break, or a word that bash could
//! read as more than one.
//! Sources: the bash manual on quoting; Octostache returns text without `#{`
//! as it stands, so nothing here needs its `##{` escape.

use super::value::ScriptValue;

/// The helper of Octopus that prints a variable's value.
const GET: &str = "$(get_octopusvariable ";

/// `text` as one bash word that stands for exactly that text.
///
/// NUL cannot live in a bash value and is dropped.
#[must_use]
pub fn literal(text: &str) -> String {
    if is_plain(text) {
        return ["'", text, "'"].concat();
    }
    let mut out = String::from("$'");
    escape_into(text, &mut out);
    out.push('\'');
    out
}

/// `value` as one bash word, fit for an element of an array as well.
#[must_use]
pub fn word(value: &ScriptValue) -> String {
    match value {
        ScriptValue::Literal(text) => literal(text),
        ScriptValue::Variable(name) => ["\"", &get(name), "\""].concat(),
        ScriptValue::Joined(_) => {
            let mut out = String::new();
            for part in value.parts() {
                out.push_str(&word(part));
            }
            if out.is_empty() { "''".to_owned() } else { out }
        }
    }
}

/// `value` as the right side of an assignment, where a lone `$( )` needs no quotes.
#[must_use]
pub fn assigned(value: &ScriptValue) -> String {
    match value {
        ScriptValue::Variable(name) => get(name),
        other => word(other),
    }
}

/// The call that reads Octopus variable `name`.
#[must_use]
pub fn get(name: &str) -> String {
    if is_plain(name) && !name.contains(['"', '!']) {
        [GET, "\"", name, "\")"].concat()
    } else {
        let mut out = [GET, "$'"].concat();
        escape_into(name, &mut out);
        out.push_str("')");
        out
    }
}

/// Reads a word that [`word`] or [`assigned`] wrote; `None` for any other text.
#[must_use]
pub fn read(text: &str) -> Option<ScriptValue> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (part, after) = read_part(rest)?;
        parts.push(part);
        rest = after;
    }
    if parts.is_empty() { None } else { Some(ScriptValue::joined(parts)) }
}

fn read_part(text: &str) -> Option<(ScriptValue, &str)> {
    if let Some(inner) = text.strip_prefix("$'") {
        let (value, rest) = unescape(inner)?;
        return Some((ScriptValue::Literal(value), rest));
    }
    if let Some(inner) = text.strip_prefix('\'') {
        let (value, rest) = inner.split_once('\'')?;
        return Some((ScriptValue::Literal(value.to_owned()), rest));
    }
    if let Some(inner) = text.strip_prefix('"') {
        let (name, rest) = read_get(inner)?;
        return Some((ScriptValue::Variable(name), rest.strip_prefix('"')?));
    }
    let (name, rest) = read_get(text)?;
    // Outside quotes the call is the whole word.
    if rest.is_empty() { Some((ScriptValue::Variable(name), rest)) } else { None }
}

fn read_get(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix(GET)?;
    let (name, rest) = if let Some(inner) = inner.strip_prefix("$'") {
        unescape(inner)?
    } else {
        let (name, rest) = inner.strip_prefix('"')?.split_once('"')?;
        (name.to_owned(), rest)
    };
    Some((name, rest.strip_prefix(')')?))
}

/// Whether plain single quotes serve: no quote, nothing shellcheck takes for a
/// forgotten expansion, no `#{`, nothing invisible.
fn is_plain(text: &str) -> bool {
    !text.starts_with('~')
        && !text.contains("#{")
        && text.chars().all(|c| match c {
            '\'' | '\\' | '$' | '`' => false,
            ' '..='~' => true,
            _ => !c.is_ascii() && c.is_alphabetic(),
        })
}

fn escape_into(text: &str, out: &mut String) {
    let mut before = '\0';
    for c in text.chars() {
        match c {
            '\0' => continue,
            '\'' => out.push_str("\\'"),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '{' if before == '#' => out.push_str("\\x7b"),
            ' '..='~' => out.push(c),
            _ if !c.is_ascii() && c.is_alphabetic() => out.push(c),
            _ => {
                // Bytes, since bash writes `\u` by the worker's locale.
                let mut buffer = [0; 4];
                for byte in c.encode_utf8(&mut buffer).bytes() {
                    out.push_str("\\x");
                    out.push(hex(byte >> 4));
                    out.push(hex(byte & 15));
                }
            }
        }
        before = c;
    }
}

fn hex(nibble: u8) -> char {
    char::from_digit(u32::from(nibble), 16).unwrap_or('0')
}

/// The text up to the closing quote of `$'...'`, and what follows the quote.
fn unescape(text: &str) -> Option<(String, &str)> {
    let mut bytes = Vec::new();
    let mut rest = text;
    loop {
        let mut chars = rest.chars();
        match chars.next()? {
            '\'' => return Some((String::from_utf8(bytes).ok()?, chars.as_str())),
            '\\' => {
                let byte = match chars.next()? {
                    '\'' => b'\'',
                    '\\' => b'\\',
                    'n' => b'\n',
                    'r' => b'\r',
                    't' => b'\t',
                    'x' => {
                        let high = chars.next()?.to_digit(16)?;
                        let low = chars.next()?.to_digit(16)?;
                        u8::try_from(high * 16 + low).ok()?
                    }
                    _ => return None,
                };
                bytes.push(byte);
            }
            c => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
        rest = chars.as_str();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(literal(text), expected);
        assert_eq!(read(expected), Some(ScriptValue::Literal(text.to_owned())));
    }

    #[test]
    fn literals() {
        check("", "''");
        check("/tmp/pulumi-app", "'/tmp/pulumi-app'");
        check("a \"b\" *", "'a \"b\" *'");
        check("it's", "$'it\\'s'");
        check("$(x)", "$'$(x)'");
        check("a#{b}", "$'a#\\x7bb}'");
        check("##{b}", "$'##\\x7bb}'");
        check("a\r\nb\t", "$'a\\r\\nb\\t'");
        check("~/x", "$'~/x'");
        check("\u{2019}é\u{7}", "$'\\xe2\\x80\\x99é\\x07'");
    }

    #[test]
    fn variables_and_joined_values() {
        let value = ScriptValue::joined(vec![
            ScriptValue::Literal("a/".to_owned()),
            ScriptValue::Variable("Octopus.Environment.Name".to_owned()),
            ScriptValue::Literal("'s".to_owned()),
        ]);
        let written = word(&value);
        assert_eq!(written, "'a/'\"$(get_octopusvariable \"Octopus.Environment.Name\")\"$'\\'s'");
        assert_eq!(read(&written), Some(value));
        let odd = ScriptValue::Variable("a\"$(x)".to_owned());
        assert_eq!(assigned(&odd), "$(get_octopusvariable $'a\"$(x)')");
        assert_eq!(read(&assigned(&odd)), Some(odd));
    }

    #[test]
    fn other_words_are_not_read() {
        for text in ["", "a", "'a", "$'a", "$'\\q'", "$(ls)", "\"a\"", "'a'b", "$'\\xff'"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
