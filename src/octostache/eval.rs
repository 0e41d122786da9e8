//! Evaluates parsed templates.
//!
//! Invariants: every piece of work is paid from the step budget and every text
//! produced from the byte budget, so that evaluation ends; depth is counted, so
//! that the stack suffices. Never: a panic, whatever the template.
//! Sources: SPEC.md, E, B, K and S rules.

use std::sync::Arc;

use super::ast::{
    Each, Expression, Factor, If, Kind, Node, Product, Span, Sum, Symbol, Template, Test,
};
use super::chars::fold;
use super::engine::Engine;
use super::filters;
use super::number::{double_text, parse_double};
use super::outcome::{Asked, Doubt, EvalError, Evaluation, Failure, Limit, Segment, SegmentKind};
use super::print::{expression_text, node_text};
use super::walk::{Context, Ground};

/// Whether a value counts as true (rule B3).
pub(super) fn is_truthy(value: &str) -> bool {
    let bare = value.trim();
    value != "0"
        && !value.is_empty()
        && !bare.eq_ignore_ascii_case("no")
        && !bare.eq_ignore_ascii_case("false")
}

/// One evaluation under way.
pub(super) struct Run<'e> {
    pub(super) engine: &'e Engine<'e>,
    pub(super) steps: u64,
    pub(super) bytes: usize,
    pub(super) depth: usize,
    pub(super) missing: Vec<String>,
    pub(super) is_null: bool,
    pub(super) reads: Vec<Asked>,
    /// What was met of values that only a run knows, with what stands for them.
    pub(super) doubts: Vec<(Doubt, Arc<str>)>,
    unsupported: Vec<String>,
}

/// What a condition comes to.
enum Decided {
    Holds(bool),
    /// This side gave nothing.
    Nothing(String),
    /// Only a run knows.
    Undecided,
}

/// Where output goes; only the outermost keeps segments.
#[derive(Default)]
pub(super) struct Out {
    pub(super) text: String,
    segments: Option<Vec<Segment>>,
}

/// What was known before a piece was made.
#[derive(Clone, Copy)]
struct Mark {
    reads: usize,
    missing: usize,
    doubts: usize,
}

impl<'e> Run<'e> {
    pub(super) fn new(engine: &'e Engine<'e>) -> Self {
        let limits = engine.setting.limits;
        Self {
            engine,
            steps: limits.steps,
            bytes: limits.bytes,
            depth: limits.depth,
            missing: Vec::new(),
            is_null: false,
            reads: Vec::new(),
            doubts: Vec::new(),
            unsupported: Vec::new(),
        }
    }

    /// The worst doubt met since there were `since` of them.
    fn doubt(&self, since: usize) -> Doubt {
        let met = self.doubts.get(since..).unwrap_or_default();
        met.iter().map(|(doubt, _)| *doubt).max().unwrap_or_default()
    }

    /// What stands for a result that only a run knows, if something since then
    /// makes it so (rule U2): the marks that went into it, or the blocks.
    pub(super) fn opaque(&self, since: usize) -> Option<Arc<str>> {
        let met = self.doubts.get(since..).unwrap_or_default();
        let texts = |wanted: Doubt| {
            let of = met.iter().filter(|(doubt, _)| *doubt == wanted);
            distinct(&of.map(|(_, text)| Arc::clone(text)).collect::<Vec<_>>())
        };
        match self.doubt(since) {
            Doubt::None | Doubt::Sample => None,
            Doubt::Opaque | Doubt::Undecided => {
                let marks = texts(Doubt::Opaque);
                let made_of = if marks.is_empty() { texts(Doubt::Undecided) } else { marks };
                Some(Arc::from(made_of.concat()))
            }
        }
    }

