//! Makes large designs that look like real ones, for benches, for tests and
//! for trying things out.
//!
//! Invariant: the same numbers give the same design, byte for byte.
//! Never: randomness from outside.

mod process;
mod variables;

use crate::model::pulumi::{PulumiProjectName, StackReference};
use crate::model::space::{Phase, TagSet, Target, TenantValue};
use crate::model::{
    Account, AccountId, AccountKind, Channel, ChannelId, Design, Environment, EnvironmentId,
    EnvironmentName, Feed, FeedId, FeedKind, LibrarySet, LibrarySetId, Lifecycle, LifecycleId,
    Name, Package, PackageKey, Project, Runbook, RunbookId, Space, StackMapping, TagSetId,
    TargetId, TargetTag, Tenant, TenantId, TenantTag, VariableName, VariableTemplate,
    VariableTemplateId, WorkerPool, WorkerPoolId,
};
use crate::record::{Extra, NameError, Table};

/// Stages in promotion order; environments are spread over them.
const STAGES: [&str; 4] = ["Development", "Test", "Staging", "Production"];

const REGIONS: [&str; 12] = [
    "eu-west-1",
    "eu-central-1",
    "us-east-1",
    "us-west-2",
    "ap-southeast-2",
    "ap-northeast-1",
    "sa-east-1",
    "ca-central-1",
    "eu-north-1",
    "ap-south-1",
    "us-east-2",
    "af-south-1",
];

/// The parts of the made-up business; variables and steps are named after them.
const AREAS: [&str; 16] = [
    "Payments",
    "Orders",
    "Catalog",
    "Search",
    "Customers",
    "Shipping",
    "Invoices",
    "Reports",
    "Identity",
    "Mail",
    "Basket",
    "Pricing",
    "Stock",
    "Returns",
    "Reviews",
    "Audit",
];

const RINGS: [&str; 2] = ["Early", "Stable"];

/// How large a design is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Environments.
    pub environments: usize,
    /// Variables, over the project and its library sets.
    pub variables: usize,
    /// Values, over all variables.
    pub values: usize,
    /// Steps of the deployment process.
    pub steps: usize,
}

impl Size {
    /// The largest design that everything must stay instant with.
    pub const LARGE: Self =
        Self { environments: 100, variables: 2_000, values: 10_000, steps: 200 };
}

/// A large design of the given numbers, always the same one.
#[must_use]
pub fn large(size: Size) -> Design {
    // Every name and id below follows the rules, so nothing is ever missing.
    build(size).unwrap_or_default()
}

fn build(size: Size) -> Option<Design> {
    let mut design = Design { title: "Large".to_owned(), ..Design::default() };
    design.notes = format!(
        "Made up: {} environments, {} variables with {} values, {} steps.",
        size.environments, size.variables, size.values, size.steps
    );
    let environments = environments(size.environments)?;
    design.space = space(&environments)?.into();
    let mut made = variables::make(size, &environments)?;
    for (set, variables) in design.space.library_sets.clone().iter().zip(&mut made.sets) {
        let variables = std::mem::take(variables);
        design.space.library_sets.update(&set.id, |set| set.variables = variables);
    }
    design.project = project(size, made.project)?.into();
    let pulumi = &mut *design.pulumi;
    pulumi.project = PulumiProjectName::parse("platform").ok();
    pulumi.runtime = "nodejs".to_owned();
    pulumi.package = Some(id(PackageKey::parse, "platform")?);
    pulumi.pattern = "acme/platform/{environment.slug}".to_owned();
    for environment in &environments {
        let stack = StackReference::parse(&format!("acme/platform/{}", environment.slug())).ok()?;
        let environment = environment.id.clone();
        pulumi.stacks.push(StackMapping::new(environment, stack));
    }
    Some(design)
}

/// An id or name that is known to follow its rule.
fn id<T>(parse: impl Fn(&str) -> Result<T, NameError>, text: &str) -> Option<T> {
    parse(text).ok()
}

/// The stage of the environment at `index` of `count`.
fn stage(index: usize, count: usize) -> usize {
    index * STAGES.len() / count.max(1)
}

