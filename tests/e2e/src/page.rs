//! The page under test: going places, waiting, files, and what the browser saw.

use crate::chrome::Browser;
use crate::query::{PATIENCE, PAUSE};
use crate::{Host, Name, Result};
use anyhow::{Context, bail, ensure};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use thirtyfour::WebDriver;
use thirtyfour::prelude::*;

/// The page in its browser, with the host that serves it. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Page {
    inner: Arc<Inner>,
    /// The node under which things are looked for; the document if none.
    pub(crate) root: Option<i64>,
}

#[derive(Debug)]
struct Inner {
    browser: Browser,
    host: Host,
    seen: Mutex<Seen>,
}

/// What the browser reported so far; its own buffers are emptied by reading.
#[derive(Debug, Default)]
struct Seen {
    console: Vec<String>,
    errors: Vec<String>,
    requests: Vec<String>,
}

impl Page {
    /// A page in this browser, served by this host; nothing is opened yet.
    #[must_use]
    pub fn new(browser: Browser, host: Host) -> Self {
        let inner = Inner { browser, host, seen: Mutex::default() };
        Self { inner: Arc::new(inner), root: None }
    }

    /// The WebDriver session, for what the harness does not do.
    #[must_use]
    pub fn driver(&self) -> &WebDriver {
        &self.inner.browser.driver
    }

    /// The browser, to change the viewport or the colour scheme.
    #[must_use]
    pub fn browser(&self) -> &Browser {
        &self.inner.browser
    }

    /// The host that serves the page, to take it offline or to read its log.
    #[must_use]
    pub fn host(&self) -> &Host {
        &self.inner.host
    }

    /// Sends a command of the Chrome DevTools Protocol.
    pub async fn cdp(&self, method: &str, params: Value) -> Result<Value> {
        self.inner.browser.cdp(method, params).await
    }

    /// Opens a place in the app, such as "#/board" or "", and waits until the
    /// app has mounted.
    pub async fn open(&self, route: &str) -> Result {
        let url = format!("{}{route}", self.host().url());
        let before = self.driver().current_url().await?;
        self.driver().goto(&url).await?;
        // Going to another place of the same page changes the fragment only.
        if before.as_str() == url {
            self.driver().refresh().await?;
        }
        self.mounted().await
    }

    /// Loads the page anew and waits until the app has mounted.
    pub async fn reload(&self) -> Result {
        self.driver().refresh().await?;
        self.mounted().await
    }

    /// Waits until the app has taken the place of the page's first words.
    pub async fn mounted(&self) -> Result {
        let script = "return document.readyState === 'complete'
            && document.getElementById('start') === null;";
        self.wait_for("the app to mount", async || Ok(self.eval(script).await? == true)).await
    }

    /// Waits until the service worker has everything and controls the page.
    pub async fn kept_offline(&self) -> Result {
        let script = "return navigator.serviceWorker.controller?.state === 'activated';";
        self.wait_for("the service worker", async || Ok(self.eval(script).await? == true)).await
    }

    /// Where the app is: the fragment with its `#`, or nothing.
    pub async fn route(&self) -> Result<String> {
        let url = self.driver().current_url().await?;
        Ok(url.fragment().map(|fragment| format!("#{fragment}")).unwrap_or_default())
    }

    /// Waits until the app is at this route.
    pub async fn route_is(&self, route: &str) -> Result {
        let what = format!("the route {route}");
        self.wait_for(&what, async || Ok(self.route().await? == route)).await
    }

    /// The document's title.
    pub async fn title(&self) -> Result<String> {
        Ok(self.driver().title().await?)
    }

    /// Runs a script's text in the page and gives what it returns.
    pub async fn eval(&self, script: &str) -> Result<Value> {
        self.eval_with(script, vec![]).await
    }

    /// Runs a script's text with `arguments`.
    pub async fn eval_with(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        Ok(self.driver().execute(script, arguments).await?.json().clone())
    }

    /// Waits until the condition holds; its errors count as "not yet".
    ///
    /// # Errors
    /// When it does not hold in time, with the last error if there was one.
    pub async fn wait_for(&self, what: &str, condition: impl AsyncFn() -> Result<bool>) -> Result {
        let until = Instant::now() + PATIENCE;
        loop {
            let held = condition().await;
            if matches!(held, Ok(true)) {
                return Ok(());
            }
            if Instant::now() > until {
                let waited = format!("waited in vain for {what}");
                return match held {
                    Err(error) => Err(error.context(waited)),
                    Ok(_) => bail!(waited),
                };
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Waits for a downloaded file of this name and gives what it holds.
    pub async fn download(&self, name: &str) -> Result<Vec<u8>> {
        let file = self.inner.browser.downloads.join(name);
        // The browser first reserves the name with an empty file.
        let is_whole = async || {
            Ok(std::fs::metadata(&file).is_ok_and(|kept| kept.is_file() && kept.len() > 0))
        };
        let waited = self.wait_for(&format!("the download {name}"), is_whole).await;
        if let Err(error) = waited {
            let there: Vec<_> = std::fs::read_dir(&self.inner.browser.downloads)?
                .flatten()
                .map(|entry| entry.file_name())
                .collect();
            return Err(error.context(format!("downloaded so far: {there:?}")));
        }
        std::fs::read(&file).with_context(|| file.display().to_string())
    }

    /// Gives files to the page's file input, as if chosen in the dialog. With
    /// several inputs, `input` is the id of the one meant; else it is empty.
    pub async fn choose_files(&self, input: &str, files: &[&Path]) -> Result {
        let css =
            if input.is_empty() { "input[type=file]".to_owned() } else { format!("#{input}") };
        let all = async || self.driver().find_all(By::Css(css.clone())).await;
        // A page whose code is loaded first may not be there yet.
        self.wait_for("one file input", async || Ok(all().await?.len() == 1)).await?;
        let found = all().await?;
        let [input] = found.as_slice() else { bail!("there are {} file inputs", found.len()) };
        let paths: Vec<_> = files.iter().map(|file| file.display().to_string()).collect();
        Ok(input.send_keys(paths.join("\n")).await?)
    }

    /// Drops files, each a name and its text, on the one thing of this role and
    /// name, as if dragged there from the desktop.
    pub async fn drop_files(
        &self,
        role: &str,
        name: impl Into<Name>,
        files: &[(&str, &str)],
    ) -> Result {
        let node = self.find(role, name).await?;
        let target = self.element(&node).await?.to_json()?;
        let script = "const [target, files] = arguments;
            const dataTransfer = new DataTransfer();
            for (const [name, text] of files) dataTransfer.items.add(new File([text], name));
            for (const kind of ['dragenter', 'dragover', 'drop']) {
                target.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer }));
            }";
        self.eval_with(script, vec![target, serde_json::json!(files)]).await?;
        Ok(())
    }

