//! The contexts in which a name can be looked up, as far as they differ for it.

use super::MOST_CONTEXTS;
use super::bits::Bits;
use super::matrix::Reader;
use crate::model::{
    ActionId, ChannelId, Design, EnvironmentId, ProcessOwner, Target, TargetId, TargetTag, Tenant,
    TenantId, TenantTag,
};
use crate::scope::{Candidates, Context, Origin};

/// A context for some steps, in any environment that it is not kept from.
pub struct Case {
    /// The context, but for its environment.
    pub context: Context,
    /// Whether it rests on a tenant, a target or a channel that the design does
    /// not know.
    pub is_assumed: bool,
    /// The environments in which it can be; `None` for all.
    pub environments: Option<Bits>,
}

/// Steps for which a name is looked up alike.
pub struct Group {
    /// Which steps; none stands for what the process itself may look up.
    pub steps: Bits,
    /// The process.
    pub owner: ProcessOwner,
    /// The contexts; `None` where there are too many.
    pub cases: Option<Vec<Case>>,
}

/// What a name's values are limited to, and so what makes contexts differ.
struct Cares {
    actions: Vec<ActionId>,
    channels: Vec<ChannelId>,
    has_channels: bool,
    has_tenants: bool,
    has_targets: bool,
    targets: Vec<TargetId>,
    target_tags: Vec<TargetTag>,
    tenant_tags: Vec<TenantTag>,
}

fn add<T: PartialEq + Clone>(all: &mut Vec<T>, more: &[T]) {
    for one in more {
        if !all.contains(one) {
            all.push(one.clone());
        }
    }
}

fn cares(name: &Candidates) -> Cares {
    let mut cares = Cares {
        actions: Vec::new(),
        channels: Vec::new(),
        has_channels: false,
        has_tenants: false,
        has_targets: false,
        targets: Vec::new(),
        target_tags: Vec::new(),
        tenant_tags: Vec::new(),
    };
    for entry in name.entries() {
        let scope = entry.scope();
        add(&mut cares.actions, &scope.actions);
        add(&mut cares.channels, &scope.channels);
        add(&mut cares.targets, &scope.targets);
        add(&mut cares.target_tags, &scope.target_tags);
        add(&mut cares.tenant_tags, &scope.tenant_tags);
        cares.has_targets |= !scope.targets.is_empty() || !scope.target_tags.is_empty();
        cares.has_tenants |=
            !scope.tenant_tags.is_empty() || !matches!(entry.origin, Origin::Variable(_));
    }
    cares.has_channels = !cares.channels.is_empty();
    cares
}

/// What tells the steps of a process apart for a name.
#[derive(PartialEq)]
struct Key {
    owner: ProcessOwner,
    action: Option<ActionId>,
    tags: Vec<TargetTag>,
    channels: Vec<ChannelId>,
    tenant_tags: Vec<TenantTag>,
    is_step: bool,
}

/// The groups of steps for a name, and for each process one without a step.
pub fn groups(design: &Design, name: &Candidates, steps: &[Reader]) -> Vec<Group> {
    let cares = cares(name);
    let runbooks = design.project.runbooks.iter().map(|one| ProcessOwner::Runbook(one.id.clone()));
    let mut keys: Vec<(Key, Bits)> = std::iter::once(ProcessOwner::Deployment)
        .chain(runbooks)
        .map(|owner| {
            let (tags, channels, tenant_tags) = (Vec::new(), Vec::new(), Vec::new());
            let key = Key { owner, action: None, tags, channels, tenant_tags, is_step: false };
            (key, Bits::default())
        })
        .collect();
    for (place, step) in steps.iter().enumerate() {
        let key = Key {
            owner: step.owner.clone(),
            action: Some(step.action.clone()).filter(|action| cares.actions.contains(action)),
            tags: if cares.has_targets { step.target_tags.clone() } else { Vec::new() },
            channels: if cares.has_channels { step.channels.clone() } else { Vec::new() },
            tenant_tags: if cares.has_tenants { step.tenant_tags.clone() } else { Vec::new() },
            is_step: true,
        };
        match keys.iter_mut().find(|(known, _)| *known == key) {
            Some((_, steps)) => steps.add(place),
            None => {
                let mut steps = Bits::default();
                steps.add(place);
                keys.push((key, steps));
            }
        }
    }
    keys.into_iter()
        .map(|(key, steps)| {
            let cases = cases(design, &cares, &key);
            Group { steps, owner: key.owner, cases }
        })
        .collect()
}

/// A choice in one dimension: what it does to a context.
struct Choice<T> {
    value: T,
    is_assumed: bool,
    environments: Option<Bits>,
}

fn known<T>(value: T) -> Choice<T> {
    Choice { value, is_assumed: false, environments: None }
}

