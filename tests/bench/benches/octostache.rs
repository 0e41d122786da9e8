//! Templates and simulated deployments: how many a second, and how the time
//! grows with the size.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use pulpo::deploy::{Scenario, Simulation};
use pulpo::generate::{Size, large};
use pulpo::octostache::{Engine, Mode, Variables};

/// How much larger each size is than the first.
const GROWTH: [usize; 3] = [1, 2, 4];
/// How many of the conformance templates are the heaviest.
const HEAVIEST: usize = 10;

/// A template with what it is evaluated against.
type Case = (Variables, String);

/// The conformance templates, if they are on this machine; see
/// `tests/it/octostache_conformance.rs`.
fn conformance() -> Vec<Case> {
    let named = std::env::var_os("PULPO_CONFORMANCE").map(PathBuf::from);
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/conformance");
    let folder = named.unwrap_or_else(beside).join("octostache");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .map(|all| all.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    files.sort();
    let mut cases = Vec::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|end| end == "json")) {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let list: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        for case in list.as_array().into_iter().flatten() {
            let (Some(template), true) = (case["template"].as_str(), case["skip"].is_null()) else {
                continue;
            };
            let mut variables = Variables::new();
            for (name, value) in case["variables"].as_object().into_iter().flatten() {
                variables.set(name, value.as_str());
            }
            cases.push((variables, template.to_owned()));
        }
    }
    cases
}

fn evaluate((variables, template): &Case) -> usize {
    let result = Engine::new(variables).evaluate_in(template, Mode::Halt);
    result.map_or(0, |result| result.text.map_or(0, |text| text.len()))
}

fn templates(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("octostache");
    let mut cases = conformance();
    if cases.is_empty() {
        println!("There are no conformance templates here, so none is measured.");
    } else {
        group.throughput(Throughput::Elements(cases.len() as u64));
        group.bench_function("all conformance templates", |bencher| {
            bencher.iter(|| cases.iter().map(|case| evaluate(black_box(case))).sum::<usize>());
        });
        cases.sort_by_cached_key(|case| {
            let began = Instant::now();
            for _ in 0..20 {
                evaluate(black_box(case));
            }
            std::cmp::Reverse(began.elapsed())
        });
        cases.truncate(HEAVIEST);
        group.throughput(Throughput::Elements(cases.len() as u64));
        group.bench_function("the ten heaviest", |bencher| {
            bencher.iter(|| cases.iter().map(|case| evaluate(black_box(case))).sum::<usize>());
        });
    }
    let template = "#{each item in List}#{if item == \"7\"}seven#{else}#{item | ToUpper | \
                    Replace \"A.\" b}#{/if},#{Json.a[1].b}#{/each}";
    for times in GROWTH {
        let list: Vec<_> = (0..250 * times).map(|number| format!("a{number}")).collect();
        let mut variables = Variables::new();
        variables.set("List", Some(&list.join(",")));
        variables.set("Json", Some("{\"a\":[1,{\"b\":\"#{List[0]}x\"}]}"));
        let case = (variables, template.to_owned());
        group.throughput(Throughput::Elements(250 * times as u64));
        group.bench_with_input(BenchmarkId::new("loop", times), &case, |bencher, case| {
            bencher.iter(|| evaluate(black_box(case)));
        });
    }
    group.finish();
}

fn simulations(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("preview");
    group.sample_size(20);
    for times in GROWTH {
        let size = Size {
            environments: 25 * times,
            variables: 500 * times,
            values: 2_500 * times,
            steps: 50 * times,
        };
        let design = large(size);
        let Some(scenario) = Scenario::first(&design) else { continue };
        group.bench_with_input(
            BenchmarkId::new("make ready", times),
            &design,
            |bencher, design| {
                bencher.iter(|| Simulation::new(black_box(design)));
            },
        );
        let simulation = Simulation::new(&design);
        group.bench_function(BenchmarkId::new("plan", times), |bencher| {
            bencher.iter(|| simulation.plan(black_box(&scenario)).groups.len());
        });
        let plan = simulation.plan(&scenario);
        let Some(id) = plan.actions().last().map(|(_, action)| action.id.clone()) else { continue };
        group.bench_function(BenchmarkId::new("one step", times), |bencher| {
            bencher.iter(|| simulation.details(black_box(&plan), black_box(&id)));
        });
    }
    group.finish();
}

criterion_group!(benches, templates, simulations);
criterion_main!(benches);
