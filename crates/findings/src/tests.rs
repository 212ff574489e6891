use super::*;

const PAGE: &str = "# some-code\n\n## 見出し\n\nこれは\n説明。\n\n続き。\n\n## A title\n\nThis is\nthe meaning.\n\nMore.\n";
static CODE: Code = Code::new("some-code", Severity::Error, PAGE);

fn finding(line: u32, severity: Severity) -> Diagnostic {
    let text = Text::new("流れが[止まる]", "the flow: 100% stops, [here]");
    let help = Text::new("直す", "put it right");
    let mut found = Diagnostic::new(
        &CODE,
        Place::line("src/支払.java", line),
        "a-flow",
        text,
        help,
    );
    found.severity = severity;
    found.with_related(
        Place::line("published/aeon.txt", 53).of_rules(),
        Text::new("事例", "the clause"),
    )
}

fn findings(diagnostics: Vec<Diagnostic>) -> Findings {
    let checked = ["a-flow", "b-flow"].map(|subject| Checked {
        subject: subject.to_owned(),
        place: Place::line("src/支払.java", 1),
    });
    let mut findings = Findings {
        check: "audit",
        codes: vec![&CODE],
        checked: checked.into(),
        diagnostics,
        ..Findings::default()
    };
    findings.sort();
    findings
}

#[test]
fn a_page_gives_title_description_and_body_in_each_language() {
    assert!(CODE.is_whole());
    assert_eq!(CODE.title(Lang::Ja), "見出し");
    assert_eq!(CODE.title(Lang::En), "A title");
    assert_eq!(CODE.description(Lang::Ja), "これは説明。");
    assert_eq!(CODE.description(Lang::En), "This is the meaning.");
    assert_eq!(CODE.body(Lang::En), "This is\nthe meaning.\n\nMore.");
}

#[test]
fn columns_count_characters_and_lines_start_at_one() {
    let sheet = Sheet::new("a\n支払x\n");
    let at = |offset| {
        let position = sheet.position(offset);
        (position.line(), position.column())
    };
    assert_eq!(
        [at(0), at(2), at(5), at(8)],
        [(1, 1), (2, 1), (2, 2), (2, 3)]
    );
    assert_eq!(
        (at(6), at(99)),
        ((2, 2), (3, 1)),
        "inside a character, and past the end"
    );
    assert_eq!(Position::new(0, 0).line(), 1);
}

#[test]
fn a_fingerprint_stays_when_lines_move_and_tells_twins_apart() {
    let one = findings(vec![
        finding(3, Severity::Error),
        finding(9, Severity::Error),
    ]);
    let moved = findings(vec![
        finding(4, Severity::Error),
        finding(19, Severity::Error),
    ]);
    assert_eq!(one.fingerprints(), moved.fingerprints());
    assert_ne!(one.fingerprints()[0], one.fingerprints()[1]);
    let other = findings(vec![finding(3, Severity::Error).with_detail("x")]);
    assert_ne!(one.fingerprints()[0], other.fingerprints()[0]);
}

#[test]
fn annotations_are_escaped_and_those_github_would_drop_are_plain_lines() {
    let many = (1..=12)
        .map(|line| finding(line, Severity::Error))
        .collect();
    let text = findings(many).render(Form::Github, Lang::En).unwrap();
    let first = text.lines().next().unwrap();
    assert_eq!(
        first,
        "::error file=src/支払.java,line=1,title=some-code a-flow::the flow: 100%25 stops, [here]%0Ahelp: put it right"
    );
    assert_eq!(
        text.lines().filter(|line| line.starts_with("::")).count(),
        10
    );
    assert!(text.contains("\nerror[some-code] src/支払.java:12: the flow"));
}

#[test]
fn sarif_keeps_the_gravest_within_the_limit_of_github_and_says_how_many_it_left_out() {
    let mut many: Vec<_> = (1..=25_001)
        .map(|line| finding(line, Severity::Note))
        .collect();
    many.push(finding(30_000, Severity::Error));
    let text = findings(many).render(Form::Sarif, Lang::En).unwrap();
    let log: serde_json::Value = serde_json::from_str(&text).unwrap();
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 25_000);
    assert_eq!(results.last().unwrap()["level"], "error");
    let said = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    assert!(said.as_str().unwrap().starts_with("2 results beyond"));
}

