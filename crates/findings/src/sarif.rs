//! SARIF 2.1.0, within the limits of GitHub code scanning.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::json;
use serde_sarif::sarif::{
    ArtifactLocation, Invocation, Location, LogicalLocation, Message, MultiformatMessageString,
    Notification, PhysicalLocation, PropertyBag, Region, ReportingConfiguration,
    ReportingDescriptor, Result as Outcome, ResultLevel, Run, RunAutomationDetails, Sarif,
    Suppression, Tool, ToolComponent,
};

use super::{Code, Diagnostic, Findings, Place, RenderError, Severity};
use mokuteki::problem::Lang;

/// The published schema.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// GitHub refuses a run with more results.
const MOST_RESULTS: usize = 25_000;
/// GitHub refuses a result with more than 1,000 locations, and shows 100.
const MOST_RELATED: usize = 100;
/// GitHub refuses a longer description of a rule.
const LONGEST_DESCRIPTION: usize = 1024;
/// What a path segment of a URI may not hold as it is.
const SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b':')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

pub(super) fn render(
    findings: &Findings,
    prints: &[String],
    lang: Lang,
) -> Result<String, RenderError> {
    let codes = &findings.codes;
    let index: BTreeMap<&str, i64> = codes.iter().map(|code| code.name).zip(0..).collect();
    let kept = kept(findings, prints);
    let left_out = findings.diagnostics.len() - kept.len();
    let results = kept.iter().map(|(found, print)| {
        let mut result = result(found, print, lang);
        result.rule_index = index.get(found.code).copied();
        result
    });
    let driver = ToolComponent::builder()
        .name("mokuteki")
        .version(env!("CARGO_PKG_VERSION"))
        .semantic_version(env!("CARGO_PKG_VERSION"))
        .language(language(lang))
        .rules(
            codes
                .iter()
                .map(|code| rule(code, lang))
                .collect::<Vec<_>>(),
        );
    let mut invocation = Invocation::builder().execution_successful(true).build();
    if left_out > 0 {
        let said = lang.pick(
            format!("GitHub の上限 {MOST_RESULTS} 件を超える {left_out} 件を省いた。`--format json` にはすべてある"),
            format!("{left_out} results beyond GitHub's limit of {MOST_RESULTS} are left out; `--format json` has them all"),
        );
        let notification = Notification::builder()
            .message(Message::builder().text(said).build())
            .level(json!("warning"))
            .build();
        invocation.tool_execution_notifications = Some(vec![notification]);
    }
    // Runs of several checks over one commit do not replace each other.
    let details = RunAutomationDetails::builder()
        .id(format!("mokuteki/{}/", findings.check))
        .build();
    let bases = BTreeMap::from([(RULES.to_owned(), base(lang))]);
    let run = Run::builder()
        .tool(Tool::builder().driver(driver.build()).build())
        .automation_details(details)
        .invocations(vec![invocation])
        .original_uri_base_ids(bases)
        .column_kind(json!("unicodeCodePoints"))
        .default_encoding("utf-8")
        .language(language(lang))
        .results(results.collect::<Vec<_>>())
        .build();
    let log = Sarif::builder()
        .schema(SCHEMA)
        .version(json!("2.1.0"))
        .runs(vec![run])
        .build();
    let mut text =
        serde_json::to_string_pretty(&log).map_err(|error| RenderError(error.to_string()))?;
    text.push('\n');
    Ok(text)
}

/// The base of places in the rules, which need not lie in the repository.
const RULES: &str = "MOKUTEKI_RULES";

fn base(lang: Lang) -> ArtifactLocation {
    let said = lang.pick(
        "判定に使った規則のディレクトリ (既定では mokuteki の rules/)",
        "the directory of the rules that decided, by default the rules/ of mokuteki",
    );
    ArtifactLocation::builder()
        .description(Message::builder().text(said).build())
        .build()
}

fn language(lang: Lang) -> &'static str {
    lang.pick("ja", "en")
}

/// The findings that fit, the gravest first where not all do, in their order.
fn kept<'f>(findings: &'f Findings, prints: &'f [String]) -> Vec<(&'f Diagnostic, &'f str)> {
    let mut listed: Vec<(usize, (&Diagnostic, &str))> = findings
        .diagnostics
        .iter()
        .zip(prints.iter().map(String::as_str))
        .enumerate()
        .collect();
    if listed.len() > MOST_RESULTS {
        listed.sort_by_key(|(at, (found, _))| {
            (!found.counts(), std::cmp::Reverse(found.severity), *at)
        });
        listed.truncate(MOST_RESULTS);
        listed.sort_by_key(|(at, _)| *at);
    }
    listed.into_iter().map(|(_, found)| found).collect()
}

