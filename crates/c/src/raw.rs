//! The only places where memory of the caller is read or written.
//!
//! What is relied on everywhere, and told in the header: a pointer with a length leads to that many values that nobody
//! writes while the call runs, and a pointer to write to leads to room that nobody else uses while the call runs. What can
//! be checked is checked: null, alignment, and lengths that no memory has.

use std::{
    ffi::c_char,
    panic::{self, AssertUnwindSafe},
    slice,
};

use mokuteki_door::{Fault, Status};

use crate::{constants::MOKUTEKI_OK, handles};

/// Runs a call: gives its status, and keeps what went wrong. No panic leaves it.
pub(crate) fn call(work: impl FnOnce() -> Result<(), Fault>) -> i32 {
    // What a panic left half done is not seen again: handles and rules are exchanged whole.
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    let fault = match done {
        Ok(Ok(())) => return MOKUTEKI_OK,
        Ok(Err(fault)) => fault,
        Err(payload) => {
            // Dropping what was thrown could throw again.
            std::mem::forget(payload);
            Fault::panic()
        }
    };
    // A buffer that is too small is no error: the caller asks again.
    if fault.status != Status::TooSmall {
        // Keeping it allocates, which is all that could go wrong here.
        let kept = panic::catch_unwind(|| handles::keep(&fault));
        if kept.is_err() {
            return Status::Panic.number();
        }
    }
    fault.status.number()
}

/// What `length` values at `at` are. Nothing is read where there are none.
///
/// # Safety
///
/// Where `at` is not null, it leads to `length` values that are initialized and that nobody writes for `'a`.
pub(crate) unsafe fn values<'a, T>(
    name: &str,
    at: *const T,
    length: usize,
) -> Result<&'a [T], Fault> {
    if length == 0 {
        return Ok(&[]);
    }
    check(name, at, length)?;
    // SAFETY: `at` is not null and aligned and the values span no more than `isize::MAX` bytes, as was checked; that they
    // are there, initialized and written by nobody is what the caller of this function answers for.
    Ok(unsafe { slice::from_raw_parts(at, length) })
}

/// Integers to be written to. They are 0 first, so that none says anything that was not decided.
///
/// # Safety
///
/// Where `at` is not null, it leads to room for `length` values that nobody else uses for `'a`.
pub(crate) unsafe fn room<'a, T: Integer>(
    name: &str,
    at: *mut T,
    length: usize,
) -> Result<&'a mut [T], Fault> {
    if length == 0 {
        return Ok(&mut []);
    }
    check(name, at, length)?;
    // SAFETY: `at` is not null and aligned, as was checked; that there is room for `length` values which nobody else uses
    // is what the caller of this function answers for. Bytes of 0 are an integer.
    unsafe { at.write_bytes(0, length) };
    // SAFETY: as above; the values span no more than `isize::MAX` bytes, as was checked, and are initialized by now.
    Ok(unsafe { slice::from_raw_parts_mut(at, length) })
}

/// What columns of answers are made of: types of which bytes of 0 are a value.
pub(crate) trait Integer {}
impl Integer for u8 {}
impl Integer for u32 {}

fn check<T>(name: &str, at: *const T, length: usize) -> Result<(), Fault> {
    if at.is_null() {
        return Err(Fault::argument(name, "null, with a length that is not 0"));
    }
    if !at.is_aligned() {
        return Err(Fault::argument(name, "not aligned for its values"));
    }
    let bytes = length.checked_mul(size_of::<T>());
    if bytes
        .and_then(|bytes| isize::try_from(bytes).ok())
        .is_none()
    {
        return Err(Fault::argument(name, "a length that no memory has"));
    }
    Ok(())
}

/// The text of a pointer and a length.
///
/// # Safety
///
/// As for [`values`].
pub(crate) unsafe fn text<'a>(
    name: &str,
    at: *const c_char,
    length: usize,
) -> Result<&'a str, Fault> {
    // SAFETY: what this function is given is what `values` asks for.
    let bytes = unsafe { values(name, at.cast::<u8>(), length) }?;
    str::from_utf8(bytes).map_err(|_| Fault::utf8(name))
}

/// Writes one value.
///
/// # Safety
///
/// Where `at` is not null, there is room for a value that nobody else uses while this runs.
pub(crate) unsafe fn write<T>(name: &str, at: *mut T, value: T) -> Result<(), Fault> {
    check(name, at, 1)?;
    // SAFETY: `at` is not null and aligned, as was checked; that there is room which nobody else uses is what the caller
    // of this function answers for. What was there is an integer and needs no drop.
    unsafe { at.write(value) };
    Ok(())
}

/// # Safety
///
/// There is room for the bytes of the text, which do not overlap it.
unsafe fn copy(text: &str, to: *mut c_char) {
    let to = to.cast::<u8>();
    // SAFETY: `text` is a valid slice; the rest is what the caller of this function answers for.
    unsafe { to.copy_from_nonoverlapping(text.as_ptr(), text.len()) };
}

/// Where a call writes a text: the room of the caller, and where its length goes.
#[derive(Clone, Copy)]
pub(crate) struct Room {
    pub(crate) at: *mut c_char,
    pub(crate) capacity: usize,
    pub(crate) length: *mut usize,
}

impl Room {
    /// Writes a text and its length; where the room is too small, the length alone.
    ///
    /// # Safety
    ///
    /// Where `at` is not null, there are `capacity` bytes, and where `length` is not null, room for a value; nobody else
    /// uses either while this runs.
    pub(crate) unsafe fn fill(self, text: &str) -> Result<(), Fault> {
        // SAFETY: what this function is given is what `write` asks for.
        unsafe { write("length", self.length, text.len()) }?;
        if text.len() > self.capacity {
            let message = format!("{} bytes, {} are needed", self.capacity, text.len());
            return Err(Fault::new(
                Status::TooSmall,
                "too-small",
                "capacity",
                message,
                "call again with a buffer of the length that was written",
            ));
        }
        if text.is_empty() {
            return Ok(());
        }
        check("buffer", self.at, text.len())?;
        // SAFETY: `text` is a valid slice; `at` is not null and leads to `capacity` bytes, which are as many as those of
        // the text or more, as was checked; they do not overlap, as the text was made by this library for this call and
        // nobody else uses the room.
        unsafe { copy(text, self.at) };
        Ok(())
    }
}