    /// The text in the clipboard.
    pub async fn clipboard(&self) -> Result<String> {
        let text = self.eval("return navigator.clipboard.readText()").await?;
        text.as_str().map(str::to_owned).context("the clipboard holds no text")
    }

    /// A folder of this test's own, for files that it makes.
    pub fn scratch(&self) -> Result<PathBuf> {
        let folder = self.inner.browser.downloads.with_file_name("files");
        std::fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// Saves a picture of the page as `target/shots/<name>.png`.
    pub async fn screenshot(&self, name: &str) -> Result<PathBuf> {
        let file = crate::target().join("shots").join(format!("{name}.png"));
        self.save_picture(&file).await?;
        Ok(file)
    }

    pub(crate) async fn save_picture(&self, file: &Path) -> Result {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(file, self.driver().screenshot_as_png().await?)?;
        Ok(())
    }

    /// Everything that was written to the console, broken policies and failed
    /// requests included, oldest first.
    pub async fn console(&self) -> Result<Vec<String>> {
        self.listen().await?;
        Ok(self.with_seen(|seen| seen.console.clone()))
    }

    /// What of it is an error: failed requests, exceptions, `console.error`,
    /// and whatever the content security policy forbade.
    pub async fn errors(&self) -> Result<Vec<String>> {
        self.listen().await?;
        Ok(self.with_seen(|seen| seen.errors.clone()))
    }

    /// Every request that the page made, by its URL.
    pub async fn requests(&self) -> Result<Vec<String>> {
        self.listen().await?;
        Ok(self.with_seen(|seen| seen.requests.clone()))
    }

    /// Forgets errors so far, for a test that provokes them.
    pub async fn forgive_errors(&self) -> Result {
        self.listen().await?;
        self.with_seen(|seen| seen.errors.clear());
        Ok(())
    }

    /// Holds that nothing went wrong in the console and nothing left the origin.
    /// Every test ends with this by itself.
    pub async fn check_clean(&self) -> Result {
        let errors = self.errors().await?;
        ensure!(errors.is_empty(), "the console has errors:\n{}", errors.join("\n"));
        let origin = self.host().origin();
        let requests = self.requests().await?;
        let own = |url: &&String| {
            let rest = url.strip_prefix(&origin);
            rest.is_some_and(|rest| rest.starts_with('/'))
                || ["data:", "blob:", "about:", "chrome:", "chrome-untrusted:"]
                    .iter()
                    .any(|scheme| url.starts_with(scheme))
        };
        let strange: Vec<_> = requests.iter().filter(|url| !own(url)).collect();
        ensure!(strange.is_empty(), "requests left the origin: {strange:?}");
        Ok(())
    }

    /// Takes over what the browser has gathered since the last time.
    async fn listen(&self) -> Result {
        let console = self.driver().get_log("browser").await?;
        let network = self.driver().get_log("performance").await?;
        self.with_seen(|seen| {
            for entry in console {
                let source = entry.source.unwrap_or_default();
                let line = format!("{} {source}: {}", entry.level, entry.message);
                if entry.level == "SEVERE" || source == "security" {
                    seen.errors.push(line.clone());
                }
                seen.console.push(line);
            }
            for entry in network {
                let Ok(event) = serde_json::from_str::<Value>(&entry.message) else { continue };
                let event = &event["message"];
                if event["method"] == "Network.requestWillBeSent"
                    && let Some(url) = event["params"]["request"]["url"].as_str()
                {
                    seen.requests.push(url.to_owned());
                }
                if event["method"] == "Network.webSocketCreated"
                    && let Some(url) = event["params"]["url"].as_str()
                {
                    seen.requests.push(url.to_owned());
                }
            }
        });
        Ok(())
    }

    fn with_seen<T>(&self, act: impl FnOnce(&mut Seen) -> T) -> T {
        act(&mut self.inner.seen.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Ends the session.
    ///
    /// # Errors
    /// When a clone of this handle is still held.
    pub async fn close(self) -> Result {
        match Arc::into_inner(self.inner) {
            Some(inner) => inner.browser.quit().await,
            None => bail!("the test has kept its page"),
        }
    }
}
