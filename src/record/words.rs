//! Choices among fixed words, written exactly as Octopus writes them.

/// Declares enums of words; the first one is what an absent field means.
macro_rules! words {
    ($($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$vmeta:meta])* $variant:ident = $word:literal, $label:literal);* $(;)?
    })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vmeta])* $variant),* }

        impl $name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word as it is written.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The words a person reads.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),* }
            }

            /// The choice written as `word`, ignoring case as Octopus does.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word().eq_ignore_ascii_case(word))
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::ALL[0]
            }
        }

        impl $crate::record::Field for $name {
            fn read(
                value: &serde_json::Value,
                reader: &mut $crate::record::Reader,
            ) -> Option<Self> {
                let found = value.as_str().and_then(Self::from_word);
                if found.is_none() {
                    let words: Vec<_> = Self::ALL.iter().map(|one| one.word()).collect();
                    reader.expected(&format!("one of {}", words.join(", ")), value);
                }
                found
            }

            fn blank() -> Self {
                Self::default()
            }

            fn write(&self) -> serde_json::Value {
                serde_json::Value::String(self.word().to_owned())
            }

            fn missing() -> Option<Self> {
                Some(Self::default())
            }

            fn is_missing(&self) -> bool {
                *self == Self::default()
            }

            fn schema(_: &mut $crate::record::Schemas) -> serde_json::Value {
                let words: Vec<_> = Self::ALL.iter().map(|one| one.word()).collect();
                serde_json::json!({ "enum": words })
            }
        }
    )*};
}

pub(crate) use words;
