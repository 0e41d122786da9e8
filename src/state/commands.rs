//! Everything a person can do from anywhere: one list for menus, the palette,
//! keys and the help page.

use leptos::prelude::*;

use super::app::App;
use super::place::Page;

/// One thing to do.
#[derive(Clone, Copy)]
pub struct Command {
    /// What it does, as a verb phrase.
    pub label: &'static str,
    /// Its keys, as [`keys_of`] writes them; empty for none.
    pub keys: &'static str,
    /// Further words it is found by.
    pub words: &'static str,
    /// Does it.
    pub run: fn(App),
}

/// All of them, in the palette's order.
pub const COMMANDS: &[Command] = &[
    Command { label: "Undo", keys: "Mod+Z", words: "back revert", run: |app| app.undo() },
    Command { label: "Redo", keys: "Mod+Shift+Z", words: "again", run: |app| app.redo() },
    Command {
        label: "Search and do",
        keys: "Mod+K",
        words: "palette commands find",
        run: |app| app.palette.set(true),
    },
    Command {
        label: "Go to Board",
        keys: "",
        words: "home overview environments",
        run: |app| app.go(Page::Board),
    },
    Command {
        label: "Go to Stacks",
        keys: "",
        words: "environments lifecycle",
        run: |app| app.go(Page::Stacks),
    },
    Command {
        label: "Go to Variables",
        keys: "",
        words: "values scope",
        run: |app| app.go(Page::Variables),
    },
    Command {
        label: "Go to Process",
        keys: "",
        words: "steps deployment",
        run: |app| app.go(Page::Process),
    },
    Command {
        label: "Go to Runbooks",
        keys: "",
        words: "operations",
        run: |app| app.go(Page::Runbooks),
    },
    Command {
        label: "Go to Reach",
        keys: "",
        words: "leak secrets credentials who can read",
        run: |app| app.go(Page::Reach),
    },
    Command {
        label: "Go to Problems",
        keys: "",
        words: "lint check findings",
        run: |app| app.go(Page::Problems),
    },
    Command {
        label: "Go to Import",
        keys: "",
        words: "open read files json yaml ocl convert",
        run: |app| app.go(Page::Import),
    },
    Command {
        label: "Go to Compare",
        keys: "",
        words: "diff differences review versions",
        run: |app| app.go(Page::Compare),
    },
    Command {
        label: "Go to Upgrade",
        keys: "",
        words: "2019 guide modern community run pulumi",
        run: |app| app.go(Page::Upgrade),
    },
    Command {
        label: "Go to Export",
        keys: "Mod+E",
        words: "zip download files",
        run: |app| app.go(Page::Export),
    },
    Command {
        label: "Go to OCL doctor",
        keys: "",
        words: "octopus config as code check repair format",
        run: |app| app.go(Page::Ocl),
    },
    Command {
        label: "Go to Library",
        keys: "",
        words: "designs samples open",
        run: |app| app.go(Page::Library),
    },
    Command {
        label: "Go to Help",
        keys: "",
        words: "keys shortcuts about",
        run: |app| app.go(Page::Help),
    },
    Command {
        label: "Start a new design",
        keys: "",
        words: "empty create",
        run: |app| app.new_design(),
    },
    Command {
        label: "Save design as a file",
        keys: "Mod+S",
        words: "download pulpo.json",
        run: |app| app.save_file(),
    },
    Command {
        label: "Switch between light and dark",
        keys: "",
        words: "theme colour",
        run: |_| super::theme::switch(),
    },
];

/// The keys of an event, such as `Mod+Shift+Z`; `Mod` is Control or Command.
#[must_use]
pub fn keys_of(event: &web_sys::KeyboardEvent) -> String {
    let mut keys = String::new();
    if event.ctrl_key() || event.meta_key() {
        keys.push_str("Mod+");
    }
    if event.alt_key() {
        keys.push_str("Alt+");
    }
    if event.shift_key() {
        keys.push_str("Shift+");
    }
    let key = event.key();
    if key.chars().count() == 1 {
        keys.push_str(&key.to_uppercase());
    } else {
        keys.push_str(&key);
    }
    keys
}

/// The command that `keys` do.
#[must_use]
pub fn by_keys(keys: &str) -> Option<&'static Command> {
    let keys = if keys == "Mod+Y" { "Mod+Shift+Z" } else { keys };
    COMMANDS.iter().find(|command| !command.keys.is_empty() && command.keys == keys)
}

/// Keys as a person reads them: `Ctrl Z`, on a Mac `⌘ Z`.
#[must_use]
pub fn shown(keys: &str) -> String {
    let platform = leptos::prelude::window().navigator().platform().unwrap_or_default();
    let word = if platform.starts_with("Mac") { "⌘" } else { "Ctrl" };
    keys.replace("Mod", word).replace('+', " ")
}