#[test]
fn sarif_points_with_encoded_paths_links_its_related_places_and_escapes_brackets() {
    let text = findings(vec![finding(3, Severity::Error)])
        .render(Form::Sarif, Lang::En)
        .unwrap();
    let log: serde_json::Value = serde_json::from_str(&text).unwrap();
    let result = &log["runs"][0]["results"][0];
    let artifact = &result["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(artifact["uri"], "src/%E6%94%AF%E6%89%95.java");
    assert_eq!(artifact["uriBaseId"], "%SRCROOT%");
    let related = &result["relatedLocations"][0];
    assert_eq!(
        related["physicalLocation"]["artifactLocation"]["uriBaseId"],
        "MOKUTEKI_RULES"
    );
    let message = result["message"]["text"].as_str().unwrap();
    assert!(
        message.starts_with("the flow: 100% stops, \\[here\\]\n[the clause](1)"),
        "{message}"
    );
}

#[test]
fn sarif_links_no_more_related_places_than_github_shows() {
    let mut one = finding(3, Severity::Error);
    let place = one.related[0].clone();
    one.related = vec![place; 101];
    let text = findings(vec![one]).render(Form::Sarif, Lang::En).unwrap();
    let log: serde_json::Value = serde_json::from_str(&text).unwrap();
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["relatedLocations"].as_array().unwrap().len(), 100);
    let message = result["message"]["text"].as_str().unwrap();
    assert!(message.contains("](100)") && !message.contains("](101)"));
}

#[test]
fn junit_has_a_case_for_each_finding_and_for_what_passed() {
    let found = findings(vec![
        finding(3, Severity::Error),
        finding(4, Severity::Warning),
    ]);
    let text = found.render(Form::Junit, Lang::En).unwrap();
    assert!(
        text.contains("tests=\"3\" skipped=\"0\" errors=\"0\" failures=\"1\""),
        "{text}"
    );
    assert!(text.contains("<testcase name=\"b-flow\""), "{text}");
    assert!(!text.contains("<testcase name=\"a-flow\""), "{text}");
}

#[test]
fn names_of_a_hostile_tree_are_no_commands_escapes_or_tags_in_any_form() {
    let hostile = [
        "a\n::error title=X::y",
        "b\r::add-mask::z",
        "c\n  ::stop-commands::t",
        "d##[add-mask]e",
        "f\u{1b}[2Jg",
        "h\u{202e}avaj",
        "i\u{2028}::warning::j",
        "<script>k",
        "[l](https://example.com)",
    ];
    let mut many = Vec::new();
    for (line, name) in (1..).zip(hostile.iter().cycle().take(36)) {
        let place = Place::line(format!("src/{name}.java"), line);
        let mut one = Diagnostic::new(&CODE, place, name, Text::same(*name), Text::same(*name));
        one.notes = vec![Text::same(*name)];
        one.laws = vec![(*name).to_owned()];
        many.push(one.with_related(Place::file(*name), Text::same(*name)));
    }
    let mut found = findings(many);
    found
        .facts
        .push((Text::same("::error::fact"), Text::same("a\n::error::b")));
    found.tables.push(Table {
        title: Text::same("::error::title"),
        columns: vec![Text::same("a")],
        rows: vec![vec![Text::same("::error::cell")]],
    });
    for form in [
        Form::Human,
        Form::Json,
        Form::Sarif,
        Form::Junit,
        Form::Github,
        Form::Markdown,
        Form::Gitlab,
        Form::Rdjson,
    ] {
        let text = found.render(form, Lang::Ja).unwrap();
        assert!(
            !text.contains(|c| safe::is_obeyed(c) && c != '\n'),
            "{form:?}"
        );
        assert!(!text.contains("##["), "{form:?}");
        let commands = text
            .lines()
            .filter(|line| line.trim_start().starts_with("::"));
        let ours = commands
            .clone()
            .filter(|line| form == Form::Github && line.starts_with("::error file=src/"));
        assert_eq!(commands.count(), ours.count(), "{form:?}");
        if matches!(form, Form::Markdown | Form::Junit) {
            // What stands in a code span of Markdown is shown as it is, tags and links, too.
            let outside = text.split('`').step_by(2).collect::<String>();
            assert!(!outside.contains("<script>"), "{form:?}");
            // XML has no links.
            assert!(
                form == Form::Junit || !outside.contains("[l](https"),
                "{form:?}"
            );
        }
    }
    let text = found.render(Form::Json, Lang::Ja).unwrap();
    let read: serde_json::Value = serde_json::from_str(&text).unwrap();
    let files = read["findings"].as_array().unwrap().iter();
    assert!(
        files
            .clone()
            .any(|one| one["place"]["file"] == "src/h\u{202e}avaj.java")
    );
}

