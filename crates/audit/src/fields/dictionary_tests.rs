use super::{
    super::preset::{DATA, Data},
    *,
};
use mokuteki::{Engine, vocabulary::Class};

fn data() -> Data {
    toml::from_str(DATA).unwrap()
}

/// The ids of the presets that a name has.
fn ids(dictionary: &Dictionary, name: &str) -> Vec<String> {
    let id = |at: usize| PRESETS.field[at].id.clone();
    dictionary.of(name).into_iter().map(id).collect()
}

#[test]
fn each_pattern_has_its_examples_and_none_of_its_misses() {
    let dictionary = Dictionary::new(&[]);
    let mut wrong = Vec::new();
    for field in &data().field {
        for name in &field.examples {
            if !ids(&dictionary, name).contains(&field.id) {
                wrong.push(format!("{} does not have {name}", field.id));
            }
        }
        for name in &field.misses {
            if ids(&dictionary, name).contains(&field.id) {
                wrong.push(format!("{} has {name}", field.id));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn each_word_of_a_pattern_can_be_a_name_of_it() {
    let dictionary = Dictionary::new(&[]);
    let mut wrong = Vec::new();
    for field in &data().field {
        let all = field.names.iter().chain(&field.ends).chain(&field.whole);
        let all = all.chain(&field.exact);
        for name in all {
            if !ids(&dictionary, name).contains(&field.id) {
                wrong.push(format!(
                    "{} never has {name}: {:?}",
                    field.id,
                    ids(&dictionary, name)
                ));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn each_pattern_says_why_and_names_terms_that_exist() {
    let words = Engine::embedded().vocabulary();
    let mut seen = BTreeSet::new();
    for field in &data().field {
        assert!(seen.insert(field.id.clone()), "{} twice", field.id);
        let told = [&field.reason, &field.source, &field.label, &field.en];
        assert!(
            told.iter().all(|text| !text.trim().is_empty()),
            "{}",
            field.id
        );
        assert!(
            field.examples.len() > 2 && field.misses.len() > 1,
            "{}",
            field.id
        );
        assert_eq!(field.data.is_none(), field.my_number, "{}", field.id);
        for term in field.data.iter().chain(&field.within) {
            let found = words.find(Class::Data, term);
            let label = found.map(|found| words.label(found));
            assert_eq!(label, Some(term.as_str()), "{}", field.id);
        }
        for shape in &field.shapes {
            assert!(Regex::new(shape).is_ok(), "{shape}");
        }
    }
}

#[test]
fn an_ending_takes_the_meaning_from_its_examples_and_names_patterns_that_exist() {
    let dictionary = Dictionary::new(&[]);
    let data = data();
    for ending in &data.ending {
        assert!(
            !ending.reason.trim().is_empty() && ending.examples.len() > 2,
            "{}",
            ending.id
        );
        for id in &ending.only {
            assert!(data.field.iter().any(|field| field.id == *id), "{id}");
        }
        for name in &ending.examples {
            assert_eq!(ids(&dictionary, name), [""; 0], "{name}");
        }
    }
}

#[test]
fn a_word_may_be_shortened_and_numbers_may_stand_within() {
    let dictionary = Dictionary::new(&[]);
    let told = |name| ids(&dictionary, name).join(" ");
    for name in ["KJNBNG", "KJN_BNG", "kojin_bng", "KOJIN1_BANGO"] {
        assert_eq!(told(name), "my-number", "{name}");
    }
    assert_eq!(told("KOHI2_FUTAN_NO"), "medical-subsidy");
    assert_eq!(told("被保険者住所"), "contact");
    assert_eq!(told("事業所住所"), "");
    assert_eq!(told("VIS_WEIGHT1"), "checkup-item");
    assert_eq!(told("NET_WEIGHT"), "");
    assert_eq!(told("喫煙有無"), "checkup-item");
    assert_eq!(told("口座有無"), "");
}

#[test]
fn every_kind_of_data_but_the_widest_has_a_pattern_or_fields_of_one() {
    let words = Engine::embedded().vocabulary();
    // A kind that has fields of a wider or of another kind is told by those.
    let data = data();
    let own = data.field.iter().filter_map(|one| one.data.clone());
    let held = data.field.iter().flat_map(|one| one.within.clone());
    let known: BTreeSet<_> = own.chain(held).collect();
    let missing = words.terms_of(Class::Data).map(|term| words.label(term));
    let missing: Vec<_> = missing.filter(|label| !known.contains(*label)).collect();
    // Whatever has a field is personal data; no name of a field tells that alone.
    assert_eq!(missing, ["個人データ"]);
}

#[test]
fn the_longer_of_two_words_tells_and_both_tell_where_they_stand_apart() {
    let dictionary = Dictionary::new(&[]);
    let told = |name| ids(&dictionary, name).join(" ");
    assert_eq!(told("高額療養費"), "high-cost-benefit");
    assert_eq!(told("公金受取口座番号"), "public-money-account");
    assert_eq!(told("保険証番号"), "insured-symbol");
    assert_eq!(told("傷病名_口座番号"), "disease-name bank-account");
    assert_eq!(told("特定保健指導"), "specific-guidance");
    assert_eq!(told("patient.email.kind"), "");
    assert_eq!(told("disease.name"), "disease-name");
    assert_eq!(told(""), "");
}

#[test]
fn what_a_team_says_holds_before_what_is_built_in() {
    let pattern = |means, name: &str| FieldPattern {
        means,
        label: Text::default(),
        within: Vec::new(),
        names: vec![name.to_owned()],
        ends: Vec::new(),
        whole: Vec::new(),
        exact: Vec::new(),
        shapes: Vec::new(),
        not_after: Vec::new(),
        endings: Vec::new(),
        except: Vec::new(),
        place: Some(Place::file("mokuteki.toml")),
    };
    let team = [
        pattern(Means::Data("口座情報".to_owned()), "vendor key"),
        pattern(Means::Nothing, "drug kigo"),
        pattern(Means::Nothing, "kojin bango"),
    ];
    let dictionary = Dictionary::new(&team);
    assert_eq!(dictionary.of("VENDOR-KEY-1"), [0]);
    assert_eq!(dictionary.of("kojinBangou"), [2]);
    assert_eq!(dictionary.of("drug_kigo"), [1]);
    assert_eq!(dictionary.of("my_number").len(), 1);
}

#[test]
fn names_that_differ_in_width_case_and_spelling_are_the_same() {
    assert_eq!(same("KOJIN-BANGOU"), same("ｋｏｊｉｎ＿ｂａｎｇｏ"));
    assert_ne!(same("kojin_bango"), same("hojin_bango"));
}
