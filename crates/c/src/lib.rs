#![doc = include_str!("../README.md")]
#![expect(
    unsafe_code,
    reason = "what C hands over can be read in no other way; each place has its proof"
)]

mod calls;
mod constants;
mod handles;
#[cfg(feature = "probe")]
mod probe;
mod raw;
#[cfg(test)]
mod tests;

pub use calls::*;
pub use constants::*;
#[cfg(feature = "probe")]
pub use probe::*;
