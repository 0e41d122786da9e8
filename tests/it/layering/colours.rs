//! Raw colours in style sheets: only `tokens.css` may have them, so that both
//! themes and their contrast are kept in one place.

/// The colour functions of CSS. `color-mix` and `light-dark` only combine.
const FUNCTIONS: [&str; 10] =
    ["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch(", "color("];

/// Names of colours that would fit in a sheet by mistake; the system's own
/// (`CanvasText` and so on) follow the theme.
const NAMES: [&str; 8] = ["white", "black", "red", "green", "blue", "gray", "grey", "orange"];

/// Each line with a raw colour, and what it says.
pub fn raw_colours(css: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (index, line) in without_comments(css).lines().enumerate() {
        let lower = line.to_ascii_lowercase();
        let is_declared = lower.split_once(':').is_some_and(|(_, value)| {
            value.split([' ', ';', ',', '(', ')']).any(|word| NAMES.contains(&word))
        });
        let has_function = FUNCTIONS.iter().any(|function| {
            lower.match_indices(function).any(|(at, _)| {
                let before = lower[..at].chars().next_back();
                !before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
            })
        });
        if has_function || is_declared || has_hash(&lower) {
            found.push((index + 1, line.trim().to_owned()));
        }
    }
    found
}

/// Whether a `#` starts three, four, six or eight hexadecimal digits.
fn has_hash(line: &str) -> bool {
    line.match_indices('#').any(|(at, _)| {
        let rest = &line[at + 1..];
        let digits = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
        let after = rest[digits..].chars().next();
        let is_name = after.is_some_and(|c| c.is_alphanumeric() || c == '-' || c == '_');
        matches!(digits, 3 | 4 | 6 | 8) && !is_name
    })
}

fn without_comments(css: &str) -> String {
    let mut out = String::new();
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        let (comment, after) = comment.split_once("*/").unwrap_or((comment, ""));
        out.push_str(before);
        out.extend(comment.chars().filter(|c| *c == '\n'));
        rest = after;
    }
    out.push_str(rest);
    out
}

#[test]
fn raw_colours_are_found() {
    for line in [
        "a { color: #fff; }",
        "a { color: #12345678 }",
        "  box-shadow: 0 1px rgb(0 0 0 / 12%);",
        "  color: light-dark(oklch(1 0 0), var(--b));",
        "  fill: White;",
    ] {
        assert_eq!(raw_colours(line).len(), 1, "{line}");
    }
    for line in [
        "#start { color: var(--accent); }",
        "#facades, a[href='#/add'] { color: inherit; }",
        "  color: color-mix(in oklch, var(--accent) 30%, transparent);",
        "  color: CanvasText; white-space: nowrap;",
        "/* #fff\n rgb(0 0 0) */",
    ] {
        assert_eq!(raw_colours(line), [], "{line}");
    }
}
