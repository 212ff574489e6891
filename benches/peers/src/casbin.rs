//! casbin: a policy for each release of each clause and level, in the order in which they say the answer; a list of
//! values is a role, and its values are the members.

use std::collections::BTreeMap;

use casbin::{CoreApi, DefaultModel, Enforcer, MemoryAdapter, MgmtApi};

use crate::{
    conditions::{self, Condition, Named},
    flows::Answer,
};

const MODEL: &str = r#"
[request_definition]
r = society, data, activity, recipient, subject, channel, sender, way, declared, basis, relation

[policy_definition]
p = society, data, activity, recipient, subject, channel, sender, way, declared, basis, relation, place

[role_definition]
g = _, _

[policy_effect]
e = some(where (p.eft == allow))

[matchers]
m = r.society == p.society && (p.data == "*" || g(r.data, p.data)) && (p.activity == "*" || g(r.activity, p.activity)) && (p.recipient == "*" || g(r.recipient, p.recipient)) && (p.subject == "*" || g(r.subject, p.subject)) && (p.channel == "*" || g(r.channel, p.channel)) && (p.basis == "*" || g(r.basis, p.basis)) && (p.relation == "*" || g(r.relation, p.relation)) && g(r.sender, p.sender) && g(r.way, p.way) && g(r.declared, p.declared)
"#;

pub(crate) struct Casbin<'c> {
    enforcer: Enforcer,
    conditions: &'c [Condition],
    opening: Vec<String>,
}

pub(crate) struct Request {
    fields: [String; 11],
    my_number: bool,
    basis: String,
}

/// The roles that stand for lists of values, by the field and the list.
#[derive(Default)]
struct Roles(BTreeMap<(&'static str, Vec<String>), String>);

impl Roles {
    /// The role of a list.
    fn of(&mut self, field: &'static str, values: impl IntoIterator<Item = String>) -> String {
        let next = format!("{field}@{}", self.0.len());
        let values = values
            .into_iter()
            .map(|value| member(field, &value))
            .collect();
        self.0.entry((field, values)).or_insert(next).clone()
    }

    /// Each member with its role.
    fn members(&self) -> Vec<Vec<String>> {
        let each = self.0.iter().flat_map(|((_, values), role)| {
            values
                .iter()
                .map(move |value| vec![value.clone(), role.clone()])
        });
        each.collect()
    }
}

/// A value of a field, told from the same text in another.
fn member(field: &str, value: &str) -> String {
    format!("{field}:{value}")
}

fn policies(at: usize, condition: &Condition, roles: &mut Roles) -> Vec<Vec<String>> {
    let mut field = |name: &'static str| {
        let found = condition.fields.iter().find(|(field, _)| *field == name);
        found.map_or("*".to_owned(), |(_, values)| roles.of(name, values.clone()))
    };
    let fields = ["data", "activity", "recipient", "subject", "channel"].map(&mut field);
    let senders = condition.senders.iter().zip([false, true]);
    let senders = senders.flat_map(|(senders, number)| {
        senders
            .iter()
            .map(move |sender| format!("{number}/{sender}"))
    });
    let senders = roles.of("sender", senders);
    let ways = condition.ways.iter();
    let ways = ways.flat_map(|(way, relations)| {
        relations
            .iter()
            .map(move |relation| format!("{way}/{relation}"))
    });
    let ways = roles.of("way", ways);
    let mut each = Vec::new();
    for release in &condition.releases {
        let mut policy = vec![condition.society.clone()];
        policy.extend(fields.clone());
        policy.extend([senders.clone(), ways.clone()]);
        policy.push(roles.of("declared", release.declared.clone()));
        for (name, values) in [("basis", &release.bases), ("relation", &release.relations)] {
            let values = values.clone();
            policy.push(values.map_or("*".to_owned(), |values| roles.of(name, values)));
        }
        policy.push(at.to_string());
        each.push(policy);
    }
    each
}

impl<'c> Casbin<'c> {
    pub(crate) fn new(conditions: &'c [Condition], opening: &[String]) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .expect("a runtime");
        let enforcer = runtime.block_on(async {
            let model = DefaultModel::from_str(MODEL).await.expect("a model");
            let mut enforcer = Enforcer::new(model, MemoryAdapter::default())
                .await
                .expect("an enforcer");
            let (mut roles, mut all) = (Roles::default(), Vec::new());
            for (at, condition) in conditions::in_order(conditions) {
                all.extend(policies(at, condition, &mut roles));
            }
            enforcer.add_policies(all).await.expect("policies");
            let members = roles.members();
            enforcer
                .add_grouping_policies(members)
                .await
                .expect("roles");
            enforcer
        });
        Self {
            enforcer,
            conditions,
            opening: opening.to_vec(),
        }
    }

    pub(crate) fn request(named: &Named) -> Request {
        let field = |name: &str| {
            let found = named.fields.iter().find(|(field, _)| *field == name);
            found.map(|(_, text)| text.clone()).unwrap_or_default()
        };
        let fields = [
            named.society.clone(),
            member("data", &field("data")),
            member("activity", &field("activity")),
            member("recipient", &field("recipient")),
            member("subject", &field("subject")),
            member("channel", &field("channel")),
            member(
                "sender",
                &format!("{}/{}", named.my_number, field("sender")),
            ),
            member(
                "way",
                &format!("{}/{}", field("direction"), field("relation")),
            ),
            member("declared", &field("declared")),
            member("basis", &field("basis")),
            member("relation", &field("relation")),
        ];
        Request {
            fields,
            my_number: named.my_number,
            basis: field("basis"),
        }
    }

    pub(crate) fn decide(&self, request: &Request) -> Answer<'c> {
        let fields: Vec<&str> = request.fields.iter().map(String::as_str).collect();
        let (_, rules) = self.enforcer.enforce_ex(fields).expect("an answer");
        let place = rules.first().and_then(|rule| rule.last());
        let held = place.and_then(|place| {
            self.conditions
                .get(place.parse::<usize>().expect("a place"))
        });
        // That nothing opens 特定個人情報 is asked of the request alone, beside the policies.
        let closed = request.my_number && !self.opening.contains(&request.basis);
        conditions::answer(held.into_iter(), closed)
    }
}
