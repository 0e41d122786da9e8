//! Prints parsed templates: the normal form that echoes use (rules O1 to O4).
//!
//! Never: the text as typed; blanks and quotes are normalised, calculations
//! lose their parentheses and the word calc, and `unless` prints as `if`.

use super::ast::{
    Expression, Factor, FilterCall, If, Kind, Node, Product, StepKind, Sum, Symbol, Template, Test,
};
use super::number::double_text;
use super::setting::INVARIANT;
use std::fmt;
use std::sync::Arc;

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        nodes(&mut out, &self.nodes);
        f.write_str(&out)
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        symbol(&mut out, self);
        f.write_str(&out)
    }
}

/// The normal form of one piece.
pub(super) fn node_text(piece: &Node) -> String {
    let mut out = String::new();
    node(&mut out, piece);
    out
}

/// The normal form of an expression, without `#{}`.
pub(super) fn expression_text(of: &Expression) -> String {
    let mut out = String::new();
    expression(&mut out, of);
    out
}

fn nodes(out: &mut String, list: &[Arc<Node>]) {
    for piece in list {
        node(out, piece);
    }
}

fn node(out: &mut String, piece: &Node) {
    match &piece.kind {
        Kind::Text(text) => out.push_str(&text.replace("#{", "##{")),
        Kind::Substitution(inner) => {
            out.push_str("#{");
            expression(out, inner);
            out.push('}');
        }
        Kind::If(block) => conditional(out, block),
        Kind::Each(each) => {
            out.push_str("#{each ");
            out.push_str(&each.name);
            out.push_str(" in ");
            symbol(out, &each.collection);
            out.push('}');
            nodes(out, &each.body);
            out.push_str("#{/each}");
        }
        Kind::Calc(inner) => {
            out.push_str("#{");
            sum(out, inner);
            out.push('}');
        }
    }
}

fn conditional(out: &mut String, block: &If) {
    out.push_str("#{if ");
    expression(out, &block.left);
    match &block.test {
        Test::Truthy => {}
        Test::Text { equal, text } => {
            out.push_str(if *equal { " == \"" } else { " != \"" });
            out.push_str(text);
            out.push_str("\" ");
        }
        Test::Expression { equal, right } => {
            out.push_str(if *equal { " == " } else { " != " });
            expression(out, right);
            out.push(' ');
        }
    }
    out.push('}');
    nodes(out, &block.truthy);
    if !block.falsy.is_empty() {
        out.push_str("#{else}");
        nodes(out, &block.falsy);
    }
    out.push_str("#{/if}");
}

fn expression(out: &mut String, of: &Expression) {
    if let Some(path) = &of.symbol {
        symbol(out, path);
    }
    for call in &of.filters {
        filter(out, call);
    }
}

fn filter(out: &mut String, call: &FilterCall) {
    out.push_str(" | ");
    out.push_str(&call.name);
    for option in &call.options {
        out.push(' ');
        if matches!(option.kind, Kind::Text(_)) {
            out.push('"');
            node(out, option);
            out.push('"');
        } else {
            node(out, option);
        }
    }
}

fn symbol(out: &mut String, path: &Symbol) {
    for (count, step) in path.steps.iter().enumerate() {
        match &step.kind {
            StepKind::Name(name) => {
                if count > 0 {
                    out.push('.');
                }
                out.push_str(name);
            }
            StepKind::Index(key) => {
                out.push('[');
                out.push_str(key);
                out.push(']');
            }
            StepKind::Lookup(inner) => {
                out.push_str("[#{");
                symbol(out, inner);
                out.push_str("}]");
            }
            StepKind::Nothing => out.push_str("[]"),
        }
    }
}

fn sum(out: &mut String, of: &Sum) {
    product(out, &of.first);
    for (minus, term) in &of.rest {
        out.push(if *minus { '-' } else { '+' });
        product(out, term);
    }
}

fn product(out: &mut String, of: &Product) {
    factor(out, &of.first);
    for (over, term) in &of.rest {
        out.push(if *over { '/' } else { '*' });
        factor(out, term);
    }
}

fn factor(out: &mut String, of: &Factor) {
    match of {
        Factor::Number(number) => out.push_str(&double_text(*number, &INVARIANT)),
        Factor::Variable(path) => symbol(out, path),
        Factor::Group(inner) => sum(out, inner),
    }
}
