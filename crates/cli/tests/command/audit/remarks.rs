//! What the engine remarks about a flow, as findings of an audit, through the real command.

use super::register::{self, findings};

const FLOWS: &str = r#"[defaults]
society = "aeon"
as_of = "2026-04-01"

[[flow]]
id = "cited"
data = "傷病手当金"
sender = "他の医療保険者"
recipient = "当組合"
activity = "保険給付審査"
channel = "情報提供ネットワークシステム"
basis = "番号法第19条第7号"

[[flow]]
id = "old"
data = "健康保険被保険者証"
recipient = "印刷発送業者"
relation = "委託"
activity = "被保険者証送付"

[[flow]]
id = "new"
data = "資格確認書情報"
recipient = "印刷発送業者"
relation = "委託"
activity = "被保険者証送付"

[[flow]]
id = "registered"
data = "特定健診データ"
recipient = "オンライン資格確認等システム"
activity = "資格・健診データ登録"
"#;

/// The exit, and each finding as `subject code severity line help`.
fn audit(name: &str, text: &str, args: &[&str]) -> (i32, Vec<String>) {
    let folder = register::folder(&format!("remarks/{name}"), "mokuteki.toml", text);
    let json = ["--format", "json"];
    let out = register::audit(&folder, &[&json, args].concat());
    let said = findings(&out).into_iter().map(|one| {
        let (subject, code) = (&one["subject"], &one["code"]);
        let (severity, line) = (&one["severity"], &one["place"]["line"]);
        format!("{subject} {code} {severity} {line} {}", one["help"]).replace('"', "")
    });
    (out.status.code().unwrap(), said.collect())
}

#[test]
fn each_remark_is_told_at_its_line_and_fails_nothing() {
    let (exit, said) = audit("each", FLOWS, &[]);
    assert_eq!(
        said,
        [
            "cited stale-citation warning 12 write `番号法第19条第8号`",
            // The published sentence prints the old term, too, whatever the flow says.
            "old superseded-term warning 15 tell the society, whose notice it is",
            "old superseded-term warning 16 write 資格確認書情報 (eligibility certificate data)",
            "new superseded-term warning 22 tell the society, whose notice it is",
            "registered misprint note 29 tell the society, whose notice it is",
        ]
    );
    assert_eq!(exit, 0);
}

#[test]
fn a_section_that_does_not_agree_is_told_beside_the_verdict() {
    let flow = "[[flow]]\nid = \"a\"\nsociety = \"aeon\"\ndata = \"負傷原因情報\"\nrecipient = \"医療機関\"
relation = \"第三者提供\"\nactivity = \"求償の相談・届出\"\nas_of = \"2026-04-01\"\n";
    let (exit, said) = audit("section", flow, &[]);
    assert_eq!(exit, 2);
    assert!(
        said.iter()
            .any(|one| one.starts_with("a section-mismatch note 2 ")),
        "{said:?}"
    );
}

#[test]
fn a_remark_fails_the_run_where_it_is_told_to() {
    for (code, line) in [
        ("stale-citation", "cited stale-citation error 12"),
        ("superseded-term", "old superseded-term error 16"),
        ("misprint", "registered misprint error 29"),
    ] {
        let (exit, said) = audit(code, FLOWS, &["--fail-on", code]);
        assert_eq!(exit, 2, "{code}");
        assert!(said.iter().any(|one| one.starts_with(line)), "{said:?}");
    }
    let (exit, _) = audit("absent", FLOWS, &["--fail-on", "section-mismatch"]);
    assert_eq!(exit, 0, "no flow has it");
}
