//! Two sets of rules: other vocabularies, societies of one side only, many societies.

use mokuteki::{Engine, rules::Sources};
use mokuteki_space::{Axis, BasisBy, Diff, Registries, Side, Universe};

use crate::{brute::some_flows, edits::edited, loading::engine};

const DAY: &str = "2026-04-01";

#[test]
fn terms_are_matched_by_id_or_label_and_the_rest_is_said() {
    // One term is gone, one has another label under its id, one another id under its label.
    let file = "vocabulary/channel.toml";
    let edited = edited(
        file,
        &[
            (
                "id = \"telephone\"\nlabel = \"電話\"\nen = \"telephone\"",
                "id = \"fax\"\nlabel = \"ファクシミリ\"\nen = \"fax\"",
            ),
            ("label = \"社内便\"", "label = \"社内便 (事業所)\""),
            ("id = \"paper\"", "id = \"on-paper\""),
            (
                "open = [\"書面\", \"社内便\", \"電話\", \"電子媒体\"]",
                "open = [\"書面\", \"電子媒体\"]",
            ),
        ],
    );
    let edited = engine(&edited);
    let side = |engine| Side::new(engine, "aeon", DAY).unwrap();
    let sides = [side(Engine::embedded()), side(&edited)];
    let listed: &[(Axis, &[&str])] = &[
        (Axis::Data, &["健診結果", "資格情報"]),
        (Axis::Recipient, &["当組合", "委託業者", "事業主"]),
        (Axis::Relation, &["", "委託", "第三者提供", "共同利用"]),
        (Axis::Activity, &["", "コラボヘルス", "健康イベント"]),
        (Axis::Channel, &["", "書面", "社内便"]),
    ];
    let universe = Universe::between(sides, BasisBy::Citation);
    let flows = some_flows(&universe, listed);
    let diff = Diff::over(universe, flows);
    let only: Vec<Vec<&str>> = diff
        .universe()
        .only()
        .iter()
        .map(|terms| terms.iter().map(|one| one.label.as_str()).collect())
        .collect();
    assert_eq!(only, [vec!["電話"], vec!["ファクシミリ"]]);
    assert!(diff.is_equal() && !diff.is_silent());
}

#[test]
fn only_what_changed_is_told_of_many_societies() {
    let mut files: Vec<_> = Sources::embedded().iter().cloned().collect();
    let aeon = Sources::embedded()
        .get("notices/aeon.toml")
        .unwrap()
        .clone();
    let text = String::from_utf8(aeon.bytes.clone()).unwrap();
    for at in 0..3 {
        let mut copy = aeon.clone();
        copy.path = format!("notices/s{at}.toml");
        copy.bytes = text
            .replace("society = \"aeon\"", &format!("society = \"s{at}\""))
            .into_bytes();
        files.push(copy);
    }
    let old = engine(&Sources::new(files.clone()));
    let changed = files
        .iter_mut()
        .find(|file| file.path == "notices/s1.toml")
        .unwrap();
    let text = String::from_utf8(changed.bytes.clone()).unwrap();
    changed.bytes = text
        .replace(
            "data = [\"海外療養費申請書\"]\nrecipient = [\"委託業者\"]",
            "data = [\"海外療養費申請書\", \"柔道整復施術療養費支給申請書\"]\nrecipient = [\"委託業者\"]",
        )
        .into_bytes();
    files.retain(|file| file.path != "notices/s2.toml");
    let new = engine(&Sources::new(files));
    let mut registries = Registries::new(&old, &new, DAY, BasisBy::Citation);
    let [both, lost, added] = registries.societies();
    assert_eq!(both, ["aeon", "johas", "s0", "s1"]);
    assert_eq!((lost, added), (vec!["s2"], vec![]));
    for id in both {
        let diff = registries.diff(id).unwrap();
        assert_eq!(diff.is_silent(), id != "s1", "{id}");
        // What is shared between societies makes no difference.
        let alone = Diff::between(
            Side::new(&old, id, DAY).unwrap(),
            Side::new(&new, id, DAY).unwrap(),
            BasisBy::Citation,
        );
        assert_eq!(alone.changes, diff.changes);
    }
}
