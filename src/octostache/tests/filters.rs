//! Text filters.

use super::*;

#[test]
fn g1_case() {
    filter("MiXed ÄÖ straße", "ToLower", "mixed äö straße");
    filter("MiXed äö straße", "ToUpper", "MIXED ÄÖ STRAßE");
    filter("İı", "ToLower", "İı");
}

#[test]
fn g2_append_and_prepend() {
    filter("x", "Append a \" \" b", "xa b");
    filter("x", "Prepend a \" \" b", "a bx");
    check(&[], "#{gone | Append a}#{ | Prepend b}", "ab");
    filter_gives_nothing("x", "Append");
    filter_gives_nothing("x", "Prepend");
}

#[test]
fn g3_parts_of_text() {
    for (call, expected) in [
        ("StartsWith ab", "true"),
        ("StartsWith AB", "false"),
        ("EndsWith cd", "true"),
        ("EndsWith ab", "false"),
        ("Contains bc", "true"),
        ("Contains \"\"", "true"),
        ("Contains cb", "false"),
    ] {
        filter("abcd", call, expected);
    }
    for call in ["StartsWith", "EndsWith a b", "Contains"] {
        filter_gives_nothing("abcd", call);
    }
}

#[test]
fn g4_match() {
    filter("abc 12", "Match \"[0-9]{2}$\"", "true");
    filter("abc", "Match B", "false");
    filter_gives_nothing("abc", "Match");
    filter_gives_nothing("abc", "Match a b");
}

#[test]
fn g5_replace() {
    filter("banana", "Replace an", "ba");
    filter("banana", "Replace \"a(.)\" \"<$1>\"", "b<n><n>a");
    filter("banana", "Replace a o ignored", "bonono");
    filter_gives_nothing("banana", "Replace");
}

#[test]
fn g6_substring() {
    filter("Octostache", "Substring 4", "Octo");
    filter("Octostache", "Substring 4 6", "stache");
    filter("Octostache", "Substring 4 600", "stache");
    filter("Octostache", "Substring 10 1", "");
    filter("a😀b", "Substring 3 1", "b");
    filter("a😀b", "Substring 2", "a\u{fffd}");
    for call in ["Substring", "Substring 11 1", "Substring -1", "Substring x", "Substring 1 2 3"] {
        filter_gives_nothing("Octostache", call);
    }
    let template = "#{v | Substring 1 2147483647}";
    assert_eq!(fails(&[("v", "abc")], template), Failure::Substring);
}

#[test]
fn g7_truncate() {
    filter("abcdef", "Truncate 3", "abc...");
    filter("abcdef", "Truncate 6", "abcdef");
    filter("abcdef", "Truncate 3 \"\"", "abc");
    filter("abcdef", "Truncate 0 ~ ignored", "~");
    filter_gives_nothing("abcdef", "Truncate -1");
    filter_gives_nothing("abcdef", "Truncate x");
}

#[test]
fn g8_trim() {
    filter(" \ta\u{a0}\n", "Trim", "a");
    filter("  a  ", "Trim START", "a  ");
    filter("  a  ", "Trim end", "  a");
    filter_gives_nothing("  a  ", "Trim both");
}

#[test]
fn g9_indent() {
    filter("a\n\nb", "Indent", "    a\n    \n    b");
    filter("a\nb", "Indent 1", " a\n b");
    filter("a\nb", "Indent /2", "a\n  b");
    filter("a\nb", "Indent 2/0", "  a\nb");
    filter("a\nb", "Indent 256", "256a\n256b");
    filter("a\nb", "Indent 1/256", "1/256a\n1/256b");
    filter("a\nb", "Indent \"> \"", "> a\n> b");
    filter("a\nb", "Indent x y", "xa\nyb");
    filter("", "Indent", "");
    filter_gives_nothing("a", "Indent 1 2 3");
}

#[test]
fn g10_markup_and_json() {
    filter(
        "<a href=\"/\">'&'</a>",
        "HtmlEscape",
        "&lt;a href=&quot;&#x2F;&quot;&gt;&apos;&amp;&apos;&lt;&#x2F;a&gt;",
    );
    filter("</a>", "XmlEscape", "&lt;/a&gt;");
    filter("a\"\\\r\n\t/\u{8}é", "JsonEscape", "a\\\"\\\\\\r\\n\\t/\u{8}é");
    filter_gives_nothing("a", "JsonEscape x");
}

