//! Octopus's own variables in a scenario, with what is known of their values.
//!
//! What the server gives out (ids, paths) is a sample; what a run alone knows
//! is not here: see `names`.
//! Source: reference, variables, section 7; process, section 4.3.

use super::ground::Ground;
use super::origin::Origin;
use crate::model::process::Acquisition;
use crate::model::{PackageReference, ProcessOwner, Target};
use crate::octostache::Standing;
use crate::record::Bound;

/// Where samples say that steps work.
const WORK: &str = "/home/octopus/work";

/// Puts the variables of the whole run into `ground`.
pub(super) fn of_run(ground: &mut Ground<'_>) {
    let (design, scenario) = (ground.design(), ground.scenario);
    let (space, project) = (&design.space, &design.project);
    ground.sample("Octopus.Space.Id", "Spaces-1");
    match space.name.as_str() {
        "" => ground.sample("Octopus.Space.Name", "Default"),
        name => ground.system("Octopus.Space.Name", name),
    }
    ground.id("Octopus.Project.Id", &project.octopus_id, "Projects-1");
    if !project.name.is_empty() {
        ground.system("Octopus.Project.Name", &project.name);
    }
    ground.sample("Octopus.ProjectGroup.Id", "ProjectGroups-1");
    if !project.group.is_empty() {
        ground.system("Octopus.ProjectGroup.Name", &project.group);
    }
    let mut target_of_run = String::new();
    if let Some(environment) = scenario.environment(design) {
        let place = space.environments.position(&environment.id).unwrap_or_default();
        target_of_run = environment.name.to_string();
        ground.id("Octopus.Environment.Id", &environment.octopus_id, "Environments-1");
        ground.system("Octopus.Environment.Name", environment.name.as_str());
        ground.sample("Octopus.Environment.SortOrder", &place.to_string());
    }
    if let Some(tenant) = scenario.tenant(design) {
        let tags: Vec<_> = tenant.tags.iter().map(|tag| tag.as_str()).collect();
        ground.id("Octopus.Deployment.Tenant.Id", &tenant.octopus_id, "Tenants-1");
        ground.system("Octopus.Deployment.Tenant.Name", tenant.name.as_str());
        ground.system("Octopus.Deployment.Tenant.Tags", &tags.join(","));
    }
    ground.sample("Octopus.Task.Id", "ServerTasks-1");
    ground.sample("Octopus.Web.ServerUri", "https://octopus.example.com");
    ground.sample("Octopus.Web.BaseUrl", "https://octopus.example.com");
    ground.sample("Octopus.Web.ProjectLink", "/app#/Spaces-1/projects/Projects-1");
    ground.sample("Octopus.Web.ReleaseLink", "/app#/Spaces-1/releases/Releases-1");
    ground.sample("Octopus.Web.DeploymentLink", "/app#/Spaces-1/deployments/Deployments-1");
    match &scenario.process {
        ProcessOwner::Deployment => {
            let name = format!("Deploy to {target_of_run}");
            ground.sample("Octopus.Deployment.Id", "Deployments-1");
            ground.sample("Octopus.Deployment.Name", &name);
            ground.sample("Octopus.Task.Name", "Deploy");
            ground.sample("Octopus.Release.Id", "Releases-1");
            ground.system("Octopus.Release.Number", &scenario.release);
            if let Some(channel) = scenario.channel(design) {
                ground.system("Octopus.Release.Channel.Name", channel.name.as_str());
            }
        }
        ProcessOwner::Runbook(id) => {
            ground.sample("Octopus.RunbookRun.Id", "RunbookRuns-1");
            ground.sample("Octopus.RunbookRun.Name", &format!("Run in {target_of_run}"));
            ground.sample("Octopus.Task.Name", "RunbookRun");
            if let Some(runbook) = design.project.runbooks.get(id) {
                ground.id("Octopus.Runbook.Id", &runbook.octopus_id, "Runbooks-1");
                ground.system("Octopus.Runbook.Name", runbook.name.as_str());
            }
        }
    }
    // The simulation follows a run in which nothing fails.
    ground.system("Octopus.Deployment.Error", "");
    ground.system("Octopus.Deployment.ErrorDetail", "");
}

