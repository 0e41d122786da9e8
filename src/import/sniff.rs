//! What a file is, by its bytes; its name counts for nothing.

use crate::base::{Finding, LineColumn, Place};

/// The forms that files come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A zip archive.
    Zip,
    /// JSON: a design or a document of Octopus's.
    Json,
    /// OCL.
    Ocl,
    /// YAML.
    Yaml,
    /// A text that is none of these.
    Text,
}

/// The text of a file.
///
/// # Errors
/// Says why the bytes are no text.
pub fn text_of(bytes: &[u8]) -> Result<&str, Box<Finding>> {
    let refuse = |what: String, fix: &str| {
        Box::new(Finding::error("import/not-text", Place::default(), what).do_this(fix))
    };
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(refuse("The file is UTF-16 text.".to_owned(), "Save it as UTF-8."));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let good = error.valid_up_to();
        let before = bytes.get(..good).and_then(|bytes| std::str::from_utf8(bytes).ok());
        let mut finding = refuse(
            format!("The file is not UTF-8 text: byte {} does not belong there.", good + 1),
            "Save it as UTF-8, or check that this is the file you meant.",
        );
        // A picture has no lines.
        if bytes.get(..good).is_some_and(|bytes| !bytes.contains(&0)) && good > 0 {
            finding.place.position = before.map(|text| LineColumn::of(text, good));
        }
        finding
    })
}

/// Whether the bytes are a zip archive.
#[must_use]
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// What a text is.
#[must_use]
pub fn form_of(text: &str) -> Form {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = text.lines().take(200).map(str::trim);
    let said = |line: &&str| !line.is_empty() && !line.starts_with('#') && *line != "---";
    let Some(first) = lines.filter(|line| !line.starts_with('%')).find(said) else {
        return Form::Text;
    };
    if first.starts_with(['{', '[']) {
        return Form::Json;
    }
    let word = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
    let end = first.bytes().position(|byte| !word(byte)).unwrap_or(first.len());
    let rest = first.get(end..).unwrap_or_default();
    if end > 0 && rest.trim_start().starts_with(['=', '{', '"']) && !rest.starts_with(':') {
        return Form::Ocl;
    }
    let key = first.trim_start_matches(['"', '\'']);
    let is_key = key.split_once(':').is_some_and(|(key, rest)| {
        !key.is_empty()
            && key.bytes().all(|byte| word(byte) || b"\"'/".contains(&byte))
            && (rest.is_empty() || rest.starts_with([' ', '"', '\'']) || rest.contains(": "))
    });
    if is_key { Form::Yaml } else { Form::Text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_what_they_hold() {
        for (text, form) in [
            (" \n{\"Steps\": []}", Form::Json),
            ("\u{feff}[]", Form::Json),
            ("name: shop\nruntime: go\n", Form::Yaml),
            ("# comment\n---\nconfig:\n  aws:region: x\n", Form::Yaml),
            ("schema_version = 10\n", Form::Ocl),
            ("step \"a\" {\n}\n", Form::Ocl),
            ("\nconnectivity_policy {\n}", Form::Ocl),
            ("import * as pulumi from \"@pulumi/pulumi\";\n", Form::Text),
            ("# A readme\n\nSome words: and more.\n", Form::Text),
            ("", Form::Text),
        ] {
            assert_eq!(form_of(text), form, "{text}");
        }
        assert!(is_zip(b"PK\x03\x04rest"));
        assert!(text_of(b"a\xff").is_err_and(|finding| finding.what.contains("byte 2")));
        assert!(text_of(b"\xff\xfea\0").is_err_and(|finding| finding.what.contains("UTF-16")));
    }
}
