//! Any design, written in one of Octopus's formats and read again, has the same
//! process, runbooks and variables.
//!
//! Stated losses: what Pulpo adds of its own (Pulumi's steps are lowered to the
//! scripts they are before), and whatever the writer itself tells as a finding.

use std::sync::LazyLock;

use proptest::prelude::*;
use pulpo::base::Severity;
use pulpo::compare::{Area, Change, Difference, compare};
use pulpo::export::lower_design;
use pulpo::format::{design_file, octopus_json, octopus_ocl};
use pulpo::import::{self, File, How};
use pulpo::model::process::{StartTrigger, StepCondition, keys};
use pulpo::model::*;

static SAMPLES: LazyLock<Vec<Design>> = LazyLock::new(|| {
    let names = ["aws-fargate", "aws-fargate-modern", "azure"];
    let samples = names.iter().map(|name| {
        let path = format!("{}/public/samples/{name}.pulpo.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).expect("a sample");
        lower_design(&design_file::read(&text).design.expect("sound")).0
    });
    let size = pulpo::generate::Size { environments: 5, variables: 20, values: 60, steps: 9 };
    let large = lower_design(&pulpo::generate::large(size)).0;
    samples.chain([large]).collect()
});

/// Texts that hurt: ends of heredocs, quotes, odd line ends, expressions.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[ -~éß漢🐙]{0,30}",
        3 => prop::collection::vec("[ \t]{0,3}[ -~]{0,12}", 1..6).prop_map(|lines| lines.join("\n")),
        1 => prop::collection::vec("[ -~]{0,12}", 1..4).prop_map(|lines| lines.join("\r\n")),
        2 => prop::sample::select(vec![
            "EOT", "a\nEOT\nb", "  EOT", "<<-EOT\nx\nEOT\n", "\\", "\"", "${a}", "%{if}", "\n", "\n\n",
            " ", "\t", "a\n", "\na", "  a\n b", "a\\nb", "{", "}", "[1]", "null", "true", "0", "# a",
            "/* a */", "#{if a}b#{/if}", "'", "\u{a0}", "\u{2028}", "=", "=1+1",
        ])
        .prop_map(str::to_owned),
    ]
}

/// One of many things that a person sets; `at` picks where.
#[derive(Debug, Clone)]
enum Touch {
    StepName(String),
    Script(String),
    Property(String, String),
    StepProperty(String, String),
    Notes(String),
    Condition(u8, String),
    Start(bool),
    Tags(Vec<String>),
    Window(String),
    Flags(bool, bool),
    Environments(Vec<usize>, Vec<usize>),
    Text(String),
    Scope(Vec<usize>, Vec<usize>, Vec<String>),
    Prompt(String, String, bool),
    Description(String),
    NewVariable(String, String),
    RunbookName(String),
    MoveStep(usize),
    RemoveStep,
}

fn any_touch() -> impl Strategy<Value = Touch> {
    let name = || "[a-zA-Zé0-9 ._:/()&'\"#-]{1,24}";
    let places = || prop::collection::vec(0..8_usize, 0..3);
    prop_oneof![
        name().prop_map(Touch::StepName),
        any_text().prop_map(Touch::Script),
        ("[A-Za-z.\\[\\] \"-]{1,16}", any_text())
            .prop_map(|(key, text)| Touch::Property(key, text)),
        ("[A-Za-z.]{1,16}", any_text()).prop_map(|(key, text)| Touch::StepProperty(key, text)),
        any_text().prop_map(Touch::Notes),
        (0..4_u8, any_text()).prop_map(|(which, text)| Touch::Condition(which, text)),
        any::<bool>().prop_map(Touch::Start),
        prop::collection::vec("[a-zA-Z -]{1,10}", 0..3).prop_map(Touch::Tags),
        prop_oneof![Just(String::new()), "[1-9]", Just("#{Window}".to_owned())]
            .prop_map(Touch::Window),
        (any::<bool>(), any::<bool>()).prop_map(|(off, must)| Touch::Flags(off, must)),
        (places(), places()).prop_map(|(only, not)| Touch::Environments(only, not)),
        any_text().prop_map(Touch::Text),
        (places(), places(), prop::collection::vec("[a-z -]{1,8}", 0..2))
            .prop_map(|(environments, steps, tags)| Touch::Scope(environments, steps, tags)),
        (any_text(), any_text(), any::<bool>())
            .prop_map(|(label, description, must)| Touch::Prompt(label, description, must)),
        any_text().prop_map(Touch::Description),
        (name(), any_text()).prop_map(|(name, text)| Touch::NewVariable(name, text)),
        name().prop_map(Touch::RunbookName),
        (0..6_usize).prop_map(Touch::MoveStep),
        Just(Touch::RemoveStep),
    ]
}

