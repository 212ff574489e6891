//! Cedar: a policy for each clause and level; those that hold are the reasons of the answer.

use std::{collections::HashMap, fmt::Write};

use cedar_policy::{
    Authorizer, Context, Entities, EntityUid, Policy, PolicyId, PolicySet, Request,
    RestrictedExpression,
};

use crate::{
    conditions::{self, Condition, Named},
    flows::Answer,
};

pub(crate) struct Cedar<'c> {
    policies: PolicySet,
    by_id: HashMap<PolicyId, &'c Condition>,
    authorizer: Authorizer,
    entities: Entities,
}

/// The policies as text, each with its id.
pub(crate) fn policies(conditions: &[Condition], opening: &[String]) -> Vec<(String, String)> {
    let mut policies: Vec<(String, String)> = conditions
        .iter()
        .map(|condition| {
            let id = format!(
                "{}/{}#{:?}",
                condition.society, condition.clause, condition.level
            );
            (id, policy(condition))
        })
        .collect();
    let closed = format!(
        "permit(principal, action, resource) when {{ context.my_number && !{opening:?}.contains(context.basis) }};"
    );
    policies.push(("closed".to_owned(), closed));
    policies
}

fn policy(condition: &Condition) -> String {
    let mut text = format!(
        "permit(principal == Society::{:?}, action == Action::\"decide\", resource) when {{ true",
        condition.society
    );
    for (field, values) in &condition.fields {
        write!(text, " && {values:?}.contains(context.{field})").expect("a String");
    }
    let [ordinary, my_number] = &condition.senders;
    write!(
        text,
        " && (if context.my_number then {my_number:?} else {ordinary:?}).contains(context.sender)"
    )
    .expect("a String");
    let ways = condition.ways.iter().map(|(way, relations)| {
        format!("(context.direction == {way:?} && {relations:?}.contains(context.relation))")
    });
    let releases = condition.releases.iter().map(|release| {
        let mut text = format!("({:?}.contains(context.declared)", release.declared);
        for (field, values) in [("basis", &release.bases), ("relation", &release.relations)] {
            if let Some(values) = values {
                write!(text, " && {values:?}.contains(context.{field})").expect("a String");
            }
        }
        text + ")"
    });
    let ways: Vec<String> = ways.collect();
    let releases: Vec<String> = releases.collect();
    write!(
        text,
        " && ({}) && ({}) }};",
        ways.join(" || "),
        releases.join(" || ")
    )
    .expect("a String");
    text
}

impl<'c> Cedar<'c> {
    pub(crate) fn new(conditions: &'c [Condition], policies: &[(String, String)]) -> Self {
        let mut set = PolicySet::new();
        let mut by_id = HashMap::new();
        for (at, (id, text)) in policies.iter().enumerate() {
            let id = PolicyId::new(id);
            if let Some(condition) = conditions.get(at) {
                by_id.insert(id.clone(), condition);
            }
            set.add(Policy::parse(Some(id), text).expect("a policy"))
                .expect("an id of its own");
        }
        Self {
            policies: set,
            by_id,
            authorizer: Authorizer::new(),
            entities: Entities::empty(),
        }
    }

    pub(crate) fn request(named: &Named) -> Request {
        let uid = |kind: &str, id: &str| -> EntityUid {
            EntityUid::from_type_name_and_id(
                kind.parse().expect("a type"),
                cedar_policy::EntityId::new(id),
            )
        };
        let string = |(field, text): &(&str, String)| {
            (
                (*field).to_owned(),
                RestrictedExpression::new_string(text.clone()),
            )
        };
        let my_number = (
            "my_number".to_owned(),
            RestrictedExpression::new_bool(named.my_number),
        );
        let context = Context::from_pairs(named.fields.iter().map(string).chain([my_number]));
        Request::new(
            uid("Society", &named.society),
            uid("Action", "decide"),
            uid("Flow", "flow"),
            context.expect("a context"),
            None,
        )
        .expect("a request")
    }

    pub(crate) fn decide(&self, request: &Request) -> Answer<'c> {
        let response = self
            .authorizer
            .is_authorized(request, &self.policies, &self.entities);
        assert!(
            response.diagnostics().errors().next().is_none(),
            "no policy fails"
        );
        let (mut closed, mut held) = (false, Vec::new());
        for id in response.diagnostics().reason() {
            match self.by_id.get(id) {
                Some(condition) => held.push(*condition),
                None => closed = true,
            }
        }
        conditions::answer(held.into_iter(), closed)
    }
}
