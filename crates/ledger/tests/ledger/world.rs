//! A store in a folder of its own, and disclosures of every kind.

use std::path::PathBuf;

use mokuteki::{Day, Engine, Flow, FlowSpec};
use mokuteki_consent::{KeySecret, PersonKey};
use mokuteki_ledger::{Counterpart, Disclosure, Form, Keys, Ledger, Network, Subject, Way};

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A folder that is removed with the test.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("mokuteki-ledger-{name}-{}", std::process::id()));
        std::fs::remove_dir_all(&folder).ok();
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub(crate) fn store(&self) -> PathBuf {
        self.0.join("ledger.db")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

pub(crate) fn keys() -> Keys {
    // One pair for all stores of a run: what matters is that the store does not hold it.
    static KEYS: std::sync::LazyLock<Keys> =
        std::sync::LazyLock::new(|| Keys::generate("aeon-ledger").unwrap());
    KEYS.clone()
}

pub(crate) fn new(folder: &Folder) -> Ledger<'static> {
    Ledger::create(&folder.store(), Engine::embedded(), keys()).unwrap()
}

pub(crate) fn again(folder: &Folder) -> Ledger<'static> {
    Ledger::open(&folder.store(), Engine::embedded(), keys()).unwrap()
}

pub(crate) fn member(number: u32) -> String {
    format!("記号8-番号{number:05}")
}

pub(crate) fn person(number: u32) -> PersonKey {
    KeySecret::new(&[3; 32])
        .unwrap()
        .key("aeon", &member(number))
        .unwrap()
}

pub(crate) fn subject(number: u32) -> Subject {
    Subject {
        key: person(number),
        member: member(number),
    }
}

pub(crate) fn flow(edit: impl Fn(&mut FlowSpec<'_>)) -> Flow {
    let mut spec = FlowSpec {
        society: "aeon",
        data: &["レセプト"],
        recipient: "損保会社",
        relation: "第三者提供",
        activity: "求償",
        consent: "explicit",
        as_of: "2026-04-10",
        ..FlowSpec::default()
    };
    edit(&mut spec);
    Engine::embedded().flow(&spec).unwrap()
}

pub(crate) fn insurer() -> Counterpart {
    Counterpart {
        name: "架空損害保険株式会社".to_owned(),
        address: "東京都架空区一丁目1番1号".to_owned(),
        representative: "代表取締役 架空太郎".to_owned(),
    }
}

/// A provision by consent, on April 10.
pub(crate) fn provision(number: u32) -> Disclosure {
    Disclosure {
        clause: "subrogation".to_owned(),
        rules: Engine::embedded().digest().to_owned(),
        events: vec![format!("e{number}")],
        ..Disclosure::new(flow(|_| ()), insurer(), vec![subject(number)])
    }
}

/// A complete disclosure of each kind of record.
pub(crate) fn of_each_kind() -> Vec<(&'static str, Disclosure)> {
    let inward = |spec: &mut FlowSpec<'_>| {
        spec.sender = "損保会社";
        spec.recipient = "当組合";
    };
    let receipt = |way: Option<Way>, consent: &'static str| Disclosure {
        way,
        obtained: Some("事故の当事者から".to_owned()),
        flow: flow(|spec| {
            inward(spec);
            spec.consent = consent;
        }),
        ..provision(1)
    };
    let silent = |spec: &mut FlowSpec<'_>| spec.consent = "";
    vec![
        ("provision-consent", provision(1)),
        (
            "provision-opt-out",
            Disclosure {
                way: Some(Way::OptOut),
                flow: flow(silent),
                ..provision(1)
            },
        ),
        (
            "provision-related",
            Disclosure {
                way: Some(Way::Related),
                related_consent: true,
                flow: flow(silent),
                ..provision(1)
            },
        ),
        ("receipt-consent", receipt(None, "explicit")),
        (
            "receipt-opt-out",
            Disclosure {
                published: true,
                ..receipt(Some(Way::OptOut), "")
            },
        ),
        (
            "receipt-related",
            Disclosure {
                related_consent: true,
                ..receipt(Some(Way::Related), "")
            },
        ),
        ("receipt-not-business", receipt(Some(Way::NotBusiness), "")),
        (
            "network",
            Disclosure {
                way: Some(Way::Network),
                flow: flow(|spec| {
                    spec.data = &["課税情報"];
                    spec.sender = "市町村";
                    spec.recipient = "当組合";
                    spec.my_number = "true";
                    spec.consent = "";
                    spec.channel = "情報提供ネットワークシステム";
                }),
                network: Some(Network {
                    requester: "イオン健康保険組合".to_owned(),
                    provider: "架空市".to_owned(),
                    requested_at: "2026-04-10T10:00:00+09:00".to_owned(),
                    provided_at: "2026-04-10T10:00:03+09:00".to_owned(),
                    extra: "事務の名称".to_owned(),
                    not_disclosed: None,
                }),
                ..provision(1)
            },
        ),
        (
            "own-note",
            Disclosure {
                flow: flow(|spec| {
                    spec.recipient = "点検業者";
                    spec.relation = "委託";
                    spec.activity = "レセプト点検";
                    spec.consent = "";
                }),
                ..provision(1)
            },
        ),
    ]
}

/// The same over some days.
pub(crate) fn over(disclosure: Disclosure, first: &str, last: &str) -> Disclosure {
    Disclosure {
        form: Form::Bulk {
            first: day(first),
            last: day(last),
        },
        ..disclosure
    }
}
