//! Older design files, brought forward one version at a time.
//!
//! Step `n` turns version `n + 1` into version `n + 2`; the list has no gaps
//! because it is a list. Old fixtures are never edited.

use serde_json::Value;

use super::{VERSION, VERSION_KEY};

/// One step, on the file's JSON.
type Step = fn(&mut Value);

/// All steps, oldest first.
const STEPS: &[Step] = &[];

const _: () = assert!(STEPS.len() as u64 + 1 == VERSION, "every version needs a step to the next");

/// Brings `value`, of version `from`, to [`VERSION`].
pub fn bring_forward(value: &mut Value, from: u64) {
    run(STEPS, value, from);
}

fn run(steps: &[Step], value: &mut Value, from: u64) {
    let done = usize::try_from(from.saturating_sub(1)).unwrap_or(usize::MAX);
    for (index, step) in steps.iter().enumerate().skip(done) {
        step(value);
        if let Some(map) = value.as_object_mut() {
            map.insert(VERSION_KEY.into(), (index as u64 + 2).into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_step_runs_once_from_the_version_of_the_file() {
        let steps: [Step; 2] = [
            |value| value["trail"] = json!(format!("{}a", value["trail"].as_str().unwrap())),
            |value| value["trail"] = json!(format!("{}b", value["trail"].as_str().unwrap())),
        ];
        let after = |from: u64| {
            let mut value = json!({ "version": from, "trail": "" });
            run(&steps, &mut value, from);
            value
        };
        assert_eq!(after(1), json!({ "version": 3, "trail": "ab" }));
        assert_eq!(after(2), json!({ "version": 3, "trail": "b" }));
        assert_eq!(after(3), json!({ "version": 3, "trail": "" }));
    }
}
