//! That the tables name every member of the model, as what it is.

use pretty_assertions::assert_eq;
use serde_json::Value;

use crate::compare::shape::{Member, Shape};
use crate::compare::tree;
use crate::format::design_file;

struct Check {
    schema: Value,
    /// Members that the tables say nothing of, or that they say wrong things of.
    wrong: Vec<String>,
}

impl Check {
    fn resolve(&self, shape: &Value) -> Value {
        match shape["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/")) {
            Some(name) => self.schema["$defs"][name].clone(),
            None => shape.clone(),
        }
    }

    fn members(&mut self, members: &[Member], tag: Option<&str>, schema: &Value, path: &str) {
        let keys: Vec<String> = schema["properties"]
            .as_object()
            .map(|all| all.keys().filter(|key| Some(key.as_str()) != tag).cloned().collect())
            .unwrap_or_default();
        for key in &keys {
            let path = format!("{path}.{key}");
            match members.iter().find(|member| member.key == key) {
                Some(member) => self.value(&member.shape, &schema["properties"][key], &path),
                // A secret's text is dropped when it is read.
                None if schema["properties"][key] == Value::Bool(false) => {}
                None => self.wrong.push(format!("{path}: the tables lack it")),
            }
        }
        for member in members.iter().filter(|member| !keys.iter().any(|key| key == member.key)) {
            self.wrong.push(format!("{path}.{}: the model lacks it", member.key));
        }
    }

    fn value(&mut self, shape: &Shape, schema: &Value, path: &str) {
        let schema = self.resolve(schema);
        let kind = schema["type"].as_str().unwrap_or_default().to_owned();
        let fits = match shape {
            Shape::Record(record) | Shape::Maybe(record) | Shape::Scope(record) => {
                self.members(record.members, None, &schema, path);
                kind == "object"
            }
            Shape::Choice(choice) => {
                let all = schema["oneOf"].as_array().cloned().unwrap_or_default();
                let words: Vec<_> =
                    all.iter().map(|one| one["properties"][choice.tag]["const"].clone()).collect();
                let known: Vec<_> = choice.variants.iter().map(|one| one.word).collect();
                assert_eq!(words, known, "{path}");
                for (variant, one) in choice.variants.iter().zip(&all) {
                    let path = format!("{path}({})", variant.word);
                    self.members(variant.members, Some(choice.tag), one, &path);
                }
                true
            }
            Shape::Rows(list) => {
                let items = self.resolve(&schema["items"]);
                self.members(list.row.members, None, &items, &format!("{path}[]"));
                kind == "array"
            }
            Shape::Refs(_) | Shape::Texts | Shape::List | Shape::Owners => {
                kind == "array" && self.resolve(&schema["items"])["type"] == "string"
            }
            Shape::Flag => kind == "boolean",
            Shape::Word(label) => {
                let words = schema["enum"].as_array().cloned().unwrap_or_default();
                words.iter().all(|word| !label(word.as_str().unwrap_or_default()).is_empty())
                    && !words.is_empty()
                    && !label("").is_empty()
            }
            Shape::Properties => kind == "object" && schema["additionalProperties"] == true,
            Shape::Id | Shape::Ref(_) | Shape::Text | Shape::Type => kind == "string",
            Shape::Known | Shape::Plain => {
                matches!(kind.as_str(), "string" | "integer")
                    || path.ends_with("rules")
                    || schema == Value::Bool(true)
            }
        };
        if !fits {
            self.wrong.push(format!("{path}: the tables take it for {shape:?}: {schema}"));
        }
    }
}

#[test]
fn every_member_of_the_model_is_compared_as_what_it_is() {
    let schema = design_file::schema();
    let design = schema["$defs"]["Design"].clone();
    let mut check = Check { schema, wrong: Vec::new() };
    check.value(&tree::WHOLE, &design, "design");
    assert_eq!(check.wrong, Vec::<String>::new());
}
