//! Provisions against the tables of the law: what each number names on each day, and what is said of
//! a number that names nothing on it.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may fail loudly"
)]

use std::collections::BTreeSet;

use mokuteki::{
    Day, Engine,
    day::Period,
    law::{CitationError, Cited, Law},
};

/// A provision, and its number in each column; empty where it had none.
type Line = (&'static str, [&'static str; 3]);

/// A statute's table: name, id, first day of each column (empty: open), sample days, lines.
struct Table {
    name: &'static str,
    id: &'static str,
    from: [&'static str; 3],
    days: &'static [&'static str],
    lines: &'static [Line],
}

#[rustfmt::skip]
const MY_NUMBER: Table = Table {
    name: "番号法",
    id: "my-number-act",
    from: ["2015-10-05", "2017-05-30", "2021-09-01"],
    days: &["2014-01-01", "2015-10-04", "2015-10-05", "2017-05-29", "2017-05-30", "2021-08-31", "2021-09-01", "2026-04-01"],
    lines: &[
        ("article-9", ["9条", "9条", "9条"]),
        ("number-use", ["9条1項", "9条1項", "9条1項"]),
        ("subcontracting", ["10条", "10条", "10条"]),
        ("contractor-supervision", ["11条", "11条", "11条"]),
        ("article-19", ["19条", "19条", "19条"]),
        ("use-operator", ["19条1号", "19条1号", "19条1号"]),
        ("related-operator", ["19条2号", "19条2号", "19条2号"]),
        ("from-person", ["19条3号", "19条3号", "19条3号"]),
        ("employer-transfer", ["", "", "19条4号"]),
        ("j-lis", ["19条4号", "19条4号", "19条5号"]),
        ("entrustment-or-succession", ["19条5号", "19条5号", "19条6号"]),
        ("resident-registry", ["19条6号", "19条6号", "19条7号"]),
        ("network", ["19条7号", "19条7号", "19条8号"]),
        ("network-ordinance", ["", "19条8号", "19条9号"]),
        ("tax", ["19条8号", "19条9号", "19条10号"]),
        ("same-local-government", ["19条9号", "19条10号", "19条11号"]),
        ("securities-transfer", ["19条10号", "19条11号", "19条12号"]),
        ("commission-request", ["19条11号", "19条12号", "19条13号"]),
        ("minister-request", ["", "", "19条14号"]),
        ("parliament-court-investigation", ["19条12号", "19条13号", "19条15号"]),
        ("life-body-property", ["19条13号", "19条14号", "19条16号"]),
        ("commission-rules", ["19条14号", "19条15号", "19条17号"]),
        ("collection-limit", ["20条", "20条", "20条"]),
        ("appi-exclusion", ["30条2項", "30条2項", "30条2項"]),
    ],
};

#[rustfmt::skip]
const PERSONAL: Table = Table {
    name: "個人情報保護法",
    id: "personal-information-protection-act",
    from: ["", "2017-05-30", "2022-04-01"],
    days: &["2010-01-01", "2017-05-29", "2017-05-30", "2022-03-31", "2022-04-01", "2026-04-01"],
    lines: &[
        ("purpose-specification", ["15条", "15条", "17条"]),
        ("purpose-limit", ["16条", "16条", "18条"]),
        ("purpose-limit-exceptions", ["16条3項", "16条3項", "18条3項"]),
        ("sensitive-acquisition", ["", "17条2項", "20条2項"]),
        ("purpose-notice", ["18条", "18条", "21条"]),
        ("security-control", ["20条", "20条", "23条"]),
        ("contractor-supervision", ["22条", "22条", "25条"]),
        ("leak-report", ["", "", "26条"]),
        ("third-party", ["23条", "23条", "27条"]),
        ("third-party-1", ["23条1項", "23条1項", "27条1項"]),
        ("third-party-1-1", ["23条1項1号", "23条1項1号", "27条1項1号"]),
        ("third-party-1-2", ["23条1項2号", "23条1項2号", "27条1項2号"]),
        ("third-party-1-3", ["23条1項3号", "23条1項3号", "27条1項3号"]),
        ("third-party-1-4", ["23条1項4号", "23条1項4号", "27条1項4号"]),
        ("third-party-1-5", ["", "", "27条1項5号"]),
        ("third-party-1-6", ["", "", "27条1項6号"]),
        ("third-party-1-7", ["", "", "27条1項7号"]),
        ("opt-out", ["23条2項", "23条2項", "27条2項"]),
        ("not-third-party", ["23条4項", "23条5項", "27条5項"]),
        ("entrustment", ["23条4項1号", "23条5項1号", "27条5項1号"]),
        ("succession", ["23条4項2号", "23条5項2号", "27条5項2号"]),
        ("joint-use", ["23条4項3号", "23条5項3号", "27条5項3号"]),
        ("abroad", ["", "24条", "28条"]),
        ("abroad-1", ["", "", "28条1項"]),
        ("abroad-2", ["", "", "28条2項"]),
        ("abroad-3", ["", "", "28条3項"]),
        ("provision-record", ["", "25条", "29条"]),
        ("receipt-record", ["", "26条", "30条"]),
        ("disclosure", ["25条", "28条", "33条"]),
    ],
};

