//! The parsed form of a template.
//!
//! Invariants: spans are byte ranges of the text that was parsed; chains of
//! filters, sums and products are flat lists, so that long ones need no deep
//! recursion. Never: values, contexts, anything that depends on variables.
//! Source: SPEC.md, T, I, F, B and K rules.

use std::sync::Arc;

/// A byte range of the template text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// Where a step of a path stands, as the recursion check compares it (rule R2):
/// UTF-16 offset, line and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pos {
    pub(super) unit: u32,
    pub(super) line: u32,
    pub(super) column: u32,
}

/// A whole parsed template.
#[derive(Debug, Clone)]
pub struct Template {
    /// The text that was parsed.
    pub text: Arc<str>,
    /// What it consists of, in order.
    pub nodes: Vec<Arc<Node>>,
}

/// One piece of a template.
#[derive(Debug)]
pub struct Node {
    /// Where it stands; a block spans from its opening to its end tag.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// The kinds of pieces.
#[derive(Debug)]
pub enum Kind {
    /// Text, escapes already removed (rule T2).
    Text(String),
    /// `#{expression}`.
    Substitution(Expression),
    /// `#{if}` and `#{unless}`.
    If(If),
    /// `#{each}`.
    Each(Each),
    /// `#{calc}`.
    Calc(Sum),
}

/// A conditional. `unless` and `elseif` are already turned into plain ifs.
#[derive(Debug)]
pub struct If {
    /// What is compared or tested.
    pub left: Expression,
    /// How.
    pub test: Test,
    /// Body when it holds.
    pub truthy: Vec<Arc<Node>>,
    /// Body when it does not.
    pub falsy: Vec<Arc<Node>>,
}

/// How a condition decides.
#[derive(Debug)]
pub enum Test {
    /// The left side alone, by truthiness.
    Truthy,
    /// Compared with a literal; `equal` is false for `!=`.
    Text {
        /// `==` rather than `!=`.
        equal: bool,
        /// The literal.
        text: String,
    },
    /// Compared with another expression.
    Expression {
        /// `==` rather than `!=`.
        equal: bool,
        /// The right side.
        right: Expression,
    },
}

/// A loop.
#[derive(Debug)]
pub struct Each {
    /// Name of the loop variable.
    pub name: String,
    /// What is looped over.
    pub collection: Arc<Symbol>,
    /// The body.
    pub body: Vec<Arc<Node>>,
}

/// A path, then filters. No filters: a plain symbol.
#[derive(Debug)]
pub struct Expression {
    /// The path; `None` for `#{ | Filter}`.
    pub symbol: Option<Arc<Symbol>>,
    /// Filters, applied left to right.
    pub filters: Vec<FilterCall>,
}

/// One `| Name option...`.
#[derive(Debug)]
pub struct FilterCall {
    /// The name as typed.
    pub name: String,
    /// Where the name stands.
    pub span: Span,
    /// Options: text, or anything that begins with `#{`.
    pub options: Vec<Arc<Node>>,
}

/// A path such as `Octopus.Action[Web].Name`.
#[derive(Debug)]
pub struct Symbol {
    /// At least one step.
    pub steps: Vec<Step>,
    /// Where it stands.
    pub span: Span,
}

/// One step of a path.
#[derive(Debug, Clone)]
pub struct Step {
    /// Name or index.
    pub kind: StepKind,
    pub(super) pos: Option<Pos>,
}

/// The kinds of steps.
#[derive(Debug, Clone)]
pub enum StepKind {
    /// `name` or `.name`.
    Name(Arc<str>),
    /// `[literal]`.
    Index(Arc<str>),
    /// `[#{symbol}]`.
    Lookup(Arc<Symbol>),
    /// `[#{symbol}]` whose symbol turned out to have no text.
    Nothing,
}

/// Products joined by `+` and `-`.
#[derive(Debug)]
pub struct Sum {
    /// First product.
    pub first: Product,
    /// The others; true for `-`.
    pub rest: Vec<(bool, Product)>,
}

/// Factors joined by `*` and `/`.
#[derive(Debug)]
pub struct Product {
    /// First factor.
    pub first: Factor,
    /// The others; true for `/`.
    pub rest: Vec<(bool, Factor)>,
}

/// What a calculation starts from.
#[derive(Debug)]
pub enum Factor {
    /// A constant.
    Number(f64),
    /// A variable, in braces or not.
    Variable(Arc<Symbol>),
    /// A sum in parentheses.
    Group(Box<Sum>),
}

impl Expression {
    /// The path, if there are no filters.
    #[must_use]
    pub fn plain(&self) -> Option<&Arc<Symbol>> {
        if self.filters.is_empty() { self.symbol.as_ref() } else { None }
    }
}

impl Symbol {
    /// Same path at the same place (rule R2). An index that is itself looked up
    /// counts as the same only if it is the same parsed object.
    pub(super) fn same_place(&self, other: &Self) -> bool {
        self.steps.len() == other.steps.len()
            && self.steps.iter().zip(&other.steps).all(|(a, b)| {
                a.pos == b.pos
                    && match (&a.kind, &b.kind) {
                        (StepKind::Name(x), StepKind::Name(y))
                        | (StepKind::Index(x), StepKind::Index(y)) => x == y,
                        (StepKind::Lookup(x), StepKind::Lookup(y)) => Arc::ptr_eq(x, y),
                        (StepKind::Nothing, StepKind::Nothing) => true,
                        _ => false,
                    }
            })
    }
}