#[test]
fn names_of_cases_stay_when_lines_move() {
    let names = |line| {
        let text = findings(vec![finding(line, Severity::Error)]).render(Form::Junit, Lang::En);
        let text = text.unwrap();
        let (_, rest) = text.split_once("<testcase name=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    assert_eq!(names(3), names(40));
    assert!(
        names(3).starts_with("a-flow [some-code] src/支払.java "),
        "{}",
        names(3)
    );
}

#[test]
fn gitlab_and_reviewdog_get_places_codes_and_what_counts() {
    let mut quiet = finding(9, Severity::Error);
    quiet.suppressed = Some(Suppression {
        kind: "waiver",
        reason: Text::same("approved"),
    });
    let found = findings(vec![finding(3, Severity::Error), quiet]);
    let gitlab: serde_json::Value =
        serde_json::from_str(&found.render(Form::Gitlab, Lang::En).unwrap()).unwrap();
    assert_eq!(gitlab.as_array().unwrap().len(), 1);
    assert_eq!(gitlab[0]["location"]["lines"]["begin"], 3);
    assert_eq!(gitlab[0]["severity"], "critical");
    assert_eq!(
        gitlab[0]["fingerprint"].as_str().unwrap(),
        found.fingerprints()[0]
    );
    let rdjson: serde_json::Value =
        serde_json::from_str(&found.render(Form::Rdjson, Lang::En).unwrap()).unwrap();
    assert_eq!(rdjson["diagnostics"].as_array().unwrap().len(), 1);
    assert_eq!(rdjson["diagnostics"][0]["code"]["value"], "some-code");
    assert_eq!(
        rdjson["diagnostics"][0]["location"]["range"]["start"]["line"],
        3
    );
}

#[test]
fn markdown_stays_within_a_comment_and_calls_nobody() {
    let mut many: Vec<_> = (1..=2000)
        .map(|line| finding(line, Severity::Error))
        .collect();
    many[0].message = Text::same("@everyone | <b>");
    let text = findings(many).render(Form::Markdown, Lang::En).unwrap();
    assert!(text.len() < LONGEST_COMMENT + 500);
    assert!(text.contains("&#64;everyone \\| &lt;b&gt;"));
    assert!(text.contains("lines are left out for length"));
}

#[test]
fn what_is_suppressed_is_counted_apart_and_said_in_every_machine_form() {
    let mut found = finding(3, Severity::Error);
    let reason = Text::new("個人情報保護管理者の承認", "approved");
    found.suppressed = Some(Suppression {
        kind: "waiver",
        reason,
    });
    let found = findings(vec![found]);
    assert_eq!((found.count(Severity::Error), found.suppressed()), (0, 1));
    assert!(
        found
            .render(Form::Sarif, Lang::En)
            .unwrap()
            .contains("\"justification\": \"approved\"")
    );
    assert!(
        found
            .render(Form::Junit, Lang::En)
            .unwrap()
            .contains("<skipped message=\"approved\"")
    );
    assert!(
        found
            .render(Form::Json, Lang::Ja)
            .unwrap()
            .contains("\"kind\": \"waiver\"")
    );
    assert!(
        !found
            .render(Form::Human, Lang::En)
            .unwrap()
            .contains("some-code")
    );
}
