//! Designs to export, made here so that tests read nothing else.

use pulpo::catalog::{Kind, new_action};
use pulpo::model::process::{
    ConfigEntry, ConfigOverrideStep, ExtractStep, ProgramFolder, ProgramSource, PulumiOperation,
    RunStep, WorkerPoolPick, keys,
};
use pulpo::model::pulumi::{
    AccountVariable, Backend, OidcLogin, Organization, PulumiCloud, SelfManaged,
};
use pulpo::model::space::{AccountKind, FeedKind};
use pulpo::model::variable::{AccountContent, SensitiveContent};
use pulpo::model::*;
use pulpo::record::{Bound, Extra};

pub fn name(text: &str) -> Name {
    Name::parse(text).expect("a name")
}

pub fn variable_name(text: &str) -> VariableName {
    VariableName::parse(text).expect("a name")
}

pub fn action_id(text: &str) -> ActionId {
    ActionId::parse(text).expect("an id")
}

pub fn environment_id(text: &str) -> EnvironmentId {
    EnvironmentId::parse(text).expect("an id")
}

pub fn single(id: &str, mut action: Action) -> Step {
    action.id = action_id(id);
    Step::single(StepId::parse(id).expect("an id"), action)
}

pub fn pulumi(id: &str, title: &str, step: PulumiStep) -> Step {
    single(id, Action::pulumi(action_id(id), name(title), step))
}

pub fn octopus(id: &str, title: &str, kind: &'static str) -> Action {
    new_action(Kind::Octopus(kind), action_id(id), name(title))
}

pub fn run(operation: PulumiOperation) -> RunStep {
    RunStep { operation, ..RunStep::default() }
}

pub fn variable(id: &str, title: &str, values: &[(VariableContent, Scope)]) -> Variable {
    let mut made = Variable::new(VariableId::parse(id).expect("an id"), variable_name(title));
    for (index, (content, scope)) in values.iter().enumerate() {
        let id = ValueId::parse(&format!("{index}")).expect("an id");
        made.values.push(VariableValue::new(id, content.clone(), scope.clone()));
    }
    made
}

pub fn secret() -> VariableContent {
    VariableContent::Sensitive(SensitiveContent { is_set: true, ..SensitiveContent::default() })
}

pub fn account(variable: &str, region: &str) -> AccountVariable {
    AccountVariable {
        variable: variable_name(variable),
        region: region.to_owned(),
        extra: Extra::default(),
    }
}

pub fn oidc() -> Backend {
    Backend::Oidc(OidcLogin {
        account: variable_name("Pulumi.Cloud"),
        organization: Organization::parse("my-org").expect("an organization"),
        extra: Extra::default(),
    })
}

pub fn self_managed() -> Backend {
    Backend::SelfManaged(SelfManaged {
        url: "s3://state/#{Octopus.Environment.Name}".to_owned(),
        passphrase: Some(variable_name("Pulumi.Passphrase")),
        extra: Extra::default(),
    })
}

pub fn cloud() -> Backend {
    Backend::Cloud(PulumiCloud::default())
}

/// Three environments with stacks, a pool, feeds, a team, a package; no steps.
pub fn bare() -> Design {
    let mut design = Design { title: "Web".to_owned(), ..Design::default() };
    let space = &mut *design.space;
    for (id, title, octopus_id) in [
        ("dev", "Development", "Environments-1"),
        ("staging", "Staging", ""),
        ("prod", "Production", ""),
    ] {
        let title = EnvironmentName::parse(title).expect("a name");
        let mut one = Environment::new(environment_id(id), title);
        one.octopus_id = octopus_id.to_owned();
        one.is_protected = id == "prod";
        space.environments.push(one);
    }
    let pool = WorkerPoolId::parse("ubuntu").expect("an id");
    space.worker_pools.push(WorkerPool::new(pool, name("Hosted Ubuntu")));
    for (id, title, kind) in [
        ("built-in", "Octopus Server (built-in)", FeedKind::BuiltIn),
        ("docker", "Docker Hub", FeedKind::Docker),
    ] {
        space.feeds.push(Feed::new(FeedId::parse(id).expect("an id"), name(title), kind));
    }
    let team = TeamId::parse("managers").expect("an id");
    space.teams.push(Team::new(team, name("Release managers")));
    for (id, title) in [("aws-dev", "AWS Development"), ("aws-prod", "AWS Production")] {
        let id = AccountId::parse(id).expect("an id");
        space.accounts.push(Account::new(id, name(title), AccountKind::Aws));
    }
    let project = &mut *design.project;
    project.name = "web".to_owned();
    let key = PackageKey::parse("app").expect("a key");
    let feed = FeedId::parse("built-in").expect("an id");
    project.packages.push(Package::new(key.clone(), "Acme.Infra", Some(feed)));
    let pulumi = &mut *design.pulumi;
    pulumi.package = Some(key);
    pulumi.reference = "pulumi-app".to_owned();
    pulumi.folder = "infrastructure".to_owned();
    for environment in ["dev", "staging", "prod"] {
        let stack = StackReference::parse(&format!("my-org/web/{environment}")).expect("a stack");
        pulumi.set_stack(&environment_id(environment), Some(stack));
    }
    design
}

