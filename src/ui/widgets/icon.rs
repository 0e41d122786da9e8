//! Icons: one set, 16 px, drawn with a stroke of 1.5 px. Never alone: what
//! carries an icon also has a name.

use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use leptos::tachys::renderer::Rndr;

macro_rules! icons {
    ($($(#[$meta:meta])* $name:ident = $path:literal;)*) => {
        /// An icon of the set.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Icon { $($(#[$meta])* $name),* }

        impl Icon {
            /// What is drawn, as SVG says it.
            #[must_use]
            pub fn path(self) -> &'static str {
                match self { $(Self::$name => $path),* }
            }
        }
    };
}

icons! {
    /// The app's mark.
    Pulpo = "M3.5 8.5a4.5 4.5 0 1 1 9 0M6 7.2v.1M10 7.2v.1M3.5 8.5c0 2-1 2.5-1 4M6.2 9.5c0 1.8-.7 2.4-.7 4M9.8 9.5c0 1.8.7 2.4.7 4M12.5 8.5c0 2 1 2.5 1 4";
    /// Add.
    Plus = "M8 3.5v9M3.5 8h9";
    /// Close, remove from a list.
    Close = "M4 4l8 8M12 4l-8 8";
    /// Delete.
    Trash = "M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5M6.8 7v3.5M9.2 7v3.5";
    /// Undo.
    Undo = "M5.5 3L2.5 6l3 3M2.5 6h6.5a4 4 0 0 1 0 8H6";
    /// Redo.
    Redo = "M10.5 3l3 3-3 3M13.5 6H7a4 4 0 0 0 0 8h3";
    /// Search.
    Search = "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.4 10.4l3.1 3.1";
    /// Done, fine.
    Check = "M3 8.5l3.5 3.5L13 4.5";
    /// Down, more.
    Down = "M4 6l4 4 4-4";
    /// Right, open.
    Right = "M6 4l4 4-4 4";
    /// Move up.
    Up = "M4 10l4-4 4 4";
    /// Move left.
    Left = "M10 4L6 8l4 4";
    /// Further actions.
    More = "M3.5 8h.1M8 8h.1M12.5 8h.1";
    /// The Board.
    Board = "M2.500 3h11v10h-11zM2.500 6h11M6.200 3v10M9.900 6v7";
    /// Stacks.
    Stack = "M8 2.5l5.5 2.8L8 8 2.5 5.3zM2.5 8L8 10.8 13.5 8M2.5 10.7L8 13.5l5.5-2.8";
    /// Variables.
    Variable = "M5 2.5C3.5 2.5 3.5 4 3.5 5.2S3.5 8 2 8c1.500 0 1.500 1.600 1.500 2.800s0 2.700 1.500 2.700M11 2.500c1.500 0 1.500 1.500 1.500 2.700S12.500 8 14 8c-1.500 0-1.500 1.600-1.500 2.800s0 2.700-1.500 2.700M6.500 6l3 4M9.500 6l-3 4";
    /// Process.
    Process = "M4 2.500h8v3H4zM4 10.500h8v3H4zM8 5.500v5";
    /// Runbooks.
    Runbook = "M4 2.500h8.500v9H4.500a1 1 0 0 0 0 2h8M3.500 12.500V3.500a1 1 0 0 1 1-1M7 5.500l2.500 1.600L7 8.700z";
    /// Compare.
    Compare = "M6 2.500H3v11h3M10 2.500h3v11h-3M8 1.500v13";
    /// Another value.
    Pencil = "M10.800 3l2.200 2.200L5.400 12.800l-2.800.600.600-2.800z";
    /// Another place.
    Swap = "M3 5.500h9M9.500 3L12 5.500 9.500 8M13 10.500H4M6.500 8L4 10.500 6.500 13";
    /// Less.
    Minus = "M3.500 8h9";
    /// Warning.
    Warning = "M8 2.500l6 10.500H2zM8 6.500v3M8 11.300v.1";
    /// Error.
    Error = "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 5v3.500M8 10.900v.1";
    /// Information.
    Info = "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.500V11M8 5.100v.1";
    /// Export.
    Export = "M8 10V2.500M5 5l3-2.500L11 5M3 9v4.500h10V9";
    /// Download.
    Download = "M8 2.500V10M5 7.500L8 10l3-2.500M3 11v2.500h10V11";
    /// Import, open a file.
    Import = "M2.500 4h4l1.500 1.500h5.500v7.500h-11z";
    /// Library.
    Library = "M3 2.500h2.500v11H3zM5.500 2.500H8v11H5.500zM9.500 3l2.400-.6L14 13l-2.400.5z";
    /// Help.
    Help = "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6.300 6.300A1.700 1.700 0 1 1 8.700 7.800c-.5.300-.7.600-.7 1.200M8 11.100v.1";
    /// Copy.
    Copy = "M5.500 5.500h8v8h-8zM5.500 10.500h-3v-8h8v3";
    /// On and off.
    Power = "M8 2.500v5M4.700 4.200a5 5 0 1 0 6.600 0";
    /// A person approves.
    Person = "M8 8a2.700 2.700 0 1 0 0-5.400A2.700 2.700 0 0 0 8 8zM3 13.500c.3-2.500 2.300-4 5-4s4.700 1.500 5 4";
    /// A script.
    Script = "M3 3.500h10v9H3zM5 6l2 2-2 2M8.500 10H11";
    /// A package.
    Package = "M8 2.500l5 2.500v6L8 13.500 3 11V5zM3 5l5 2.500L13 5M8 7.500v6";
    /// A file.
    File = "M4 2.500h5l3 3v8H4zM9 2.500v3h3";
    /// A folder.
    Folder = "M2.500 4h4l1.500 1.500h5.500v7.500h-11z";
    /// Preview.
    Eye = "M1.500 8S4 3.500 8 3.500 14.500 8 14.500 8 12 12.500 8 12.500 1.500 8 1.500 8zM8 9.800a1.800 1.800 0 1 0 0-3.600 1.800 1.800 0 0 0 0 3.600z";
    /// Up, play.
    Play = "M5 3.500l7 4.500-7 4.500z";
    /// A secret.
    Lock = "M4 7.500h8v6H4zM5.500 7.500V5.500a2.500 2.500 0 0 1 5 0v2";
    /// Protected.
    Shield = "M8 2.200l5 1.800v4c0 3-2 5-5 6-3-1-5-3-5-6v-4z";
    /// Mail.
    Mail = "M2.500 4h11v8h-11zM2.500 4.500L8 9l5.500-4.500";
    /// A rocket-like arrow: release.
    Release = "M9.500 2.500h4v4M13.500 2.500L8 8M11 9.500v4H2.500V5h4";
    /// Health.
    Health = "M2 8.500h3l1.500-4 3 7 1.500-3h3";
    /// A grip to drag by.
    Grip = "M6 4h.1M10 4h.1M6 8h.1M10 8h.1M6 12h.1M10 12h.1";
    /// A cloud.
    Cloud = "M4.500 12.500a2.800 2.800 0 0 1-.3-5.600 4 4 0 0 1 7.700 1 2.400 2.400 0 0 1-.4 4.600z";
    /// Refresh, drift.
    Refresh = "M13 8a5 5 0 1 1-1.500-3.600M13 2.500V5h-2.500";
    /// Filter.
    Filter = "M2.500 3.500h11L9.500 8.500v4l-3-1.500v-2.500z";
}

/// What every icon begins with.
const OPEN: &str = r#"<svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d=""#;
const CLOSE: &str = "\"/></svg>";

/// The icon's own text, which is made into an element once and copied from then on.
fn svg(icon: Icon) -> String {
    [OPEN, icon.path(), CLOSE].concat()
}

/// The icon as an image that assistive technology passes over.
pub fn icon(icon: Icon) -> AnyView {
    InertElement::new(svg(icon)).into_any()
}

/// The same as an element, for what is put on the page by hand.
pub fn icon_element(icon: Icon) -> web_sys::Element {
    Rndr::create_element_from_html(svg(icon).into())
}
