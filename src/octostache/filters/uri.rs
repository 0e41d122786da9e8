//! `UriPart` (rule G18): the parts of an address, as .NET's `Uri` gives them.

use std::fmt::Write as _;

use super::{Cx, Given};

pub(super) fn uri_part(input: Option<&str>, options: &[String], _: &mut Cx<'_>) -> Given {
    let Some(text) = input else { return Ok(None) };
    let Some(part) = options.first() else {
        return Ok(Some("[UriPart error: no argument given]".to_owned()));
    };
    let uri = match parse(text.trim()) {
        Parsed::Invalid => return Ok(Some(text.to_owned())),
        Parsed::Relative => None,
        Parsed::Absolute(uri) => Some(uri),
    };
    let key = part.to_ascii_lowercase();
    if key == "isabsoluteuri" {
        return Ok(Some(uri.is_some().to_string()));
    }
    if !PARTS.contains(&key.as_str()) {
        return Ok(Some(format!("[UriPart {part} error: argument '{part}' not supported]")));
    }
    Ok(Some(match uri {
        Some(uri) => uri.part(&key),
        None => {
            format!("[UriPart {part} error: This operation is not supported for a relative URI.]")
        }
    }))
}

const PARTS: [&str; 19] = [
    "absolutepath",
    "absoluteuri",
    "authority",
    "dnssafehost",
    "fragment",
    "host",
    "hostandport",
    "hostnametype",
    "isdefaultport",
    "isfile",
    "isloopback",
    "isunc",
    "path",
    "pathandquery",
    "port",
    "query",
    "scheme",
    "schemeandserver",
    "userinfo",
];

enum Parsed {
    Absolute(Uri),
    Relative,
    /// No address at all; the filter then gives its input back.
    Invalid,
}

#[derive(Default)]
struct Uri {
    scheme: String,
    user: String,
    host: String,
    host_type: &'static str,
    /// -1 when there is none.
    port: i32,
    default_port: i32,
    /// Begins with `//`.
    authority: bool,
    /// Escaped.
    path: String,
    query: String,
    fragment: String,
}

const PORTS: [(&str, i32); 12] = [
    ("http", 80),
    ("https", 443),
    ("ws", 80),
    ("wss", 443),
    ("ftp", 21),
    ("mailto", 25),
    ("gopher", 70),
    ("nntp", 119),
    ("telnet", 23),
    ("ldap", 389),
    ("net.tcp", 808),
    ("file", -1),
];

fn parse(text: &str) -> Parsed {
    let slashed = |c: char| matches!(c, '/' | '\\');
    let mut chars = text.chars();
    // `C:\x` and `\\server\share` are files.
    if let (Some(drive), Some(':'), Some(mark)) = (chars.next(), chars.next(), chars.next())
        && drive.is_ascii_alphabetic()
        && slashed(mark)
    {
        return file("", &format!("/{}", text.replace('\\', "/")));
    }
    if let Some(share) = text.strip_prefix("\\\\") {
        let share = share.replace('\\', "/");
        let (host, path) = share.split_once('/').unwrap_or((&share, ""));
        return file(host, &format!("/{path}"));
    }
    let Some((scheme, rest)) = text.split_once(':') else { return Parsed::Relative };
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    if !scheme.starts_with(|c: char| c.is_ascii_alphabetic()) || !scheme.chars().all(legal) {
        return Parsed::Relative;
    }
    let scheme = scheme.to_ascii_lowercase();
    let known = PORTS.iter().find(|(name, _)| *name == scheme);
    let mut uri = Uri { default_port: known.map_or(-1, |(_, port)| *port), ..Uri::default() };
    uri.port = uri.default_port;
    uri.host_type = "Unknown";
    let (rest, fragment) = cut(rest, '#');
    let (rest, query) = cut(rest, '?');
    uri.fragment = escaped(fragment);
    uri.query = escaped(query);
    let hierarchical = known.is_some() && scheme != "mailto";
    uri.scheme = scheme;
    let Some(rest) = rest.strip_prefix("//") else {
        if hierarchical {
            return Parsed::Invalid;
        }
        match rest.split_once('@').filter(|_| uri.scheme == "mailto") {
            Some((user, host)) => {
                user.clone_into(&mut uri.user);
                uri.host = host.to_ascii_lowercase();
                uri.host_type = "Dns";
            }
            None => uri.path = escaped(rest),
        }
        return Parsed::Absolute(uri);
    };
    uri.authority = true;
    let end = rest.find(slashed).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    user.clone_into(&mut uri.user);
    if !uri.set_host(host) {
        return Parsed::Invalid;
    }
    if uri.host.is_empty() && uri.scheme != "file" && hierarchical {
        return Parsed::Invalid;
    }
    let path = if hierarchical { path.replace('\\', "/") } else { path.to_owned() };
    uri.path = escaped(&if hierarchical { without_dots(&path) } else { path });
    if uri.path.is_empty() {
        uri.path.push('/');
    }
    Parsed::Absolute(uri)
}

