//! The core on the largest design that it must stay instant with: 100
//! environments, 2,000 variables with 10,000 values, 200 steps.

use criterion::{Criterion, criterion_group, criterion_main};
use pulpo::format::design_file;
use pulpo::generate::{Size, large};
use pulpo::model::Design;
use pulpo::scope::{Context, Resolver};
use std::hint::black_box;

fn design_files(criterion: &mut Criterion) {
    let design = large(Size::LARGE);
    let text = design_file::write(&design);
    assert!(design_file::read(&text).design.is_some(), "the large design can be read");
    let mut group = criterion.benchmark_group("design file, large");
    group.sample_size(20);
    group
        .bench_function("write", |bencher| bencher.iter(|| design_file::write(black_box(&design))));
    group.bench_function("read", |bencher| bencher.iter(|| design_file::read(black_box(&text))));
    group.finish();
}

/// How many cells of the large design have a value.
fn sweep(resolver: &Resolver, context: &Context) -> usize {
    let mut row = Vec::new();
    let mut defined = 0;
    for name in resolver.names() {
        resolver.resolve_row_into(name, context, &mut row);
        defined += row.iter().filter(|cell| !cell.is_undefined()).count();
    }
    defined
}

/// The design after an edit of one value.
fn edited(design: &Design) -> Design {
    let mut edited = design.clone();
    if let Some(id) = design.project.variables.nth(1_000).map(|variable| variable.id.clone()) {
        edited.project.variables.update(&id, |variable| variable.values = Default::default());
    }
    edited
}

fn scopes(criterion: &mut Criterion) {
    let design = large(Size::LARGE);
    let resolver = Resolver::new(&design);
    let context = Context::default_deployment(&design);
    assert_eq!(sweep(&resolver, &context), 200_000, "every variable has a value everywhere");
    let edited = edited(&design);
    let mut group = criterion.benchmark_group("scope, large");
    group.sample_size(20);
    group.bench_function("index", |bencher| bencher.iter(|| Resolver::new(black_box(&design))));
    group.bench_function("all cells", |bencher| {
        bencher.iter(|| sweep(black_box(&resolver), black_box(&context)));
    });
    let mut resolver = resolver;
    group.bench_function("there and back after an edit", |bencher| {
        bencher.iter(|| (resolver.refresh(&edited).len(), resolver.refresh(&design).len()));
    });
    group.finish();
}

criterion_group!(benches, design_files, scopes);
criterion_main!(benches);
