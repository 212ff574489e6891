//! What rests on the word of the register alone fails until it is accepted by name, through the real command.

use super::register::{self, findings};

const FLOW: &str = r#"[defaults]
society = "aeon"
as_of = "2026-04-01"

[[flow]]
id = "claim"
data = "レセプト"
recipient = "損害保険会社"
relation = "第三者提供"
activity = "求償"
consent = "explicit"
"#;

/// The exit, and each finding as `subject code line`, with the remark where it is one of these.
fn audit(name: &str, text: &str, args: &[&str]) -> (i32, Vec<String>) {
    let folder = register::folder(&format!("accepted/{name}"), "mokuteki.toml", text);
    let out = register::audit(&folder, &[&["--format", "json"], args].concat());
    let said = findings(&out).into_iter().map(|one| {
        let message = one["message"].as_str().unwrap_or_default().to_owned();
        let remark = message.split(':').next().unwrap_or_default().to_owned();
        let remark = if one["code"] == "not-accepted" {
            remark
        } else {
            String::new()
        };
        format!(
            "{} {} {} {remark}",
            one["subject"], one["code"], one["place"]["line"]
        )
        .replace('"', "")
        .trim_end()
        .to_owned()
    });
    (out.status.code().unwrap(), said.collect())
}

#[test]
fn consent_that_nobody_has_seen_fails_until_the_flow_the_defaults_or_the_call_accept_it() {
    let unseen = "claim not-accepted 6 consent-unseen".to_owned();
    assert_eq!(audit("not", FLOW, &[]), (2, vec![unseen.clone()]));
    // Accepted by the call. Whoever accepts by name is asked for the rest by name, too.
    let assumed = "claim not-accepted 6 assumed".to_owned();
    let by_call = audit("call", FLOW, &["--accept", "consent-unseen"]);
    assert_eq!(by_call, (2, vec![assumed.clone()]));
    let both = ["--accept", "consent-unseen,assumed"];
    assert_eq!(audit("call-both", FLOW, &both), (0, vec![]));
    // By the flow.
    let flow = format!("{FLOW}accepts = [\"consent-unseen\"]\n");
    assert_eq!(audit("flow", &flow, &[]), (2, vec![assumed.clone()]));
    let said = format!("{flow}sender = \"当組合\"\nmy_number = false\nabroad = false\n");
    assert_eq!(audit("flow-said", &said, &[]), (0, vec![]));
    // By the defaults, to which the flow's own are added.
    let defaults = FLOW.replace("as_of", "accepts = [\"assumed\"]\nas_of");
    let one_further = "claim not-accepted 7 consent-unseen".to_owned();
    assert_eq!(audit("defaults", &defaults, &[]), (2, vec![one_further]));
    let defaults = format!("{defaults}accepts = \"consent-unseen\"\n");
    assert_eq!(audit("defaults-and-flow", &defaults, &[]), (0, vec![]));
    // What is accepted for one flow is not accepted for another one.
    let other = FLOW
        .split_once("[[flow]]")
        .unwrap()
        .1
        .replace("\"claim\"", "\"other\"");
    let two = format!("{said}\n[[flow]]{other}");
    let (exit, found) = audit("two", &two, &[]);
    assert_eq!(exit, 2);
    assert_eq!(found, ["other not-accepted 18 consent-unseen"]);
}

#[test]
fn only_a_remark_on_the_word_of_the_register_can_be_accepted() {
    for (name, accepts) in [
        ("verdict", "\"out-of-scope\""),
        ("remark", "[\"stale-citation\"]"),
        ("nonsense", "[\"all\"]"),
    ] {
        let (exit, found) = audit(name, &format!("{FLOW}accepts = {accepts}\n"), &[]);
        assert_eq!(exit, 3, "{name}");
        assert!(
            found.contains(&"claim invalid-value 12".to_owned()),
            "{found:?}"
        );
    }
    // Nothing that is refused is accepted by a name.
    let refused =
        FLOW.replace("explicit", "refused") + "accepts = [\"consent-unseen\", \"assumed\"]\n";
    let (exit, found) = audit("refused", &refused, &[]);
    assert_eq!((exit, found), (2, vec!["claim prohibited 7".to_owned()]));
}

#[test]
fn flows_that_are_left_to_defaults_are_counted() {
    let quiet = FLOW.replace(
        "consent = \"explicit\"",
        "basis = \"個人情報保護法第27条第1項第2号\"",
    );
    let folder = register::folder("accepted/counted", "mokuteki.toml", &quiet);
    let out = register::audit(&folder, &["--accept", "facts-unseen,assumed"]);
    assert_eq!(out.status.code(), Some(0), "{out:?}");
    let internal = FLOW
        .replace("損害保険会社", "当組合")
        .replace("第三者提供", "内部利用")
        .replace("consent = \"explicit\"\n", "");
    let folder = register::folder("accepted/counted-inside", "mokuteki.toml", &internal);
    let out = register::audit(&folder, &[]);
    assert_eq!(out.status.code(), Some(0), "{out:?}");
    let text = String::from_utf8_lossy(&out.stdout);
    assert!(text.contains("flows left to defaults: 1"), "{text}");
}
