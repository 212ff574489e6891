// mokuteki: which published purpose of a Japanese health-insurance society permits a data flow, or why none does.
//
// Written by a test of crates/c from its source; do not edit it.
//
// Results. A call gives MOKUTEKI_OK or the number of a fault; mokuteki_last_error then says what is wrong, as JSON.
// Only MOKUTEKI_PERMITTED is a yes, and 0 never is: what nobody wrote says nothing.
//
// Ownership. The caller owns all memory that it hands over, in both directions: the library keeps no pointer after a call
// and gives none out. What a call opens is a handle, a number; mokuteki_free frees it. A handle that was freed, or never
// was one, is MOKUTEKI_CLOSED and is never followed.
//
// Texts are a pointer and a length in bytes, UTF-8, without a zero at the end; Shift_JIS is converted by the caller. A text
// that a call writes goes into a buffer of the caller: `length` gets its length, and where that is more than `capacity`
// nothing else is written and the call gives MOKUTEKI_TOO_SMALL; call again with more room.
//
// Pointers. One with a length leads to that many values that nobody writes while the call runs; one to write to leads to
// room that nobody else uses while the call runs, and does not overlap what is read. Null, with a length that is not 0,
// and a pointer that is not aligned are MOKUTEKI_BAD_ARGUMENT.
//
// Threads. Every call may run in any thread, at the same time as any other, on the same handles. What went wrong is kept
// for each thread. There are no callbacks, and no panic or exception leaves a call.

#ifndef MOKUTEKI_H
#define MOKUTEKI_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

// The version of this interface. It grows when a call or a number is added; what was there stays as it is.
#define MOKUTEKI_ABI 1

// The call did what it says.
#define MOKUTEKI_OK 0

// A field of the flow cannot be read.
#define MOKUTEKI_BAD_FLOW 1

// There is no permit.
#define MOKUTEKI_REFUSED 2

// The token proves nothing.
#define MOKUTEKI_BAD_TOKEN 3

// The rules do not check.
#define MOKUTEKI_BAD_RULES 4

// An argument is not as the call asks for.
#define MOKUTEKI_BAD_ARGUMENT 5

// A text is not UTF-8.
#define MOKUTEKI_NOT_UTF8 6

// The handle was freed, or never was one of this kind.
#define MOKUTEKI_CLOSED 7

// The buffer is too small; how large it must be was written.
#define MOKUTEKI_TOO_SMALL 8

// The ids are those of other rules.
#define MOKUTEKI_STALE 9

// A fault of this library; nothing was decided.
#define MOKUTEKI_PANIC 10

// The flow was not decided: it cannot be read.
#define MOKUTEKI_NOT_DECIDED 0

// permitted: the only yes.
#define MOKUTEKI_PERMITTED 1

// conditional: something is still to be declared.
#define MOKUTEKI_CONDITIONAL 2

// out_of_scope: no clause covers it.
#define MOKUTEKI_OUT_OF_SCOPE 3

// prohibited: a statute forbids it.
#define MOKUTEKI_PROHIBITED 4

// exempt: declared as no personal data.
#define MOKUTEKI_EXEMPT 5

// The society.
#define MOKUTEKI_FIELD_SOCIETY 0

// The kinds of data, separated by `;`.
#define MOKUTEKI_FIELD_DATA 1

// What was done to the data.
#define MOKUTEKI_FIELD_FORM 2

// Whose data.
#define MOKUTEKI_FIELD_SUBJECT 3

// Who hands it over.
#define MOKUTEKI_FIELD_SENDER 4

// Who receives it.
#define MOKUTEKI_FIELD_RECIPIENT 5

// The relation.
#define MOKUTEKI_FIELD_RELATION 6

// The work it is for.
#define MOKUTEKI_FIELD_ACTIVITY 7

// The entrustment above a 再委託.
#define MOKUTEKI_FIELD_UNDER 8

