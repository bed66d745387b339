//! What each stage of a run costs, on made registers of several sizes:
//!
//! ```text
//! cargo bench --bench stages                 # 1,000, 10,000 and 100,000 transfers
//! cargo bench --bench stages -- /1000$       # the small one only
//! ```
#![allow(missing_docs, clippy::expect_used)]

#[path = "../examples/generate/register.rs"]
mod generated;

use std::hint::black_box;
use std::path::Path;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use generated::Size;
use jiff::civil::Date;
use onward::finding::{Docket, locate};
use onward::flow::Assessment;
use onward::mend::Sought;
use onward::register::{self, Opened};
use onward::report::{AsOfSource, Run, json};
use onward::rules;
use onward::site::{self, Imprint, Look};

const SIZES: [u64; 3] = [1_000, 10_000, 100_000];

fn day() -> Date {
    "2026-06-01".parse().expect("a day")
}

/// Judges an opened register.
fn assess(opened: &Opened) -> (Assessment<'_>, Docket) {
    let mut docket = Docket::default();
    let assessment = Assessment::of(&opened.register, &opened.law, day());
    rules::run(&assessment, &mut docket);
    (assessment, docket)
}

/// Hands a judged register on as the run that reports are made of.
fn with_run<T>(opened: &Opened, then: impl FnOnce(&Run<'_>) -> T) -> T {
    let (assessment, docket) = assess(opened);
    then(&Run {
        as_of: day(),
        as_of_source: AsOfSource::Option,
        sources: &opened.sources,
        prefix: "",
        register: &opened.register,
        assessment: Some(&assessment),
        docket: &docket,
        located: &locate(&opened.sources, docket.findings()),
        mends: &Sought::of(Some(&assessment)),
        since: None,
    })
}

fn stages(criterion: &mut Criterion) {
    for transfers in SIZES {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("register");
        generated::write(&path, Size { transfers, seed: 1 }).expect("a register");
        stages_of(criterion, transfers, &path);
    }
}

fn stages_of(criterion: &mut Criterion, transfers: u64, path: &Path) {
    let opened = register::open(path);
    assert!(opened.problems.is_empty(), "{:?}", opened.problems.iter().next());
    let mut group = criterion.benchmark_group("stages");
    group.throughput(Throughput::Elements(transfers)).sample_size(10);
    let id = |stage: &str| BenchmarkId::new(stage, transfers);
    group.bench_function(id("load"), |bench| bench.iter(|| black_box(register::open(path))));
    group.bench_function(id("assess"), |bench| bench.iter(|| black_box(assess(&opened).1)));
    with_run(&opened, |run| {
        group.bench_function(id("report"), |bench| bench.iter(|| black_box(json::render(run))));
        group.bench_function(id("build"), |bench| {
            bench.iter(|| black_box(site::pages(run, &Look::default(), &Imprint::default()).expect("pages")));
        });
    });
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
