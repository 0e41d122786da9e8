//! Finds what a path stands for: variables, loop items, JSON inside values.
//!
//! Sources: SPEC.md, L, J and R rules.

use std::cell::RefCell;
use std::sync::Arc;

use super::ast::{Step, StepKind, Symbol};
use super::chars::fold;
use super::engine::refusal;
use super::eval::{Out, Run};
use super::json::{self, Json};
use super::number::parse_int32;
use super::outcome::{Asked, Doubt, EvalError, Failure};
use super::parser::{Mode, ParseErrorKind, parse};
use super::variables::{ROOT, Standing};

/// Where names are looked up first.
pub(super) enum Ground {
    /// The variables themselves.
    Variables,
    /// Nowhere: values and options only have what is around them.
    Nothing,
    /// The items of a loop's body.
    Loop { name: String, item: Bind, index: usize, last: bool },
}

/// A ground, what is around it, and the paths being resolved in it.
pub(super) struct Context<'c> {
    ground: Ground,
    parent: Option<&'c Context<'c>>,
    /// Paths under way, for the recursion check.
    stack: RefCell<Vec<Arc<Symbol>>>,
}

impl<'c> Context<'c> {
    pub(super) fn new(ground: Ground, parent: Option<&'c Context<'c>>) -> Self {
        Self { ground, parent, stack: RefCell::default() }
    }

    /// Whether host filters count here.
    pub(super) fn is_top(&self) -> bool {
        self.parent.is_none()
    }
}

/// Something a path can lead to.
#[derive(Clone)]
pub(super) enum Bind {
    /// A node of the variable tree.
    Variable(u32),
    Text(Arc<str>),
    /// A property of a JSON object: name and value.
    Pair(Arc<str>, Arc<str>),
    /// `Octopus`, `Octopus.Template` and so on inside a loop, by depth.
    Special {
        depth: usize,
        index: usize,
        last: bool,
    },
}

const SPECIAL: [&str; 2] = ["TEMPLATE", "EACH"];