// How it travels.
#define MOKUTEKI_FIELD_CHANNEL 9

// The basis that is claimed.
#define MOKUTEKI_FIELD_BASIS 10

// none, implied, explicit or refused.
#define MOKUTEKI_FIELD_CONSENT 11

// Whether it carries 個人番号.
#define MOKUTEKI_FIELD_MY_NUMBER 12

// Whether the recipient is outside Japan.
#define MOKUTEKI_FIELD_ABROAD 13

// The day, as in 2026-04-01.
#define MOKUTEKI_FIELD_AS_OF 14

// How many fields a flow has.
#define MOKUTEKI_FIELDS 15

// English.
#define MOKUTEKI_ENGLISH 0

// Japanese.
#define MOKUTEKI_JAPANESE 1

// A text: UTF-8, without a zero at its end. Null with a length of 0 is the empty text.
typedef struct mokuteki_text {
  // The first byte.
  const char *at;
  // How many bytes.
  size_t length;
} mokuteki_text;

// A file of rules in memory, such as `terms/ours.toml`.
typedef struct mokuteki_file {
  // Its path among the rules, with `/`.
  struct mokuteki_text path;
  // Its bytes.
  struct mokuteki_text bytes;
} mokuteki_file;

// A flow as written: a text for each field, by `MOKUTEKI_FIELD_…`; one that is empty leaves the field open.
typedef struct mokuteki_flow {
  // The fields.
  struct mokuteki_text field[15];
} mokuteki_flow;

// Rows of ids. A column that is null leaves its field open in every row; one that is not has `rows` ids, where 0 leaves
// the field open. `as_of` has days such as 20260401; `under` has no ids and is null.
typedef struct mokuteki_ids {
  // The rules that resolved the ids, as `mokuteki_generation` gives them.
  uint64_t generation;
  // How many rows.
  size_t rows;
  // The columns, by `MOKUTEKI_FIELD_…`.
  const uint32_t *column[15];
} mokuteki_ids;

// A column of dictionary-coded texts. Without codes it leaves its field open in every row.
typedef struct mokuteki_coded {
  // The texts.
  const struct mokuteki_text *names;
  // How many texts.
  size_t names_length;
  // For each row the place of its text; a negative one leaves the field open.
  const int32_t *codes;
} mokuteki_coded;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// The version of the interface of this library: `MOKUTEKI_ABI` of the header that it was built with. A program that was
// compiled with a higher one must not go on.
uint32_t mokuteki_abi(void);

// Opens an engine by the rules that ship with the library. Free it with `mokuteki_free`.
int32_t mokuteki_open_embedded(uint64_t *engine);

// Opens an engine by the rules of a directory. `language` is that of what is said of rules that do not check.
int32_t mokuteki_open_directory(const char *path, size_t path_length, uint32_t language, uint64_t *engine);

// Opens an engine by the rules that ship with the library and files beside them that the caller has in memory, such as the
// terms of a team. A file with the path of one that ships takes its place.
int32_t mokuteki_open_files(const struct mokuteki_file *files,
                            size_t files_length,
                            uint32_t language,
                            uint64_t *engine);

// Decides by other rules from now on: those of a directory or, where the path is empty, those that ship with the library.
// Calls that run in other threads go on with the rules they began with. Where the rules do not check, those of before
// stay. Ids of before are refused.
int32_t mokuteki_reload(uint64_t engine,
                        const char *path,
                        size_t path_length,
                        uint32_t language);

// The SHA-256 of the rules, in hex.
int32_t mokuteki_digest(uint64_t engine, char *buffer, size_t capacity, size_t *length);

// The number of the rules of now, which ids belong to.
int32_t mokuteki_generation(uint64_t engine, uint64_t *generation);

