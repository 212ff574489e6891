use super::*;
use crate::scan::marker;

fn hits(sinks: &Sinks, path: &str, text: &str) -> Vec<String> {
    let at = language::of(path);
    let markers = marker::all(text, at.map(|at| &language::all()[at]));
    let (hits, _) = sinks.unmarked(path, text, at, &markers).unwrap();
    let said = hits.iter().map(|hit| {
        let (line, from, to) = (hit.line, hit.column, hit.end_column);
        format!("{line}:{from}-{to} {}", sinks.all()[hit.sink].id)
    });
    said.collect()
}

/// A sink of a team.
fn team(id: &str, pattern: &str, files: Vec<Pattern>) -> Sink {
    Sink {
        id: id.to_owned(),
        patterns: vec![pattern.to_owned()],
        files,
        reason: String::new(),
        en: String::new(),
    }
}

#[test]
fn every_preset_hits_its_examples_and_none_of_its_misses() {
    let data: Data = toml::from_str(DATA).unwrap();
    let mut ids = BTreeSet::new();
    for preset in &data.sink {
        assert!(ids.insert(&preset.id), "{}", preset.id);
        assert!(!preset.reason.is_empty() && !preset.en.is_empty());
        assert!(!preset.examples.is_empty() && !preset.misses.is_empty());
        for pattern in &preset.patterns {
            check_pattern(pattern).unwrap();
        }
        for name in &preset.languages {
            assert!(language::all().iter().any(|one| one.id == *name), "{name}");
        }
        let alone = Sinks::new(&[&preset.group], Vec::new(), 0);
        let slots = preset
            .languages
            .iter()
            .map(|name| language::all().iter().position(|one| one.id == *name));
        for slot in slots {
            let hit = |line: &String| {
                let (hits, _) = alone.unmarked("x", line, slot, &[]).unwrap();
                hits.iter().any(|hit| alone.all()[hit.sink].id == preset.id)
            };
            let missed: Vec<_> = preset.examples.iter().filter(|line| !hit(line)).collect();
            assert!(missed.is_empty(), "{} misses {missed:?}", preset.id);
            let wrong: Vec<_> = preset.misses.iter().filter(|line| hit(line)).collect();
            assert!(wrong.is_empty(), "{} hits {wrong:?}", preset.id);
        }
    }
    assert_eq!(
        groups(),
        [
            "database-link",
            "file-export",
            "file-transfer",
            "host",
            "http",
            "mail",
            "object-storage",
            "queue"
        ]
    );
}

#[test]
fn a_marker_marks_the_sinks_that_are_near_it_on_either_side() {
    let sinks = Sinks::new(&["http"], Vec::new(), 2);
    let text = "requests.post(a)\n\n# mokuteki: x\n\nrequests.post(b)\n\n支 = requests.get(c)\n";
    assert_eq!(hits(&sinks, "a.py", text), ["7:5-18 python-http"]);
    assert_eq!(hits(&sinks, "a.txt", text), [""; 0]);
}

#[test]
fn imports_and_comments_are_no_sinks_and_code_beside_a_comment_is() {
    let sinks = Sinks::new(&["http", "mail"], Vec::new(), 2);
    let text = "import java.net.HttpPost(x\n// new HttpPost(\nimport HttpPost;\nHttpPost(\"//\"); // HttpPost(\n";
    assert_eq!(
        hits(&sinks, "A.java", text),
        ["1:17-26 jvm-http", "4:1-10 jvm-http"]
    );
    let text = "using System.Net;\nusing (var c = new HttpClient()) {}\n";
    assert_eq!(hits(&sinks, "A.cs", text), ["2:16-31 csharp-http"]);
}

#[test]
fn the_sinks_of_a_team_are_looked_for_where_it_says() {
    let files = vec![Pattern::parse("src/**", mokuteki_findings::Place::file("x")).unwrap()];
    let sinks = Sinks::new(&[], vec![team("vendor", "業者へ送[るった]", files)], 0);
    assert_eq!(
        hits(&sinks, "src/a", "x\n今、業者へ送る\n"),
        ["2:3-8 vendor"]
    );
    assert_eq!(hits(&sinks, "b", "業者へ送る\n"), [""; 0]);
}

#[test]
fn of_the_sinks_of_a_line_the_first_is_told() {
    let files = vec![Pattern::parse("src/**", mokuteki_findings::Place::file("x")).unwrap()];
    let all = vec![
        team("sent", "send", files),
        team("body", "body", Vec::new()),
    ];
    let sinks = Sinks::new(&["http"], all, 0);
    for (path, text, said) in [
        ("src/a.py", "send(body)\n", "1:1-5 sent"),
        ("a.py", "send(body)\n", "1:6-10 body"),
        ("src/a.py", "requests.post(send)\nx", "1:1-15 python-http"),
        ("src/a.py", "x\n body.send()\n", "2:2-6 body"),
        ("src/a.py", "x\n\n#\nurlopen(send)", "4:1-9 python-http"),
    ] {
        assert_eq!(hits(&sinks, path, text), [said], "{path}: {text}");
    }
}

/// Each is as large as a pattern may be, so that their sum is larger.
#[test]
fn large_patterns_are_looked_for_together() {
    let pattern = |at: usize| format!("x{at}[a-zあ-ん]{{20000}}|送信{at}");
    let large = |at: usize| team(&format!("large{at}"), &pattern(at), Vec::new());
    check_pattern(&pattern(0)).unwrap();
    let sinks = Sinks::new(&[], (0..4).map(large).collect(), 0);
    assert_eq!(hits(&sinks, "a", "x\n送信3\n"), ["2:1-4 large3"]);
}

#[test]
fn a_pattern_that_is_none_or_matches_everything_is_refused() {
    for pattern in ["(", "[a", "a*", "", "\\"] {
        assert!(check_pattern(pattern).is_err(), "{pattern}");
    }
}
