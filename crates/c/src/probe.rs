//! What the tests of each language need and no program has.

use crate::raw;

/// Panics inside a call, to show that the panic does not get out.
///
/// # Panics
///
/// Inside the call, and never out of it.
#[unsafe(no_mangle)]
#[expect(clippy::panic, reason = "it is what this call is for")]
pub extern "C" fn mokuteki_probe_panic() -> i32 {
    raw::call(|| panic!("the probe"))
}
