//! When the machine is in trouble, or somebody makes it so: full disks, closed pipes, strange
//! environments, input that is far too much. The answer is an error or the right one, never half of one.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use onward::cli;

use super::kit::{CATALOGUE, collected, folder, onward, party, transfer};

const ONWARD: &str = env!("CARGO_BIN_EXE_onward");

/// A violation, so that a status of 0 would be wrong.
fn register() -> tempfile::TempDir {
    let records = CATALOGUE.to_owned()
        + &party("affiliate", "a", "DE", "controller")
        + &party("affiliate", "b", "VN", "controller")
        + &collected("a", "DE")
        + &transfer("a", "b", "");
    folder(&[("a.toml", &records)])
}

/// What a shell makes of a line in which `$ONWARD` is the program and `$R` the register.
fn shell(register: &Path, line: &str) -> Output {
    let done = Command::new("bash").args(["-c", line]).env("ONWARD", ONWARD).env("R", register).output();
    done.expect("bash runs")
}

fn said(done: &Output) -> String {
    String::from_utf8_lossy(&[done.stdout.as_slice(), done.stderr.as_slice()].concat()).into_owned()
}

/// Every file below a folder, with what is in it.
fn all(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.expect("an entry"));
    let files = files.filter(|entry| entry.file_type().is_file());
    files.map(|file| (file.path().display().to_string(), fs::read(file.path()).expect("a file"))).collect()
}

#[test]
fn a_disk_that_is_full_leaves_the_old_site_and_nothing_beside_it() {
    let (register, place) = (register(), tempfile::tempdir().expect("a folder"));
    let site = place.path().join("site");
    let build = |limit: &str, day: &str| {
        // A file cannot grow past the limit, as on a disk that is full: writing fails half way.
        let line = format!(
            "trap '' XFSZ; ulimit -f {limit}; exec \"$ONWARD\" build \"$R\" --out '{}' --as-of {day}",
            site.display()
        );
        shell(register.path(), &line)
    };
    let failed = build("4", "2026-06-01");
    assert_eq!(failed.status.code(), Some(2), "{}", said(&failed));
    assert!(said(&failed).contains("could not be written"), "{}", said(&failed));
    assert_eq!(fs::read_dir(place.path()).expect("a folder").count(), 0, "not even half a site");
    assert_eq!(build("unlimited", "2026-06-01").status.code(), Some(1));
    let before = all(place.path());
    let kib = |(_, bytes): &(String, Vec<u8>)| bytes.len() / 1024;
    let manifest = before.iter().find(|(name, _)| name.ends_with(".onward-manifest")).map(kib).expect("a manifest");
    let largest = before.iter().map(kib).max().expect("a page");
    assert!(manifest + 8 < largest, "there is room for the manifest and not for every page");
    for limit in [1, manifest / 2, manifest + 8, largest - 8] {
        let limit = limit.to_string();
        assert_eq!(build(&limit, "2015-10-05").status.code(), Some(2), "{limit}");
        assert!(all(place.path()) == before, "{limit}: something changed");
    }
    assert_eq!(build("unlimited", "2015-10-05").status.code(), Some(1), "and when there is room again, it is built");
}

#[test]
fn a_report_for_which_there_is_no_room_does_not_replace_the_last_one() {
    let (register, place) = (register(), tempfile::tempdir().expect("a folder"));
    let report = place.path().join("report.json");
    fs::write(&report, "the last one").expect("a file");
    let line = format!(
        "trap '' XFSZ; ulimit -f 1; exec \"$ONWARD\" check \"$R\" --quiet --report json='{}'",
        report.display()
    );
    let done = shell(register.path(), &line);
    assert_eq!(done.status.code(), Some(2), "{}", said(&done));
    assert_eq!(fs::read_to_string(&report).expect("the report"), "the last one");
    assert_eq!(fs::read_dir(place.path()).expect("a folder").count(), 1, "nothing is left beside it");
}