// The id of a name (an id, a label or a synonym) in a field. `society` and `as_of` are looked at for
// `MOKUTEKI_FIELD_BASIS` alone, whose citations are read as that society's notice prints them on that day, as in 20260401.
int32_t mokuteki_resolve(uint64_t engine,
                         uint64_t generation,
                         uint32_t field_number,
                         const char *name,
                         size_t name_length,
                         uint32_t society,
                         uint32_t as_of,
                         uint32_t *id);

// Decides a flow and writes its record, JSON as docs/record.md says. The verdict is written even where the buffer is too
// small for the record.
int32_t mokuteki_check(uint64_t engine,
                       const struct mokuteki_flow *flow,
                       uint32_t language,
                       uint8_t *verdict,
                       char *buffer,
                       size_t capacity,
                       size_t *length);

// Decides rows of ids. `verdicts` and `clauses` have a place for each row: the verdict, `MOKUTEKI_NOT_DECIDED` where a flow
// of these words cannot be read, and the number of the primary clause, 0 for none. Where the call fails, every verdict is
// `MOKUTEKI_NOT_DECIDED`, if there is room for them.
int32_t mokuteki_decide_ids(uint64_t engine,
                            const struct mokuteki_ids *ids,
                            uint8_t *verdicts,
                            uint32_t *clauses);

// Decides rows of dictionary-coded texts, 15 columns by `MOKUTEKI_FIELD_…`. What is written is as for
// `mokuteki_decide_ids`. Rows that say the same are decided once.
int32_t mokuteki_decide_coded(uint64_t engine,
                              const struct mokuteki_coded *columns,
                              size_t rows,
                              uint8_t *verdicts,
                              uint32_t *clauses);

// The label of a clause by its number in `clauses`, with its society, as in `aeon 5-3`. The generation is that of the
// rules which decided.
int32_t mokuteki_clause(uint64_t engine,
                        uint64_t generation,
                        uint32_t clause,
                        char *buffer,
                        size_t capacity,
                        size_t *length);

// Gives a permit for a flow of one kind of data to a sink, or says why there is none. `accepted` are the codes, separated
// by `;`, of what rests on the caller's word and is accepted by name. The permit owns what it says and outlives a reload
// and the engine; free it with `mokuteki_free`.
int32_t mokuteki_permit(uint64_t engine,
                        const struct mokuteki_flow *flow,
                        const struct mokuteki_text *sink,
                        const struct mokuteki_text *recipient,
                        const struct mokuteki_text *accepted,
                        uint32_t language,
                        uint64_t *permit);

// What a permit says, as JSON: sink, flow, clause_id, clause, digest, accepted, persons, events.
int32_t mokuteki_permit_record(uint64_t permit, char *buffer, size_t capacity, size_t *length);

// The token of a permit, sealed by a key of the caller of 16 bytes or more. Whoever has the key can make a token: keep it
// where decisions are made and where they are checked.
int32_t mokuteki_token(uint64_t permit,
                       const uint8_t *key,
                       size_t key_length,
                       char *buffer,
                       size_t capacity,
                       size_t *length);

// Reads a token that a key has sealed for a sink, and writes what its permit says, as `mokuteki_permit_record` does. It
// needs no engine. That the day of the flow is today, and the flow the one at hand, is for the caller to compare.
int32_t mokuteki_verify(const struct mokuteki_text *token,
                        const uint8_t *key,
                        size_t key_length,
                        const struct mokuteki_text *sink,
                        uint32_t language,
                        char *buffer,
                        size_t capacity,
                        size_t *length);

// Frees an engine or a permit. Calls that run in other threads end as they began; a handle that was freed already is
// `MOKUTEKI_CLOSED`, and nothing else happens.
int32_t mokuteki_free(uint64_t handle);

// What went wrong last in this thread, as JSON: `{"id":null,"error":{"code","field","message","help","more"}}`; empty where
// nothing has. A buffer that was too small is not kept.
int32_t mokuteki_last_error(char *buffer,
                            size_t capacity,
                            size_t *length);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* MOKUTEKI_H */
