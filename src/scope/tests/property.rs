//! What holds for any values and any context, and how long the largest takes.

use std::time::Instant;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use super::design::design;
use super::*;
use crate::generate::{Size, large};
use crate::model::space::TenantValue;
use crate::model::variable::ControlType;
use crate::record::Extra;

const ENVIRONMENTS: [&str; 4] = ["a", "b", "c", "d"];

/// `key=` and some of `all`, or nothing.
fn some_of(key: &'static str, all: &'static [&'static str]) -> impl Strategy<Value = String> {
    let none_or_more = prop_oneof![
        3 => Just(Vec::new()),
        2 => subsequence(all, 0..=all.len()),
    ];
    none_or_more.prop_shuffle().prop_map(move |some| match some.as_slice() {
        [] => String::new(),
        some => format!("{key}={}", some.join(",")),
    })
}

fn words(parts: Vec<String>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn any_scope() -> impl Strategy<Value = String> {
    (
        some_of("env", &ENVIRONMENTS),
        some_of("channel", &["c1", "c2"]),
        some_of("process", &["deployment", "book"]),
        some_of("step", &["s1", "s2"]),
        some_of("target", &["t1", "t2"]),
        some_of("tags", &["web", "app", "db"]),
        some_of("tenanttags", &["R/A", "R/B"]),
    )
        .prop_map(|(a, b, c, d, e, f, g)| words(vec![a, b, c, d, e, f, g]))
}

fn any_value() -> impl Strategy<Value = String> {
    let source = prop_oneof![
        4 => Just("of=project"),
        3 => Just("of=library"),
        1 => Just("tenant=x/one"),
        1 => Just("tenant=y/two of=library"),
        1 => Just("default=one"),
        1 => Just("default=two of=library"),
    ];
    (any_scope(), source).prop_map(|(scope, source)| {
        // What a tenant gives is limited to environments only.
        let of_tenant = !source.starts_with("of=");
        let kept = scope.split(' ').filter(|word| !of_tenant || word.starts_with("env="));
        let kept: Vec<_> = kept.filter(|_| !source.starts_with("default=")).collect();
        format!("{} {source}", kept.join(" "))
    })
}

fn any_context() -> impl Strategy<Value = String> {
    let one = |key: &'static str, all: &'static [&'static str]| {
        prop_oneof![
            1 => Just(String::new()),
            3 => select(all).prop_map(move |one| format!("{key}={one}")),
        ]
    };
    (
        one("env", &["a", "b", "c", "d", "elsewhere"]),
        one("channel", &["c1", "c2"]),
        one("process", &["deployment", "book"]),
        one("step", &["s1", "s2"]),
        one("target", &["t1", "t2"]),
        (some_of("tags", &["web", "app", "db"]), some_of("steptags", &["web", "app"])),
        one("tenant", &["x", "y"]),
        some_of("tenanttags", &["R/A", "R/B"]),
    )
        .prop_map(|(a, b, c, d, e, (f, g), h, i)| words(vec![a, b, c, d, e, f, g, h, i]))
}

/// The result and the texts of the winners, which do not hang on the order.
fn summary(context: &Context, values: &[String]) -> (Option<Rank>, Caveats, Vec<String>) {
    let given: Vec<_> = values.iter().map(|text| Given::new(text)).collect();
    let candidates: Vec<_> = given.iter().map(Given::candidate).collect();
    let explanation = Explanation::of(&candidates, context);
    let mut winners: Vec<_> = explanation.winners().map(|at| values[at].clone()).collect();
    winners.sort();
    (explanation.resolution.rank(), explanation.resolution.caveats(), winners)
}

/// The same values inside each dimension, the other way round.
fn reversed(value: &str) -> String {
    let word = |word: &str| match word.split_once('=') {
        Some((key, list)) => format!("{key}={}", list.rsplit(',').collect::<Vec<_>>().join(",")),
        None => word.to_owned(),
    };
    value.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

/// A design whose variable `N` has all `values`, by their sources.
fn design_of(values: &[String]) -> Design {
    let mut made = design(&ENVIRONMENTS, &[]);
    let set = LibrarySetId::parse("set").expect("an id");
    let mut library = LibrarySet::new(set.clone(), Name::parse("Set").expect("a name"));
    let of = |library: bool| -> Vec<&str> {
        let own = |value: &&String| !value.contains("tenant=") && !value.contains("default=");
        let texts = values.iter().filter(own).map(String::as_str);
        texts.filter(|value| value.contains("of=library") == library).collect()
    };
    made.project.variables.push(super::design::variable("p", "N", &of(false)));
    library.variables.push(super::design::variable("l", "n", &of(true)));
    for (tenant, template, of_library) in [("x", "one", false), ("y", "two", true)] {
        let template = VariableTemplate {
            id: VariableTemplateId::parse(template).expect("an id"),
            name: VariableName::parse("N").expect("a name"),
            label: String::new(),
            help: String::new(),
            default_value: if values.iter().any(|one| one.contains(&format!("default={template}")))
            {
                "default".to_owned()
            } else {
                String::new()
            },
            control: ControlType::default(),
            options: String::new(),
            extra: Extra::default(),
        };
        let mut owner = Tenant::new(
            TenantId::parse(tenant).expect("an id"),
            Name::parse(tenant).expect("a name"),
        );
        for value in values.iter().filter(|one| one.contains(&format!("tenant={tenant}/"))) {
            owner.values.push(TenantValue {
                template: template.id.clone(),
                environments: scope(value).environments,
                value: value.clone(),
                is_sensitive: false,
                extra: Extra::default(),
            });
        }
        made.space.tenants.push(owner);
        if of_library {
            library.templates.push(template);
        } else {
            made.project.templates.push(template);
        }
    }
    made.space.library_sets.push(library);
    made.project.included_sets = vec![set];
    made
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn s21_the_order_of_values_decides_nothing(
        (values, shuffled) in vec(any_value(), 0..7)
            .prop_flat_map(|values| (Just(values.clone()), Just(values).prop_shuffle())),
        at in any_context(),
    ) {
        let context = context(&at);
        prop_assert_eq!(summary(&context, &values), summary(&context, &shuffled));
    }

    #[test]
    fn s11_the_order_inside_a_dimension_decides_nothing(
        values in vec(any_value(), 0..7),
        at in any_context(),
    ) {
        let context = context(&at);
        let turned: Vec<_> = values.iter().map(|value| reversed(value)).collect();
        let (rank, caveats, winners) = summary(&context, &values);
        let (turned_rank, turned_caveats, turned_winners) = summary(&context, &turned);
        prop_assert_eq!((rank, caveats), (turned_rank, turned_caveats));
        let mut expected: Vec<_> = winners.iter().map(|value| reversed(value)).collect();
        expected.sort();
        prop_assert_eq!(turned_winners, expected);
    }

    #[test]
    fn s2_a_value_that_does_not_apply_changes_nothing(
        values in vec(any_value(), 0..7),
        more in any_value(),
        place in any::<Index>(),
        at in any_context(),
    ) {
        let context = context(&at);
        if engine::rank(Given::new(&more).candidate(), &context).is_none() {
            let mut with_more = values.clone();
            with_more.insert(place.index(values.len() + 1), more);
            prop_assert_eq!(summary(&context, &values), summary(&context, &with_more));
        }
    }

    #[test]
    fn s24_the_index_and_the_engine_agree(
        values in vec(any_value(), 0..9),
        at in any_context(),
    ) {
        let design = design_of(&values);
        let resolver = Resolver::new(&design);
        let candidates = resolver.candidates("n").expect("it is there");
        let context = context(&at);
        let plain = candidates.plain();
        prop_assert_eq!(
            resolver.resolve("N", &context),
            engine::resolve(&plain, &context)
        );
        for (place, cell) in resolver.resolve_row("N", &context).into_iter().enumerate() {
            let environment = resolver.environments()[place].clone();
            let there = context.clone().in_environment(environment);
            prop_assert_eq!(cell, engine::resolve(&plain, &there));
        }
        let winners = candidates.winners(&context).count();
        prop_assert_eq!(winners, candidates.explain(&context).winners().count());
    }
}

#[test]
fn the_index_and_the_engine_agree_on_a_design_of_more_than_64_environments() {
    let design = large(Size { environments: 70, variables: 60, values: 300, steps: 20 });
    let resolver = Resolver::new(&design);
    let step = design.project.process.steps.nth(3).expect("a step");
    let base = Context::default_deployment(&design).at_action(step, step.actions.first());
    let tenant = base.clone().for_tenant(design.space.tenants.nth(0).expect("a tenant"));
    let target = tenant.clone().on_target(design.space.targets.nth(0).expect("a target"));
    let (mut ambiguous, mut scoped) = (0, 0);
    for context in [base, tenant, target, context("process=drift")] {
        for name in resolver.names() {
            let row = resolver.resolve_row(name.name().as_str(), &context);
            for (cell, environment) in row.iter().zip(resolver.environments()) {
                let there = context.clone().in_environment(environment.clone());
                assert_eq!(*cell, engine::resolve(&name.plain(), &there));
                ambiguous += usize::from(cell.is_ambiguous());
                scoped += usize::from(cell.rank().is_some_and(|rank| rank.has(Level::Environment)));
            }
        }
    }
    assert!(ambiguous > 0 && scoped > 1_000, "the design is worth the test: {ambiguous} {scoped}");
}

#[test]
fn the_large_design_is_resolved_in_one_sweep() {
    let design = large(Size::LARGE);
    let started = Instant::now();
    let mut resolver = Resolver::new(&design);
    let built = started.elapsed();
    let context = Context::default_deployment(&design);
    let tenant = context.clone().for_tenant(design.space.tenants.nth(0).expect("a tenant"));
    for (what, context) in [("deployment", &context), ("for a tenant", &tenant)] {
        let mut row = Vec::new();
        let mut times = Vec::new();
        for _ in 0..5 {
            let started = Instant::now();
            let (mut cells, mut undefined) = (0, 0);
            for name in resolver.names() {
                resolver.resolve_row_into(name, context, &mut row);
                cells += row.len();
                undefined += row.iter().filter(|cell| cell.is_undefined()).count();
            }
            times.push(started.elapsed());
            assert_eq!(cells, 100 * 2_001, "2,000 variables and a template");
            let without = usize::from(context.tenant.is_none()) * 100;
            assert_eq!(undefined, without, "the template's name has no value without a tenant");
        }
        println!("scope: 200,100 cells, {what}, five times: {times:.1?}");
    }
    let mut edited = design.clone();
    let id = design.project.variables.nth(7).expect("it is there").id.clone();
    edited.project.variables.update(&id, |variable| variable.values = Default::default());
    let started = Instant::now();
    let changed = resolver.refresh(&edited);
    println!("scope: index in {built:?}, refreshed after an edit in {:?}", started.elapsed());
    assert_eq!(changed.len(), 1);
    let started = Instant::now();
    let mut row = Vec::new();
    resolver.resolve_row_into(&changed[0], &context, &mut row);
    println!("scope: the edited name for all environments in {:?}", started.elapsed());
    assert!(row.iter().all(|cell| cell.is_undefined()));
}