    /// Evaluates a template from the top.
    pub(super) fn whole(mut self, template: &Template) -> Result<Evaluation, EvalError> {
        let context = Context::new(Ground::Variables, None);
        let mut out = Out { segments: Some(Vec::new()), ..Out::default() };
        self.nodes(&context, &template.nodes, &mut out)?;
        let text = (!self.is_null).then_some(out.text);
        let segments = out.segments.filter(|_| text.is_some()).unwrap_or_default();
        let doubt = self.doubt(0);
        Ok(Evaluation {
            doubt,
            text,
            missing: distinct(&self.missing),
            parse_error: None,
            unsupported: self.unsupported,
            segments,
            reads: distinct(&self.reads),
        })
    }

    /// The texts of a collection's items.
    pub(super) fn items_of(mut self, symbol: &Arc<Symbol>) -> Result<Vec<String>, EvalError> {
        let context = Context::new(Ground::Variables, None);
        let items = self.items(&context, symbol)?;
        let texts = items.iter().filter_map(|item| self.text_of(item));
        Ok(texts.map(|text| text.to_string()).collect())
    }

    /// Pays for work on a text of this length.
    pub(super) fn pay(&mut self, length: usize) -> Result<(), EvalError> {
        let price = 1 + length as u64 / 64;
        self.steps = self.steps.checked_sub(price).ok_or(EvalError::Limit(Limit::Steps))?;
        Ok(())
    }

    /// Pays for a text produced.
    fn pay_bytes(&mut self, length: usize) -> Result<(), EvalError> {
        self.bytes = self.bytes.checked_sub(length).ok_or(EvalError::Limit(Limit::Bytes))?;
        Ok(())
    }

    /// Goes one level deeper; the caller comes back by [`Run::up`].
    pub(super) fn down(&mut self) -> Result<(), EvalError> {
        self.depth = self.depth.checked_sub(1).ok_or(EvalError::Limit(Limit::Depth))?;
        Ok(())
    }

    pub(super) fn up(&mut self) {
        self.depth += 1;
    }

    fn mark(&self) -> Mark {
        Mark { reads: self.reads.len(), missing: self.missing.len(), doubts: self.doubts.len() }
    }

    fn emit(
        &mut self,
        out: &mut Out,
        source: Span,
        kind: SegmentKind,
        text: &str,
        since: Mark,
    ) -> Result<(), EvalError> {
        self.pay_bytes(text.len())?;
        let start = out.text.len();
        out.text.push_str(text);
        if let Some(segments) = &mut out.segments {
            segments.push(Segment {
                output: Span { start, end: out.text.len() },
                source,
                kind,
                reads: distinct(self.reads.get(since.reads..).unwrap_or_default()),
                missing: distinct(self.missing.get(since.missing..).unwrap_or_default()),
                doubt: self
                    .doubts
                    .get(since.doubts..)
                    .unwrap_or_default()
                    .iter()
                    .fold(Doubt::None, |worst, (doubt, _)| worst.max(*doubt)),
            });
        }
        Ok(())
    }

    pub(super) fn nodes(
        &mut self,
        context: &Context<'_>,
        nodes: &[Arc<Node>],
        out: &mut Out,
    ) -> Result<(), EvalError> {
        self.down()?;
        for node in nodes {
            self.node(context, node, out)?;
        }
        self.up();
        Ok(())
    }

    fn node(&mut self, context: &Context<'_>, node: &Node, out: &mut Out) -> Result<(), EvalError> {
        self.pay(0)?;
        let mark = self.mark();
        match &node.kind {
            Kind::Text(text) => self.emit(out, node.span, SegmentKind::Literal, text, mark),
            Kind::Substitution(expression) => {
                if let Some(value) = self.calculate(context, expression)? {
                    return self.emit(out, node.span, SegmentKind::Substituted, &value, mark);
                }
                let echo = node_text(node);
                if expression.filters.last().is_some_and(|filter| filter.name == "null") {
                    self.is_null = true;
                } else {
                    self.missing.push(echo.clone());
                }
                self.emit(out, node.span, SegmentKind::Echoed, &echo, mark)
            }
            Kind::If(block) => self.conditional(context, node, block, out),
            Kind::Each(each) => self.each(context, node, each, out),
            Kind::Calc(sum) => match self.sum(context, sum)? {
                _ if self.doubt(mark.doubts) >= Doubt::Opaque => {
                    let text = self.opaque(mark.doubts).unwrap_or_default();
                    self.emit(out, node.span, SegmentKind::Substituted, &text, mark)
                }
                Some(value) => {
                    let text = double_text(value, &self.engine.setting.culture);
                    self.emit(out, node.span, SegmentKind::Substituted, &text, mark)
                }
                // Not reported as missing (rule K5).
                None => self.emit(out, node.span, SegmentKind::Echoed, &node_text(node), mark),
            },
        }
    }