#[test]
fn a_folder_that_nobody_can_write_into_is_an_error() {
    let register = register();
    let done = shell(register.path(), "exec \"$ONWARD\" build \"$R\" --out /proc/onward-site");
    assert_eq!(done.status.code(), Some(2), "{}", said(&done));
    assert!(said(&done).contains("error: "), "{}", said(&done));
}

#[test]
fn eight_builds_at_once_leave_one_whole_site() {
    let (register, place) = (register(), tempfile::tempdir().expect("a folder"));
    let build = |site: &Path, day: &str| {
        let mut build = Command::new(ONWARD);
        build.arg("build").arg(register.path()).arg("--out").arg(site).args(["--as-of", day]);
        build.stdout(Stdio::null()).stderr(Stdio::null());
        build
    };
    let names = |folder: &Path| {
        let files = all(folder).into_iter();
        files.map(|(name, bytes)| (name.rsplit('/').next().expect("a name").to_owned(), bytes)).collect::<Vec<_>>()
    };
    let days = ["2015-10-05", "2026-06-01"];
    let wanted = days.map(|day| {
        let alone = tempfile::tempdir().expect("a folder");
        assert!(
            build(&alone.path().join("site"), day).status().expect("onward runs").code().is_some_and(|code| code < 2)
        );
        names(alone.path())
    });
    let site = place.path().join("site");
    let running: Vec<_> = (0..8).map(|at| build(&site, days[at % 2]).spawn().expect("onward runs")).collect();
    for mut child in running {
        assert_eq!(child.wait().expect("an end").code(), Some(1), "each of them comes to its end");
    }
    let left = names(place.path());
    assert!(wanted.contains(&left), "the site is a mixture");
}

#[test]
fn a_reader_that_leaves_and_a_stream_that_is_shut_never_make_a_violation_a_pass() {
    let register = register();
    for format in ["text", "json", "sarif", "csv"] {
        let line =
            format!("\"$ONWARD\" check \"$R\" --format {format} | head -c 1 >/dev/null; exit ${{PIPESTATUS[0]}}");
        assert_eq!(shell(register.path(), &line).status.code(), Some(1), "{format}");
        let line = format!("exec \"$ONWARD\" check \"$R\" --format {format} >/dev/full");
        assert_eq!(shell(register.path(), &line).status.code(), Some(2), "{format}");
        for shut in [">&-", "2>&-", "<&-", "<&- >&- 2>&-"] {
            let line = format!("exec \"$ONWARD\" check \"$R\" --format {format} {shut}");
            let status = shell(register.path(), &line).status.code();
            assert!(matches!(status, Some(1 | 2)), "{format} {shut}: {status:?}");
        }
    }
}

#[test]
fn the_answer_depends_on_no_variable_no_zone_and_no_locale() {
    let register = register();
    let with =
        |line: &str| said(&shell(register.path(), &format!("{line} \"$ONWARD\" check \"$R\" --as-of 2026-06-01")));
    let plain = with("");
    for strange in [
        "env -i",
        "env TZ=Pacific/Kiritimati",
        "env LC_ALL=tr_TR.UTF-8 LANG=tr_TR.UTF-8",
        "env COLUMNS=1",
        "env NO_COLOR=1 TERM=dumb",
        "env SOURCE_DATE_EPOCH=0",
        "env -u HOME TMPDIR=/nowhere",
        "env RUST_BACKTRACE=1",
    ] {
        assert_eq!(with(strange), plain, "{strange}");
    }
}

#[test]
fn today_is_the_day_in_utc_wherever_the_machine_stands() {
    let today = || jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date().to_string();
    let register = register();
    for zone in ["", "TZ=Pacific/Kiritimati", "TZ=Etc/GMT+12", "SOURCE_DATE_EPOCH=0"] {
        let before = today();
        let done = shell(register.path(), &format!("exec env {zone} \"$ONWARD\" check \"$R\" --format json"));
        let after = today();
        let report: serde_json::Value = serde_json::from_slice(&done.stdout).expect("a report");
        let day = report["as_of"].as_str().expect("a day");
        assert!([before.as_str(), after.as_str()].contains(&day), "{zone}: {day}");
        assert_eq!(report["as_of_source"], "today");
    }
}

