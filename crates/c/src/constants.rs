//! The numbers of the contract, as C has them. A test compares them with those of the engine.

/// The version of this interface. It grows when a call or a number is added; what was there stays as it is.
pub const MOKUTEKI_ABI: u32 = 1;

/// The call did what it says.
pub const MOKUTEKI_OK: i32 = 0;
/// A field of the flow cannot be read.
pub const MOKUTEKI_BAD_FLOW: i32 = 1;
/// There is no permit.
pub const MOKUTEKI_REFUSED: i32 = 2;
/// The token proves nothing.
pub const MOKUTEKI_BAD_TOKEN: i32 = 3;
/// The rules do not check.
pub const MOKUTEKI_BAD_RULES: i32 = 4;
/// An argument is not as the call asks for.
pub const MOKUTEKI_BAD_ARGUMENT: i32 = 5;
/// A text is not UTF-8.
pub const MOKUTEKI_NOT_UTF8: i32 = 6;
/// The handle was freed, or never was one of this kind.
pub const MOKUTEKI_CLOSED: i32 = 7;
/// The buffer is too small; how large it must be was written.
pub const MOKUTEKI_TOO_SMALL: i32 = 8;
/// The ids are those of other rules.
pub const MOKUTEKI_STALE: i32 = 9;
/// A fault of this library; nothing was decided.
pub const MOKUTEKI_PANIC: i32 = 10;

/// The flow was not decided: it cannot be read.
pub const MOKUTEKI_NOT_DECIDED: u8 = 0;
/// permitted: the only yes.
pub const MOKUTEKI_PERMITTED: u8 = 1;
/// conditional: something is still to be declared.
pub const MOKUTEKI_CONDITIONAL: u8 = 2;
/// out_of_scope: no clause covers it.
pub const MOKUTEKI_OUT_OF_SCOPE: u8 = 3;
/// prohibited: a statute forbids it.
pub const MOKUTEKI_PROHIBITED: u8 = 4;
/// exempt: declared as no personal data.
pub const MOKUTEKI_EXEMPT: u8 = 5;

/// The society.
pub const MOKUTEKI_FIELD_SOCIETY: u32 = 0;
/// The kinds of data, separated by `;`.
pub const MOKUTEKI_FIELD_DATA: u32 = 1;
/// What was done to the data.
pub const MOKUTEKI_FIELD_FORM: u32 = 2;
/// Whose data.
pub const MOKUTEKI_FIELD_SUBJECT: u32 = 3;
/// Who hands it over.
pub const MOKUTEKI_FIELD_SENDER: u32 = 4;
/// Who receives it.
pub const MOKUTEKI_FIELD_RECIPIENT: u32 = 5;
/// The relation.
pub const MOKUTEKI_FIELD_RELATION: u32 = 6;
/// The work it is for.
pub const MOKUTEKI_FIELD_ACTIVITY: u32 = 7;
/// The entrustment above a 再委託.
pub const MOKUTEKI_FIELD_UNDER: u32 = 8;
/// How it travels.
pub const MOKUTEKI_FIELD_CHANNEL: u32 = 9;
/// The basis that is claimed.
pub const MOKUTEKI_FIELD_BASIS: u32 = 10;
/// none, implied, explicit or refused.
pub const MOKUTEKI_FIELD_CONSENT: u32 = 11;
/// Whether it carries 個人番号.
pub const MOKUTEKI_FIELD_MY_NUMBER: u32 = 12;
/// Whether the recipient is outside Japan.
pub const MOKUTEKI_FIELD_ABROAD: u32 = 13;
/// The day, as in 2026-04-01.
pub const MOKUTEKI_FIELD_AS_OF: u32 = 14;
/// How many fields a flow has.
pub const MOKUTEKI_FIELDS: usize = 15;

/// English.
pub const MOKUTEKI_ENGLISH: u32 = 0;
/// Japanese.
pub const MOKUTEKI_JAPANESE: u32 = 1;
