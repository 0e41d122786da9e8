//! What can be wrong with a text, one row each: identifier, cause, repair.
//!
//! `{}` in a row stands for the piece of text in question.
//! Never: a wording outside this table.

/// A kind of mistake; the rules named are those of `SPEC.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// A comment (C1).
    Comment,
    /// A byte order mark (T3).
    ByteOrderMark,
    /// A character that cannot be seen and is no white space (T1).
    Invisible,
    /// Bytes that are not UTF-8 (T3).
    Encoding,
    /// A quoted name (N3).
    NameQuoted,
    /// A name with a foreign character (N1).
    NameCharacter,
    /// A name that nothing follows (E1).
    NameAlone,
    /// A name followed by something else than `=`, a label or `{` (E1).
    AfterName,
    /// A label without quotes (B1).
    LabelBare,
    /// A label on a later line than the name (B1).
    LabelLine,
    /// `=` after a label (E1).
    LabelledAttribute,
    /// `=` on a later line than the name (E1).
    EqualsLine,
    /// `:` instead of `=` (E1, M2).
    Colon,
    /// `,` or `;` between elements (E3).
    Separator,
    /// Something else than a line end after `{` (B3).
    BlockNewline,
    /// A block that is never closed (B2).
    BlockOpen,
    /// `{` without a name (E1).
    BlockName,
    /// `}` that closes nothing (E3).
    StrayClose,
    /// More levels than this program takes (L1).
    TooDeep,
    /// `=` without a value (V1).
    MissingValue,
    /// A value on a later line than `=` (V2).
    ValueLine,
    /// A word where a value belongs (V1).
    BareWord,
    /// `True`, `NULL` and the like (V3).
    KeywordCase,
    /// An operator, a call, a reference (V1).
    Expression,
    /// Anything else where a value or element belongs (V1, E1).
    Unexpected,
    /// A string without its closing quote (S1).
    StringOpen,
    /// A string over several lines (S1).
    StringLines,
    /// A carriage return in a string (S1).
    StringReturn,
    /// An escape other than the five (S2).
    StringEscape,
    /// Other quotes than `"` (S1).
    StringQuote,
    /// A whole number beyond 32 bits (I2).
    IntegerRange,
    /// A number too large for a decimal (D3).
    DecimalRange,
    /// A plus sign, or a minus sign without digits (I1).
    NumberSign,
    /// A point without digits on both sides (D1).
    NumberDot,
    /// Letters straight after a number or keyword (I1).
    NumberSuffix,
    /// Digits other than 0 to 9 (I1).
    NumberDigits,
    /// White space before the tag of a heredoc (H1).
    HeredocSpace,
    /// Text after the tag of a heredoc (H1).
    HeredocLine,
    /// A heredoc without an end (H2).
    HeredocOpen,
    /// A heredoc that ended before its author thought (H2).
    HeredocEarly,
    /// An array without `]` (A1).
    ArrayOpen,
    /// Two elements without a comma (A1).
    ArrayComma,
    /// A comma without an element (A1).
    ArrayExtraComma,
    /// Elements of several kinds (A2).
    ArrayMixed,
    /// An element that no array takes (A2).
    ArrayElement,
    /// A map without `}` (M1).
    MapOpen,
    /// `,` or `;` between entries (M2).
    MapComma,
    /// A map in a map (M4).
    MapNested,
    /// An unquoted key that swallows its `=` (M3).
    MapKeyEquals,
    /// A key without `=` (M2).
    MapKeyAlone,
    /// The same key twice (M6).
    MapDuplicate,
    /// A text larger than this program takes (L2).
    TooLarge,
    /// So many mistakes that reading stopped (L3).
    TooMany,
}