/// Provisions whose number has not moved within the record.
#[rustfmt::skip]
const OTHERS: &[(&str, &str)] = &[
    ("健康保険法第3条第13項", "health-insurance-act/electronic-eligibility-check"),
    ("健康保険法第51条の3", "health-insurance-act/eligibility-certificate"),
    ("健康保険法第53条", "health-insurance-act/additional-benefit"),
    ("健康保険法第57条", "health-insurance-act/subrogation"),
    ("健康保険法第76条第5項", "health-insurance-act/review-and-payment"),
    ("健康保険法第150条", "health-insurance-act/health-services"),
    ("健康保険法第150条第2項", "health-insurance-act/health-services-2"),
    ("健康保険法第150条第3項", "health-insurance-act/health-services-3"),
    ("健康保険法第150条第5項", "health-insurance-act/health-services-5"),
    ("健康保険法第194条の2", "health-insurance-act/number-disclosure-limit"),
    ("健康保険法第205条の4", "health-insurance-act/online-eligibility-entrustment"),
    ("健康保険法附則第2条", "health-insurance-act/high-cost-grant"),
    ("高齢者の医療の確保に関する法律第16条第2項", "elderly-health-care-act/report-to-state"),
    ("高齢者の医療の確保に関する法律第20条", "elderly-health-care-act/specific-checkup"),
    ("高齢者の医療の確保に関する法律第24条", "elderly-health-care-act/specific-health-guidance"),
    ("高齢者の医療の確保に関する法律第27条", "elderly-health-care-act/record-provision"),
    ("高齢者の医療の確保に関する法律第28条", "elderly-health-care-act/checkup-entrustment"),
    ("高齢者の医療の確保に関する法律第142条", "elderly-health-care-act/report-to-payment-fund"),
    ("刑事訴訟法第197条第2項", "criminal-procedure-act/investigative-inquiry"),
    ("弁護士法第23条の2", "attorney-act/bar-association-inquiry"),
];

fn law() -> &'static Law {
    Engine::embedded().law()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The id of what a citation names on a day, without any notice, or the kind of its error.
fn named(text: &str, on: &str) -> String {
    match law().resolve(text, day(on), &[]) {
        Ok(cited) => law().provision(cited.provision()).unwrap().id.clone(),
        Err(CitationError::NotInForce { .. }) => "citation-not-in-force".to_owned(),
        Err(other) => format!("{other:?}"),
    }
}

/// 第19条第8号 of 19条8号.
fn canonical(number: &str) -> String {
    let starts = |(at, c): (usize, char)| {
        let digit_before = number[..at].ends_with(|c: char| c.is_ascii_digit());
        let open = if c.is_ascii_digit() && !digit_before {
            "第"
        } else {
            ""
        };
        format!("{open}{c}")
    };
    number.char_indices().map(starts).collect()
}

impl Table {
    fn column(&self, on: Day) -> Option<usize> {
        let begun = |from: &&str| from.is_empty() || day(from) <= on;
        self.from
            .iter()
            .take_while(|from| begun(from))
            .count()
            .checked_sub(1)
    }

