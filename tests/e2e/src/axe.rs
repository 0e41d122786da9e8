//! Accessibility rules, checked by axe-core.

use crate::{Page, Result};
use anyhow::{Context, bail};
use serde::Deserialize;
use std::fmt;
use std::path::Path;

/// The rule sets that hold: WCAG 2.0, 2.1 and 2.2 at A and AA, and good practice.
const TAGS: &str = "['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']";

/// One broken rule, with the elements that break it.
#[derive(Debug, Clone, Deserialize)]
pub struct Violation {
    /// The rule's id, such as "color-contrast".
    pub id: String,
    /// "minor", "moderate", "serious" or "critical".
    #[serde(default)]
    pub impact: Option<String>,
    /// What the rule asks for.
    pub help: String,
    /// Each element, as HTML and what to do about it.
    pub elements: Vec<(String, String)>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let impact = self.impact.as_deref().unwrap_or("unrated");
        writeln!(f, "{} ({impact}): {}", self.id, self.help)?;
        for (html, summary) in &self.elements {
            writeln!(f, "  {html}\n    {}", summary.replace('\n', "\n    "))?;
        }
        Ok(())
    }
}

impl Page {
    /// Runs axe-core on the page as it is now.
    pub async fn axe(&self) -> Result<Vec<Violation>> {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("node_modules/axe-core/axe.min.js");
        let source = std::fs::read_to_string(&file).with_context(|| {
            format!("{} is missing; `npm ci` in tests/e2e gets it", file.display())
        })?;
        if self.eval("return typeof window.axe").await? == "undefined" {
            self.eval(&source).await?;
        }
        let script = format!(
            "const done = arguments[arguments.length - 1];
            axe.run(document, {{ runOnly: {TAGS}, resultTypes: ['violations'] }}).then(
                ({{ violations }}) => done({{ found: violations.map((rule) => ({{
                    id: rule.id, impact: rule.impact, help: rule.help,
                    elements: rule.nodes.map((node) => [node.html.slice(0, 300), node.failureSummary]),
                }})) }}),
                (error) => done({{ error: String(error) }}),
            );"
        );
        let answer = self.driver().execute_async(script, vec![]).await?.json().clone();
        if let Some(error) = answer["error"].as_str() {
            bail!("axe failed: {error}");
        }
        Ok(serde_json::from_value(answer["found"].clone())?)
    }

    /// Holds that axe-core finds nothing.
    pub async fn check_accessible(&self) -> Result {
        let found = self.axe().await?;
        if found.is_empty() {
            return Ok(());
        }
        let text: Vec<_> = found.iter().map(Violation::to_string).collect();
        bail!("axe finds:\n{}", text.join("\n"))
    }
}