#[test]
fn g11_yaml() {
    filter("it's\na\r\n\nb\r", "YamlSingleQuoteEscape", "it''s\n\na\r\n\r\n\nb\r");
    filter(
        "\"\\\r\n\té😀~\u{7f}",
        "YamlDoubleQuoteEscape",
        "\\\"\\\\\\r\\n\\t\\u00e9\\ud83d\\ude00~\\u007f",
    );
}

#[test]
fn g12_properties() {
    filter(" a:b=c\\\n\u{fe}\u{ff}", "PropertiesKeyEscape", "\\ a\\:b\\=c\\\\\\n\u{fe}\\u00ff");
    filter("  a:b=c\t€", "PropertiesValueEscape", "\\  a:b=c\\t\\u20ac");
}

#[test]
fn g13_addresses() {
    filter("a b/ü?x=1&y[]#%", "UriEscape", "a%20b/%C3%BC?x=1&y[]#%25");
    filter("a b/ü!*'()-_.~", "UriDataEscape", "a%20b%2F%C3%BC%21%2A%27%28%29-_.~");
}

#[test]
fn g14_base64() {
    for (text, encoded) in
        [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("ü+", "w7wr")]
    {
        filter(text, "ToBase64", encoded);
        filter(encoded, "FromBase64 UTF-8", text);
    }
    filter("ab", "ToBase64 Unicode", "YQBiAA==");
    filter(" YQ\nBiAA== ", "FromBase64 unicode", "ab");
    filter("YQBi", "FromBase64 unicode", "a\u{fffd}");
    filter_gives_nothing("a", "ToBase64 latin1");
    filter_gives_nothing("Zg==", "FromBase64 latin1");
    for bad in ["Zg", "Zg=", "Z===", "Z=g=", "*g=="] {
        assert_eq!(fails(&[("v", bad)], "#{v | FromBase64}"), Failure::Base64, "{bad}");
    }
}

#[test]
fn g15_hashes() {
    filter("abc", "Md5", "900150983cd24fb0d6963f7d28e17f72");
    filter("abc", "Sha1 3", "a9993e");
    filter("abc", "Sha256 utf8 4", "ba7816bf");
    filter("abc", "Sha384 4 UTF-8", "cb00753f");
    filter("abc", "Sha512 4", "ddaf35a1");
    filter("YWJj", "Sha512 base64 4", "ddaf35a1");
    filter("abc", "Md5 unicode 2", "ce14");
    for call in
        ["Md5 0", "Md5 -1", "Md5 latin1", "Md5 1 2", "Md5 utf8 utf8", "Md5 1 utf8 x", "Md5 base64"]
    {
        filter_gives_nothing("abc", call);
    }
}

#[test]
fn g16_versions() {
    let parts = |version: &str| {
        let names = [
            "Major",
            "Minor",
            "Patch",
            "Revision",
            "PreRelease",
            "PreReleasePrefix",
            "PreReleaseCounter",
            "Metadata",
        ];
        let template: Vec<String> =
            names.iter().map(|name| format!("#{{v | Version{name}}}")).collect();
        run(&[("v", version)], &template.join("|")).map(|r| r.text.unwrap_or_default())
    };
    let cases = [
        ("2.10", "2|10|0|0||||"),
        (" v1.2.3.4-rc.5+sha.7 ", "1|2|3|4|rc.5|rc|5|sha.7"),
        ("7-feature_x-2", "7|0|0|0|feature_x-2|feature|x-2|"),
        ("1.2.3.4.5", "1|2|3|4|5|5||"),
        ("nightly-9", "0|0|0|0|nightly-9|nightly|9|"),
        ("version", "0|0|0|0|version|version||"),
        ("1 . 2", "1|2|0|0||||"),
        ("1.2.x", "1|2|0|0|x|x||"),
        ("1+a+b", "1|0|0|0||||a+b"),
    ];
    for (version, expected) in cases {
        assert_eq!(parts(version).as_deref(), Ok(expected), "{version}");
    }
    for bad in ["", "  ", "1.0 beta!", "1/2", "1-a b"] {
        assert_eq!(parts(bad), Err(EvalError::Failed(Failure::Version(bad.to_owned()))), "{bad}");
    }
    let large = "1.2147483648";
    assert_eq!(parts(large), Err(EvalError::Failed(Failure::VersionTooLarge(large.to_owned()))));
    filter("1.2", "VersionMinor ignored", "2");
}