/// Identifier, cause, repair.
type Row = (&'static str, &'static str, &'static str);

impl Fault {
    /// Stable identifier, `ocl/bad-pattern`.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.row().0
    }

    /// Cause and repair with `{}` where the text in question goes.
    pub(super) fn words(self) -> (&'static str, &'static str) {
        let (_, cause, repair) = self.row();
        (cause, repair)
    }

    fn row(self) -> Row {
        match self {
            Self::Comment => (
                "ocl/comment",
                "OCL has no comments",
                "remove it; a `description` or `notes` attribute can hold the words",
            ),
            Self::ByteOrderMark => (
                "ocl/byte-order-mark",
                "the file begins with a byte order mark",
                "save it as UTF-8 without one",
            ),
            Self::Invisible => (
                "ocl/invisible-character",
                "{} cannot be seen and counts neither as white space nor as part of a name",
                "remove it",
            ),
            Self::Encoding => ("ocl/encoding", "the bytes here are not UTF-8", "save it as UTF-8"),
            Self::NameQuoted => (
                "ocl/quoted-name",
                "the name {} is in quotes; only labels, values and map keys may be",
                "write the name without quotes",
            ),
            Self::NameCharacter => (
                "ocl/name-character",
                "the name `{}` has a character other than letters, digits and `_`",
                "use `_` in its place; only the keys of a map may hold such characters",
            ),
            Self::NameAlone => (
                "ocl/name-alone",
                "nothing follows the name `{}`",
                "`=` and a value on the same line, or `{`, must follow a name",
            ),
            Self::AfterName => (
                "ocl/after-name",
                "`{}` cannot follow a name",
                "`=` and a value, a label in quotes, or `{` must follow a name",
            ),
            Self::LabelBare => (
                "ocl/bare-label",
                "the label `{}` is not in quotes",
                "put the label in double quotes",
            ),
            Self::LabelLine => (
                "ocl/label-on-next-line",
                "the label is not on the line of its name",
                "write name and labels on one line",
            ),
            Self::LabelledAttribute => (
                "ocl/labelled-attribute",
                "`=` follows a label, but only a block can have labels",
                "remove the label, or write `{` and a body",
            ),
            Self::EqualsLine => (
                "ocl/equals-on-next-line",
                "`=` is not on the line of its name",
                "write name and `=` on one line",
            ),
            Self::Colon => ("ocl/colon", "`:` stands where `=` belongs", "write `=`"),
            Self::Separator => (
                "ocl/separator",
                "`{}` stands between two elements, which need nothing between them",
                "remove it",
            ),
            Self::BlockNewline => (
                "ocl/block-on-one-line",
                "the body of the block begins on the line of its `{`",
                "a newline must follow `{`, unless the block is empty",
            ),
            Self::BlockOpen => (
                "ocl/unclosed-block",
                "the block `{}` is never closed",
                "write `}` after its last line",
            ),
            Self::BlockName => (
                "ocl/block-without-name",
                "this `{` has no name before it",
                "write the name of the block before `{`",
            ),
            Self::StrayClose => (
                "ocl/stray-brace",
                "this `}` closes nothing",
                "remove it, or add the `{` it belongs to",
            ),
            Self::TooDeep => (
                "ocl/too-deep",
                "blocks are nested more than {} levels deep here",
                "Octopus itself needs 5; take levels out",
            ),
            Self::MissingValue => (
                "ocl/missing-value",
                "no value follows `=`",
                "write a value on the same line, such as \"text\", 1, true, null, [] or { }",
            ),
            Self::ValueLine => (
                "ocl/value-on-next-line",
                "the value is not on the line of its `=`",
                "write the value after `=`; only the `{` of a map may stand on the next line",
            ),
            Self::BareWord => (
                "ocl/bare-word",
                "`{}` is not a value",
                "put text in double quotes; only null, true and false go without",
            ),
            Self::KeywordCase => (
                "ocl/keyword-case",
                "`{}` is not a value: null, true and false are lower case",
                "write it in lower case",
            ),
            Self::Expression => (
                "ocl/expression",
                "`{}` would need an expression; OCL has no operators, functions or references",
                "write the value itself, or an Octopus variable in quotes: \"#{Name}\"",
            ),
            Self::Unexpected => (
                "ocl/unexpected",
                "`{}` cannot stand here",
                "remove it, or write a whole attribute, block or value",
            ),
            Self::StringOpen => (
                "ocl/unclosed-string",
                "the string has no closing quote on its line",
                "close it with `\"`",
            ),
            Self::StringLines => (
                "ocl/string-over-lines",
                "a quoted string cannot go on to the next line",
                "write \\n for the line end, or use a heredoc: <<-EOT",
            ),
            Self::StringReturn => (
                "ocl/string-carriage-return",
                "there is a carriage return in the string",
                "write it as \\r, or remove it",
            ),
            Self::StringEscape => (
                "ocl/escape",
                "`{}` is not an escape",
                "the escapes are \\r \\n \\t \\\\ and \\\"; write \\\\ for a backslash",
            ),
            Self::StringQuote => {
                ("ocl/quotes", "text is put in double quotes only", "write \" at both ends")
            }
            Self::IntegerRange => (
                "ocl/integer-range",
                "{} does not fit: whole numbers go from -2147483647 to 2147483647",
                "put it in quotes if it is text, or write it with a point: 3000000000.0",
            ),
            Self::DecimalRange => (
                "ocl/decimal-range",
                "{} is too large for a decimal number",
                "put it in quotes if it is text",
            ),
            Self::NumberSign => (
                "ocl/number-sign",
                "`{}` is no number: only `-`, straight before a digit, is a sign",
                "write the digits with or without `-`",
            ),
            Self::NumberDot => (
                "ocl/number-point",
                "`{}` is no number: a point needs a digit on both sides",
                "write both digits, such as 0.5 or 1.0",
            ),
            Self::NumberSuffix => (
                "ocl/number-suffix",
                "`{}` is not a value: numbers have no exponent and no unit",
                "write the number out, or put it in quotes if it is text",
            ),
            Self::NumberDigits => (
                "ocl/digits",
                "`{}` has a digit other than 0 to 9",
                "use the digits 0 to 9, or put it in quotes if it is text",
            ),
            Self::HeredocSpace => (
                "ocl/heredoc-space",
                "there is white space between `<<` and the tag `{}`",
                "write the tag straight after `<<` or `<<-`",
            ),
            Self::HeredocLine => (
                "ocl/heredoc-opening",
                "`{}` follows the tag of the heredoc on its line",
                "begin the text on the next line",
            ),
            Self::HeredocOpen => (
                "ocl/unclosed-heredoc",
                "the heredoc has no line with only its tag `{}`",
                "write the tag alone on a line after the text",
            ),
            Self::HeredocEarly => (
                "ocl/heredoc-ends-early",
                "the heredoc before this ended at the first line with only its tag `{}`",
                "give it a tag that no line of its text consists of",
            ),
            Self::ArrayOpen => {
                ("ocl/unclosed-array", "the array has no `]`", "write `]` after its last element")
            }
            Self::ArrayComma => (
                "ocl/missing-comma",
                "there is no comma between two elements",
                "write `,` between them",
            ),
            Self::ArrayExtraComma => (
                "ocl/extra-comma",
                "an element is missing beside this comma",
                "remove the comma; none may follow the last element",
            ),
            Self::ArrayMixed => (
                "ocl/mixed-array",
                "`{}` is of another kind than the elements before it",
                "an array holds only strings, only whole numbers or only decimals",
            ),
            Self::ArrayElement => (
                "ocl/array-element",
                "`{}` cannot be an element of an array",
                "an array holds only strings, only whole numbers or only decimals",
            ),
            Self::MapOpen => {
                ("ocl/unclosed-map", "the map has no `}`", "write `}` after its last entry")
            }
            Self::MapComma => (
                "ocl/map-comma",
                "`{}` stands between two entries, which need nothing between them",
                "remove it",
            ),
            Self::MapNested => (
                "ocl/nested-map",
                "a map cannot be a value in a map",
                "write it as a block, or its entries with dotted keys",
            ),
            Self::MapKeyEquals => (
                "ocl/key-with-equals",
                "the key goes on to the next white space and so takes in the `=`: `{}`",
                "write a space before `=`",
            ),
            Self::MapKeyAlone => (
                "ocl/key-alone",
                "no `=` follows the key `{}`",
                "write `=` and a value after the key",
            ),
            Self::MapDuplicate => (
                "ocl/duplicate-key",
                "the key `{}` is already in this map",
                "remove one of the two entries",
            ),
            Self::TooLarge => (
                "ocl/too-large",
                "the text is larger than {} MiB",
                "split it; real files have some hundred KiB at most",
            ),
            Self::TooMany => (
                "ocl/too-many",
                "reading stopped here, after {} mistakes",
                "mend those first; is this an OCL file at all?",
            ),
        }
    }
}
