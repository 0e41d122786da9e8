use super::*;
use crate::edit::History;
use crate::format::fragment::Kind;
use crate::model::{
    Environment, EnvironmentId, EnvironmentName, Name, Scope, ValueId, Variable, VariableContent,
    VariableId, VariableName, VariableValue, WorkerPool, WorkerPoolId,
};
use pretty_assertions::assert_eq;

fn file(path: &str, text: &str) -> File {
    File { path: path.to_owned(), bytes: text.as_bytes().to_vec() }
}

fn process(version: u32, steps: &[(&str, &str)]) -> String {
    let steps: Vec<_> = steps
        .iter()
        .map(|(id, name)| {
            serde_json::json!({ "Name": name, "Actions": [{
                "Id": id, "Name": name, "ActionType": "Octopus.Script",
                "Environments": ["Environments-9"], "WorkerPoolId": "WorkerPools-7",
                "Properties": { "Octopus.Action.Manual.ResponsibleTeamIds": "Teams-3" },
                "Packages": [{ "Name": "", "PackageId": "App", "FeedId": "feeds-builtin",
                    "AcquisitionLocation": "Server", "Properties": {} }],
            }] })
        })
        .collect();
    serde_json::json!({ "ProjectId": "Projects-4", "Version": version, "Steps": steps }).to_string()
}

/// A design with one environment, one pool and a variable.
fn design() -> Design {
    let mut design = Design::default();
    let environment = EnvironmentId::parse("prod").unwrap();
    let name = EnvironmentName::parse("Production").unwrap();
    design.space.environments.push(Environment::new(environment.clone(), name));
    let pool = WorkerPoolId::parse("linux").unwrap();
    let mut row = WorkerPool::new(pool, Name::parse("Linux").unwrap());
    row.octopus_id = "WorkerPools-7".to_owned();
    design.space.worker_pools.push(row);
    let name = VariableName::parse("Region").unwrap();
    let mut variable = Variable::new(VariableId::parse("region").unwrap(), name);
    let value = |id: &str, text: &str, scope: Scope| {
        VariableValue::new(ValueId::parse(id).unwrap(), VariableContent::text(text), scope)
    };
    variable.values.push(value("a", "eu", Scope::default()));
    variable.values.push(value("b", "us", Scope::environment(environment)));
    design.project.variables.push(variable);
    design
}

use crate::model::Design;

#[track_caller]
fn taken(design: &Design, files: &[File], how: How) -> Design {
    let imported = read(files);
    assert!(!imported.is_empty(), "{:#?}", imported.findings);
    let edit = edit(gather(&imported, |_| true), how);
    edit.apply(design).expect("it is taken")
}

#[test]
fn a_process_goes_in_with_what_it_refers_to() {
    let before = design();
    let files = [file("p.json", &process(3, &[("a-1", "Up"), ("a-2", "Down")]))];
    let mut how = How { process: Mode::Replace, ..How::default() };
    let imported = read(&files);
    let fragment = gather(&imported, |_| true);
    let listed = foreign(&before, &fragment);
    let environment = listed.iter().find(|one| one.kind == Kind::Environment).unwrap();
    assert!(environment.is_bare && environment.proposed == Choice::Add);
    let pool = listed.iter().find(|one| one.kind == Kind::WorkerPool).unwrap();
    assert_eq!(pool.proposed, Choice::Use("linux".to_owned()));
    let key = (Kind::Environment, environment.id.clone());
    how.choices.insert(key, Choice::Use("prod".to_owned()));

    let after = taken(&before, &files, how.clone());
    assert_eq!(after.space.environments.len(), 1);
    assert_eq!(after.space.environments.nth(0).unwrap().octopus_id, "Environments-9");
    let action = after.project.process.steps.nth(0).unwrap().actions.first();
    assert_eq!(action.environments, [EnvironmentId::parse("prod").unwrap()]);
    assert_eq!(after.project.octopus_id, "Projects-4");
    assert_eq!(after.project.packages.len(), 1, "both steps name the same package");
    let changes = summary(&before, &after);
    let said: Vec<_> = changes
        .iter()
        .map(|one| format!("{} {}: {}", one.verb, one.what, one.names.join(", ")))
        .collect();
    assert!(said.contains(&"Adds steps: Up, Down".to_owned()), "{said:#?}");
    assert!(said.contains(&"Changes environment: Production".to_owned()), "{said:#?}");

    // Taken in again, it says nothing new.
    let again = taken(&after, &files, how);
    assert_eq!(summary(&after, &again), []);
}