fn picked<Id: Clone + PartialEq>(all: &[Id], places: &[usize]) -> Vec<Id> {
    let mut picked: Vec<Id> = Vec::new();
    for place in places {
        if let Some(id) = all.get(place % all.len().max(1))
            && !picked.contains(id)
        {
            picked.push(id.clone());
        }
    }
    picked
}

fn touch(design: &mut Design, at: usize, touch: &Touch) {
    let environments: Vec<_> = design.space.environments.iter().map(|one| one.id.clone()).collect();
    let steps = &design.project.process.steps;
    let actions: Vec<_> =
        steps.iter().flat_map(|step| step.actions.iter()).map(|one| one.id.clone()).collect();
    let step = steps.nth(at % steps.len().max(1)).map(|one| one.id.clone());
    let names: Vec<String> = steps
        .iter()
        .flat_map(|step| {
            let actions = step.actions.iter().map(|one| one.name.to_string());
            actions.chain([step.name.to_string()])
        })
        .map(|name| name.to_lowercase())
        .collect();
    let on_step = |design: &mut Design, change: &dyn Fn(&mut Step)| {
        if let Some(id) = &step {
            design.project.process.steps.update(id, change);
        }
    };
    match touch {
        Touch::StepName(text) => {
            let Ok(name) = Name::parse(text.trim()) else { return };
            // Names are unique, and so is what is made of them.
            let is_taken = |one: &String| {
                one == &text.trim().to_lowercase()
                    || Slug::of(one).map(|slug| slug.to_string())
                        == Slug::of(text).map(|slug| slug.to_string())
            };
            // A name without letters has the slug of its id, which is then its own.
            if Slug::of(text).is_none() || names.iter().any(is_taken) {
                return;
            }
            on_step(design, &|step| {
                step.name = name.clone();
                if step.actions.len() == 1 {
                    step.actions.first_mut().name = name.clone();
                }
            });
        }
        Touch::Script(text) => on_step(design, &|step| {
            step.actions.first_mut().properties.set_text(keys::SCRIPT_BODY, text);
        }),
        Touch::Property(key, text) => on_step(design, &|step| {
            step.actions.first_mut().properties.set_text(key, text);
        }),
        Touch::StepProperty(key, text) => {
            on_step(design, &|step| step.properties.set_text(key, text));
        }
        Touch::Notes(text) => {
            on_step(design, &|step| step.actions.first_mut().notes.clone_from(text));
        }
        Touch::Condition(which, text) => on_step(design, &|step| {
            let word = StepCondition::ALL[usize::from(*which)].0;
            step.condition = StepCondition::from_octopus(word, text).expect("a word");
        }),
        Touch::Start(is_parallel) => on_step(design, &|step| {
            step.start =
                if *is_parallel { StartTrigger::WithPrevious } else { StartTrigger::AfterPrevious };
        }),
        Touch::Tags(tags) => on_step(design, &|step| {
            step.target_tags =
                tags.iter().filter_map(|tag| TargetTag::parse(tag.trim()).ok()).collect();
            step.target_tags.dedup();
        }),
        Touch::Window(text) => on_step(design, &|step| step.window.clone_from(text)),
        Touch::Flags(off, must) => on_step(design, &|step| {
            let action = step.actions.first_mut();
            (action.is_disabled, action.is_required) = (*off, *must);
        }),
        Touch::Environments(only, not) => on_step(design, &|step| {
            let action = step.actions.first_mut();
            action.environments = picked(&environments, only);
            action.excluded_environments = picked(&environments, not);
        }),
        Touch::MoveStep(to) => {
            if let Some(id) = &step {
                design.project.process.steps.move_to(id, *to);
            }
        }
        Touch::RemoveStep => {
            if let Some(id) = &step
                && let Ok(after) =
                    pulpo::edit::steps::delete(design, &ProcessOwner::Deployment, id.as_str())
                        .apply(design)
            {
                *design = after;
            }
        }
        Touch::NewVariable(name, text) => {
            let Ok(name) = VariableName::parse(name.trim()) else { return };
            let variables = &mut design.project.variables;
            let is_taken =
                |one: &Variable| one.name.as_str().to_lowercase() == name.as_str().to_lowercase();
            let id = VariableId::parse(&format!("new-{}", variables.len())).expect("an id");
            if variables.iter().any(|one| is_taken(one)) || variables.get(&id).is_some() {
                return;
            }
            let mut variable = Variable::new(id, name);
            let content = VariableContent::text(text);
            let id = ValueId::parse("v").expect("an id");
            variable.values.push(VariableValue::new(id, content, Scope::default()));
            variables.push(variable);
        }
        Touch::RunbookName(text) => {
            let Ok(name) = Name::parse(text.trim()) else { return };
            let runbooks = &mut design.project.runbooks;
            if runbooks.len() == 1
                && let Some(id) = runbooks.nth(0).map(|one| one.id.clone())
            {
                runbooks.update(&id, |one| one.name = name.clone());
            }
        }
        Touch::Text(_) | Touch::Scope(..) | Touch::Prompt(..) | Touch::Description(_) => {
            let variables = &mut design.project.variables;
            let Some(id) = variables.nth(at % variables.len().max(1)).map(|one| one.id.clone())
            else {
                return;
            };
            variables.update(&id, |variable| {
                let Some(value) = variable.values.nth(0).map(|one| one.id.clone()) else { return };
                variable.values.update(&value, |value| match touch {
                    Touch::Text(text) => value.content = VariableContent::text(text),
                    Touch::Scope(only, steps, tags) => {
                        let tags = tags.iter().filter_map(|tag| TargetTag::parse(tag.trim()).ok());
                        value.scope = Scope {
                            environments: picked(&environments, only),
                            actions: picked(&actions, steps),
                            target_tags: tags.collect(),
                            ..Scope::default()
                        };
                        value.scope.target_tags.dedup();
                    }
                    Touch::Prompt(label, description, must) => {
                        value.prompt = Some(variable::Prompt {
                            label: label.clone(),
                            description: description.clone(),
                            required: *must,
                            ..variable::Prompt::default()
                        });
                    }
                    Touch::Description(text) => value.description.clone_from(text),
                    _ => {}
                });
            });
        }
    }
}