    /// A block that only a run can decide (rule U3).
    fn undecided(&mut self, node: &Node, out: &mut Out, since: Mark) -> Result<(), EvalError> {
        let text = node_text(node);
        self.doubts.push((Doubt::Undecided, Arc::from(text.as_str())));
        self.emit(out, node.span, SegmentKind::Undecided, &text, since)
    }

    fn conditional(
        &mut self,
        context: &Context<'_>,
        node: &Node,
        block: &If,
        out: &mut Out,
    ) -> Result<(), EvalError> {
        let (mut node, mut block) = (node, block);
        loop {
            let mark = self.mark();
            let branch = match self.decide(context, block)? {
                Decided::Holds(true) => &block.truthy,
                Decided::Holds(false) => &block.falsy,
                Decided::Undecided => return self.undecided(node, out, mark),
                Decided::Nothing(culprit) => {
                    self.missing.push(culprit);
                    return self.emit(out, node.span, SegmentKind::Echoed, &node_text(node), mark);
                }
            };
            // A chain of elseif is followed without going deeper.
            match branch.as_slice() {
                [only] => match &only.kind {
                    Kind::If(inner) => {
                        self.pay(0)?;
                        (node, block) = (only, inner);
                    }
                    _ => return self.nodes(context, branch, out),
                },
                _ => return self.nodes(context, branch, out),
            }
        }
    }

    /// Whether the condition holds.
    fn decide(&mut self, context: &Context<'_>, block: &If) -> Result<Decided, EvalError> {
        let since = self.doubts.len();
        let left = self.side(context, &block.left)?;
        let right = match &block.test {
            Test::Expression { right, .. } if left.is_some() => self.side(context, right)?,
            _ => None,
        };
        // A sample is there, whatever its text will be; so it may be asked for.
        let is_known = match self.doubt(since) {
            Doubt::None => true,
            Doubt::Sample => matches!(block.test, Test::Truthy),
            Doubt::Opaque | Doubt::Undecided => false,
        };
        if !is_known {
            return Ok(Decided::Undecided);
        }
        let Some(left) = left else {
            return Ok(Decided::Nothing(expression_text(&block.left)));
        };
        Ok(match (&block.test, right) {
            (Test::Truthy, _) => Decided::Holds(is_truthy(&left)),
            (Test::Text { equal, text }, _) => Decided::Holds((*left == **text) == *equal),
            (Test::Expression { equal, .. }, Some(right)) => {
                Decided::Holds((left == right) == *equal)
            }
            (Test::Expression { right, .. }, None) => Decided::Nothing(expression_text(right)),
        })
    }

    /// One side of a condition: a plain variable that is missing is empty text.
    fn side(
        &mut self,
        context: &Context<'_>,
        expression: &Expression,
    ) -> Result<Option<Arc<str>>, EvalError> {
        let value = self.calculate(context, expression)?;
        if value.is_none() && expression.filters.is_empty() {
            return Ok(Some(Arc::from("")));
        }
        Ok(value)
    }

