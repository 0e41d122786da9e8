//! What a user's hands do: clicking, typing, pressing keys.

use crate::{Name, Page, Result};
use anyhow::{Context, bail};
use thirtyfour::prelude::*;

impl Page {
    /// Clicks the one thing of this role and name, where a mouse would.
    pub async fn click(&self, role: &str, name: impl Into<Name>) -> Result {
        let name = name.into();
        // A re-render between finding and clicking loses the element, not the thing.
        let mut last = None;
        for _ in 0..3 {
            let node = self.find(role, name.clone()).await?;
            let clicked = async {
                let element = self.element(&node).await?;
                element.scroll_into_view().await?;
                element.click().await?;
                Ok(())
            };
            match clicked.await {
                Ok(()) => return Ok(()),
                Err(error) => last = Some(error),
            }
        }
        let error: anyhow::Error = last.context("no try was made")?;
        Err(error.context(format!("{role} {name} could not be clicked")))
    }

    /// Drags the one thing of this role and name to another, `offset` pixels
    /// below its middle.
    pub async fn drag(&self, from: (&str, Name), to: (&str, Name), offset: i64) -> Result {
        let from = self.element(&self.find(from.0, from.1).await?).await?;
        let to = self.element(&self.find(to.0, to.1).await?).await?;
        let chain = self.driver().action_chain();
        let chain = chain.move_to_element_center(&from).click_and_hold();
        // On the way, so that the page sees it move.
        let chain = chain.move_by_offset(0, -12).move_to_element_with_offset(&to, 0, offset);
        Ok(chain.release().perform().await?)
    }

    /// Replaces what the field of this role and name holds by typing.
    pub async fn type_into(&self, role: &str, name: impl Into<Name>, text: &str) -> Result {
        let node = self.find(role, name).await?;
        let element = self.element(&node).await?;
        element.focus().await?;
        element.send_keys(Key::Control + "a").await?;
        if text.is_empty() {
            element.send_keys(Key::Delete + "").await?;
        } else {
            element.send_keys(text).await?;
        }
        Ok(())
    }

    /// Picks an option of a `<select>` by its label.
    pub async fn pick(&self, name: impl Into<Name>, option: &str) -> Result {
        let node = self.find("combobox", name).await?;
        let select =
            thirtyfour::components::SelectElement::new(&self.element(&node).await?).await?;
        Ok(select.select_by_exact_text(option).await?)
    }

    /// Puts the focus on the one thing of this role and name by script; a test
    /// of the keyboard uses [`Self::tab_to`].
    pub async fn focus(&self, role: &str, name: impl Into<Name>) -> Result {
        let node = self.find(role, name).await?;
        Ok(self.element(&node).await?.focus().await?)
    }

    /// Types text at the focus.
    pub async fn keys(&self, text: &str) -> Result {
        Ok(self.driver().action_chain().send_keys(text).perform().await?)
    }

    /// Presses one key at the focus, with modifiers: "Enter", "Control+z",
    /// "Shift+F10", "Alt+ArrowDown", "?".
    pub async fn press(&self, keys: &str) -> Result {
        // A last "+" is the key itself.
        let (modifiers, last) = match keys.strip_suffix("++") {
            Some(modifiers) => (modifiers, "+"),
            None => {
                keys.rsplit_once('+').filter(|(_, last)| !last.is_empty()).unwrap_or(("", keys))
            }
        };
        let mut chain = self.driver().action_chain();
        let modifiers: Vec<_> = modifiers.split('+').filter(|word| !word.is_empty()).collect();
        for modifier in &modifiers {
            chain = chain.key_down(code(modifier)?);
        }
        let key = code(last)?;
        chain = chain.key_down(key).key_up(key);
        for modifier in modifiers.iter().rev() {
            chain = chain.key_up(code(modifier)?);
        }
        Ok(chain.perform().await?)
    }

    /// Presses the keys one after another.
    pub async fn press_all(&self, keys: &[&str]) -> Result {
        for key in keys {
            self.press(key).await?;
        }
        Ok(())
    }

    /// Presses Tab until this role and name has the focus.
    ///
    /// # Errors
    /// When it is not reached in 200 presses.
    pub async fn tab_to(&self, role: &str, name: impl Into<Name>) -> Result {
        let name = name.into();
        let mut passed = Vec::new();
        for _ in 0..200 {
            self.press("Tab").await?;
            // After the last stop, the document itself has the focus for one press.
            let Ok(node) = self.focused().await else { continue };
            let found = self.all(role, name.clone()).await?;
            if found.iter().any(|wanted| wanted.backend == node.backend) {
                return Ok(());
            }
            passed.push(format!("{} “{}”", node.role, node.name));
        }
        bail!(
            "Tab does not reach {role} {name}; it passes {}",
            passed[..passed.len().min(20)].join(", ")
        )
    }
}

/// WebDriver's character for a key.
fn code(key: &str) -> Result<char> {
    let named = match key {
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        "Tab" => Key::Tab,
        "Space" => return Ok(' '),
        "Backspace" => Key::Backspace,
        "Delete" => Key::Delete,
        "Insert" => Key::Insert,
        "Home" => Key::Home,
        "End" => Key::End,
        "PageUp" => Key::PageUp,
        "PageDown" => Key::PageDown,
        "ArrowUp" => Key::Up,
        "ArrowDown" => Key::Down,
        "ArrowLeft" => Key::Left,
        "ArrowRight" => Key::Right,
        "Control" => Key::Control,
        "Shift" => Key::Shift,
        "Alt" => Key::Alt,
        "Meta" => Key::Meta,
        "F1" => Key::F1,
        "F2" => Key::F2,
        "F6" => Key::F6,
        "F10" => Key::F10,
        _ => {
            let mut chars = key.chars();
            return match (chars.next(), chars.next()) {
                (Some(char), None) => Ok(char),
                _ => bail!("{key} is no key that the harness knows"),
            };
        }
    };
    Ok(named.value())
}