fn file(host: &str, path: &str) -> Parsed {
    let mut uri = Uri { scheme: "file".to_owned(), authority: true, ..Uri::default() };
    (uri.port, uri.default_port) = (-1, -1);
    if !uri.set_host(host) {
        return Parsed::Invalid;
    }
    uri.path = escaped(&without_dots(path));
    Parsed::Absolute(uri)
}

/// Cuts off what begins with `mark`, the mark included.
fn cut(text: &str, mark: char) -> (&str, &str) {
    text.split_at_checked(text.find(mark).unwrap_or(text.len())).unwrap_or((text, ""))
}

/// Removes `.` and `..` segments.
fn without_dots(path: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    let segments: Vec<&str> = path.split('/').collect();
    for (count, segment) in segments.iter().enumerate() {
        let last = count + 1 == segments.len();
        match *segment {
            "." if last => out.push(""),
            "." => {}
            ".." => {
                if out.len() > 1 {
                    out.pop();
                }
                if last {
                    out.push("");
                }
            }
            segment => out.push(segment),
        }
    }
    out.join("/")
}

/// Escapes what an address may not hold; escapes already there stay.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || "-_.~:/?#[]@!$&'()*+,;=%".contains(c) {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                // Writing to a string does not fail.
                let _done = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex.filter(|_| *first == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

impl Uri {
    /// Takes `host[:port]`; false when it is malformed.
    fn set_host(&mut self, text: &str) -> bool {
        let (host, port) = match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((host, rest)) => {
                self.host_type = "IPv6";
                (format!("[{host}]"), rest.strip_prefix(':').unwrap_or(rest))
            }
            None => {
                let (host, port) = text.split_once(':').unwrap_or((text, ""));
                (host.to_owned(), port)
            }
        };
        if !port.is_empty() {
            let Ok(port) = port.parse::<u16>() else { return false };
            self.port = i32::from(port);
        }
        self.host = host.to_lowercase();
        let labels: Vec<&str> = host.split('.').collect();
        if self.host_type == "IPv6" {
            return self.host.chars().all(|c| c.is_ascii_hexdigit() || "[]:.%".contains(c));
        }
        let dns = |label: &&str| {
            !label.is_empty()
                && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
        };
        self.host_type = if host.is_empty() {
            "Basic"
        } else if labels.len() == 4 && labels.iter().all(|label| label.parse::<u8>().is_ok()) {
            "IPv4"
        } else if labels.iter().all(dns) {
            "Dns"
        } else {
            return false;
        };
        true
    }

    fn port_text(&self) -> String {
        if self.port == self.default_port { String::new() } else { format!(":{}", self.port) }
    }

    fn bare_host(&self) -> &str {
        self.host.trim_start_matches('[').trim_end_matches(']')
    }

    fn part(&self, key: &str) -> String {
        let server = format!("{}{}", self.host, self.port_text());
        let is_file = self.scheme == "file";
        let yes_no = |value: bool| value.to_string();
        match key {
            "absolutepath" => self.path.clone(),
            "absoluteuri" => {
                let at = if self.user.is_empty() { "" } else { "@" };
                let slashes = if self.authority { "//" } else { "" };
                let (user, path) = (&self.user, &self.path);
                format!(
                    "{}:{slashes}{user}{at}{server}{path}{}{}",
                    self.scheme, self.query, self.fragment
                )
            }
            "authority" => server,
            "dnssafehost" => self.bare_host().to_owned(),
            "fragment" => self.fragment.clone(),
            "host" => self.host.clone(),
            "hostandport" if self.port < 0 => self.host.clone(),
            "hostandport" => format!("{}:{}", self.host, self.port),
            "hostnametype" => self.host_type.to_owned(),
            "isdefaultport" => yes_no(self.port == self.default_port),
            "isfile" => yes_no(is_file),
            "isloopback" => {
                let host = self.bare_host();
                yes_no(
                    matches!(host, "localhost" | "loopback" | "::1")
                        || (self.host_type == "IPv4" && host.starts_with("127."))
                        || (is_file && host.is_empty()),
                )
            }
            "isunc" => yes_no(is_file && !self.host.is_empty()),
            "path" if is_file && !self.host.is_empty() => {
                format!("\\\\{}{}", self.host, unescaped(&self.path).replace('/', "\\"))
            }
            "path" if is_file && self.path.get(2..3) == Some(":") => {
                unescaped(self.path.get(1..).unwrap_or_default()).replace('/', "\\")
            }
            "path" => unescaped(&self.path),
            "pathandquery" => format!("{}{}", self.path, self.query),
            "port" => self.port.to_string(),
            "query" => self.query.clone(),
            "scheme" => self.scheme.clone(),
            "schemeandserver" => {
                let slashes = if self.authority { "//" } else { "" };
                format!("{}:{slashes}{server}", self.scheme)
            }
            _ => self.user.clone(),
        }
    }
}
