//! Finding things by role and accessible name in the browser's accessibility tree.

use crate::{Page, Result};
use anyhow::{Context, bail};
use serde_json::{Value, json};
use std::fmt;
use std::time::{Duration, Instant};
use thirtyfour::WebElement;

/// How long a thing may take to appear or to go.
pub(crate) const PATIENCE: Duration = Duration::from_secs(8);
/// How often is looked.
pub(crate) const PAUSE: Duration = Duration::from_millis(40);

/// The accessible name that is looked for; a plain text means exactly that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// The whole name.
    Is(String),
    /// How the name starts.
    Starts(String),
    /// What the name holds somewhere.
    Contains(String),
    /// Whatever it is.
    Any,
}

/// A name that starts so.
#[must_use]
pub fn starts(text: &str) -> Name {
    Name::Starts(text.to_owned())
}

/// A name that holds this somewhere.
#[must_use]
pub fn contains(text: &str) -> Name {
    Name::Contains(text.to_owned())
}

/// Any name, or none.
#[must_use]
pub fn any() -> Name {
    Name::Any
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self::Is(text.to_owned())
    }
}

impl From<String> for Name {
    fn from(text: String) -> Self {
        Self::Is(text)
    }
}

impl Name {
    fn fits(&self, name: &str) -> bool {
        match self {
            Self::Is(text) => name == text,
            Self::Starts(text) => name.starts_with(text.as_str()),
            Self::Contains(text) => name.contains(text.as_str()),
            Self::Any => true,
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Is(text) => write!(f, "“{text}”"),
            Self::Starts(text) => write!(f, "“{text}…”"),
            Self::Contains(text) => write!(f, "“…{text}…”"),
            Self::Any => f.write_str("of any name"),
        }
    }
}

/// A node as the browser tells it to a screen reader.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The role, as in ARIA: "button", "textbox", "row".
    pub role: String,
    /// The accessible name.
    pub name: String,
    /// The accessible description.
    pub description: String,
    /// What a field holds, as text.
    pub value: String,
    properties: Vec<(String, Value)>,
    pub(crate) backend: i64,
}

impl Node {
    /// A state or property by its name in the accessibility tree: "expanded",
    /// "checked", "selected", "disabled", "invalid", "focused", "level",
    /// "readonly"… `Null` where it does not apply.
    #[must_use]
    pub fn property(&self, name: &str) -> &Value {
        let found = self.properties.iter().find(|(own, _)| own == name);
        found.map_or(&Value::Null, |(_, value)| value)
    }

    /// Whether a state is on: true, "true" or "mixed".
    #[must_use]
    pub fn is(&self, property: &str) -> bool {
        match self.property(property) {
            Value::Bool(on) => *on,
            Value::String(text) => text == "true" || text == "mixed",
            _ => false,
        }
    }

    fn read(node: &Value) -> Option<Self> {
        if node["ignored"] == true {
            return None;
        }
        let text = |field: &str| match &node[field]["value"] {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let properties = node["properties"].as_array().map(Vec::as_slice).unwrap_or_default();
        Some(Self {
            role: text("role"),
            // Browsers differ in the blanks at the ends, and no reader speaks them.
            name: text("name").trim().to_owned(),
            description: text("description"),
            value: text("value"),
            properties: properties
                .iter()
                .map(|property| {
                    let name = property["name"].as_str().unwrap_or_default().to_owned();
                    (name, property["value"]["value"].clone())
                })
                .collect(),
            backend: node["backendDOMNodeId"].as_i64()?,
        })
    }
}

impl Page {
    /// Everything of this role and name at this moment, in document order. An
    /// empty role means any.
    pub async fn all(&self, role: &str, name: impl Into<Name>) -> Result<Vec<Node>> {
        let name = name.into();
        let root = match self.root {
            Some(root) => root,
            None => {
                let document = self.cdp("DOM.getDocument", json!({ "depth": 0 })).await?;
                document["root"]["backendNodeId"].as_i64().context("the document's node")?
            }
        };
        let mut query = json!({ "backendNodeId": root });
        if !role.is_empty() {
            query["role"] = role.into();
        }
        let found = self.cdp("Accessibility.queryAXTree", query).await?;
        let nodes = found["nodes"].as_array().map(Vec::as_slice).unwrap_or_default();
        Ok(nodes.iter().filter_map(Node::read).filter(|node| name.fits(&node.name)).collect())
    }

