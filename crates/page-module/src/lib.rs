//! The engine as the WebAssembly module of the page that `mokuteki report` makes.
//!
//! The page writes UTF-8 JSON into the buffer that [`input`] gives and calls [`load`] with its rules, then [`ask`]
//! with questions; each gives the length of the answer, which lies at [`output`]. `mokuteki_page::answer` says what
//! is asked and answered. The buffers are owned by this module, so nothing is to be freed and nothing here is unsafe
//! but the names of the exports, which must be unique in the program: it has no others.

use std::cell::RefCell;

use mokuteki::Engine;
use mokuteki_page::answer;

#[derive(Default)]
struct State {
    input: Vec<u8>,
    output: String,
    engine: Option<Engine>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

impl State {
    fn answer(&mut self, answer: String) -> usize {
        self.output = answer;
        self.output.len()
    }
}

/// A buffer of this many bytes for the next call.
#[unsafe(no_mangle)]
pub extern "C" fn input(len: usize) -> *mut u8 {
    STATE.with_borrow_mut(|state| {
        state.input.clear();
        state.input.resize(len, 0);
        state.input.as_mut_ptr()
    })
}

/// Loads the rules in the input; the answer is their digest, or a failure.
#[unsafe(no_mangle)]
pub extern "C" fn load() -> usize {
    STATE.with_borrow_mut(|state| {
        let loaded = answer::load(&state.input);
        let (engine, answer) = match loaded {
            Ok(engine) => {
                let answer = answer::loaded(&engine);
                (Some(engine), answer)
            }
            Err(failure) => (None, failure),
        };
        state.engine = engine;
        state.answer(answer)
    })
}

/// Answers the question in the input; before rules are loaded the answer is empty.
#[unsafe(no_mangle)]
pub extern "C" fn ask() -> usize {
    STATE.with_borrow_mut(|state| {
        let answer = state
            .engine
            .as_ref()
            .map(|engine| answer::answer(engine, &state.input));
        state.answer(answer.unwrap_or_default())
    })
}

/// Where the last answer lies.
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    STATE.with_borrow(|state| state.output.as_ptr())
}