/// A sample by its place, and what is done to it.
fn any_design() -> impl Strategy<Value = (usize, Vec<(usize, Touch)>)> {
    (0..4_usize, prop::collection::vec((0..20_usize, any_touch()), 0..12))
}

fn made((base, touches): &(usize, Vec<(usize, Touch)>)) -> Design {
    let mut design = SAMPLES[*base].clone();
    for (at, one) in touches {
        touch(&mut design, *at, one);
    }
    // There is none before the first, and JSON does not say otherwise.
    if let Some(first) = design.project.process.steps.nth(0).map(|one| one.id.clone()) {
        design.project.process.steps.update(&first, |step| step.start = StartTrigger::default());
    }
    design
}

/// The design without what neither format has: whether a secret's value is
/// known; OCL does not even have the secret's place.
fn without_secrets(mut design: Design, is_ocl: bool) -> Design {
    design.project.variables.update_each(|variable| {
        let mut variable = variable.clone();
        let is_secret =
            |value: &VariableValue| matches!(value.content, VariableContent::Sensitive(_));
        let secrets: Vec<_> =
            variable.values.iter().filter(|one| is_secret(one)).map(|one| one.id.clone()).collect();
        for id in secrets {
            if is_ocl {
                variable.values.remove(&id);
            } else {
                variable.values.update(&id, |value| {
                    value.content =
                        VariableContent::Sensitive(variable::SensitiveContent::default());
                });
            }
        }
        Some(variable)
    });
    // A runbook's process is not the runbook, in JSON.
    if !is_ocl {
        design.project.runbooks.update_each(|one| {
            Some(Runbook {
                description: String::new(),
                environment_scope: project::RunbookEnvironments::default(),
                environments: Vec::new(),
                ..one.clone()
            })
        });
    }
    if is_ocl {
        let empty: Vec<_> = design
            .project
            .variables
            .iter()
            .filter(|one| one.values.is_empty())
            .map(|one| one.id.clone())
            .collect();
        for id in empty {
            design.project.variables.remove(&id);
        }
    }
    design
}

