//! Steps that run Pulumi do so in a container of one version.
//!
//! Source: reference, pulumi, sections 5.2 (H14) and 6.1; the version is the one
//! that the reference was read at.

use super::package::needs;
use super::spot::{Spot, actions, change_action};
use super::{Change, Finds, Kind};
use crate::edit::{Refusal, refuse};
use crate::model::process::{Container, ProgramSource};
use crate::model::{Design, Feed, FeedId, FeedKind, Name, PulumiStep};
use crate::record::{Bound, Extra};

/// Pulumi's own image with all runtimes.
const IMAGE: &str = "pulumi/pulumi:3.259.0";
/// Where it comes from.
const REGISTRY: &str = "Docker Hub";

/// Finds steps that run Pulumi on the worker itself, from a package of their own.
pub fn find(design: &Design, earlier: &[Change], finds: &mut Finds) {
    for (spot, step, action) in actions(design) {
        let Some(PulumiStep::Run(run)) = action.pulumi_step() else { continue };
        let is_own = matches!(run.source, ProgramSource::Package(_));
        if !is_own || action.container.is_some() || !step.target_tags.is_empty() {
            continue;
        }
        let image = design.pulumi.container.as_ref().map_or(IMAGE, |one| one.image.as_str());
        let what = format!("“{}” runs in a container of {image}.", action.name);
        finds.offer(&spot, what, needs(earlier, &spot, &[Kind::OwnStep, Kind::OwnPackage]));
    }
}

/// Lets the step at `spot` run in the design's container.
pub fn make(design: &mut Design, spot: &Spot) -> Result<(), Refusal> {
    let container = match &design.pulumi.container {
        Some(container) => container.clone(),
        None => Container {
            image: IMAGE.to_owned(),
            feed: Some(Bound::Is(feed(design)?)),
            extra: Extra::default(),
        },
    };
    change_action(design, spot, |action| {
        action.container = Some(container.clone());
        Ok(())
    })?;
    design.pulumi.container = Some(container);
    Ok(())
}

/// The registry that images come from; Docker Hub is added where there is none.
fn feed(design: &mut Design) -> Result<FeedId, Refusal> {
    let feeds = &mut design.space.feeds;
    if let Some(known) = feeds.iter().find(|one| one.kind == FeedKind::Docker) {
        return Ok(known.id.clone());
    }
    for count in 1..100 {
        let id = if count == 1 { "docker-hub".to_owned() } else { format!("docker-hub-{count}") };
        let (Ok(id), Ok(name)) = (FeedId::parse(&id), Name::parse(REGISTRY)) else { break };
        if feeds.push(Feed::new(id.clone(), name, FeedKind::Docker)) {
            return Ok(id);
        }
    }
    refuse("No container registry could be added.")
}
