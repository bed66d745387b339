//! The figures of the README, as ratios to raw work on the same machine, measured with the real program:
//!
//! ```text
//! cargo bench --bench figures                # 1,000, 10,000 and 100,000 transfers, and two sites
//! cargo bench --bench figures -- 1000000     # and a million
//! ```
//!
//! Every time is the median of whole processes, files warm in the cache. Raw reading is what any
//! program must do: every file of the register read by as many threads as there are processors.
//! `cp -r` is what any site must cost: its files written once. Everything that is made stays until the
//! end: ext4 looks at every file that went in the last minutes before it makes a new one, so a site on
//! a disk where much was just removed takes several times as long, and so does `cp -r`.
#![allow(missing_docs, clippy::expect_used, clippy::print_stdout, clippy::cast_precision_loss)]

#[path = "../examples/generate/register.rs"]
mod generated;
#[path = "figures/served.rs"]
mod served;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use generated::Size;
use served::Served;

/// How large the registers are that sites are built of.
const SITES: [u64; 2] = [1_000, 10_000];
/// How large the register is that is served: a site of ten thousand pages.
const SERVED: u64 = 3_500;

fn main() {
    let asked = std::env::args().skip(1).filter_map(|argument| argument.parse().ok());
    let sizes: Vec<u64> = [1_000, 10_000, 100_000].into_iter().chain(asked).collect();
    let place = tempfile::tempdir().expect("a folder");
    // Sites come last: a disk that has to take tens of thousands of files is busy long after them.
    println!(
        "\n| transfers | files | raw reading | `check` | ratio | a transfer | memory | times the input | as text |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for transfers in sizes {
        checked(place.path(), transfers);
    }
    println!("\n| what | time | ratio |");
    println!("|---|---|---|");
    started();
    reloaded(place.path());
    built(place.path());
}

/// A register of a size.
fn register(place: &Path, transfers: u64) -> PathBuf {
    let path = place.join(format!("register-{transfers}"));
    if !path.exists() {
        generated::write(&path, Size { transfers, seed: 1 }).expect("a register");
        // What is still on its way to the disk would take its time from what is measured.
        command(&mut Command::new("sync"));
    }
    path
}

fn checked(place: &Path, transfers: u64) {
    let path = register(place, transfers);
    let files = files(&path);
    let bytes: u64 = files.iter().map(|file| fs::metadata(file).expect("a file").len()).sum();
    let times = if transfers > 100_000 { 1 } else { 5 };
    let raw = median(times, |_| read_all(&files));
    // First, so that what is timed finds memory that the machine has in hand, whatever ran before.
    let memory = peak(&["check", text(&path), "--format", "concise"]);
    let check = median(times, |_| run(&["check", text(&path), "--format", "concise"]));
    let as_text = median(times, |_| run(&["check", text(&path)]));
    println!(
        "| {transfers} | {} | {} | {} | {:.1} | {:.0} µs | {} MB | {:.1} | {} |",
        files.len(),
        shown(raw),
        shown(check),
        check.as_secs_f64() / raw.as_secs_f64(),
        check.as_secs_f64() * 1e6 / transfers as f64,
        memory >> 20,
        memory as f64 / bytes as f64,
        shown(as_text)
    );
}

fn built(place: &Path) {
    for transfers in SITES {
        let path = register(place, transfers);
        let site = |number: usize| place.join(format!("site-{transfers}-{number}"));
        let build = |number: usize| run(&["build", text(&path), "--out", text(&site(number))]);
        let full = median(3, build);
        let again = median(3, build);
        let pages = files(&site(0)).len();
        let copy = |number: usize| place.join(format!("copy-{transfers}-{number}"));
        let copied = median(3, |number| command(Command::new("cp").arg("-r").arg(site(number)).arg(copy(number))));
        let ratio = |time: Duration, by: Duration| time.as_secs_f64() / by.as_secs_f64();
        let each = full.as_secs_f64() * 1e6 / pages as f64;
        println!("| `cp -r` of a site of {pages} files ({transfers} transfers) | {} | 1.0 |", shown(copied));
        println!("| `build` of it, {each:.0} µs a file | {} | {:.1} × `cp -r` |", shown(full), ratio(full, copied));
        println!("| `build` again, nothing changed | {} | {:.2} × `build` |", shown(again), ratio(again, full));
    }
}

fn reloaded(place: &Path) {
    let path = register(place, SERVED);
    let (file, mut served) = (served::some_file(&path), Served::start(&path));
    let time = median(9, |_| served.reload(&file));
    println!("| `serve`, {SERVED} transfers: a file changed, the page loaded again | {} | |", shown(time));
}

fn started() {
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/register");
    println!("| `check` of the worked example | {} | |", shown(median(21, |_| run(&["check", example]))));
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("an entry"));
    entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

fn read_all(files: &[PathBuf]) {
    let next = AtomicUsize::new(0);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    std::hint::black_box(fs::read(file).expect("a file"));
                }
            });
        }
    });
}

fn run(arguments: &[&str]) {
    command(Command::new(env!("CARGO_BIN_EXE_onward")).args(arguments));
}

fn command(command: &mut Command) {
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("a program");
    assert!(status.code().is_some_and(|code| code < 2), "{command:?}: {status}");
}

/// The most memory that a run holds at once, in bytes, as the kernel counts it.
fn peak(arguments: &[&str]) -> u64 {
    let mut child = Command::new(env!("CARGO_BIN_EXE_onward"))
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("onward runs");
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    while child.try_wait().expect("a child").is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        most = most.max(kilobytes.unwrap_or(0) << 10);
        thread::sleep(Duration::from_millis(1));
    }
    most
}

/// The median of several runs, each with its number.
fn median(times: usize, mut work: impl FnMut(usize)) -> Duration {
    let mut all: Vec<Duration> = (0..times)
        .map(|number| {
            let start = Instant::now();
            work(number);
            start.elapsed()
        })
        .collect();
    all.sort_unstable();
    all[times / 2]
}

fn shown(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        format!("{:.0} ms", time.as_secs_f64() * 1e3)
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path")
}