/// Puts the variables of the current action into `ground`.
pub(super) fn of_action(ground: &mut Ground<'_>) {
    let Some((number, step, action)) = ground.at else { return };
    ground.id("Octopus.Step.Id", &step.octopus_id, "11111111-1111-1111-1111-111111111111");
    ground.system("Octopus.Step.Name", step.name.as_str());
    ground.system("Octopus.Step.Number", &number.to_string());
    ground.id("Octopus.Action.Id", &action.octopus_id, "22222222-2222-2222-2222-222222222222");
    ground.system("Octopus.Action.Name", action.name.as_str());
    let tags: Vec<_> = step.target_tags.iter().map(|tag| tag.as_str()).collect();
    if !tags.is_empty() {
        ground.system("Octopus.Action.TargetRoles", &tags.join(","));
    }
    for package in &action.packages {
        of_package(ground, package, action.numbers_releases);
    }
    for dependency in action.git_dependencies.iter().filter(|one| !one.name.is_empty()) {
        let start = format!("Octopus.Action.GitResource[{}].", dependency.name);
        let path = format!("{WORK}/{}", dependency.name);
        ground.system(&[&start, "RepositoryUrl"].concat(), &dependency.repository);
        ground.sample(&[&start, "ExtractedPath"].concat(), &path);
        ground.run_time(&[&start, "CommitHash"].concat(), "the commit that is taken");
    }
}

/// The variables of a package reference.
fn of_package(ground: &mut Ground<'_>, reference: &PackageReference, numbers_releases: bool) {
    let design = ground.design();
    let package = reference.package.as_ref().and_then(|key| design.project.packages.get(key));
    let start = match reference.name.as_str() {
        "" => "Octopus.Action.Package.".to_owned(),
        name => format!("Octopus.Action.Package[{name}]."),
    };
    let name = |end: &str| [start.as_str(), end].concat();
    let id = package.map_or(reference.name.as_str(), |one| &one.package_id);
    ground.put(&name("PackageId"), id, Standing::Firm, Origin::Step);
    match package.and_then(|one| one.feed.as_ref()) {
        Some(Bound::Is(feed)) => {
            let known = design.space.feeds.get(feed).map_or("", |one| &one.octopus_id);
            ground.id(&name("FeedId"), known, "Feeds-1");
        }
        Some(Bound::Expression(text)) => {
            ground.put(&name("FeedId"), text, Standing::Firm, Origin::Step);
        }
        None => {}
    }
    match reference.version.as_str() {
        "" if numbers_releases && !ground.scenario.is_runbook() => {
            // A release is numbered after its package by default, not always.
            let release = ground.scenario.release.clone();
            ground.sample(&name("PackageVersion"), &release);
        }
        "" => {
            let about = format!("the version of {id} that the release takes");
            ground.run_time(&name("PackageVersion"), &about);
        }
        version => ground.put(&name("PackageVersion"), version, Standing::Firm, Origin::Step),
    }
    if reference.acquisition == Acquisition::No {
        return;
    }
    let reference_name = reference.name.as_str();
    if reference_name.is_empty() {
        ground.sample(&name("InstallationDirectoryPath"), WORK);
        return;
    }
    ground.run_time(&name("OriginalPath"), &format!("where {id} was downloaded to"));
    if reference.is_extracted() {
        ground.sample(&name("ExtractedPath"), &format!("{WORK}/{reference_name}"));
    } else {
        let file = format!("{reference_name}.zip");
        ground.sample(&name("PackageFilePath"), &format!("{WORK}/{file}"));
        ground.sample(&name("PackageFileName"), &file);
    }
}

/// Puts the variables of the target into `ground`.
pub(super) fn of_target(ground: &mut Ground<'_>, target: &Target) {
    let tags: Vec<_> = target.tags.iter().map(|tag| tag.as_str()).collect();
    ground.id("Octopus.Machine.Id", &target.octopus_id, "Machines-1");
    ground.system("Octopus.Machine.Name", target.name.as_str());
    ground.system("Octopus.Machine.Roles", &tags.join(","));
}