    /// The runs of columns in which a line bears a number, as periods.
    fn runs(&self, numbers: [&str; 3], number: &str) -> Vec<Period> {
        let bears = |column: usize| numbers.get(column) == Some(&number);
        let bound = |column: usize| self.from.get(column).filter(|from| !from.is_empty());
        let starts = (0..3).filter(|at| bears(*at) && (*at == 0 || !bears(at - 1)));
        let period = |start: usize| {
            let end = (start..3).find(|at| !bears(*at)).unwrap_or(3);
            Period {
                from: bound(start).map(|from| day(from)),
                until: bound(end).map(|from| day(from)),
            }
        };
        starts.map(period).collect()
    }

    /// What the table says a number means on a day: the line that bears it, or else the line that
    /// bore it last, or else the one that bears it next, with the period.
    fn says(&self, number: &str, on: Day) -> Result<String, (String, Period, Option<String>)> {
        let column = self.column(on);
        let here = |line: &Line| column.is_some_and(|at| line.1[at] == number);
        if let Some((id, _)) = self.lines.iter().find(|line| here(line)) {
            return Ok(format!("{}/{id}", self.id));
        }
        let mut borne: Vec<(Period, &Line)> = self
            .lines
            .iter()
            .flat_map(|line| {
                self.runs(line.1, number)
                    .into_iter()
                    .map(move |run| (run, line))
            })
            .collect();
        borne.sort_by_key(|(period, _)| period.from);
        let past = borne
            .iter()
            .rev()
            .find(|(period, _)| period.until.is_some_and(|until| until <= on));
        let (period, (id, numbers)) = past.unwrap_or_else(|| &borne[0]);
        let now = column
            .map(|at| numbers[at])
            .filter(|number| !number.is_empty());
        let now = now.map(|number| format!("{}{}", self.name, canonical(number)));
        Err((format!("{}/{id}", self.id), *period, now))
    }
}

#[test]
fn every_cell_of_the_tables_names_its_provision_on_the_first_and_last_day_and_no_other() {
    for table in [MY_NUMBER, PERSONAL] {
        let numbers: BTreeSet<&str> = table
            .lines
            .iter()
            .flat_map(|line| line.1)
            .filter(|number| !number.is_empty())
            .collect();
        for (number, on) in numbers
            .iter()
            .flat_map(|number| table.days.iter().map(move |on| (number, day(on))))
        {
            let text = format!("{}{number}", table.name);
            let found = match law().resolve(&text, on, &[]) {
                Ok(cited) => Ok(law().provision(cited.provision()).unwrap().id.clone()),
                Err(CitationError::NotInForce { named, period, now }) => {
                    Err((law().provision(named).unwrap().id.clone(), period, now))
                }
                Err(other) => panic!("{text} on {on}: {other:?}"),
            };
            assert_eq!(found, table.says(number, on), "{text} on {on}");
        }
    }
}

#[test]
fn the_tables_hold_every_provision_that_is_stored() {
    let of_tables = [MY_NUMBER, PERSONAL].into_iter().flat_map(|table| {
        table
            .lines
            .iter()
            .map(move |line| format!("{}/{}", table.id, line.0))
    });
    // Stored beside the facts, from memory.
    let memory = [
        "health-insurance-act/health-services-1",
        "health-insurance-act/health-services-4",
    ];
    let written: BTreeSet<String> = of_tables
        .chain(OTHERS.iter().map(|(_, id)| (*id).to_owned()))
        .chain(memory.map(str::to_owned))
        .collect();
    let stored: BTreeSet<String> = law()
        .provisions()
        .map(|(_, provision)| provision.id.clone())
        .collect();
    assert_eq!(written, stored);
}

#[test]
fn a_number_that_has_not_moved_names_the_same_provision_on_every_day() {
    for (text, id) in OTHERS {
        for on in ["2010-01-01", "2021-09-01", "2026-04-01"] {
            assert_eq!(named(text, on), *id, "{text} on {on}");
            assert_eq!(law().cite(law().find(id).unwrap(), day(on)), *text);
        }
    }
}