    fn each(
        &mut self,
        context: &Context<'_>,
        node: &Node,
        each: &Each,
        out: &mut Out,
    ) -> Result<(), EvalError> {
        let mark = self.mark();
        let items = self.items(context, &each.collection)?;
        if self.doubt(mark.doubts) >= Doubt::Opaque {
            return self.undecided(node, out, mark);
        }
        let name = fold(&each.name);
        if name == "OCTOPUS" && !items.is_empty() {
            return Err(EvalError::Failed(Failure::LoopName));
        }
        let count = items.len();
        for (index, item) in items.into_iter().enumerate() {
            self.pay(0)?;
            let last = index + 1 == count;
            let ground = Ground::Loop { name: name.clone(), item, index, last };
            self.nodes(&Context::new(ground, Some(context)), &each.body, out)?;
        }
        Ok(())
    }

    /// The value of an expression.
    fn calculate(
        &mut self,
        context: &Context<'_>,
        expression: &Expression,
    ) -> Result<Option<Arc<str>>, EvalError> {
        let since = self.doubts.len();
        let mut value = match &expression.symbol {
            Some(symbol) => self.look_up(context, symbol)?,
            None => None,
        };
        for call in &expression.filters {
            let mut options = Vec::with_capacity(call.options.len());
            for option in &call.options {
                options.push(self.option(context, option)?);
            }
            if let Some(opaque) = self.opaque(since) {
                self.pay_bytes(opaque.len())?;
                value = Some(opaque);
                continue;
            }
            let length = value.as_ref().map_or(0, |text| text.len());
            self.pay(length + options.iter().map(String::len).sum::<usize>())?;
            let mut cx = filters::Cx {
                setting: &self.engine.setting,
                steps: &mut self.steps,
                most: self.bytes,
                unsupported: &mut self.unsupported,
            };
            let mut result = filters::run(&call.name, value.as_deref(), &options, &mut cx)?;
            if result.is_none()
                && context.is_top()
                && let Some(filter) = self.engine.host_filters.get(&fold(&call.name))
            {
                result = filter(value.as_deref(), &options);
            }
            if let Some(text) = &result {
                self.pay_bytes(text.len())?;
                self.pay(text.len())?;
            }
            value = result.map(Arc::from);
        }
        Ok(value)
    }

    fn option(&mut self, context: &Context<'_>, option: &Node) -> Result<String, EvalError> {
        if let Kind::Text(text) = &option.kind {
            return Ok(text.clone());
        }
        self.down()?;
        let mut out = Out::default();
        self.node(&Context::new(Ground::Nothing, Some(context)), option, &mut out)?;
        self.up();
        Ok(out.text)
    }

    fn sum(&mut self, context: &Context<'_>, sum: &Sum) -> Result<Option<f64>, EvalError> {
        let Some(mut total) = self.product(context, &sum.first)? else { return Ok(None) };
        for (minus, product) in &sum.rest {
            let Some(value) = self.product(context, product)? else { return Ok(None) };
            total = if *minus { total - value } else { total + value };
        }
        Ok(Some(total))
    }

    fn product(
        &mut self,
        context: &Context<'_>,
        product: &Product,
    ) -> Result<Option<f64>, EvalError> {
        let Some(mut total) = self.factor(context, &product.first)? else { return Ok(None) };
        for (over, factor) in &product.rest {
            let Some(value) = self.factor(context, factor)? else { return Ok(None) };
            total = if *over { total / value } else { total * value };
        }
        Ok(Some(total))
    }

    fn factor(&mut self, context: &Context<'_>, factor: &Factor) -> Result<Option<f64>, EvalError> {
        self.pay(0)?;
        match factor {
            Factor::Number(number) => Ok(Some(*number)),
            Factor::Group(sum) => self.sum(context, sum),
            Factor::Variable(symbol) => {
                let text = self.look_up(context, symbol)?;
                Ok(text.and_then(|text| parse_double(&text, &self.engine.setting.culture, true)))
            }
        }
    }
}

/// Each item once, in order of first appearance.
fn distinct<T: Clone + Eq + std::hash::Hash>(items: &[T]) -> Vec<T> {
    let mut seen = std::collections::HashSet::new();
    items.iter().filter(|item| seen.insert(*item)).cloned().collect()
}