fn environments(count: usize) -> Option<Vec<Environment>> {
    let mut made = Vec::with_capacity(count);
    let (mut current, mut place) = (0, 0);
    for index in 0..count {
        let stage = stage(index, count);
        place = if stage == current { place } else { 0 };
        current = stage;
        let mut name = (*STAGES.get(stage)?).to_owned();
        if count > STAGES.len() {
            name = format!("{name} {}", REGIONS.get(place % REGIONS.len())?);
        }
        if place >= REGIONS.len() {
            name = format!("{name} {}", place / REGIONS.len() + 1);
        }
        place += 1;
        let id = id(EnvironmentId::parse, &format!("env-{index}"))?;
        let mut environment = Environment::new(id, EnvironmentName::parse(&name).ok()?);
        environment.is_protected = stage + 1 == STAGES.len();
        environment.uses_guided_failure = environment.is_protected;
        made.push(environment);
    }
    Some(made)
}

fn space(environments: &[Environment]) -> Option<Space> {
    let mut lifecycle =
        Lifecycle::new(id(LifecycleId::parse, "default")?, Name::parse("Default Lifecycle").ok()?);
    let mut accounts = Vec::new();
    for (stage_at, name) in STAGES.iter().enumerate() {
        let of_stage: Vec<_> = environments
            .iter()
            .enumerate()
            .filter(|(index, _)| stage(*index, environments.len()) == stage_at)
            .map(|(_, environment)| environment.id.clone())
            .collect();
        for (cloud, kind) in [("AWS", AccountKind::AwsOidc), ("Azure", AccountKind::AzureOidc)] {
            let key = format!("{}-{stage_at}", cloud.to_ascii_lowercase());
            let name = Name::parse(&format!("{cloud} {name}")).ok()?;
            let mut account = Account::new(id(AccountId::parse, &key)?, name, kind);
            account.environments.clone_from(&of_stage);
            accounts.push(account);
        }
        if let Some((first, rest)) = of_stage.split_first() {
            let mut phase = Phase::manual(Name::parse(name).ok()?, first.clone());
            phase.manual.extend(rest.iter().cloned());
            lifecycle.phases.push(phase);
        }
    }
    let pool = |key: &str, name: &str| {
        Some(WorkerPool::new(id(WorkerPoolId::parse, key)?, Name::parse(name).ok()?))
    };
    let mut default_pool = pool("ubuntu", "Hosted Ubuntu")?;
    default_pool.is_default = true;
    let feed = |key: &str, name: &str, kind: FeedKind| {
        Some(Feed::new(id(FeedId::parse, key)?, Name::parse(name).ok()?, kind))
    };
    let tag_set = TagSet {
        id: id(TagSetId::parse, "ring")?,
        name: Name::parse("Ring").ok()?,
        tags: RINGS.iter().filter_map(|ring| Name::parse(ring).ok()).collect(),
        octopus_id: String::new(),
        extra: Extra::default(),
    };
    let sets = ["Company", "Network", "Observability"].iter().enumerate();
    Some(Space {
        name: "Platform".to_owned(),
        environments: environments.iter().cloned().collect(),
        lifecycles: [lifecycle].into_iter().collect(),
        worker_pools: [default_pool, pool("windows", "Hosted Windows")?].into_iter().collect(),
        feeds: [
            feed("built-in", "Octopus Server (built-in)", FeedKind::BuiltIn)?,
            feed("docker-hub", "Docker Hub", FeedKind::Docker)?,
        ]
        .into_iter()
        .collect(),
        accounts: accounts.into_iter().collect(),
        targets: targets(environments)?,
        tag_sets: [tag_set].into_iter().collect(),
        tenants: tenants(environments)?,
        library_sets: sets
            .filter_map(|(index, name)| {
                let id = id(LibrarySetId::parse, &format!("set-{index}"))?;
                Some(LibrarySet::new(id, Name::parse(name).ok()?))
            })
            .collect(),
        ..Space::default()
    })
}

fn targets(environments: &[Environment]) -> Option<Table<Target>> {
    let mut targets = Vec::new();
    for (index, environment) in environments.iter().enumerate().step_by(5) {
        targets.push(Target {
            id: id(TargetId::parse, &format!("target-{index}"))?,
            name: Name::parse(&format!("web-{index}")).ok()?,
            tags: vec![id(TargetTag::parse, "web")?, id(TargetTag::parse, "linux")?],
            environments: vec![environment.id.clone()],
            octopus_id: String::new(),
            extra: Extra::default(),
        });
    }
    Some(targets.into_iter().collect())
}

