//! What a template reads, found by looking at it, without any values.
//!
//! Sources: SPEC.md, rules Q1 and Q2.

use std::sync::Arc;

use super::ast::{
    Expression, Factor, Kind, Node, Product, Span, StepKind, Sum, Symbol, Template, Test,
};
use super::chars::fold;

/// One path that a template reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The path in normal form, such as `Octopus.Action[Web].Name`.
    pub name: String,
    /// Where it stands in the template.
    pub span: Span,
    /// Its first name is a loop variable, or one of the loop's own variables,
    /// at this place.
    pub in_loop: bool,
}

impl Template {
    /// Every path read, in the order of the text, loop bodies included.
    #[must_use]
    pub fn reads(&self) -> Vec<Read> {
        let mut walk = Walk { out: Vec::new(), loops: Vec::new() };
        walk.nodes(&self.nodes);
        walk.out
    }

    /// The argument names as upstream lists them (rule Q1): single steps rather
    /// than paths, literals of comparisons too, nothing of a loop but its
    /// collection. Each name once.
    #[must_use]
    pub fn arguments(&self) -> Vec<String> {
        let mut out = Vec::new();
        argument_nodes(&mut out, &self.nodes);
        let mut seen = std::collections::HashSet::new();
        out.retain(|name| seen.insert(name.clone()));
        out
    }
}

struct Walk {
    out: Vec<Read>,
    loops: Vec<String>,
}

impl Walk {
    fn nodes(&mut self, nodes: &[Arc<Node>]) {
        for node in nodes {
            match &node.kind {
                Kind::Text(_) => {}
                Kind::Substitution(expression) => self.expression(expression),
                Kind::If(block) => {
                    self.expression(&block.left);
                    if let Test::Expression { right, .. } = &block.test {
                        self.expression(right);
                    }
                    self.nodes(&block.truthy);
                    self.nodes(&block.falsy);
                }
                Kind::Each(each) => {
                    self.symbol(&each.collection);
                    self.loops.push(fold(&each.name));
                    self.nodes(&each.body);
                    self.loops.pop();
                }
                Kind::Calc(sum) => for_symbols(sum, &mut |symbol| self.symbol(symbol)),
            }
        }
    }

    fn expression(&mut self, expression: &Expression) {
        if let Some(symbol) = &expression.symbol {
            self.symbol(symbol);
        }
        for filter in &expression.filters {
            self.nodes(&filter.options);
        }
    }

    fn symbol(&mut self, symbol: &Symbol) {
        let name = symbol.to_string();
        let first = match symbol.steps.first().map(|step| &step.kind) {
            Some(StepKind::Name(first)) => fold(first),
            _ => String::new(),
        };
        let own = fold(&name).starts_with("OCTOPUS.TEMPLATE.EACH.");
        let in_loop = self.loops.contains(&first) || (own && !self.loops.is_empty());
        self.out.push(Read { name, span: symbol.span, in_loop });
        for step in &symbol.steps {
            if let StepKind::Lookup(inner) = &step.kind {
                self.symbol(inner);
            }
        }
    }
}

fn argument_nodes(out: &mut Vec<String>, nodes: &[Arc<Node>]) {
    for node in nodes {
        match &node.kind {
            Kind::Text(_) => {}
            Kind::Substitution(expression) => argument_expression(out, expression),
            Kind::If(block) => {
                argument_expression(out, &block.left);
                match &block.test {
                    Test::Truthy => {}
                    Test::Text { text, .. } => out.push(text.clone()),
                    Test::Expression { right, .. } => argument_expression(out, right),
                }
                argument_nodes(out, &block.truthy);
                argument_nodes(out, &block.falsy);
            }
            Kind::Each(each) => argument_symbol(out, &each.collection),
            Kind::Calc(sum) => for_symbols(sum, &mut |symbol| argument_symbol(out, symbol)),
        }
    }
}

fn argument_expression(out: &mut Vec<String>, expression: &Expression) {
    if let Some(symbol) = &expression.symbol {
        argument_symbol(out, symbol);
    }
    for filter in &expression.filters {
        argument_nodes(out, &filter.options);
    }
}

fn argument_symbol(out: &mut Vec<String>, symbol: &Symbol) {
    for step in &symbol.steps {
        match &step.kind {
            StepKind::Name(name) => out.push(name.to_string()),
            StepKind::Lookup(inner) => argument_symbol(out, inner),
            StepKind::Index(_) | StepKind::Nothing => {}
        }
    }
}

fn for_symbols(sum: &Sum, each: &mut dyn FnMut(&Symbol)) {
    let of_product = |product: &Product, each: &mut dyn FnMut(&Symbol)| {
        let factors = std::iter::once(&product.first).chain(product.rest.iter().map(|(_, f)| f));
        for factor in factors {
            match factor {
                Factor::Number(_) => {}
                Factor::Variable(symbol) => each(symbol),
                Factor::Group(inner) => for_symbols(inner, each),
            }
        }
    };
    of_product(&sum.first, each);
    for (_, product) in &sum.rest {
        of_product(product, each);
    }
}