#[cfg(feature = "markdown")]
#[test]
fn g17_markdown() {
    filter("# T\n\n*a* ~~b~~", "Markdown", "<h1>T</h1>\n<p><em>a</em> <del>b</del></p>\n\n");
    filter(
        "see http://x.y/z, ok",
        "MarkdownToHtml",
        "<p>see <a href=\"http://x.y/z\">http://x.y/z</a>, ok</p>\n\n",
    );
    filter("`http://x.y`", "Markdown", "<p><code>http://x.y</code></p>\n\n");
    let result = run(&[("v", "a ==b==")], "#{v | Markdown}").expect("a result");
    assert_eq!(result.text.as_deref(), Some("#{v | Markdown}"));
    assert!(result.error().is_some_and(|error| error.contains("can't be evaluated here")));
}

#[cfg(not(feature = "markdown"))]
#[test]
fn g17_markdown_is_said_to_be_lacking() {
    let result = run(&[("v", "*a*")], "#{v | Markdown}").expect("a result");
    assert_eq!(result.text.as_deref(), Some("#{v | Markdown}"));
    assert_eq!(result.unsupported.len(), 1);
    assert!(result.error().is_some_and(|error| error.contains("can't be evaluated here")));
}

#[test]
fn g18_parts_of_addresses() {
    let uri = "HTTP://me:pw@Shop.Example:8080/a/./b/../c d?q=ü#frag";
    for (part, expected) in [
        ("Scheme", "http"),
        ("UserInfo", "me:pw"),
        ("Host", "shop.example"),
        ("Port", "8080"),
        ("Authority", "shop.example:8080"),
        ("HostAndPort", "shop.example:8080"),
        ("SchemeAndServer", "http://shop.example:8080"),
        ("AbsolutePath", "/a/c%20d"),
        ("Path", "/a/c d"),
        ("PathAndQuery", "/a/c%20d?q=%C3%BC"),
        ("Query", "?q=%C3%BC"),
        ("Fragment", "#frag"),
        ("AbsoluteUri", "http://me:pw@shop.example:8080/a/c%20d?q=%C3%BC#frag"),
        ("IsDefaultPort", "false"),
        ("HostNameType", "Dns"),
        ("isabsoluteuri", "true"),
    ] {
        filter(uri, &format!("UriPart {part}"), expected);
    }
    filter("http://[::1]/", "UriPart DnsSafeHost", "::1");
    filter("http://[::1]/", "UriPart HostNameType", "IPv6");
    filter("https://127.0.0.1", "UriPart IsLoopback", "true");
    filter("https://127.0.0.1", "UriPart HostNameType", "IPv4");
    filter("https://x", "UriPart AbsoluteUri", "https://x/");
    filter("C:\\dir\\f.txt", "UriPart Path", "C:\\dir\\f.txt");
    filter("C:\\dir\\f.txt", "UriPart IsFile", "true");
    filter("\\\\srv\\share\\f", "UriPart IsUnc", "true");
    filter("\\\\srv\\share\\f", "UriPart Path", "\\\\srv\\share\\f");
    filter("a/b", "UriPart IsAbsoluteUri", "false");
    filter(
        "a/b",
        "UriPart Port",
        "[UriPart Port error: This operation is not supported for a relative URI.]",
    );
    filter("http://x:99999", "UriPart Host", "http://x:99999");
    filter("http://x", "UriPart", "[UriPart error: no argument given]");
    filter("http://x", "UriPart Hosts", "[UriPart Hosts error: argument 'Hosts' not supported]");
    filter("http://x", "UriPart Host ignored", "x");
}

#[test]
fn g19_null_gives_nothing() {
    assert_eq!(run(&[("v", "x")], "#{v | null}").expect("a result").text, None);
    check(&[("v", "x")], "#{v | NULL | Append y}", "y");
}

#[test]
fn every_filter_is_known_by_its_name() {
    let names: Vec<_> = filter_names().collect();
    let mut sorted = names.clone();
    sorted.sort_by_key(|name| name.to_lowercase());
    assert_eq!(names, sorted);
    assert_eq!(names.len(), 46);
}
