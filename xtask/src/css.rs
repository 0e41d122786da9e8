//! Makes style sheets smaller without understanding them: comments and
//! needless white space go, and nothing else changes.

/// Sheets joined in order and shrunk.
///
/// # Errors
/// On an `@import`, which would be a further request.
pub fn join(sheets: &[String]) -> Result<String, String> {
    let mut joined = String::new();
    for sheet in sheets {
        let small = shrink(sheet);
        if small.contains("@import") {
            return Err("a style sheet has an @import; link the sheet in index.html".to_owned());
        }
        joined.push_str(&small);
    }
    Ok(joined)
}

/// One sheet without comments and needless white space.
pub fn shrink(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut chars = sheet.chars().peekable();
    // White space is held back until it is known whether what follows needs it.
    let mut space = false;
    while let Some(char) = chars.next() {
        match char {
            '/' if chars.peek() == Some(&'*') => {
                chars.next();
                let mut before = ' ';
                for inner in chars.by_ref() {
                    if before == '*' && inner == '/' {
                        break;
                    }
                    before = inner;
                }
                space = true;
            }
            _ if char.is_ascii_whitespace() => space = true,
            '"' | '\'' => {
                push_space(&mut out, &mut space);
                out.push(char);
                while let Some(inner) = chars.next() {
                    out.push(inner);
                    if inner == '\\' {
                        out.extend(chars.next());
                    } else if inner == char {
                        break;
                    }
                }
            }
            '{' | '}' | ';' | ',' => {
                space = false;
                if char == '}' && out.ends_with(';') {
                    out.pop();
                }
                out.push(char);
            }
            _ => {
                push_space(&mut out, &mut space);
                out.push(char);
            }
        }
    }
    out
}

/// A space is needed unless it follows what separates by itself. Only the space
/// after a colon goes: before one it tells `a :hover` from `a:hover`.
fn push_space(out: &mut String, space: &mut bool) {
    let needless = out.is_empty() || out.ends_with(['{', '}', ';', ',', ':', '(']);
    if *space && !needless {
        out.push(' ');
    }
    *space = false;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sheet: &str, small: &str) {
        assert_eq!(shrink(sheet), small);
        assert_eq!(shrink(small), small, "shrinking is stable");
    }

    #[test]
    fn drops_comments_and_white_space() {
        check("/* a */ a {\n  color: red;\n  margin: 0 auto;\n}\n", "a{color:red;margin:0 auto}");
        check("a/* b */b { }", "a b{}");
        check(
            "@layer a, b;\n@layer a { x , y > z { top: 0 } }",
            "@layer a,b;@layer a{x,y > z{top:0}}",
        );
    }

    #[test]
    fn keeps_what_has_meaning() {
        check("a :hover, a:hover {}", "a :hover,a:hover{}");
        check("a { width: calc(1px + 2px * 3) }", "a{width:calc(1px + 2px * 3)}");
        check(
            "@media (width > 600px) and (hover) { a { b: c } }",
            "@media (width > 600px) and (hover){a{b:c}}",
        );
        check("a::before { content: \"; /* } \\\" \" }", "a::before{content:\"; /* } \\\" \"}");
        check(
            "a { background: url(data:image/png;base64,AA) }",
            "a{background:url(data:image/png;base64,AA)}",
        );
    }

    #[test]
    fn refuses_imports() {
        assert!(join(&["@import 'x.css';".to_owned()]).is_err());
        let sheets = ["a { b: c }".to_owned(), "d { e: f }".to_owned()];
        assert_eq!(join(&sheets).as_deref(), Ok("a{b:c}d{e:f}"));
    }
}
