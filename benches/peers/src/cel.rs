//! CEL: an expression for each clause and level of a society, in the order in which they say the answer.

use std::{collections::HashMap, sync::Arc};

use cel::{Context, Env, Program, Value};
use mokuteki::Verdict;

use crate::{
    conditions::{self, Condition, Named},
    expressions::Signs,
    flows::Answer,
};

const SIGNS: Signs = Signs {
    and: " && ",
    or: " || ",
    list: ["[", "]"],
};

pub(crate) struct Cel<'c> {
    env: Arc<Env>,
    societies: HashMap<&'c str, Vec<(Program, &'c Condition)>>,
    closed: Program,
}

impl<'c> Cel<'c> {
    pub(crate) fn new(conditions: &'c [Condition], opening: &[String]) -> Self {
        let env = Arc::new(Env::stdlib());
        let compile = |text: &str| env.compile(text).expect("an expression");
        let programs = |own: Vec<(usize, &'c Condition)>| {
            let each = own.into_iter();
            each.map(|(_, condition)| (compile(&SIGNS.whole(condition)), condition))
                .collect()
        };
        let societies = conditions::by_society(conditions).into_iter();
        let societies = societies.map(|(society, own)| (society, programs(own)));
        let societies = societies.collect();
        let closed = compile(&format!("my_number && !{}", SIGNS.one_of("basis", opening)));
        Self {
            env,
            societies,
            closed,
        }
    }

    pub(crate) fn request<'n>(&self, named: &'n Named) -> (&'n str, Context<'static, 'static>) {
        let mut context = Context::with_env(Arc::clone(&self.env));
        for (field, text) in &named.fields {
            context.add_variable_from_value(*field, text.clone());
        }
        context.add_variable_from_value("my_number", named.my_number);
        (&named.society, context)
    }

    pub(crate) fn decide(&self, (society, context): &(&str, Context<'_, '_>)) -> Answer<'c> {
        let holds = |program: &Program| program.execute(context) == Ok(Value::Bool(true));
        let own = self.societies.get(society).map_or(&[][..], Vec::as_slice);
        match own.iter().find(|(program, _)| holds(program)) {
            Some((_, condition)) => conditions::answer(std::iter::once(*condition), false),
            None if holds(&self.closed) => (Verdict::Prohibited, None),
            None => (Verdict::OutOfScope, None),
        }
    }
}