#[test]
fn a_panic_is_a_bug_of_onward_and_no_verdict() {
    assert_eq!(cli::ended(|| panic!("a bug")), 70);
    let ends = [cli::Status::Clean, cli::Status::Denied, cli::Status::NoVerdict].map(|status| cli::ended(|| status));
    assert_eq!(ends, [0, 1, 2]);
}

#[test]
fn where_no_thread_is_to_be_had_the_work_is_done_without() {
    let records = CATALOGUE.to_owned() + &party("affiliate", "a", "DE", "controller") + &collected("a", "DE");
    let mut files = vec![("a.toml".to_owned(), records)];
    // Enough for threads to read, sort, judge and write.
    for at in 0..100 {
        let id = format!("b{at}");
        files.push((format!("{id}.toml"), party("affiliate", &id, "VN", "controller") + &transfer("a", &id, "")));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (&**name, &**text)).collect();
    let register = folder(&files);
    // Root may have as many as it likes: it becomes somebody else, who may read and run this much.
    let (place, other) = (register.path(), tempfile::tempdir().expect("a folder"));
    let program = other.path().join("onward");
    fs::copy(ONWARD, &program).expect("a copy");
    for path in [place, other.path(), &program] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o777)).expect("permissions");
    }
    let end = |limit: &str, command: &str| {
        let line = format!(
            "cd /; {limit}; if [ $(id -u) = 0 ]; then as='setpriv --reuid=54321 --regid=54321 --clear-groups'; fi; \
             exec $as {} {command} --as-of 2026-06-01",
            program.display()
        );
        shell(place, &line)
    };
    let build = |to: &str| format!("build \"$R\" --out '{}'", other.path().join(to).display());
    for command in ["check \"$R\"", "check \"$R\" --format json", &build("site")] {
        let (few, many) = (end("ulimit -u 1", command), end(":", command));
        assert_eq!(few.status.code(), Some(1), "{command}: {}", said(&few));
        assert_eq!(few.stdout, many.stdout, "{command}");
    }
}

#[test]
fn few_files_may_be_open_and_little_memory_is_enough() {
    let many: Vec<(String, String)> = (0..200).map(|at| (format!("empty-{at}.toml"), String::new())).collect();
    let register = register();
    for (name, text) in &many {
        fs::write(register.path().join(name), text).expect("a file");
    }
    let done = shell(register.path(), "ulimit -n 24; exec \"$ONWARD\" check \"$R\" --as-of 2026-06-01");
    assert_eq!(done.status.code(), Some(1), "{}", said(&done));
    let done = shell(register.path(), "ulimit -v 400000; exec \"$ONWARD\" check \"$R\" --as-of 2026-06-01");
    assert_eq!(done.status.code(), Some(1), "{}", said(&done));
}

#[test]
fn a_small_file_of_a_million_mistakes_takes_no_more_than_its_size_explains() {
    let register = register();
    for name in ["a.toml", "b.toml", "c.toml"] {
        fs::write(register.path().join(name), "[[affiliate]]\n".repeat(40_000)).expect("a file");
    }
    for format in ["text", "concise", "json", "sarif", "junit", "github", "gitlab", "markdown", "csv"] {
        let line = format!("ulimit -v 400000; exec \"$ONWARD\" check \"$R\" --format {format}");
        let done = shell(register.path(), &line);
        assert_eq!(done.status.code(), Some(2), "{format}");
        assert!(done.stdout.len() < 1 << 20, "{format}: {} bytes", done.stdout.len());
    }
}