#[test]
fn steps_that_stay_keep_their_ids_and_scopes() {
    let files = [file("p.json", &process(1, &[("a-1", "Up"), ("a-2", "Down")]))];
    let mut before = taken(&design(), &files, How::default());
    let ids: Vec<_> = before.project.process.actions().map(|(_, one)| one.id.clone()).collect();
    let region = before.project.variables.nth(0).unwrap().id.clone();
    before.project.variables.update(&region, |variable| {
        for (id, action) in ["c", "d"].iter().zip(&ids) {
            let scope = Scope { actions: vec![action.clone()], ..Scope::default() };
            let content = VariableContent::text("scoped");
            variable.values.push(VariableValue::new(ValueId::parse(id).unwrap(), content, scope));
        }
    });
    let files = [file("p.json", &process(2, &[("a-1", "Up renamed"), ("a-9", "New")]))];
    let how = How { process: Mode::Replace, ..How::default() };
    let after = taken(&before, &files, how);
    let now: Vec<_> = after.project.process.actions().map(|(_, one)| one.id.clone()).collect();
    assert_eq!(now[0], ids[0], "known by its id on the server");
    assert!(!now.contains(&ids[1]));
    let values = after.project.variables.nth(0).unwrap().values.len();
    assert_eq!(values, 3, "the value of the step that went is gone, that of the other stays");
}

#[test]
fn steps_are_appended_under_names_of_their_own() {
    let files = [file("p.json", &process(1, &[("a-1", "Up")]))];
    let once = taken(&design(), &files, How::default());
    let twice = taken(&once, &files, How::default());
    let names: Vec<_> =
        twice.project.process.steps.iter().map(|step| step.name.to_string()).collect();
    assert_eq!(names, ["Up", "Up 2"]);
    let mut ids: Vec<_> = twice.project.process.actions().map(|(_, one)| one.id.clone()).collect();
    ids.dedup();
    assert_eq!(ids.len(), 2);
    assert!(crate::lint::check(&twice).iter().all(|one| one.code != "process/name-clash"));
}

const VARIABLES: &str = r#"{ "OwnerId": "Projects-4", "Version": 2, "Variables": [
    { "Id": "v-1", "Name": "region", "Type": "String", "Value": "ap", "Scope": {} },
    { "Id": "v-2", "Name": "Token", "Type": "Sensitive", "Value": null, "Scope": { "Environment": ["Environments-9"], "Action": ["a-2"] } }
  ], "ScopeValues": { "Environments": [{ "Id": "Environments-9", "Name": "production" }] } }"#;

#[test]
fn variables_go_in_by_name_and_scope() {
    let after = taken(&design(), &[file("v.json", VARIABLES)], How::default());
    let region = after.project.variables.nth(0).unwrap();
    assert_eq!(region.name.as_str(), "Region");
    let texts: Vec<_> = region.values.iter().map(|value| value.content.clone()).collect();
    assert_eq!(texts, [VariableContent::text("ap"), VariableContent::text("us")]);
    let token = after.project.variables.nth(1).unwrap().values.nth(0).unwrap();
    assert_eq!(token.scope.environments, [EnvironmentId::parse("prod").unwrap()], "by its name");
    assert_eq!(token.scope.actions.len(), 1, "a scope that means nothing here still limits");

    let how = How { variables: Mode::Replace, ..How::default() };
    let after = taken(&design(), &[file("v.json", VARIABLES)], how);
    assert_eq!(after.project.variables.nth(0).unwrap().values.len(), 1);
}

