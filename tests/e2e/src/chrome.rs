//! Starts the driver and a browser with a fresh profile, and stops both.

use crate::Result;
use anyhow::{Context, bail};
use serde_json::json;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use thirtyfour::prelude::*;
use thirtyfour::{ChromiumLikeCapabilities, LoggingPrefsLogLevel};

/// How a browser is started.
#[derive(Debug, Clone)]
pub struct Options {
    /// Width and height of the page in CSS pixels.
    pub viewport: (u32, u32),
    /// "light" or "dark".
    pub scheme: &'static str,
    /// Whether frames come as soon as there is something to paint, not when the
    /// display's clock asks for them.
    pub is_unclocked: bool,
    /// Whether the driver follows all that goes over the network, which takes a
    /// page's start twice as long.
    pub is_followed: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { viewport: (1280, 800), scheme: "light", is_unclocked: false, is_followed: true }
    }
}

/// A running browser with its driver; dropping it stops both.
#[derive(Debug)]
pub struct Browser {
    /// The WebDriver session.
    pub driver: WebDriver,
    /// Where the browser puts downloads.
    pub downloads: PathBuf,
    scratch: PathBuf,
    process: Child,
}

impl Browser {
    /// Starts a browser; `scratch` is a folder for profiles and downloads.
    ///
    /// # Errors
    /// When no browser or driver is found, or they do not start.
    pub async fn start(options: &Options, scratch: &Path) -> Result<Self> {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let scratch = scratch.join(format!("{}-{number}", std::process::id()));
        let downloads = scratch.join("downloads");
        std::fs::create_dir_all(&downloads)?;
        let (process, port) = start_driver()?;
        let stop = StopOnDrop(Some(process));
        let caps = capabilities(options, &scratch.join("profile"), &downloads)?;
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), caps).await?;
        let process = stop.keep().context("the driver's process")?;
        let browser = Self { driver, downloads, scratch, process };
        browser.set_viewport(options.viewport).await?;
        browser.set_scheme(options.scheme).await?;
        // Without a window nothing has the focus, and the clipboard wants it.
        browser.cdp("Emulation.setFocusEmulationEnabled", json!({ "enabled": true })).await?;
        Ok(browser)
    }

    /// Sets the page's size in CSS pixels.
    pub async fn set_viewport(&self, (width, height): (u32, u32)) -> Result {
        self.cdp(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false }),
        )
        .await?;
        Ok(())
    }

    /// Sets the preferred colour scheme: "light" or "dark".
    pub async fn set_scheme(&self, scheme: &str) -> Result {
        self.set_media("prefers-color-scheme", scheme).await
    }

    /// Emulates one media feature, such as `prefers-reduced-motion` or
    /// `forced-colors`, and ends the emulation of others.
    pub async fn set_media(&self, feature: &str, value: &str) -> Result {
        let features = json!({ "features": [{ "name": feature, "value": value }] });
        self.cdp("Emulation.setEmulatedMedia", features).await?;
        Ok(())
    }

    /// Sends a command of the Chrome DevTools Protocol.
    pub async fn cdp(&self, method: &str, params: serde_json::Value) -> Result<serde_json::Value> {
        self.driver.cdp().send_raw(method, params).await.with_context(|| method.to_owned())
    }

    /// Ends the session; dropping does so as well, but not as cleanly.
    pub async fn quit(self) -> Result {
        Ok(self.driver.clone().quit().await?)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        stop(&mut self.process);
        // What the browser still holds open is left for the next clean build.
        std::fs::remove_dir_all(&self.scratch).ok();
    }
}

/// Stops the driver if the browser does not start.
struct StopOnDrop(Option<Child>);

impl StopOnDrop {
    fn keep(mut self) -> Option<Child> {
        self.0.take()
    }
}

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        if let Some(process) = &mut self.0 {
            stop(process);
        }
    }
}

fn stop(process: &mut Child) {
    process.kill().ok();
    process.wait().ok();
}

/// How often the driver is started before that counts as a failure.
const TRIES: u32 = 5;

/// Starts the driver on a port that it picks itself. It needs that port for both
/// kinds of addresses and ends where another program has one of them, so it is
/// started again then.
fn start_driver() -> Result<(Child, u16)> {
    let mut outcome = try_driver();
    for _ in 1..TRIES {
        if outcome.is_ok() {
            break;
        }
        outcome = try_driver();
    }
    outcome
}

fn try_driver() -> Result<(Child, u16)> {
    let program = std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
    let mut process = Command::new(&program)
        .arg("--port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("{} did not start", Path::new(&program).display()))?;
    let mut lines = BufReader::new(process.stdout.take().context("the driver's output")?).lines();
    while let Some(Ok(line)) = lines.next() {
        let port = line
            .split_once("started successfully on port ")
            .and_then(|(_, port)| port.trim_end_matches('.').parse().ok());
        if let Some(port) = port {
            // The driver stops when nobody reads what it prints.
            std::thread::spawn(move || lines.for_each(drop));
            return Ok((process, port));
        }
    }
    stop(&mut process);
    bail!("the driver ended without naming its port")
}

fn capabilities(options: &Options, profile: &Path, downloads: &Path) -> Result<Capabilities> {
    let mut caps = DesiredCapabilities::chrome();
    if let Some(chrome) = std::env::var_os("CHROME") {
        caps.set_binary(&chrome.to_string_lossy())?;
    }
    let (width, height) = options.viewport;
    for arg in [
        "--headless=new",
        // Needed as root, which is what containers and build machines run as.
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-default-apps",
        "--hide-scrollbars",
        "--force-device-scale-factor=1",
        "--lang=en-GB",
        // Whatever the page may ask for, nothing leaves this machine.
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    ] {
        caps.add_arg(arg)?;
    }
    if options.is_unclocked {
        caps.add_arg("--disable-frame-rate-limit")?;
        caps.add_arg("--disable-gpu-vsync")?;
    }
    caps.add_arg(&format!("--window-size={width},{height}"))?;
    caps.add_arg(&format!("--user-data-dir={}", profile.display()))?;
    caps.add_experimental_option(
        "prefs",
        json!({
            "download.default_directory": downloads,
            "download.prompt_for_download": false,
            "profile.default_content_setting_values.clipboard": 1,
        }),
    )?;
    caps.set_logging_prefs("browser", LoggingPrefsLogLevel::All)?;
    if options.is_followed {
        caps.set_logging_prefs("performance", LoggingPrefsLogLevel::All)?;
    }
    Ok(caps.into())
}
