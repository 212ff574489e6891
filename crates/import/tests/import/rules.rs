//! Every outline can be written as a rule file: whatever the layout, a draft does not load for what
//! is unread, and for nothing else.

use std::{fs, path::PathBuf};

use crate::generator::{Random, broken, mixture, noise, rounds};
use mokuteki::{
    Day, Engine, Problems,
    problem::Kind,
    rules::{Source, Sources},
};
use mokuteki_import::{
    clean,
    draft::{Draft, Drafter, Society},
    segment,
};

fn draft(drafter: &Drafter<'_>, text: &str) -> (String, Draft) {
    let society = Society {
        id: "trial".to_owned(),
        name: "試験健康保険組合".to_owned(),
        read_on: Day::new(2026, 11, 23).unwrap(),
    };
    let text = clean(text).text;
    let outline = segment(&text);
    let draft = drafter.draft(society, text, outline);
    (drafter.write(&draft), draft)
}

/// The shared rules with one notice.
fn sources(rules: &str, text: &str) -> Sources {
    let shared = Sources::embedded();
    let mut files: Vec<Source> = shared.shared().cloned().collect();
    for (path, text) in [("notices/trial.toml", rules), ("published/trial.txt", text)] {
        let path = path.to_owned();
        let bytes = text.as_bytes().to_vec();
        files.push(Source { path, bytes });
    }
    Sources::new(files)
}

fn corpus() -> Vec<(String, String)> {
    let folder = format!(
        "{}/tests/data/import",
        concat!(env!("CARGO_MANIFEST_DIR"), "/../..")
    );
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 40);
    let read = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        (name, fs::read_to_string(&path).unwrap())
    };
    paths.into_iter().map(read).collect()
}

#[test]
fn a_draft_of_any_layout_does_not_load_for_what_is_unread_alone() {
    let drafter = Drafter::new(Engine::embedded()).unwrap();
    let mut wrong = Vec::new();
    for (name, text) in corpus() {
        let (rules, draft) = draft(&drafter, &text);
        let sources = sources(&rules, &draft.text);
        let problems = Engine::from_sources(&sources).err();
        let problems = problems.iter().flat_map(Problems::iter);
        let mut unread = 0;
        for problem in problems {
            match problem.kind() {
                Kind::Unread { keys, .. } => unread += keys.len(),
                _ => wrong.push(format!("{name}: {problem}")),
            }
        }
        assert_eq!(unread, draft.unread(), "{name}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_draft_has_the_clauses_of_its_outline_by_their_labels() {
    let drafter = Drafter::new(Engine::embedded()).unwrap();
    for (name, text) in corpus() {
        let (rules, draft) = draft(&drafter, &text);
        let engine = Engine::from_drafts(&sources(&rules, &draft.text)).unwrap();
        let notice = engine.notices().next().unwrap();
        let unread: Vec<&str> = notice.unread.iter().map(|one| one.quote.as_str()).collect();
        let drafted = draft.entries.iter();
        let drafted = drafted.filter(|entry| entry.reading.unread().next().is_none());
        let drafted: Vec<_> = drafted
            .map(|entry| (entry.label.as_str(), entry.quote.as_str()))
            .collect();
        let loaded = notice.clauses.iter();
        let loaded: Vec<_> = loaded
            .map(|clause| (clause.label.as_str(), clause.quote.as_str()))
            .collect();
        assert_eq!(loaded, drafted, "{name}");
        let open = draft.entries.len() - drafted.len();
        assert_eq!(unread.len(), open, "{name}");
    }
}

/// What loading says of the draft of a text, but for what is unread. Text that is neither quoted nor
/// left out would be a problem.
fn wrong(drafter: &Drafter<'_>, text: &str) -> Vec<String> {
    let (rules, draft) = draft(drafter, text);
    let problems = Engine::from_sources(&sources(&rules, &draft.text)).err();
    let problems = problems.iter().flat_map(Problems::iter);
    let other = problems.filter(|problem| problem.code() != "unread");
    other.map(ToString::to_string).collect()
}

#[test]
fn whatever_the_text_its_draft_does_not_load_for_what_is_unread_alone() {
    let drafter = Drafter::new(Engine::embedded()).unwrap();
    let notices: Vec<String> = corpus().into_iter().map(|(_, text)| text).collect();
    let mut failed = Vec::new();
    for seed in 0..rounds() {
        let mut random = Random(seed);
        let texts = [
            mixture(&mut random),
            noise(&mut random),
            broken(&mut random, &notices),
        ];
        for text in texts {
            for problem in wrong(&drafter, &text) {
                failed.push(format!("{problem}\n{text:?}"));
            }
        }
    }
    assert!(failed.is_empty(), "{}\n{}", failed.len(), failed.join("\n"));
}
