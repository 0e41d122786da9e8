//! Tagged choices: one of several records, told apart by a member.

/// Gives back the binding and drops the type that drives the repetition.
macro_rules! bound {
    ($binding:ident; $type:ty) => {
        $binding
    };
}

/// Reads the variant that a tag names.
macro_rules! tagged {
    ($variant:path, $tag:literal, $map:ident, $reader:ident) => {
        Some($variant)
    };
    ($variant:path, $tag:literal, $map:ident, $reader:ident, $payload:ty) => {{
        let mut inner = <$payload as $crate::record::Field>::blank();
        $crate::record::read_members(&mut inner, $map, Some($tag), $reader).then(|| $variant(inner))
    }};
}

/// Gives the variant back as a blank value.
macro_rules! first_variant {
    ($variant:path) => {
        return $variant;
    };
    ($variant:path, $payload:ty) => {
        return $variant(<$payload as $crate::record::Field>::blank());
    };
}

/// For choices declared with `or default`: absent means the default one.
macro_rules! usual {
    (default) => {
        fn missing() -> Option<Self> {
            Some(Self::default())
        }

        fn is_missing(&self) -> bool {
            *self == Self::default()
        }
    };
}

/// Declares enums whose variants hold a record or nothing; written as the
/// record's members after the tag.
macro_rules! choices {
    ($($(#[$meta:meta])* pub enum $name:ident by $tag:literal $(or $usual:ident)? {
        $($(#[$vmeta:meta])* $variant:ident $(($payload:ty))? = $word:literal),* $(,)?
    })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub enum $name { $($(#[$vmeta])* $variant $(($payload))?),* }

        impl $name {
            /// The word that tells this choice from the others.
            #[must_use]
            pub fn word(&self) -> &'static str {
                match self {
                    $(Self::$variant $(($crate::record::bound!(_inner; $payload)))? => $word),*
                }
            }
        }

        impl $crate::record::Field for $name {
            fn read(
                value: &serde_json::Value,
                reader: &mut $crate::record::Reader,
            ) -> Option<Self> {
                let map = reader.object(value)?;
                let word = map.get($tag).and_then(|word| word.as_str()).unwrap_or_default();
                $(if word == $word {
                    return $crate::record::tagged!(
                        Self::$variant, $tag, map, reader $(, $payload)?
                    );
                })*
                let found = map.get($tag).cloned().unwrap_or_default();
                reader.within($tag, |reader| {
                    reader.expected(concat!("one of", $(" ", $word),*), &found);
                });
                None
            }

            fn write(&self) -> serde_json::Value {
                let mut map = serde_json::Map::new();
                map.insert($tag.to_owned(), serde_json::Value::String(self.word().to_owned()));
                match self {
                    $(Self::$variant $(($crate::record::bound!(inner; $payload)))? => {
                        $($crate::record::write_members($crate::record::as_record::<$payload>(inner), &mut map);)?
                    })*
                }
                serde_json::Value::Object(map)
            }

            #[allow(unreachable_code, reason = "the first variant is the one that is taken")]
            fn blank() -> Self {
                $($crate::record::first_variant!(Self::$variant $(, $payload)?);)*
            }

            $($crate::record::usual!($usual);)?

            fn schema(schemas: &mut $crate::record::Schemas) -> serde_json::Value {
                schemas.named(stringify!($name), |schemas| {
                    let mut any = Vec::new();
                    $({
                        #[allow(unused_mut, reason = "variants without members change nothing")]
                        let (mut properties, mut required) =
                            (serde_json::Map::new(), Vec::<serde_json::Value>::new());
                        properties.insert(
                            $tag.to_owned(), serde_json::json!({ "const": $word }),
                        );
                        required.push($tag.into());
                        $({
                            let (more, needed) =
                                schemas.members(&<$payload as $crate::record::Field>::blank());
                            properties.extend(more);
                            required.extend(needed);
                        })?
                        any.push($crate::record::Schemas::object(properties, required));
                    })*
                    let _ = &schemas;
                    serde_json::json!({ "oneOf": any })
                })
            }
        }
    )*};
}

pub(crate) use {bound, choices, first_variant, tagged, usual};
