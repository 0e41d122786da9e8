//! A static file host on loopback, as plain as the hosts that Pulpo is put on.
//!
//! It serves one folder under a sub-path, sends the right media types, answers
//! with a `.br` or `.gz` neighbour where one exists, and writes down what was
//! asked for. Tests can take it offline or swap the folder under it.
//! Never: a file from outside the folder, or a listener on a public address.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A running host; dropping it stops it.
#[derive(Debug)]
pub struct Host {
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    /// With slashes at both ends.
    prefix: String,
    root: Mutex<PathBuf>,
    requests: Mutex<Vec<String>>,
    online: AtomicBool,
    stopping: AtomicBool,
}

impl Host {
    /// Serves `root` under `prefix` ("" for the origin's root); port 0 takes a free one.
    ///
    /// # Errors
    /// When the port is taken.
    pub fn start(root: &Path, prefix: &str, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let address = listener.local_addr()?;
        let trimmed = prefix.trim_matches('/');
        let prefix = if trimmed.is_empty() { "/".to_owned() } else { format!("/{trimmed}/") };
        let shared = Arc::new(Shared {
            prefix,
            root: Mutex::new(root.to_owned()),
            requests: Mutex::default(),
            online: AtomicBool::new(true),
            stopping: AtomicBool::new(false),
        });
        let served = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if served.stopping.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                let served = Arc::clone(&served);
                // A browser that hangs up in the middle is no failure of the host's.
                std::thread::spawn(move || served.answer_all(&stream).ok());
            }
        });
        Ok(Self { address, shared })
    }

    /// The origin, without a slash at the end: `http://127.0.0.1:8080`.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where the folder is served, with a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}{}", self.origin(), self.shared.prefix)
    }

    /// The paths asked for so far, in order of arrival.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        lock(&self.shared.requests).clone()
    }

    /// Forgets the paths asked for so far.
    pub fn forget_requests(&self) {
        lock(&self.shared.requests).clear();
    }

    /// Serves another folder from now on, as a deployment of a new version does.
    pub fn set_root(&self, root: &Path) {
        root.clone_into(&mut lock(&self.shared.root));
    }

    /// Offline, every connection is closed without an answer.
    pub fn set_online(&self, online: bool) {
        self.shared.online.store(online, Ordering::SeqCst);
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        self.set_online(false);
        // Wakes the listener, so that it sees that it is to stop.
        drop(TcpStream::connect(self.address));
    }
}

/// A lock that a panicking test has poisoned still guards whole data here.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    fn answer_all(&self, stream: &TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        stream.set_nodelay(true)?;
        let mut reader = BufReader::new(stream);
        while let Some(request) = Request::read(&mut reader)? {
            if !self.online.load(Ordering::SeqCst) {
                return Ok(());
            }
            lock(&self.requests).push(request.path.clone());
            let root = lock(&self.root).clone();
            let answer = answer(&request, &root, &self.prefix);
            answer.write(stream, request.method == "HEAD")?;
        }
        Ok(())
    }
}

#[derive(Debug, Default)]
struct Request {
    method: String,
    path: String,
    accept_encoding: String,
    if_none_match: String,
}

impl Request {
    fn read(reader: &mut impl BufRead) -> io::Result<Option<Self>> {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let mut words = line.split_whitespace();
        let mut request = Self {
            method: words.next().unwrap_or_default().to_owned(),
            path: words.next().unwrap_or("/").to_owned(),
            ..Self::default()
        };
        loop {
            line.clear();
            if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
                return Ok(Some(request));
            }
            let Some((name, value)) = line.split_once(':') else { continue };
            match name.to_ascii_lowercase().as_str() {
                "accept-encoding" => value.trim().clone_into(&mut request.accept_encoding),
                "if-none-match" => value.trim().clone_into(&mut request.if_none_match),
                _ => {}
            }
        }
    }
}

#[derive(Debug)]
struct Answer {
    status: &'static str,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn plain(status: &'static str) -> Self {
        let headers = vec![("Content-Type", "text/plain; charset=utf-8".to_owned())];
        Self { status, headers, body: status.as_bytes().to_vec() }
    }

    fn write(&self, mut stream: &TcpStream, head_only: bool) -> io::Result<()> {
        let mut head =
            format!("HTTP/1.1 {}\r\nContent-Length: {}\r\n", self.status, self.body.len());
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        stream.write_all(head.as_bytes())?;
        if !head_only {
            stream.write_all(&self.body)?;
        }
        stream.flush()
    }
}

