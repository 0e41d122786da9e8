//! `cargo xtask serve`: the page on this machine, for development or as published.

use crate::sh::{self, say};
use crate::{Result, args::Args, dist, root, tools};
use pulpo_host::Host;

pub fn run(mut args: Args) -> Result {
    let port = match args.option("--port")? {
        None => 8080,
        Some(text) => text.parse::<u16>().map_err(|_| format!("{text} is no port number"))?,
    };
    let release = args.switch("--release");
    args.finish()?;
    if release { published(port) } else { development(port) }
}

fn development(port: u16) -> Result {
    let folders = tools::for_build()?;
    say(&format!(
        "Building for development (the first time about a minute), then serving on \
         http://127.0.0.1:{port}/ and rebuilding on change; Ctrl+C ends it"
    ));
    // Its own folder, so that it does not take the published files' place.
    let built = root().join("target/trunk-serve");
    sh::run(
        dist::trunk(&folders)?
            .args(["serve", "--public-url", "/", "--address", "127.0.0.1", "--port"])
            .arg(port.to_string())
            .arg("--dist")
            .arg(built),
    )
}

fn published(port: u16) -> Result {
    dist::build(false)?;
    let host = Host::start(&dist::folder(), "", port)
        .map_err(|error| format!("port {port} cannot be used: {error}"))?;
    say(&format!("Serving dist/ on {}; Ctrl+C ends it", host.url()));
    loop {
        std::thread::park();
    }
}
