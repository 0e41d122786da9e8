//! Ids and names: texts with a type and a rule of their own.

use std::fmt;

/// Why a text can't be a name of some kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameError {
    /// The text that was given.
    pub text: String,
    /// What a name of this kind must be, as a full sentence.
    pub rule: String,
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rule)
    }
}

impl std::error::Error for NameError {}

/// An id made by Pulpo: 1 to 64 of `A-Z a-z 0-9 - _ .`.
///
/// # Errors
/// When the text is something else.
pub fn check_id(text: &str) -> Result<(), &'static str> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if (1..=64).contains(&text.len()) && text.bytes().all(plain) {
        Ok(())
    } else {
        Err("An id is 1 to 64 letters, digits, dashes, underscores or periods.")
    }
}

/// Declares text types. `$check` is a `fn(&str) -> Result<(), impl Into<String>>`.
macro_rules! names {
    ($($(#[$meta:meta])* $name:ident by $check:path;)*) => {$(
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(std::sync::Arc<str>);

        impl $name {
            /// The text, if it follows this kind's rule.
            ///
            /// # Errors
            /// Says the rule in words.
            pub fn parse(text: &str) -> Result<Self, $crate::record::NameError> {
                match $check(text) {
                    Ok(()) => Ok(Self(text.into())),
                    Err(rule) => Err($crate::record::NameError {
                        text: text.to_owned(),
                        rule: rule.into(),
                    }),
                }
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl $crate::record::Field for $name {
            fn read(
                value: &serde_json::Value,
                reader: &mut $crate::record::Reader,
            ) -> Option<Self> {
                let Some(text) = value.as_str() else {
                    reader.expected("a text", value);
                    return None;
                };
                match Self::parse(text) {
                    Ok(name) => Some(name),
                    Err(error) => {
                        reader.error(
                            "design/bad-name",
                            format!("\"{}\" can't stand here. {}", error.text, error.rule),
                        );
                        None
                    }
                }
            }

            fn blank() -> Self {
                Self("".into())
            }

            fn write(&self) -> serde_json::Value {
                serde_json::Value::String(self.0.to_string())
            }

            fn schema(_: &mut $crate::record::Schemas) -> serde_json::Value {
                $crate::record::Schemas::kind("string")
            }
        }
    )*};
}

/// Declares id types.
macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident;)*) => {
        $crate::record::names! { $($(#[$meta])* $name by $crate::record::check_id;)* }
    };
}

pub(crate) use {ids, names};