impl Run<'_> {
    /// The text at a path, if there is any.
    pub(super) fn look_up(
        &mut self,
        context: &Context<'_>,
        symbol: &Arc<Symbol>,
    ) -> Result<Option<Arc<str>>, EvalError> {
        let since = self.doubts.len();
        let found = self.walk(context, symbol, true)?;
        let text = found.and_then(|bind| self.text_of(&bind));
        // Where an index is opaque, so is what stands there.
        Ok(text.or_else(|| self.opaque(since)))
    }

    /// What a loop over a path runs through (rule B4).
    pub(super) fn items(
        &mut self,
        context: &Context<'_>,
        collection: &Arc<Symbol>,
    ) -> Result<Vec<Bind>, EvalError> {
        let Some(found) = self.walk(context, collection, true)? else { return Ok(Vec::new()) };
        if let Bind::Variable(node) = found {
            let indexed = self.engine.variables.tree().indexed(node);
            if !indexed.is_empty() {
                return Ok(indexed.iter().map(|node| Bind::Variable(*node)).collect());
            }
            if self.text_of(&found).is_none() {
                self.unknown(collection);
            }
        }
        let Some(text) = self.text_of(&found) else { return Ok(Vec::new()) };
        self.pay(text.len())?;
        let failed = EvalError::Failed;
        match self.json(&text) {
            Some(Json::Array(list)) => {
                let texts = list.iter().map(|item| Ok(Bind::Text(Arc::from(item.text()?))));
                texts.collect::<Result<_, _>>().map_err(failed)
            }
            Some(Json::Object(fields)) => {
                let pairs = fields.iter().map(|(name, value)| {
                    Ok(Bind::Pair(Arc::from(name.as_str()), Arc::from(value.text()?)))
                });
                pairs.collect::<Result<_, _>>().map_err(failed)
            }
            _ => Ok(text.split(',').map(|part| Bind::Text(Arc::from(part))).collect()),
        }
    }

    fn json(&self, text: &str) -> Option<Json> {
        json::parse(text, self.engine.setting.now.offset_minutes)
    }

    pub(super) fn text_of(&self, bind: &Bind) -> Option<Arc<str>> {
        match bind {
            Bind::Variable(node) => self.engine.variables.tree().item(*node).cloned(),
            Bind::Text(text) | Bind::Pair(text, _) => Some(Arc::clone(text)),
            Bind::Special { .. } => None,
        }
    }

    fn walk(
        &mut self,
        context: &Context<'_>,
        symbol: &Arc<Symbol>,
        record: bool,
    ) -> Result<Option<Bind>, EvalError> {
        self.pay(0)?;
        let mut around = Some(context);
        while let Some(one) = around {
            let stack = one.stack.borrow();
            if stack.iter().any(|open| Arc::ptr_eq(open, symbol) || open.same_place(symbol)) {
                let chain = stack.iter().map(|open| open.to_string()).collect();
                return Err(EvalError::Recursion { symbol: symbol.to_string(), chain });
            }
            around = one.parent;
        }
        self.down()?;
        context.stack.borrow_mut().push(Arc::clone(symbol));
        let result = self.follow(context, symbol, record);
        context.stack.borrow_mut().pop();
        self.up();
        result
    }

    fn follow(
        &mut self,
        context: &Context<'_>,
        symbol: &Arc<Symbol>,
        record: bool,
    ) -> Result<Option<Bind>, EvalError> {
        let symbol = self.filled(context, symbol)?;
        let asked = self.reads.len();
        if record {
            self.reads.push(Asked { name: symbol.to_string(), found: false });
        }
        let mut at: Option<Bind> = None;
        for step in &symbol.steps {
            let (by_index, key) = match &step.kind {
                StepKind::Name(key) => (false, key),
                StepKind::Index(key) => (true, key),
                StepKind::Lookup(_) | StepKind::Nothing => return Ok(None),
            };
            let mut next = self.child(context, at.as_ref(), by_index, key);
            if next.is_none() {
                next = self.inside_json(context, at.as_ref(), key)?;
            }
            if next.is_none() {
                // The whole path is tried again further out.
                let Some(parent) = context.parent else {
                    let found = self.unknown(&symbol);
                    self.note(record && found.is_some(), asked);
                    return Ok(found);
                };
                let found = self.walk(parent, &symbol, false)?;
                self.note(record && found.is_some(), asked);
                return Ok(found);
            }
            at = next;
        }
        let Some(found) = at else { return Ok(None) };
        self.note(record, asked);
        self.value(context, found).map(Some)
    }

    /// What the host says of a path that is not there (rule U4).
    fn unknown(&mut self, symbol: &Symbol) -> Option<Bind> {
        let text = self.engine.unknown.as_ref()?(&symbol.to_string())?;
        self.doubts.push((Doubt::Opaque, Arc::clone(&text)));
        Some(Bind::Text(text))
    }

    /// Notes that a value was used which only a run knows.
    fn meet(&mut self, bind: &Bind, text: &Arc<str>) -> Standing {
        let Bind::Variable(node) = bind else { return Standing::Firm };
        let standing = self.engine.variables.tree().standing(*node);
        let doubt = match standing {
            Standing::Firm => return standing,
            Standing::Sample => Doubt::Sample,
            Standing::Opaque => Doubt::Opaque,
        };
        self.doubts.push((doubt, Arc::clone(text)));
        standing
    }

    fn note(&mut self, found: bool, asked: usize) {
        if let Some(asked) = self.reads.get_mut(asked).filter(|_| found) {
            asked.found = true;
        }
    }

    /// The path with its substituted indexes looked up (rule L1).
    fn filled(
        &mut self,
        context: &Context<'_>,
        symbol: &Arc<Symbol>,
    ) -> Result<Arc<Symbol>, EvalError> {
        if !symbol.steps.iter().any(|step| matches!(step.kind, StepKind::Lookup(_))) {
            return Ok(Arc::clone(symbol));
        }
        let mut steps = Vec::with_capacity(symbol.steps.len());
        for step in &symbol.steps {
            let StepKind::Lookup(inner) = &step.kind else {
                steps.push(step.clone());
                continue;
            };
            // What is missing in there is not reported.
            let missing = self.missing.len();
            let found = self.walk(context, inner, true)?;
            self.missing.truncate(missing);
            let kind = match found.map(|bind| self.text_of(&bind)) {
                Some(Some(text)) => StepKind::Index(text),
                Some(None) => StepKind::Nothing,
                None => {
                    self.down()?;
                    let inner = self.filled(context, inner)?;
                    self.up();
                    StepKind::Lookup(inner)
                }
            };
            steps.push(Step { kind, pos: None });
        }
        Ok(Arc::new(Symbol { steps, span: symbol.span }))
    }

    /// One step by name or index; `*` is the first entry.
    fn child(
        &self,
        context: &Context<'_>,
        from: Option<&Bind>,
        by_index: bool,
        key: &str,
    ) -> Option<Bind> {
        let tree = self.engine.variables.tree();
        let in_tree = |node: u32| {
            let first = if by_index && key == "*" { tree.indexed(node).first() } else { None };
            first.copied().or_else(|| tree.child(node, by_index, key)).map(Bind::Variable)
        };
        let named = |wanted: &str| !by_index && fold(key) == wanted;
        let text = |text: &str| Some(Bind::Text(Arc::from(text)));
        match from {
            None => match &context.ground {
                Ground::Variables => in_tree(ROOT),
                Ground::Nothing => None,
                Ground::Loop { name, item, .. } if named(name) => Some(item.clone()),
                Ground::Loop { index, last, .. } if named("OCTOPUS") => {
                    Some(Bind::Special { depth: 0, index: *index, last: *last })
                }
                Ground::Loop { .. } => None,
            },
            Some(Bind::Variable(node)) => in_tree(*node),
            Some(Bind::Text(_)) => None,
            Some(Bind::Pair(name, _)) if named("KEY") => Some(Bind::Text(Arc::clone(name))),
            Some(Bind::Pair(_, value)) if named("VALUE") => Some(Bind::Text(Arc::clone(value))),
            Some(Bind::Pair(..)) => None,
            Some(Bind::Special { depth, index, last }) => match SPECIAL.get(*depth) {
                Some(next) if named(next) => {
                    Some(Bind::Special { depth: depth + 1, index: *index, last: *last })
                }
                Some(_) => None,
                None if named("INDEX") => text(&index.to_string()),
                None if named("FIRST") => text(if *index == 0 { "True" } else { "False" }),
                None if named("LAST") => text(if *last { "True" } else { "False" }),
                None => None,
            },
        }
    }

    /// A step into the JSON that a value holds (rules J1 to J3).
    fn inside_json(
        &mut self,
        context: &Context<'_>,
        from: Option<&Bind>,
        key: &str,
    ) -> Result<Option<Bind>, EvalError> {
        let text = from.and_then(|bind| self.text_of(bind));
        let Some(mut text) = text.filter(|text| !text.is_empty() && !key.is_empty()) else {
            return Ok(None);
        };
        let since = self.doubts.len();
        if from.is_some_and(|bind| self.meet(bind, &text) == Standing::Opaque) {
            return Ok(Some(Bind::Text(text)));
        }
        if text.contains("#{") {
            let (missing, depth) = (self.missing.len(), self.depth);
            match self.evaluated(context, &text) {
                Ok(Some(new)) => text = new,
                Ok(None) => {}
                // A value that leads back to itself is no JSON here (rule R3).
                Err(EvalError::Recursion { .. }) => {
                    self.missing.truncate(missing);
                    self.depth = depth;
                    return Ok(None);
                }
                Err(error) => return Err(error),
            }
            self.missing.truncate(missing);
        }
        self.pay(text.len())?;
        let json = self.json(&text);
        let item = match &json {
            Some(Json::Array(items)) => {
                let Some(index) = parse_int32(key) else { return Ok(None) };
                let index = usize::try_from(index)
                    .map_err(|_| EvalError::Failed(Failure::NegativeIndex))?;
                items.get(index)
            }
            Some(Json::Object(fields)) => {
                fields.iter().find(|(name, _)| name == key).map(|(_, value)| value)
            }
            // It may be JSON once what is opaque in it is known.
            _ => return Ok(self.opaque(since).map(Bind::Text)),
        };
        // What is not there is empty text.
        let text = item.map_or(Ok(String::new()), Json::text).map_err(EvalError::Failed)?;
        Ok(Some(Bind::Text(Arc::from(text))))
    }

    /// The text found, itself evaluated where it was found; what does not parse
    /// stays as it is (rule L4).
    fn value(&mut self, context: &Context<'_>, found: Bind) -> Result<Bind, EvalError> {
        let Some(text) = self.text_of(&found) else { return Ok(found) };
        self.meet(&found, &text);
        if !text.contains("#{") {
            return Ok(Bind::Text(text));
        }
        Ok(match self.evaluated(context, &text)? {
            Some(new) => Bind::Text(new),
            None => found,
        })
    }

    /// A value evaluated; `None` when it does not parse.
    fn evaluated(
        &mut self,
        context: &Context<'_>,
        text: &str,
    ) -> Result<Option<Arc<str>>, EvalError> {
        self.pay(text.len())?;
        let template = match self.engine.parsed(text) {
            Ok(template) => template,
            Err(ParseErrorKind::Syntax) => return Ok(None),
            Err(_) => return parse(text, Mode::Halt).map(|_| None).map_err(refusal),
        };
        let is_null = self.is_null;
        let mut out = Out::default();
        self.nodes(&Context::new(Ground::Nothing, Some(context)), &template.nodes, &mut out)?;
        // The null filter counts in the outermost text only (rule E6).
        self.is_null = is_null;
        Ok(Some(Arc::from(out.text)))
    }
}
