use super::{data::DATA, *};
use crate::scan::{bind::bind, lexer, marker};

fn sinks_of(groups: &[&str], team: Vec<Sink>, near: u32) -> Sinks {
    Sinks::new(groups, team, near)
}

/// The sinks of a text that no marker marks.
fn hits(sinks: &Sinks, path: &str, text: &str) -> Vec<String> {
    let lexed = language::of(path, text)
        .map(|at| lexer::lex(at, text))
        .unwrap_or_default();
    let found = sinks.find(path, text, &lexed).unwrap();
    let mut markers = marker::all(text, Some(&lexed));
    let marked = bind(&mut markers, &found, sinks.near());
    let bare = found.iter().zip(marked).filter(|(_, marked)| !marked);
    let said = bare.map(|(hit, _)| {
        let (line, from, to) = (hit.line, hit.column, hit.end_column);
        format!("{line}:{from}-{to} {}", sinks.all()[hit.sink].id)
    });
    said.collect()
}

/// A sink of a team.
fn team(id: &str, pattern: &str, files: Vec<Pattern>) -> Sink {
    Sink {
        id: id.to_owned(),
        group: TEAM.to_owned(),
        patterns: vec![pattern.to_owned()],
        files,
        reason: String::new(),
        en: String::new(),
    }
}

/// What a preset says of a text in the first of its languages, through the whole path from words to hits.
fn says(alone: &Sinks, preset: &str, language: &str, text: &str) -> bool {
    let at = language::by_id(language).unwrap();
    if !alone.may_have(Some(at), text).unwrap() {
        return false;
    }
    let found = alone.find("x", text, &lexer::lex(at, text)).unwrap();
    found.iter().any(|hit| alone.all()[hit.sink].id == preset)
}

#[test]
fn every_preset_hits_its_examples_and_none_of_its_misses() {
    let data: data::Data = toml::from_str(DATA).unwrap();
    let mut ids = std::collections::BTreeSet::new();
    let mut wrong = Vec::new();
    for preset in &data.sink {
        assert!(ids.insert(&preset.id), "{}", preset.id);
        assert!(!preset.reason.is_empty() && !preset.en.is_empty());
        assert!(!preset.examples.is_empty() && !preset.misses.is_empty());
        assert!(
            data.group.iter().any(|group| group.id == preset.group),
            "{}",
            preset.id
        );
        for name in &preset.languages {
            assert!(language::by_id(name).is_some(), "{name}");
        }
        let alone = &sinks_of(&[&preset.group], Vec::new(), 0);
        let language = &preset.languages[0];
        for text in &preset.examples {
            if !says(alone, &preset.id, language, text) {
                wrong.push(format!("{} misses {text:?}", preset.id));
            }
        }
        for text in &preset.misses {
            if says(alone, &preset.id, language, text) {
                wrong.push(format!("{} hits {text:?}", preset.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_pattern_can_be_looked_for_in_every_language() {
    let sinks = sinks_of(&groups(), Vec::new(), 0);
    for (at, language) in language::all().iter().enumerate() {
        sinks
            .may_have(Some(at), "")
            .unwrap_or_else(|reason| panic!("{}: {reason}", language.id));
        if let Err(reason) = sinks.slot(at) {
            panic!("{}: {reason}", language.id);
        }
    }
}

#[test]
fn imports_comments_and_texts_are_no_sinks_and_code_beside_them_is() {
    let sinks = sinks_of(&["http", "mail"], Vec::new(), 2);
    let text = "import org.apache.HttpPost;\n// new HttpPost(\nString s = \"new HttpPost(\";\nnew HttpPost(\"//\"); // new HttpPost(\n";
    assert_eq!(hits(&sinks, "A.java", text), ["4:1-14 jvm-http"]);
    let text = "/* a\nTransport.send(m);\n*/ Transport.send(m);\n";
    assert_eq!(hits(&sinks, "A.java", text), ["3:4-19 jvm-mail"]);
}

#[test]
fn a_receiver_is_known_by_what_the_file_says_of_it() {
    let sinks = sinks_of(&["http"], Vec::new(), 0);
    let body = "class A { void go() { web.post(u); kept.post(u); } }";
    for (says, expected) in [
        (
            "import kong.unirest.Unirest;\nUnirestInstance web = Unirest.spawn(); Other kept;\n",
            1,
        ),
        ("import java.util.Map;\n", 0),
    ] {
        let found = hits(&sinks, "A.java", &format!("{says}{body}"));
        assert_eq!(found.len(), expected, "{says}: {found:?}");
    }
}

#[test]
fn each_statement_of_a_line_is_a_sink_of_its_own() {
    let sinks = sinks_of(&["mail"], Vec::new(), 0);
    let text = "Transport.send(a); Transport.send(b);\n";
    assert_eq!(
        hits(&sinks, "A.java", text),
        ["1:1-16 jvm-mail", "1:20-35 jvm-mail"]
    );
    let text = "new SimpleEmail().setTo(a).send(Transport.send(b));\n";
    assert_eq!(hits(&sinks, "A.java", text).len(), 1);
}

#[test]
fn the_sinks_of_a_team_are_looked_for_where_it_says() {
    let files = vec![Pattern::parse("src/**", mokuteki_findings::Place::file("x")).unwrap()];
    let sinks = sinks_of(&[], vec![team("vendor", "業者へ送[るった]", files)], 0);
    assert_eq!(
        hits(&sinks, "src/a", "x\n今、業者へ送る\n"),
        ["2:3-8 vendor"]
    );
    assert_eq!(hits(&sinks, "b", "業者へ送る\n"), [""; 0]);
    assert_eq!(hits(&sinks, "src/a.java", "// 業者へ送る\n"), [""; 0]);
}

/// Each is as large as a pattern may be, so that their sum is larger.
#[test]
fn large_patterns_are_looked_for_together() {
    let pattern = |at: usize| format!("x{at}[a-zあ-ん]{{20000}}|送信{at}");
    let large = |at: usize| team(&format!("large{at}"), &pattern(at), Vec::new());
    check_pattern(&pattern(0)).unwrap();
    let sinks = sinks_of(&[], (0..4).map(large).collect(), 0);
    assert_eq!(hits(&sinks, "a", "x\n送信3\n"), ["2:1-4 large3"]);
}

#[test]
fn a_pattern_that_is_none_or_matches_everything_is_refused() {
    for pattern in ["(", "[a", "a*", "", "\\"] {
        assert!(check_pattern(pattern).is_err(), "{pattern}");
    }
}
