//! Two sets of rules: other vocabularies, societies of one side only, many societies.

use mokuteki::{Engine, rules::Sources};
use mokuteki_space::{BasisBy, Diff, Registries, Side};

use crate::{edits::edited, loading::engine};

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
        ],
    );
    let edited = engine(&edited);
    let side = |engine| Side::new(engine, "aeon", DAY).unwrap();
    let diff = Diff::between(side(Engine::embedded()), side(&edited), BasisBy::Citation);
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
            "data = [\"健診結果\"]\nrecipient = [\"事業主\"]",
            "data = [\"健診結果\", \"保健指導情報\"]\nrecipient = [\"事業主\"]",
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
