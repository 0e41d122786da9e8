//! The filters, by family, and the table that names them.
//!
//! A filter gets its input (`None` when missing or an earlier filter failed)
//! and its options, and gives text, or nothing, which echoes the token.
//! Sources: SPEC.md, F and G rules.

mod date;
mod escape;
mod hash;
#[cfg(all(feature = "markdown", not(target_arch = "wasm32")))]
mod markdown;
mod text;
mod uri;
mod version;

use super::outcome::EvalError;
use super::setting::Setting;

/// What a filter may use beside its input and options.
pub(super) struct Cx<'c> {
    pub(super) setting: &'c Setting,
    /// Steps left for work that may run long.
    pub(super) steps: &'c mut u64,
    /// Bytes a result may have.
    pub(super) most: usize,
    /// What this build can't do, for the message.
    pub(super) unsupported: &'c mut Vec<String>,
}

/// What a filter gives: text, nothing, or an evaluation that fails.
pub(super) type Given = Result<Option<String>, EvalError>;
type Filter = fn(Option<&str>, &[String], &mut Cx<'_>) -> Given;

/// Every built-in filter, as its documentation spells it.
const FILTERS: [(&str, Filter); 46] = [
    ("AddDays", date::add_days),
    ("AddHours", date::add_hours),
    ("Append", text::append),
    ("Contains", text::contains),
    ("EndsWith", text::ends_with),
    ("Format", date::format),
    ("FromBase64", escape::from_base64),
    ("HtmlEscape", escape::html),
    ("Indent", text::indent),
    ("JsonEscape", escape::json),
    ("Markdown", markdown),
    ("MarkdownToHtml", markdown),
    ("Match", text::matches),
    ("Md5", hash::md5),
    ("NowDate", date::now),
    ("NowDateUtc", date::now_utc),
    ("null", nothing),
    ("Prepend", text::prepend),
    ("PropertiesKeyEscape", escape::properties_key),
    ("PropertiesValueEscape", escape::properties_value),
    ("Replace", text::replace),
    ("Sha1", hash::sha1),
    ("Sha256", hash::sha256),
    ("Sha384", hash::sha384),
    ("Sha512", hash::sha512),
    ("StartsWith", text::starts_with),
    ("Substring", text::substring),
    ("ToBase64", escape::to_base64),
    ("ToLower", text::to_lower),
    ("ToUpper", text::to_upper),
    ("Trim", text::trim),
    ("Truncate", text::truncate),
    ("UriDataEscape", escape::uri_data),
    ("UriEscape", escape::uri),
    ("UriPart", uri::uri_part),
    ("VersionMajor", version::major),
    ("VersionMetadata", version::metadata),
    ("VersionMinor", version::minor),
    ("VersionPatch", version::patch),
    ("VersionPreRelease", version::prerelease),
    ("VersionPreReleaseCounter", version::counter),
    ("VersionPreReleasePrefix", version::prefix),
    ("VersionRevision", version::revision),
    ("XmlEscape", escape::xml),
    ("YamlDoubleQuoteEscape", escape::yaml_double),
    ("YamlSingleQuoteEscape", escape::yaml_single),
];

/// The names of all built-in filters, in order, for help and completion.
pub fn filter_names() -> impl Iterator<Item = &'static str> {
    FILTERS.iter().map(|(name, _)| *name)
}

/// Runs a filter by name, whatever its case; nothing if there is none.
pub(super) fn run(name: &str, input: Option<&str>, options: &[String], cx: &mut Cx<'_>) -> Given {
    match FILTERS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
        Some((_, filter)) => filter(input, options, cx),
        None => Ok(None),
    }
}

fn nothing(_: Option<&str>, _: &[String], _: &mut Cx<'_>) -> Given {
    Ok(None)
}

fn markdown(input: Option<&str>, options: &[String], cx: &mut Cx<'_>) -> Given {
    let Some(input) = input.filter(|_| options.is_empty()) else { return Ok(None) };
    #[cfg(all(feature = "markdown", not(target_arch = "wasm32")))]
    let rendered = markdown::render(input);
    #[cfg(not(all(feature = "markdown", not(target_arch = "wasm32"))))]
    let rendered: Option<String> = {
        let _unused = input;
        None
    };
    if rendered.is_none() {
        let message = "The filter Markdown can't be evaluated here";
        if !cx.unsupported.iter().any(|known| known == message) {
            cx.unsupported.push(message.to_owned());
        }
    }
    Ok(rendered)
}
