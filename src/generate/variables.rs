//! Variables of a large design: names by area and part, a value for everywhere
//! and others for groups of environments.

use super::{AREAS, Dice, RINGS, STAGES, Size, id, stage};
use crate::model::variable::{AccountContent, SensitiveContent};
use crate::model::{
    AccountId, ActionId, ChannelId, Environment, EnvironmentId, ProcessOwner, RunbookId, Scope,
    TargetTag, TenantTag, ValueId, Variable, VariableContent, VariableId, VariableName,
    VariableValue,
};
use crate::record::{Bound, Extra, Table};

const PARTS: [&str; 10] = [
    "Database", "Cache", "Queue", "Api", "Web", "Storage", "Scaling", "Alerts", "Logging", "Limits",
];

const SETTINGS: [&str; 14] = [
    "Host",
    "Port",
    "ConnectionString",
    "Password",
    "Timeout",
    "Enabled",
    "MinInstances",
    "MaxInstances",
    "Url",
    "Region",
    "Bucket",
    "LogLevel",
    "RetentionDays",
    "Certificate.Thumbprint",
];

/// The first variables, which the Pulumi steps need.
const FIRST: [&str; 3] = ["PULUMI_ACCESS_TOKEN", "AWS", "Azure"];

/// The variables of the project and of each library set.
pub(super) struct Made {
    pub(super) project: Table<Variable>,
    pub(super) sets: [Table<Variable>; 3],
}

pub(super) fn make(size: Size, environments: &[Environment]) -> Option<Made> {
    let mut dice = Dice(0x5eed);
    let mut project = Vec::new();
    let mut sets: [Vec<Variable>; 3] = Default::default();
    let (each, more) = match size.variables {
        0 => (0, 0),
        count => (size.values / count, size.values % count),
    };
    for index in 0..size.variables {
        let count = each + usize::from(index < more);
        let in_library = index % 10 == 9;
        let name = VariableName::parse(&name(index)?).ok()?;
        let mut variable = Variable::new(id(VariableId::parse, &format!("var-{index}"))?, name);
        variable.values = (0..count)
            .filter_map(|at| value(index, at, count, in_library, size, environments, &mut dice))
            .collect();
        match sets.get_mut(index / 10 % 3) {
            Some(set) if in_library => set.push(variable),
            _ => project.push(variable),
        }
    }
    let sets = sets.map(|set| set.into_iter().collect());
    Some(Made { project: project.into_iter().collect(), sets })
}

fn name(index: usize) -> Option<String> {
    if let Some(first) = FIRST.get(index) {
        return Some((*first).to_owned());
    }
    let area = AREAS.get(index % AREAS.len())?;
    let part = PARTS.get(index / AREAS.len() % PARTS.len())?;
    let setting = SETTINGS.get(index / (AREAS.len() * PARTS.len()) % SETTINGS.len())?;
    let round = index / (AREAS.len() * PARTS.len() * SETTINGS.len());
    Some(match round {
        0 => format!("{area}:{part}:{setting}"),
        _ => format!("{area}:{part}{}:{setting}", round + 1),
    })
}

fn value(
    index: usize,
    at: usize,
    count: usize,
    in_library: bool,
    size: Size,
    environments: &[Environment],
    dice: &mut Dice,
) -> Option<VariableValue> {
    let id = id(ValueId::parse, &format!("val-{index}-{at}"))?;
    let scope = scope(index, at, count, in_library, size, environments, dice)?;
    Some(VariableValue::new(id, content(index, at, dice)?, scope))
}

fn content(index: usize, at: usize, dice: &mut Dice) -> Option<VariableContent> {
    let name = name(index)?;
    let account = |cloud: &str| {
        let account = id(AccountId::parse, &format!("{cloud}-{}", at % STAGES.len()))?;
        Some(AccountContent { account: Some(Bound::Is(account)), extra: Extra::default() })
    };
    let host = || name.to_ascii_lowercase().replace(':', "-");
    Some(match name.rsplit(':').next()? {
        "PULUMI_ACCESS_TOKEN" | "Password" | "ConnectionString" => {
            VariableContent::Sensitive(SensitiveContent { is_set: true, extra: Extra::default() })
        }
        "AWS" => VariableContent::AwsAccount(account("aws")?),
        "Azure" => VariableContent::AzureAccount(account("azure")?),
        "Port" => VariableContent::text((5_000 + dice.roll(3_000)).to_string()),
        "Timeout" | "RetentionDays" => VariableContent::text((5 + dice.roll(90)).to_string()),
        "MinInstances" | "MaxInstances" => VariableContent::text((1 + dice.roll(12)).to_string()),
        "Enabled" => VariableContent::text(if dice.roll(3) == 0 { "False" } else { "True" }),
        "LogLevel" => VariableContent::text(if at == 0 { "Information" } else { "Debug" }),
        "Url" => VariableContent::text(format!(
            "https://#{{{}:Host}}:#{{{}:Port}}/v{at}",
            name.trim_end_matches(":Url"),
            name.trim_end_matches(":Url"),
        )),
        _ => VariableContent::text(format!(
            "{}-#{{Octopus.Environment.Name | ToLower}}.acme.example",
            host()
        )),
    })
}

/// The first value is for everywhere; the others share the environments, and
/// a few are limited in another way, so that every rule has something to do.
fn scope(
    index: usize,
    at: usize,
    count: usize,
    in_library: bool,
    size: Size,
    environments: &[Environment],
    dice: &mut Dice,
) -> Option<Scope> {
    if at == 0 {
        return Some(Scope::default());
    }
    let groups = count.saturating_sub(1).max(1);
    let all = environments.len().max(1);
    // A quarter of the variables has a value for each stage or region; the
    // others make exceptions for one or two environments.
    let is_in = |place: usize, group: usize| match index % 8 {
        0 => place * groups / all == group % groups,
        4 => (place - stage(place, all) * all / STAGES.len()) % groups == group % groups,
        odd => {
            let first = (index + group * 7) % all;
            place == first || (odd > 5 && place == (first + 1) % all)
        }
    };
    let of = |group: usize| -> Vec<EnvironmentId> {
        let members = environments.iter().enumerate().filter(|(place, _)| is_in(*place, group));
        members.map(|(_, environment)| environment.id.clone()).collect()
    };
    let mut scope = Scope { environments: of(at - 1), ..Scope::default() };
    let special = dice.roll(100);
    match special {
        0..=4 => {
            scope.tenant_tags =
                vec![id(TenantTag::parse, &format!("Ring/{}", RINGS.get(special % RINGS.len())?))?]
        }
        // Overlaps its neighbour's environments, as slips of the hand do.
        5..=6 if groups > 1 => scope.environments.extend(of(at).into_iter().take(1)),
        7..=9 => scope.target_tags = vec![id(TargetTag::parse, "web")?],
        10..=14 if !in_library && size.steps > 0 => {
            scope.actions = vec![id(ActionId::parse, &format!("step-{}", dice.roll(size.steps)))?];
        }
        15..=19 if !in_library => scope.channels = vec![id(ChannelId::parse, "hotfix")?],
        20..=22 if !in_library => {
            scope.processes = vec![ProcessOwner::Runbook(id(RunbookId::parse, "drift")?)];
        }
        _ => {}
    }
    Some(scope)
}