fn tenants(environments: &[Environment]) -> Option<Table<Tenant>> {
    let mut tenants = Vec::new();
    for (index, name) in ["Acme", "Globex", "Initech", "Umbrella", "Hooli"].iter().enumerate() {
        let key = id(TenantId::parse, &format!("tenant-{index}"))?;
        let mut tenant = Tenant::new(key, Name::parse(name).ok()?);
        let ring = RINGS.get(index % RINGS.len())?;
        tenant.tags = vec![id(TenantTag::parse, &format!("Ring/{ring}"))?];
        tenant.environments = environments.iter().map(|one| one.id.clone()).collect();
        if index % 2 == 0 {
            tenant.values = vec![TenantValue {
                template: id(VariableTemplateId::parse, "subdomain")?,
                environments: Vec::new(),
                value: name.to_ascii_lowercase(),
                is_sensitive: false,
                extra: Extra::default(),
            }];
        }
        tenants.push(tenant);
    }
    Some(tenants.into_iter().collect())
}

fn project(size: Size, variables: Table<crate::model::Variable>) -> Option<Project> {
    let channel = |key: &str, name: &str| {
        Some(Channel::new(id(ChannelId::parse, key)?, Name::parse(name).ok()?))
    };
    let mut default_channel = channel("default", "Default")?;
    default_channel.is_default = true;
    let package = id(PackageKey::parse, "platform")?;
    let feed = id(FeedId::parse, "built-in")?;
    let template = VariableTemplate {
        id: id(VariableTemplateId::parse, "subdomain")?,
        name: VariableName::parse("Tenant:Subdomain").ok()?,
        label: "Subdomain".to_owned(),
        help: "The first part of the tenant's address.".to_owned(),
        default_value: "shared".to_owned(),
        control: Default::default(),
        options: String::new(),
        extra: Extra::default(),
    };
    let mut runbooks = Vec::new();
    for (key, name) in [("drift", "Check drift"), ("restart", "Restart"), ("destroy", "Destroy")] {
        let mut runbook = Runbook::new(id(RunbookId::parse, key)?, Name::parse(name).ok()?);
        runbook.process = process::runbook(key, name)?;
        runbooks.push(runbook);
    }
    Some(Project {
        name: "Platform".to_owned(),
        group: "Infrastructure".to_owned(),
        lifecycle: Some(id(LifecycleId::parse, "default")?),
        packages: [Package::new(package, "Acme.Platform", Some(feed))].into_iter().collect(),
        channels: [default_channel, channel("hotfix", "Hotfix")?].into_iter().collect(),
        included_sets: (0..3)
            .filter_map(|index| id(LibrarySetId::parse, &format!("set-{index}")))
            .collect(),
        variables,
        templates: [template].into_iter().collect(),
        process: process::deployment(size)?,
        runbooks: runbooks.into_iter().collect(),
        ..Project::default()
    })
}

/// A tiny generator of numbers that only look random.
struct Dice(u64);

impl Dice {
    /// A number below `sides`.
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let high = usize::try_from(self.0 >> 40).unwrap_or_default();
        high % sides.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::design_file;
    use crate::model::Variable;

    fn counts(design: &Design) -> [usize; 4] {
        let sets = design.space.library_sets.iter().flat_map(|set| &set.variables);
        let variables: Vec<&std::sync::Arc<Variable>> =
            design.project.variables.iter().chain(sets).collect();
        [
            design.space.environments.len(),
            variables.len(),
            variables.iter().map(|variable| variable.values.len()).sum(),
            design.project.process.steps.len(),
        ]
    }

    #[test]
    fn the_numbers_are_those_asked_for() {
        for wanted in
            [[100, 2_000, 10_000, 200], [3, 10, 25, 4], [1, 1, 1, 1], [0, 0, 0, 0], [4, 9, 3, 0]]
        {
            let [environments, variables, values, steps] = wanted;
            assert_eq!(counts(&large(Size { environments, variables, values, steps })), wanted);
        }
    }

    #[test]
    fn the_same_numbers_give_the_same_design_and_it_can_be_read_back() {
        let text = design_file::write(&large(Size::LARGE));
        assert_eq!(text, design_file::write(&large(Size::LARGE)));
        let opened = design_file::read(&text);
        assert_eq!(opened.findings, []);
        assert!(opened.design.is_some_and(|design| design == large(Size::LARGE)));
        println!("large design: {} KiB of text", text.len() / 1024);
    }
}