#[test]
fn articles_23_25_and_20_mean_different_things_by_date() {
    let days = ["2017-05-29", "2022-03-31", "2022-04-01"];
    for (number, meanings) in [
        ("23", ["third-party", "third-party", "security-control"]),
        (
            "25",
            ["disclosure", "provision-record", "contractor-supervision"],
        ),
        // Of today's Article 20 only paragraph 2 is stored.
        (
            "20",
            [
                "security-control",
                "security-control",
                "citation-not-in-force",
            ],
        ),
    ] {
        for (on, meaning) in days.into_iter().zip(meanings) {
            let found = named(&format!("個人情報保護法第{number}条"), on);
            let found = found.trim_start_matches("personal-information-protection-act/");
            assert_eq!(found, meaning, "第{number}条 on {on}");
        }
    }
}

#[test]
fn the_number_of_before_2022_is_an_error_that_names_todays_number() {
    let Err(CitationError::NotInForce { named, period, now }) =
        law().resolve("個人情報保護法第23条第1項第2号", day("2026-04-01"), &[])
    else {
        panic!("it names nothing in 2026");
    };
    assert_eq!(
        law().provision(named).unwrap().id,
        "personal-information-protection-act/third-party-1-2"
    );
    assert_eq!(
        period,
        Period {
            from: None,
            until: Some(day("2022-04-01"))
        }
    );
    assert_eq!(now.as_deref(), Some("個人情報保護法第27条第1項第2号"));
}

#[test]
fn a_provision_lies_inside_the_places_that_hold_it_and_in_no_other_statute() {
    let inside = |inner: &str, outer: &str| {
        let find = |text: &str| {
            law()
                .resolve(text, day("2026-04-01"), &[])
                .unwrap()
                .provision()
        };
        law().inside(find(inner), find(outer))
    };
    for (inner, outer) in [
        ("個情法27条1項1号", "個情法27条1項"),
        ("個情法27条1項1号", "個情法27条"),
        ("個情法27条1項", "個情法27条"),
        ("個情法27条5項3号", "個情法27条5項"),
        ("個情法28条1項", "個情法28条"),
        ("番号法19条8号", "番号法19条"),
        ("健保法150条2項", "健保法150条"),
        ("健保法57条", "健保法57条"),
    ] {
        assert!(inside(inner, outer), "{inner} in {outer}");
        assert!(
            inner == outer || !inside(outer, inner),
            "{outer} not in {inner}"
        );
    }
    for (inner, outer) in [
        ("個情法27条1項1号", "個情法27条5項"),
        ("個情法27条1項1号", "個情法27条1項2号"),
        ("個情法28条1項", "個情法27条"),
        ("個情法27条1項1号", "高確法27条"),
        ("高確法20条", "番号法20条"),
        ("弁護士法23条の2", "個情法23条"),
        // The old Article 28 is another provision than what Article 28 holds today.
        ("個情法28条1項", "個情法33条"),
    ] {
        assert!(!inside(inner, outer), "{inner} not in {outer}");
    }
}

#[test]
fn what_is_printed_reads_back_as_the_same_provision_on_every_day_of_change() {
    let bounds = law().provisions().flat_map(|(_, provision)| {
        provision
            .citations
            .iter()
            .flat_map(|citation| [citation.period.from, citation.period.until])
    });
    let days: BTreeSet<Day> = bounds
        .flatten()
        .flat_map(|on| [on.before(), on])
        .chain([day("2010-01-01"), day("2026-04-01")])
        .collect();
    assert!(days.len() >= 10);
    for (id, on) in law()
        .provisions()
        .flat_map(|(id, _)| days.iter().map(move |on| (id, *on)))
    {
        let printed = law().cite(id, on);
        match law().number(id, on) {
            Some(_) => assert_eq!(
                law().resolve(&printed, on, &[]).map(Cited::provision),
                Ok(id),
                "{printed} on {on}"
            ),
            // Cited by a number of another day, which is never taken for it on this one.
            None => {
                let read = law().resolve(&printed, on, &[]).map(Cited::provision);
                assert!(!printed.is_empty() && read != Ok(id), "{printed} on {on}");
            }
        }
    }
}