fn cases(design: &Design, cares: &Cares, key: &Key) -> Option<Vec<Case>> {
    let channels = channels(design, cares, key);
    let tenants = tenants(design, cares, key);
    let targets = targets(design, cares, key);
    let count = channels.len().checked_mul(tenants.len())?.checked_mul(targets.len())?;
    if count > MOST_CONTEXTS {
        return None;
    }
    let mut cases = Vec::with_capacity(count);
    for channel in &channels {
        for tenant in &tenants {
            for target in &targets {
                let mut context = Context {
                    process: Some(key.owner.clone()),
                    action: key.action.clone(),
                    step_tags: key.tags.clone(),
                    channel: channel.value.clone(),
                    ..Context::default()
                };
                (context.tenant, context.tenant_tags) = tenant.value.clone();
                (context.target, context.target_tags) = target.value.clone();
                let environments = match (&tenant.environments, &target.environments) {
                    (Some(left), Some(right)) => {
                        let mut both = Bits::default();
                        both.add_both(left, right);
                        Some(both)
                    }
                    (one, other) => one.clone().or_else(|| other.clone()),
                };
                let is_assumed = channel.is_assumed || tenant.is_assumed || target.is_assumed;
                cases.push(Case { context, is_assumed, environments });
            }
        }
    }
    Some(cases)
}

fn channels(design: &Design, cares: &Cares, key: &Key) -> Vec<Choice<Option<ChannelId>>> {
    // A runbook has none; and a design without any has Octopus's default one.
    if !cares.has_channels || key.owner != ProcessOwner::Deployment {
        return vec![known(None)];
    }
    let allows = |id: &ChannelId| key.channels.is_empty() || key.channels.contains(id);
    let own = design.project.channels.iter().map(|one| one.id.clone());
    let mut all: Vec<_> = own.filter(allows).map(|id| known(Some(id))).collect();
    for id in cares.channels.iter().filter(|id| allows(id)) {
        if design.project.channels.get(id).is_none() {
            let value = Some(id.clone());
            all.push(Choice { value, is_assumed: true, environments: None });
        }
    }
    if design.project.channels.is_empty() {
        all.push(known(None));
    }
    all
}

fn environments(design: &Design, of: &[EnvironmentId]) -> Option<Bits> {
    let all = &design.space.environments;
    let is_in = |place| all.nth(place).is_some_and(|one| of.contains(&one.id));
    // Where the design says none, it may be any.
    (!of.is_empty()).then(|| Bits::of(all.len(), is_in))
}

type Bearer<I, T> = (Option<I>, Vec<T>);

fn shares<T: AsRef<str>>(left: &[T], right: &[T]) -> bool {
    let is_in = |tag: &T| right.iter().any(|one| one.as_ref().eq_ignore_ascii_case(tag.as_ref()));
    left.iter().any(is_in)
}

fn tenants(design: &Design, cares: &Cares, key: &Key) -> Vec<Choice<Bearer<TenantId, TenantTag>>> {
    let mut all = vec![known((None, Vec::new()))];
    if !cares.has_tenants {
        return all;
    }
    let takes =
        |tenant: &Tenant| key.tenant_tags.is_empty() || shares(&key.tenant_tags, &tenant.tags);
    for tenant in design.space.tenants.iter().filter(|tenant| takes(tenant)) {
        let value = (Some(tenant.id.clone()), tenant.tags.clone());
        let environments = environments(design, &tenant.environments);
        all.push(Choice { value, is_assumed: false, environments });
    }
    // One that the design does not know. With fewer tags it has fewer values
    // that could win against another, so one tag at a time is enough.
    let id = TenantId::parse("some-tenant").ok();
    let mut assume = |tags: Vec<TenantTag>| {
        all.push(Choice { value: (id.clone(), tags), is_assumed: true, environments: None });
    };
    let of_step: Vec<Vec<TenantTag>> = match key.tenant_tags.as_slice() {
        [] => vec![Vec::new()],
        tags => tags.iter().map(|tag| vec![tag.clone()]).collect(),
    };
    for step in &of_step {
        assume(step.clone());
        for tag in &cares.tenant_tags {
            let mut tags = step.clone();
            add(&mut tags, std::slice::from_ref(tag));
            assume(tags);
        }
    }
    all
}

fn targets(design: &Design, cares: &Cares, key: &Key) -> Vec<Choice<Bearer<TargetId, TargetTag>>> {
    let none = known((None, Vec::new()));
    // A step that asks for no target runs without one.
    if !cares.has_targets || (key.is_step && key.tags.is_empty()) {
        return vec![none];
    }
    let mut all = if key.is_step { Vec::new() } else { vec![none] };
    let takes = |target: &Target| !key.is_step || shares(&key.tags, &target.tags);
    for target in design.space.targets.iter().filter(|target| takes(target)) {
        let value = (Some(target.id.clone()), target.tags.clone());
        let environments = environments(design, &target.environments);
        all.push(Choice { value, is_assumed: false, environments });
    }
    let mut assume = |id: Option<TargetId>, tags: Vec<TargetTag>| {
        all.push(Choice { value: (id, tags), is_assumed: true, environments: None });
    };
    let some = TargetId::parse("some-target").ok();
    let of_step: Vec<Vec<TargetTag>> = match key.tags.as_slice() {
        [] => vec![Vec::new()],
        tags => tags.iter().map(|tag| vec![tag.clone()]).collect(),
    };
    for step in &of_step {
        assume(some.clone(), step.clone());
        for id in cares.targets.iter().filter(|id| design.space.targets.get(id).is_none()) {
            assume(Some(id.clone()), step.clone());
        }
        for tag in &cares.target_tags {
            let mut tags = step.clone();
            add(&mut tags, std::slice::from_ref(tag));
            assume(some.clone(), tags);
        }
    }
    all
}