#[test]
fn a_file_of_three_gigabytes_is_refused_before_it_is_read() {
    let register = register();
    fs::File::create(register.path().join("huge.toml")).and_then(|file| file.set_len(3 << 30)).expect("a sparse file");
    let done = shell(register.path(), "ulimit -v 400000; exec \"$ONWARD\" check \"$R\"");
    assert_eq!(done.status.code(), Some(2), "{}", said(&done));
    assert!(said(&done).contains("huge.toml"), "{}", said(&done));
}

#[test]
fn strange_things_under_the_name_of_a_file_are_told_and_a_second_name_is_a_second_record() {
    let register = register();
    fs::create_dir(register.path().join("folder.toml")).expect("a folder");
    fs::write(register.path().join("folder.toml/b.toml"), party("affiliate", "c", "FR", "controller")).expect("a file");
    let done = onward(&["check", register.path().to_str().expect("a path"), "--format", "json"]);
    assert_eq!(done.status.code(), Some(1), "a folder is a folder, whatever it is called: {}", said(&done));
    fs::hard_link(register.path().join("a.toml"), register.path().join("z.toml")).expect("a second name");
    let done = onward(&["check", register.path().to_str().expect("a path")]);
    assert_eq!(done.status.code(), Some(2));
    assert!(said(&done).contains("duplicate-id") && said(&done).contains("z.toml"), "{}", said(&done));
}

#[test]
fn every_party_may_send_to_every_other_and_a_long_chain_is_no_deep_one() {
    let parties: String = (0..120).map(|at| party("affiliate", &format!("p{at}"), "FR", "controller")).collect();
    let mesh = "[[transfer]]\nid = \"mesh\"\nfrom = \"@affiliates\"\nto = \"@affiliates\"\ndata = [\"c\"]\npurposes = [\"p\"]\n";
    let register = folder(&[("a.toml", &(CATALOGUE.to_owned() + &parties + &collected("p0", "FR") + mesh))]);
    let done = onward(&["check", register.path().to_str().expect("a path"), "--format", "json"]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    let mut chain = String::new();
    for at in 0..20_000 {
        let above = if at > 0 { format!("part-of = \"d{}\"\n", at - 1) } else { String::new() };
        let _ = write!(chain, "[[data]]\nid = \"d{at}\"\nname = \"d{at}\"\n{above}");
    }
    let register = folder(&[("a.toml", &(party("affiliate", "a", "DE", "controller") + &chain))]);
    let done = onward(&["check", register.path().to_str().expect("a path")]);
    assert!(done.status.code().is_some_and(|code| code < 3), "{}", said(&done));
}

#[test]
fn a_page_that_was_replaced_by_a_link_is_neither_followed_nor_written_through() {
    let (register, place) = (register(), tempfile::tempdir().expect("a folder"));
    let (site, mine) = (place.path().join("site"), place.path().join("mine.txt"));
    fs::write(&mine, "mine").expect("a file");
    let build = |more: &[&str]| {
        let arguments = ["build", register.path().to_str().expect("a path"), "--out", site.to_str().expect("a path")];
        onward(&[&arguments, more].concat())
    };
    build(&[]);
    fs::remove_file(site.join("index.html")).expect("removed");
    symlink(&mine, site.join("index.html")).expect("a link");
    for more in [&[][..], &["--force"]] {
        let done = build(more);
        assert_eq!(done.status.code(), Some(2), "{}", said(&done));
        assert_eq!(fs::read_to_string(&mine).expect("my file"), "mine");
        assert!(fs::symlink_metadata(site.join("index.html")).expect("the link").is_symlink());
    }
}

#[test]
fn a_site_never_takes_the_place_of_the_register_or_of_a_folder_around_it() {
    let register = register();
    let before = all(register.path());
    let inside = register.path().parent().expect("a parent").to_str().expect("a path").to_owned();
    for out in [register.path().to_str().expect("a path"), inside.as_str(), "/"] {
        let done = onward(&["build", register.path().to_str().expect("a path"), "--out", out, "--force"]);
        assert_eq!(done.status.code(), Some(2), "{out}: {}", said(&done));
        assert!(all(register.path()) == before, "{out}");
    }
}
