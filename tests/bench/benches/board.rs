//! The Board on the large design and on ones of twice and four times its size:
//! all cells, what an edit costs, a screen of cells in words. At the end the
//! growth from size to size, which should be near that of the size.

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use pulpo::edit::board::{CellEdit, Change, Skipped, Spot, change};
use pulpo::edit::variables::{ValueAt, VariableOwner, set_text};
use pulpo::generate::{Size, large};
use pulpo::model::{Design, VariableContent};
use pulpo::scope::{Context, Resolver};
use pulpo::view::board::{Board, Line, Query};
use std::hint::black_box;
use std::time::Instant;

/// Twice the variables, values and steps is twice the cells.
fn sized(times: usize) -> Size {
    let Size { environments, variables, values, steps } = Size::LARGE;
    Size {
        environments,
        variables: variables * times,
        values: values * times,
        steps: steps * times,
    }
}

const TIMES: [usize; 3] = [1, 2, 4];

/// How many cells have a value.
fn sweep(resolver: &Resolver) -> usize {
    let context = Context::deployment();
    let mut row = Vec::new();
    let mut defined = 0;
    for name in resolver.names() {
        resolver.resolve_row_into(name, &context, &mut row);
        defined += row.iter().filter(|cell| !cell.is_undefined()).count();
    }
    defined
}

/// The design after one text of its middle has changed.
fn edited(design: &Design) -> Design {
    let middle = design.project.variables.len() / 2;
    let mut variables = design.project.variables.iter().skip(middle);
    let found = variables.find_map(|variable| {
        let is_text = |content: &VariableContent| matches!(content, VariableContent::Text(_));
        let value = variable.values.iter().find(|value| is_text(&value.content))?;
        let (variable, value) = (variable.id.clone(), value.id.clone());
        Some(ValueAt { owner: VariableOwner::Project, variable, value })
    });
    found.and_then(|at| set_text(at, "changed").apply(design).ok()).unwrap_or_default()
}

/// A text for all environments of the variables in the middle, so many of them.
fn block(design: &Design, rows: usize) -> Vec<CellEdit> {
    let environments = &design.space.environments;
    let middle = design.project.variables.len() / 2;
    let variables = design.project.variables.iter().skip(middle).filter(|variable| {
        variable.values.iter().all(|one| matches!(one.content, VariableContent::Text(_)))
    });
    let cells = variables.take(rows).flat_map(|variable| {
        environments.iter().map(|environment| CellEdit {
            spot: Spot::Variable { name: variable.name.to_string(), word: "String" },
            environment: environment.id.clone(),
            change: Change::Text("same".to_owned()),
        })
    });
    cells.collect()
}

/// The words of a screen of 30 rows and 12 columns, from the variables on.
fn screen(board: &Board, lines: &[Line]) -> usize {
    let rows = lines.iter().skip(lines.len() / 2).take(30);
    rows.flat_map(|line| (0..12).map(|at| board.cell(line, at).words().len())).sum()
}

fn boards(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("board");
    group.sample_size(20);
    for times in TIMES {
        let design = large(sized(times));
        let other = edited(&design);
        let resolver = Resolver::new(&design);
        assert_eq!(sweep(&resolver), 200_000 * times, "every variable has a value everywhere");
        let id = |what: &str| BenchmarkId::new(what, format!("{times}x"));
        group.bench_function(id("all cells"), |bencher| bencher.iter(|| sweep(&resolver)));
        group.bench_function(id("index"), |bencher| {
            bencher.iter(|| Resolver::new(black_box(&design)));
        });
        group.bench_function(id("board"), |bencher| bencher.iter(|| Board::new(&design)));
        let mut board = Board::new(&design);
        assert_eq!((board.refresh(&other), board.refresh(&design)), (1, 1), "one row each");
        group.bench_function(id("there and back after an edit"), |bencher| {
            bencher.iter(|| board.refresh(&other) + board.refresh(&design));
        });
        let bulk = block(&design, 30);
        group.bench_function(id("3,000 cells at once"), |bencher| {
            bencher.iter(|| {
                change(bulk.clone(), "new", Skipped::default()).apply(&design).unwrap_or_default()
            });
        });
        let query = Query::default();
        group.bench_function(id("rows"), |bencher| bencher.iter(|| board.lines(&query).len()));
        let lines = board.lines(&query);
        group.bench_function(id("a screen of cells"), |bencher| {
            bencher.iter(|| screen(&board, &lines));
        });
    }
    group.finish();
    growth();
}

/// The median of some runs, in microseconds.
fn median(mut run: impl FnMut() -> usize) -> f64 {
    let mut times: Vec<f64> = (0..15)
        .map(|_| {
            let began = Instant::now();
            black_box(run());
            began.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn growth() {
    let mut table: Vec<(&str, Vec<f64>)> =
        ["all cells", "index", "board", "after an edit", "3,000 cells", "rows"]
            .map(|name| (name, Vec::new()))
            .into();
    for times in TIMES {
        let design = large(sized(times));
        let other = edited(&design);
        let resolver = Resolver::new(&design);
        let mut board = Board::new(&design);
        let query = Query::default();
        let measured = [
            median(|| sweep(&resolver)),
            median(|| Resolver::new(&design).names().len()),
            median(|| Board::new(&design).columns().len()),
            median(|| board.refresh(&other) + board.refresh(&design)) / 2.0,
            median(|| {
                let edit = change(block(&design, 30), "new", Skipped::default());
                edit.apply(&design).unwrap_or_default().project.variables.len()
            }),
            median(|| board.lines(&query).len()),
        ];
        for ((_, times), time) in table.iter_mut().zip(measured) {
            times.push(time);
        }
    }
    println!("\n{:<16} {:>10} {:>10} {:>10}   growth (us)", "size", "1x", "2x", "4x");
    for (name, times) in table {
        let shown: Vec<String> = times.iter().map(|time| format!("{time:>10.0}")).collect();
        let ratios: Vec<String> = times
            .windows(2)
            .filter_map(|pair| Some(format!("{:.1}x", pair.get(1)? / pair.first()?)))
            .collect();
        println!("{name:<16} {}   {}", shown.join(" "), ratios.join(", "));
    }
}

criterion_group!(benches, boards);
criterion_main!(benches);