fn answer(request: &Request, root: &Path, prefix: &str) -> Answer {
    if request.method != "GET" && request.method != "HEAD" {
        return Answer::plain("405 Method Not Allowed");
    }
    let path = request.path.split(['?', '#']).next().unwrap_or_default();
    if path.strip_suffix('/') != Some(path) && format!("{path}/") == prefix {
        let mut moved = Answer::plain("301 Moved Permanently");
        moved.headers.push(("Location", prefix.to_owned()));
        return moved;
    }
    let Some(relative) = path.strip_prefix(prefix).and_then(decode) else {
        return Answer::plain("404 Not Found");
    };
    let mut file = PathBuf::from(relative);
    if file.components().any(|part| !matches!(part, Component::Normal(_))) {
        return Answer::plain("404 Not Found");
    }
    if path.ends_with('/') {
        file.push("index.html");
    }
    let file = root.join(file);
    let encodings = [("br", "br"), ("gzip", "gz")];
    let packed = encodings.iter().find_map(|(encoding, extension)| {
        let accepted = request.accept_encoding.split(',').any(|word| word.trim() == *encoding);
        let neighbour = PathBuf::from(format!("{}.{extension}", file.display()));
        let body = accepted.then(|| std::fs::read(neighbour).ok())??;
        Some((body, *encoding))
    });
    let (body, encoding) = match packed {
        Some((body, encoding)) => (body, Some(encoding)),
        None => match std::fs::read(&file) {
            Ok(body) => (body, None),
            Err(_) => return Answer::plain("404 Not Found"),
        },
    };
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    let tag = format!("\"{:016x}\"", hasher.finish());
    let mut headers = vec![
        ("Content-Type", media_type(&file).to_owned()),
        ("Cache-Control", "no-cache".to_owned()),
        ("Vary", "Accept-Encoding".to_owned()),
        ("ETag", tag.clone()),
    ];
    if request.if_none_match == tag {
        return Answer { status: "304 Not Modified", headers, body: Vec::new() };
    }
    if let Some(encoding) = encoding {
        headers.push(("Content-Encoding", encoding.to_owned()));
    }
    Answer { status: "200 OK", headers, body }
}

/// Undoes percent-encoding; nothing on broken input.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        if byte == b'%' {
            let digits = std::str::from_utf8(after.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = after.get(2..)?;
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(path: &str, accept_encoding: &str) -> Answer {
        let request = Request {
            method: "GET".to_owned(),
            path: path.to_owned(),
            accept_encoding: accept_encoding.to_owned(),
            ..Request::default()
        };
        answer(&request, Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), "/a/b/")
    }

    #[track_caller]
    fn check(path: &str, status: &str) {
        let answer = get(path, "");
        assert!(answer.status.starts_with(status), "{path}: {}", answer.status);
    }

    #[test]
    fn answers_inside_the_folder_only() {
        check("/a/b/lib.rs", "200");
        check("/a/b/lib.rs?x=1", "200");
        check("/a/b/%6cib.rs", "200");
        check("/a/b", "301");
        check("/lib.rs", "404");
        check("/a/b/../Cargo.toml", "404");
        check("/a/b/%2e%2e/Cargo.toml", "404");
        check("/a/b//etc/hosts", "404");
        check("/a/b/%zz", "404");
    }

    #[test]
    fn serves_over_a_socket_until_it_is_offline() {
        let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
        let host = Host::start(root, "x", 0).expect("a free port");
        let ask = || -> io::Result<String> {
            let mut stream = TcpStream::connect(host.address)?;
            stream.write_all(b"HEAD /x/lib.rs HTTP/1.1\r\n\r\n")?;
            let mut line = String::new();
            BufReader::new(stream).read_line(&mut line)?;
            Ok(line)
        };
        assert_eq!(ask().expect("an answer"), "HTTP/1.1 200 OK\r\n");
        assert_eq!(host.requests(), ["/x/lib.rs"]);
        host.set_online(false);
        assert_eq!(ask().unwrap_or_default(), "");
    }
}
