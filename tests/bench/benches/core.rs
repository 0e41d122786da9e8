//! The core on the largest design that it must stay instant with: 100
//! environments, 2,000 variables with 10,000 values.

use criterion::{Criterion, criterion_group, criterion_main};
use pulpo::format::design_file;
use pulpo::model::{
    Design, Environment, EnvironmentId, EnvironmentName, Scope, ValueId, Variable, VariableContent,
    VariableId, VariableName, VariableValue,
};
use std::hint::black_box;

const ENVIRONMENTS: usize = 100;
const VARIABLES: usize = 2_000;
const VALUES_EACH: usize = 5;

fn large() -> Design {
    let environment = |index: usize| EnvironmentId::parse(&format!("env-{}", index % ENVIRONMENTS));
    let mut design = Design::default();
    for index in 0..ENVIRONMENTS {
        let name = EnvironmentName::parse(&format!("Environment {index}")).expect("a name");
        let made = Environment::new(environment(index).expect("an id"), name);
        design.space.environments.push(made);
    }
    for index in 0..VARIABLES {
        let id = VariableId::parse(&format!("var-{index}")).expect("an id");
        let name = VariableName::parse(&format!("Area{}:Name{index}", index % 40)).expect("a name");
        let mut variable = Variable::new(id, name);
        for at in 0..VALUES_EACH {
            variable.values.push(VariableValue::new(
                ValueId::parse(&format!("val-{index}-{at}")).expect("an id"),
                VariableContent::text(format!("#{{Area{}:Name0}}/value-{at}", index % 40)),
                Scope::environment(environment(index + at * 7).expect("an id")),
            ));
        }
        design.project.variables.push(variable);
    }
    design
}

fn design_files(criterion: &mut Criterion) {
    let design = large();
    let text = design_file::write(&design);
    assert!(design_file::read(&text).design.is_some(), "the large design can be read");
    let mut group = criterion.benchmark_group("design file, large");
    group.sample_size(20);
    group
        .bench_function("write", |bencher| bencher.iter(|| design_file::write(black_box(&design))));
    group.bench_function("read", |bencher| bencher.iter(|| design_file::read(black_box(&text))));
    group.finish();
}

criterion_group!(benches, design_files);
criterion_main!(benches);
