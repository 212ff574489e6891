//! Each fault seeded into a copy of the example repository is told at its file and line, with its code and exit
//! status, in every form.

use std::{collections::BTreeSet, fmt::Write, fs, path::Path};

use super::{
    claims_repo::{FORMS, copy, without_digest},
    register::{audit, told},
    seeds::{BYTES, END, LARGE, LINK, SEEDS, Seed},
};

fn plant(folder: &Path, seed: &Seed) {
    for (file, from, to) in seed.edits {
        let path = folder.join(file);
        match (*from, *to) {
            #[cfg(unix)]
            (LINK, to) => std::os::unix::fs::symlink(to, &path).unwrap(),
            (_, BYTES) => fs::write(&path, b"# \x8c\xe0\n").unwrap(),
            (_, LARGE) => fs::write(&path, "a,b\n".repeat((4 << 20) + 1)).unwrap(),
            (END, to) => {
                let text = fs::read_to_string(&path).unwrap_or_default();
                fs::write(&path, text + to).unwrap();
            }
            (from, to) => {
                let text = fs::read_to_string(&path).unwrap();
                assert!(text.contains(from), "{file}: {from}");
                fs::write(&path, text.replacen(from, to, 1)).unwrap();
            }
        }
    }
}

#[test]
fn each_kind_of_finding_is_seeded_once() {
    let seeded: BTreeSet<&str> = SEEDS.iter().map(|seed| seed.code).collect();
    let all: BTreeSet<&str> = mokuteki_audit::codes::ALL
        .iter()
        .map(|code| code.name)
        .collect();
    assert_eq!(seeded.len(), SEEDS.len());
    // What only a repository of git has is made in `repository`.
    let of_git = BTreeSet::from(["submodule-not-scanned"]);
    // What is told of files of another form is made in `migrate`.
    let of_forms = BTreeSet::from(["newer-format", "older-format", "to-settle"]);
    #[cfg(unix)]
    assert_eq!(&(&seeded | &of_git) | &of_forms, all);
    assert!(seeded.is_subset(&all));
}

#[test]
fn each_fault_is_told_at_its_line_with_its_exit_in_every_form() {
    let mut wrong = Vec::new();
    for seed in SEEDS {
        let Seed {
            code,
            args,
            place,
            exit,
            ..
        } = seed;
        let folder = copy(code);
        plant(&folder, seed);
        let run = |form| audit(&folder, &[&["--format", form], *args].concat());
        let said = told(&run("json"));
        let here = |one: &String| {
            one.strip_prefix(place)
                .and_then(|rest| rest.strip_prefix(' '))
                .is_some_and(|rest| rest.split(' ').next() == Some(code))
        };
        if !said.iter().any(here) {
            wrong.push(format!("{place} {code} is not told: {said:?}"));
            continue;
        }
        let (name, line) = place.rsplit_once(':').unwrap_or((place, ""));
        for form in FORMS {
            let out = run(form);
            if out.status.code() != Some(*exit) {
                wrong.push(format!(
                    "{form} {code}: exit {:?} for {exit}",
                    out.status.code()
                ));
            }
            let text = String::from_utf8(out.stdout).unwrap();
            for part in [code, name, line] {
                if !text.contains(part) {
                    wrong.push(format!("{form} does not say {part} of {code}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a person reads of each fault, and what stands beside the line of a change.
#[test]
fn what_is_told_of_each_kind_is_as_reviewed() {
    let golden =
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/golden/audit");
    let bless = std::env::var_os("MOKUTEKI_BLESS").is_some() && std::env::var_os("CI").is_none();
    let mut wrong = Vec::new();
    for (form, lang) in [
        ("human", "ja"),
        ("human", "en"),
        ("github", "ja"),
        ("github", "en"),
    ] {
        let mut text = String::new();
        for seed in SEEDS {
            let folder = copy(&format!("told/{}", seed.code));
            plant(&folder, seed);
            let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_mokuteki"));
            let command = command
                .current_dir(&folder)
                .args(["audit", "--format", form, "--lang", lang]);
            let out = command.args(seed.args).output().unwrap();
            writeln!(
                text,
                "== {} (exit {})",
                seed.code,
                out.status.code().unwrap()
            )
            .unwrap();
            text += &without_digest(&String::from_utf8(out.stdout).unwrap());
        }
        let path = golden.join(format!("seeds.{form}.{lang}.txt"));
        if bless {
            fs::write(&path, &text).unwrap();
        }
        if fs::read_to_string(&path).unwrap_or_default() != text {
            wrong.push(path.display().to_string());
        }
    }
    assert!(wrong.is_empty(), "review, then MOKUTEKI_BLESS=1: {wrong:?}");
}