/// What differs in the process, the runbooks and the variables.
fn differences(before: &Design, after: &Design) -> Vec<String> {
    let all = compare(before, after).differences;
    // OCL has no runbook without these two, so its writer says Octopus's defaults.
    let is_default = |one: &Difference| {
        one.before.is_none()
            && one.path.last().is_some_and(|last| {
                ["ConnectivityPolicy", "RunRetentionPolicy"].contains(&last.as_str())
            })
    };
    let told = all.into_iter().filter(|one| !is_default(one)).filter(|one| {
        matches!(one.area, Area::Process | Area::Runbooks | Area::Variables)
            && one.change != Change::Moved
    });
    told.map(|one| format!("{:?} {}: {:?} → {:?}", one.change, one.title(), one.before, one.after))
        .collect()
}

/// The files, taken in where everything is known but what they hold.
fn taken_in(design: &Design, files: Vec<(String, String)>) -> Design {
    let files: Vec<_> =
        files.into_iter().map(|(path, text)| File { path, bytes: text.into_bytes() }).collect();
    let imported = import::read(&files);
    let errors: Vec<_> =
        imported.all_findings().filter(|one| one.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let mut ground = design.clone();
    let project = &mut *ground.project;
    (project.process, project.variables) = Default::default();
    project.runbooks = Default::default();
    let edit = import::edit(import::gather(&imported, |_| true), How::default());
    let back = edit.apply(&ground).expect("something");
    // Says again what stands twice in a file, such as the package of a step.
    lower_design(&back).0
}

/// As many as `PROPTEST_CASES` says, else few: each reads and writes a whole design.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_design_comes_back_from_ocl(case in any_design()) {
        let design = without_secrets(made(&case), true);
        let written = octopus_ocl::write(&design);
        let back = taken_in(&design, written.files.clone());
        let mut differences = differences(&design, &back);
        let has_no_place = |text: &String| {
            written.findings.iter().any(|one| {
                let step = one.place.path.as_deref().unwrap_or_default();
                one.code == "export/no-place"
                    && text.contains(&format!("{step} › Numbers the releases"))
            })
        };
        differences.retain(|one| !has_no_place(one));
        prop_assert!(differences.is_empty(), "{differences:#?}\ntold: {:#?}", written.findings);
        prop_assert_eq!(octopus_ocl::write(&back).files, written.files);
    }

    #[test]
    fn any_design_comes_back_from_json(case in any_design()) {
        let design = without_secrets(made(&case), false);
        let mut files = vec![
            ("process.json".to_owned(), octopus_json::deployment_process(&design).text()),
            ("variables.json".to_owned(), octopus_json::project_variable_set(&design).text()),
        ];
        for runbook in &design.project.runbooks {
            let written = octopus_json::runbook_process(&design, runbook);
            files.push((format!("runbook-{}.json", runbook.id), written.text()));
        }
        let back = taken_in(&design, files);
        let differences = differences(&design, &back);
        prop_assert!(differences.is_empty(), "{differences:#?}");
    }
}