fn rule(code: &Code, lang: Lang) -> ReportingDescriptor {
    let text = |text: String| MultiformatMessageString::builder().text(text).build();
    let help = MultiformatMessageString::builder()
        .text(code.body(lang))
        .markdown(code.body(lang))
        .build();
    let properties = PropertyBag::builder()
        .tags(vec!["privacy".to_owned()])
        .additional_properties(BTreeMap::from([(
            "problem.severity".to_owned(),
            json!(match code.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "recommendation",
            }),
        )]))
        .build();
    ReportingDescriptor::builder()
        .id(code.name)
        .name(code.name)
        .short_description(text(short(code.title(lang))))
        .full_description(text(short(&code.description(lang))))
        .help(help)
        .default_configuration(
            ReportingConfiguration::builder()
                .level(json!(code.severity.word()))
                .build(),
        )
        .properties(properties)
        .build()
}

fn short(text: &str) -> String {
    text.chars().take(LONGEST_DESCRIPTION).collect()
}

fn result(found: &Diagnostic, fingerprint: &str, lang: Lang) -> Outcome {
    let mut text = escape(found.message.pick(lang));
    for note in &found.notes {
        let _ = write!(text, "\n{}", escape(note.pick(lang)));
    }
    if !found.laws.is_empty() {
        let laws = found.laws.join(lang.pick("、", ", "));
        let _ = write!(text, "\n{}: {}", lang.pick("条項", "law"), escape(&laws));
    }
    let mut related = Vec::new();
    for (id, other) in (1_i64..).zip(found.related.iter().take(MOST_RELATED)) {
        let said = other.message.pick(lang);
        // GitHub shows a related place only where the message links to it.
        let _ = write!(text, "\n[{}]({id})", escape(said));
        let message = Message::builder().text(said).build();
        let mut location = location(&other.place);
        location.id = Some(id);
        location.message = Some(message);
        related.push(location);
    }
    if !found.help.is_empty() {
        let help = escape(found.help.pick(lang));
        let _ = write!(text, "\n{}: {help}", lang.pick("対処", "help"));
    }
    let level = match found.severity {
        Severity::Note => ResultLevel::Note,
        Severity::Warning => ResultLevel::Warning,
        Severity::Error => ResultLevel::Error,
    };
    let mut place = location(&found.place);
    if !found.subject.is_empty() {
        let subject = LogicalLocation::builder()
            .name(&found.subject)
            .fully_qualified_name(&found.subject)
            .build();
        place.logical_locations = Some(vec![subject]);
    }
    // `primaryLocationLineHash` is GitHub's own hash of the line and what stands around it; where it is not given, GitHub makes
    // it from the checked-out file. One of ours under its name would be compared with its own and never match.
    let prints = BTreeMap::from([("mokuteki/v1".to_owned(), fingerprint.to_owned())]);
    let mut result = Outcome::builder()
        .rule_id(found.code)
        .message(Message::builder().text(text).build())
        .locations(vec![place])
        .partial_fingerprints(prints)
        .level(level)
        .build();
    if !found.keys.is_empty() {
        let keys = found
            .keys
            .iter()
            .map(|(name, value)| ((*name).to_owned(), json!(value)));
        let properties =
            PropertyBag::builder().additional_properties(keys.collect::<BTreeMap<_, _>>());
        result.properties = Some(properties.build());
    }
    if !related.is_empty() {
        result.related_locations = Some(related);
    }
    if let Some(why) = &found.suppressed {
        let suppression = Suppression::builder()
            .kind(json!("external"))
            .status(json!("accepted"))
            .justification(why.reason.pick(lang))
            .build();
        result.suppressions = Some(vec![suppression]);
    }
    result
}

fn location(place: &Place) -> Location {
    let number = |number: u32| i64::from(number);
    // GitHub asks for a line, also where the file as a whole is meant.
    let start = place.start();
    let mut region = Region::builder()
        .start_line(start.map_or(1, |start| number(start.line())))
        .build();
    region.start_column = start.map(|start| number(start.column()));
    if let Some(end) = place.end() {
        region.end_line = Some(number(end.line()));
        region.end_column = Some(number(end.column()));
    }
    let uri = place.path().split('/');
    let uri = uri.map(|segment| utf8_percent_encode(segment, SEGMENT).to_string());
    let artifact = ArtifactLocation::builder()
        .uri(uri.collect::<Vec<_>>().join("/"))
        .uri_base_id(if place.is_of_rules() {
            RULES
        } else {
            "%SRCROOT%"
        })
        .build();
    let physical = PhysicalLocation::builder()
        .artifact_location(artifact)
        .region(region)
        .build();
    Location::builder().physical_location(physical).build()
}

/// Text in which SARIF finds no link of its own.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('[', "\\[")
        .replace(']', "\\]")
}