/// The 2019 guide's process, with an approval and a message, and a runbook.
pub fn guide() -> Design {
    let mut design = bare();
    design.pulumi.credentials = CloudCredentials::Aws(account("AWS", "eu-west-1"));
    let folder = ProgramSource::Folder(ProgramFolder {
        path: "#{Octopus.Action[Extract package].Output.AppPath}".to_owned(),
        extra: Extra::default(),
    });
    let preview = RunStep { source: folder.clone(), ..run(PulumiOperation::Preview) };
    let up = RunStep {
        source: folder.clone(),
        verifies: Some(action_id("preview")),
        publishes_outputs: true,
        ..run(PulumiOperation::Up)
    };
    let config = ConfigOverrideStep {
        source: folder,
        entries: vec![ConfigEntry::new("aws:region", "#{AWS.Region}")],
        ..ConfigOverrideStep::default()
    };
    let mut approve = octopus("approve", "Approve changes", "Octopus.Manual");
    approve.properties.set_text(
        keys::MANUAL_INSTRUCTIONS,
        "Review #{Octopus.Action[Pulumi preview].Output.Creates} creates.",
    );
    approve.properties.set_text(keys::MANUAL_TEAMS, "managers");
    approve.environments = vec![environment_id("prod")];
    approve.is_required = true;
    let mut mail = octopus("mail", "Notify failure", "Octopus.Email");
    mail.properties.set_text("Octopus.Action.Email.To", "ops@example.com");
    mail.properties.set_text("Octopus.Action.Email.Subject", "#{Octopus.Project.Name} failed");
    mail.properties.set_text("Octopus.Action.Email.Body", "#{Octopus.Deployment.Error}");
    let mut mail = single("mail", mail);
    mail.condition =
        StepCondition::from_octopus("Variable", "#{if Octopus.Deployment.Error}True#{/if}")
            .expect("a condition");
    let steps = [
        pulumi("extract", "Extract package", PulumiStep::Extract(ExtractStep::default())),
        pulumi("config", "Write config override", PulumiStep::ConfigOverride(config)),
        pulumi("preview", "Pulumi preview", PulumiStep::Run(preview)),
        single("approve", approve),
        pulumi("up", "Pulumi up", PulumiStep::Run(up)),
        mail,
    ];
    let pool = WorkerPoolPick {
        pool: WorkerPoolId::parse("ubuntu").expect("an id"),
        extra: Extra::default(),
    };
    for mut step in steps {
        let action = step.actions.first_mut();
        if action.pulumi_step().is_some() {
            action.worker_pool = WorkerPoolChoice::Pool(pool.clone());
            action.container = Some(Container {
                image: "pulumi/pulumi:3.227.0".to_owned(),
                feed: Some(Bound::Is(FeedId::parse("docker").expect("an id"))),
                extra: Extra::default(),
            });
        }
        design.project.process.steps.push(step);
    }
    let mut runbook = Runbook::new(RunbookId::parse("drift").expect("an id"), name("Check drift"));
    runbook.process.steps.push(pulumi(
        "refresh",
        "Pulumi drift check",
        PulumiStep::run(PulumiOperation::Refresh),
    ));
    design.project.runbooks.push(runbook);
    let aws = |id: &str| {
        VariableContent::AwsAccount(AccountContent {
            account: Some(Bound::Is(AccountId::parse(id).expect("an id"))),
            extra: Extra::default(),
        })
    };
    let scope = |id: &str| Scope::environment(environment_id(id));
    for one in [
        variable("aws", "AWS", &[(aws("aws-dev"), scope("dev")), (aws("aws-prod"), scope("prod"))]),
        variable("region", "AWS.Region", &[(VariableContent::text("eu-west-1"), Scope::default())]),
        variable("token", "PULUMI_ACCESS_TOKEN", &[(secret(), Scope::default())]),
    ] {
        design.project.variables.push(one);
    }
    design
}
