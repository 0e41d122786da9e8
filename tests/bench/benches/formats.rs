//! Reading, side by side on the same bytes: OCL with Pulpo and with hcl-rs,
//! Octopus's JSON with Pulpo and with `serde_json::Value`. The ratios are
//! printed at the end, each of the least of several rounds.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use pulpo::export::{Target, export};
use pulpo::format::octopus_json;
use pulpo::format::octopus_ocl::{Source, read};
use pulpo::generate::{Size, large};
use pulpo::ocl;

/// The largest files that Pulpo itself writes: those of the large design.
struct Files {
    process: String,
    variables: String,
    json: String,
}

impl Files {
    fn new() -> Self {
        let exported = export(&large(Size::LARGE), &[Target::Ocl, Target::ProcessJson]);
        let text = |path: &str| {
            let file = exported.files.iter().find(|file| file.path == path);
            file.map(|file| file.text.clone()).expect("it is exported")
        };
        Self {
            process: text(".octopus/deployment_process.ocl"),
            variables: text(".octopus/variables.ocl"),
            json: text("process/deployment-process.json"),
        }
    }
}

/// The same document in words that hcl-rs reads as well: keys with dots in
/// quotes, and nothing that it takes for a template.
fn in_hcl(text: &str) -> String {
    let line = |line: &str| {
        let start = line.len() - line.trim_start().len();
        let (indent, rest) = line.split_at(start);
        match rest.split_once(" = ") {
            Some((key, value)) if key.contains('.') && !key.contains(['"', ' ']) => {
                format!("{indent}\"{key}\" = {value}\n")
            }
            _ => format!("{line}\n"),
        }
    };
    let text: String = text.lines().map(line).collect();
    text.replace("${", "$${").replace("%{", "%%{")
}

/// The least time of some rounds.
fn least(mut run: impl FnMut()) -> Duration {
    let mut round = || {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..15).map(|_| round()).min().unwrap_or_default()
}

fn ratio(what: &str, bytes: usize, own: Duration, other: Duration) {
    let rate = bytes as f64 / own.as_secs_f64() / 1e6;
    let ratio = own.as_secs_f64() / other.as_secs_f64();
    println!(
        "ratio: {what}: {ratio:.2} of the other's time ({own:?} to {other:?}, {rate:.0} MB/s)"
    );
}

fn formats(criterion: &mut Criterion) {
    let files = Files::new();
    let json = files.json.as_str();
    for (name, text) in [("process", &files.process), ("variables", &files.variables)] {
        let text = &in_hcl(text);
        assert!(ocl::read(text).is_ok(), "Pulpo reads it");
        if let Err(error) = hcl::parse(text) {
            panic!("hcl-rs reads it too: {error}");
        }
        let mut group = criterion.benchmark_group(format!("ocl, {name}"));
        group.sample_size(20).throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function("parse", |bencher| bencher.iter(|| ocl::parse(black_box(text))));
        group.bench_function("read", |bencher| bencher.iter(|| ocl::read(black_box(text))));
        group.bench_function("to a design", |bencher| {
            bencher.iter(|| read(&[Source { path: "", text: black_box(text) }]));
        });
        group.bench_function("hcl-rs", |bencher| bencher.iter(|| hcl::parse(black_box(text))));
        group.finish();
        let other = least(|| drop(black_box(hcl::parse(black_box(text)))));
        let own = least(|| drop(black_box(ocl::read(black_box(text)))));
        ratio(&format!("OCL {name}, to a document, against hcl-rs"), text.len(), own, other);
        let own = least(|| drop(black_box(read(&[Source { path: "", text: black_box(text) }]))));
        ratio(&format!("OCL {name}, to a design, against hcl-rs"), text.len(), own, other);
    }
    let mut group = criterion.benchmark_group("json, process");
    group.sample_size(20).throughput(Throughput::Bytes(json.len() as u64));
    let value = || serde_json::from_str::<serde_json::Value>(black_box(json));
    group.bench_function("serde_json::Value", |bencher| bencher.iter(value));
    let design = || octopus_json::read(black_box(json));
    group.bench_function("to a design", |bencher| bencher.iter(design));
    group.finish();
    let other = least(|| drop(black_box(value())));
    let own = least(|| drop(black_box(design())));
    ratio("JSON process, to a design, against serde_json::Value", json.len(), own, other);
}

criterion_group!(benches, formats);
criterion_main!(benches);
