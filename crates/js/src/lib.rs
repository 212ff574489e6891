//! The engine of mokuteki as the WebAssembly module of its package for JavaScript.
//!
//! `package/index.js` writes a request, UTF-8 JSON, into the buffer that [`input`] gives, and calls [`call`], which gives the
//! length of the answer; it lies at [`output`]. The buffers are owned by this module, so nothing is to be freed and nothing here
//! is unsafe but the names of the exports, which must be unique in the program: it has no others. A panic traps, and the package
//! begins with a new instance.

#![expect(
    unsafe_code,
    reason = "an export has its name, and nothing else here is unsafe"
)]

mod requests;

use std::{cell::RefCell, collections::HashMap};

use mokuteki::decision::NamedPermit;
use mokuteki_door::{Door, Fault, Status};

#[derive(Default)]
struct State {
    input: Vec<u8>,
    output: String,
    /// No number is used again, and 0 is none.
    last: u32,
    engines: HashMap<u32, Door>,
    permits: HashMap<u32, NamedPermit>,
}

impl State {
    fn next(&mut self) -> u32 {
        self.last += 1;
        self.last
    }
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

/// A buffer of this many bytes for the next request.
#[unsafe(no_mangle)]
pub extern "C" fn input(len: usize) -> *mut u8 {
    STATE.with_borrow_mut(|state| {
        state.input.clear();
        state.input.resize(len, 0);
        state.input.as_mut_ptr()
    })
}

/// Answers the request in the input: the length of the answer.
#[unsafe(no_mangle)]
pub extern "C" fn call() -> usize {
    STATE.with_borrow_mut(|state| {
        let input = std::mem::take(&mut state.input);
        let answer = match serde_json::from_slice(&input) {
            Ok(request) => requests::answer(state, request),
            Err(error) => {
                let message = error.to_string();
                let fault =
                    Fault::new(Status::Argument, "invalid-argument", "request", message, "");
                Err(fault)
            }
        };
        state.output = match answer {
            Ok(answer) => answer.to_string(),
            Err(fault) => {
                let (status, error) = (fault.status.number(), fault.json());
                serde_json::json!({ "status": status, "error": error }).to_string()
            }
        };
        // What one large request needed is not kept for ever.
        state.input = Vec::new();
        state.output.len()
    })
}

/// Where the last answer lies.
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    STATE.with_borrow(|state| state.output.as_ptr())
}