#[test]
fn documents_of_one_project_find_each_other() {
    let files = [
        file("v.json", VARIABLES),
        file("p.json", &process(5, &[("a-1", "Up"), ("a-2", "Down")])),
        file("e.json", r#"[{ "Id": "Environments-9", "Name": "Live", "SortOrder": 1 }]"#),
    ];
    let imported = read(&files);
    assert_eq!(imported.documents.len(), 3);
    let design = into_new(gather(&imported, |_| true), &How::default());
    assert_eq!(design.space.environments.len(), 1);
    assert_eq!(design.space.environments.nth(0).unwrap().name.as_str(), "Live");
    let down = design.project.process.actions().nth(1).unwrap().1.id.clone();
    let token = design.project.variables.nth(1).unwrap().values.nth(0).unwrap();
    assert_eq!(token.scope.actions, [down]);
    assert!(crate::lint::check(&design).iter().all(|one| !one.code.contains("dangling")));
    // Each can be left out.
    let fragment = gather(&imported, |at| at == 1);
    assert_eq!(fragment.covers, [Covers::Process]);
}

#[test]
fn undo_gives_back_the_very_design() {
    for text in [process(1, &[("a-1", "Up")]).as_str(), VARIABLES, PROJECT] {
        let before = design();
        let imported = read(&[file("Pulumi.yaml", text)]);
        let mut history = History::default();
        let edit = edit(gather(&imported, |_| true), How::default());
        let after = history.run(&before, edit, 0.0).unwrap().expect("a change");
        assert_ne!(after, before);
        assert_eq!(history.undo(&after).unwrap().1, before);
    }
}

const PROJECT: &str = "name: shop\nruntime: nodejs\n";

#[test]
fn a_pulumi_project_goes_into_the_environments_that_have_its_stacks() {
    let files = [
        file("infra/Pulumi.yaml", PROJECT),
        file("infra/Pulumi.production.yaml", "config:\n  shop:size: 3\n"),
        file("infra/stacks/Pulumi.dev.yaml", "config:\n  shop:size: 1\n"),
        file("infra/index.ts", "import * as pulumi from \"@pulumi/pulumi\";\n"),
        file("infra/package.json", "{ \"name\": \"shop\" }"),
        file("infra/node_modules/x/package.json", "{}"),
    ];
    let imported = read(&files);
    assert_eq!(imported.documents.len(), 1, "{imported:#?}");
    assert_eq!(imported.documents[0].files.len(), 3);
    assert_eq!(imported.documents[0].what, "Pulumi project “shop”; settings of 2 stacks");
    assert_eq!(imported.left_out.len(), 3);
    assert_eq!(imported.findings, []);
    let how = How { organization: "my-org".to_owned(), ..How::default() };
    let after = taken(&design(), &files, how.clone());
    let names: Vec<_> = after.space.environments.iter().map(|one| one.name.to_string()).collect();
    assert_eq!(names, ["Production", "dev"]);
    let stack = after.pulumi.stack_of(&EnvironmentId::parse("prod").unwrap()).unwrap();
    assert_eq!(stack.to_string(), "my-org/shop/production");
    // By the stack that the environment has by now, whatever it is called.
    let mut renamed = after;
    let prod = EnvironmentId::parse("prod").unwrap();
    renamed.space.environments.update(&prod, |row| {
        row.name = EnvironmentName::parse("Live").unwrap();
    });
    let again = taken(&renamed, &files, How::default());
    assert_eq!(again, renamed);
}

#[test]
fn a_step_template_becomes_a_step_where_that_is_asked_for() {
    let template = r##"{ "Id": "1-2", "Name": "Greet", "ActionType": "Octopus.Script", "Version": 4,
        "Properties": { "Octopus.Action.Script.ScriptBody": "echo #{Greet.Whom}" },
        "Parameters": [{ "Name": "Greet.Whom", "DefaultValue": "you", "DisplaySettings": {} }],
        "$Meta": { "Type": "ActionTemplate" } }"##;
    let files = [file("t.json", template)];
    let after = taken(&design(), &files, How::default());
    assert_eq!((after.space.step_templates.len(), after.project.process.steps.len()), (1, 0));
    let how = How { templates_as_steps: true, ..How::default() };
    let after = taken(&after, &files, how.clone());
    assert_eq!(after.space.step_templates.len(), 1, "the same template");
    let action = after.project.process.steps.nth(0).unwrap().actions.first();
    assert_eq!(action.properties.text("Greet.Whom"), "you");
    let used = action.template.as_ref().unwrap();
    assert_eq!((used.template.as_str(), used.version.as_str()), ("1-2", "4"));
    let design = into_new(gather(&read(&files), |_| true), &how);
    assert_eq!(design.project.process.steps.len(), 1);
    assert_eq!(design.title, "Greet");
}

#[test]
fn a_design_is_read_whole_and_zips_are_opened() {
    let text = include_str!("../../public/samples/azure.pulpo.json");
    let sample = crate::format::design_file::read(text).design.expect("sound");
    let read_design = into_new(gather(&read(&[file("", text)]), |_| true), &How::default());
    assert_eq!(read_design, sample);
    // Taken into an empty one, it is the same but for its title and notes.
    let mut taken = taken(&Design::default(), &[file("", text)], How::default());
    taken.title.clone_from(&sample.title);
    taken.notes.clone_from(&sample.notes);
    taken.extra = sample.extra.clone();
    assert_eq!(taken, sample);
    let files = [
        crate::export::OutFile { path: "Pulumi.yaml".to_owned(), text: PROJECT.to_owned() },
        crate::export::OutFile { path: "p.json".to_owned(), text: process(1, &[("a", "Up")]) },
    ];
    let zip = crate::export::zip(&files).expect("a zip");
    let imported = read(&[File { path: "all.zip".to_owned(), bytes: zip }]);
    assert_eq!(imported.documents.len(), 2);
    assert_eq!(imported.documents[0].files, ["all.zip/p.json"]);
}

#[test]
fn bad_files_are_told_in_words() {
    #[track_caller]
    fn told(bytes: &[u8], says: &str) {
        let imported = read(&[File { path: "x".to_owned(), bytes: bytes.to_vec() }]);
        assert!(imported.is_empty());
        let said: Vec<_> = imported.findings.iter().map(ToString::to_string).collect();
        assert!(said.iter().any(|one| one.contains(says)), "{said:#?}");
    }
    told(b"", "The file is empty");
    told(b"{ \"Steps\": [ {", "cut off");
    told(b"{ \"a\": 1 }", "nothing of Octopus's");
    told(b"hello there", "none that Pulpo knows");
    told(&[0x89, b'P', b'N', b'G', 0xff], "not UTF-8");
    told(b"PK\x03\x04rubbish", "zip archive can't be read");
    told("[".repeat(100_000).as_bytes(), "deeper than");
    told(&vec![b' '; 50_000_000], "48 MiB");
    told(b"{ \"format\": \"pulpo-design\", \"version\": 99 }", "version 99");
    told(b"name: a\n  b: c\n", "not YAML");
}