    /// The one thing of this role and name, waiting for it to appear.
    ///
    /// # Errors
    /// When there is none in time, or more than one.
    pub async fn find(&self, role: &str, name: impl Into<Name>) -> Result<Node> {
        let name = name.into();
        let until = Instant::now() + PATIENCE;
        loop {
            // A look in the middle of a re-render may fail; only the last one counts.
            let found = self.all(role, name.clone()).await;
            let late = Instant::now() > until;
            match found {
                Ok(nodes) => match <[Node; 1]>::try_from(nodes) {
                    Ok([node]) => return Ok(node),
                    Err(nodes) if late && nodes.is_empty() => {
                        let there = self.names(role).await?;
                        bail!("there is no {role} {name}; of that role there is: {there}");
                    }
                    Err(nodes) if late => bail!("there are {} of {role} {name}", nodes.len()),
                    Err(_) => {}
                },
                Err(error) if late => return Err(error),
                Err(_) => {}
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Waits until nothing of this role and name is there.
    ///
    /// # Errors
    /// When it is still there after the wait.
    pub async fn gone(&self, role: &str, name: impl Into<Name>) -> Result {
        let name = name.into();
        let what = format!("{role} {name} to go");
        self.wait_for(&what, async || Ok(self.all(role, name.clone()).await?.is_empty())).await
    }

    /// Whether something of this role and name is there at this moment.
    pub async fn has(&self, role: &str, name: impl Into<Name>) -> Result<bool> {
        Ok(!self.all(role, name).await?.is_empty())
    }

    /// The names of everything of this role, for messages.
    pub async fn names(&self, role: &str) -> Result<String> {
        let nodes = self.all(role, any()).await?;
        let names: Vec<_> = nodes.iter().map(|node| format!("“{}”", node.name)).collect();
        Ok(if names.is_empty() { "nothing".to_owned() } else { names.join(", ") })
    }

    /// The same page, but looking only inside the one thing of this role and
    /// name. It holds as long as that thing is not rendered anew.
    pub async fn within(&self, role: &str, name: impl Into<Name>) -> Result<Page> {
        let node = self.find(role, name).await?;
        Ok(self.inside(&node))
    }

    /// The same page, but looking only inside this node.
    #[must_use]
    pub fn inside(&self, node: &Node) -> Page {
        let mut part = self.clone();
        part.root = Some(node.backend);
        part
    }

    /// The node as an element, for what only WebDriver can do.
    pub async fn element(&self, node: &Node) -> Result<WebElement> {
        let resolved =
            self.cdp("DOM.resolveNode", json!({ "backendNodeId": node.backend })).await?;
        self.cdp(
            "Runtime.callFunctionOn",
            json!({
                "objectId": resolved["object"]["objectId"],
                "functionDeclaration": "function() {
                    window.__picked = this.nodeType === 1 ? this : this.parentElement;
                }",
            }),
        )
        .await?;
        let script = "const picked = window.__picked; delete window.__picked; return picked;";
        Ok(self.driver().execute(script, vec![]).await?.element()?)
    }

    /// The visible text of the one thing of this role and name.
    pub async fn text(&self, role: &str, name: impl Into<Name>) -> Result<String> {
        let node = self.find(role, name).await?;
        Ok(self.element(&node).await?.text().await?)
    }

    /// The node that has the keyboard's focus.
    pub async fn focused(&self) -> Result<Node> {
        let script = "let at = document.activeElement;
            while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
            const own = at?.getAttribute('aria-activedescendant');
            return (own && document.getElementById(own)) || at;";
        let picked = format!("window.__focus = (() => {{ {script} }})();");
        self.eval(&picked).await?;
        let object =
            self.cdp("Runtime.evaluate", json!({ "expression": "window.__focus" })).await?;
        let found = self
            .cdp(
                "Accessibility.getPartialAXTree",
                json!({ "objectId": object["result"]["objectId"], "fetchRelatives": false }),
            )
            .await?;
        let node = found["nodes"].get(0).context("nothing has the focus")?;
        Node::read(node).context("what has the focus is hidden from assistive technology")
    }

    /// Waits until this role and name has the focus.
    pub async fn focus_is(&self, role: &str, name: impl Into<Name>) -> Result {
        let name = name.into();
        let what = format!("focus on {role} {name}");
        let waited = self
            .wait_for(&what, async || {
                let node = self.focused().await?;
                Ok(node.role == role && name.fits(&node.name))
            })
            .await;
        match waited {
            Ok(()) => Ok(()),
            Err(error) => {
                let node = self.focused().await?;
                Err(error.context(format!("the focus is on {} “{}”", node.role, node.name)))
            }
        }
    }
}
