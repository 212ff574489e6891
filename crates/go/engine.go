package mokuteki

// #cgo CFLAGS: -I${SRCDIR}/../c/include
// #cgo LDFLAGS: -l:libmokuteki_c.a -lm -ldl -lpthread
// #include <stdlib.h>
// #include "mokuteki.h"
import "C"

import (
	"fmt"
	"runtime"
	"sort"
	"strings"
	"unsafe"
)

func init() {
	if uint32(C.mokuteki_abi()) < uint32(C.MOKUTEKI_ABI) {
		panic("mokuteki: the library is older than this package")
	}
}

// locked runs a call and reads what went wrong in the thread of the call: a goroutine may be in another by the next one.
func locked(call func() C.int32_t) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	status := call()
	if status == C.MOKUTEKI_OK {
		return nil
	}
	record, _ := filled(func(at *C.char, capacity C.size_t, length *C.size_t) C.int32_t {
		return C.mokuteki_last_error(at, capacity, length)
	})
	return errorOf(Status(status), record)
}

// filled calls with more room until what is written fits.
func filled(call func(at *C.char, capacity C.size_t, length *C.size_t) C.int32_t) (string, C.int32_t) {
	room := make([]byte, 1<<14)
	for {
		var length C.size_t
		status := call((*C.char)(unsafe.Pointer(&room[0])), C.size_t(len(room)), &length)
		switch {
		case status == C.MOKUTEKI_TOO_SMALL:
			room = make([]byte, length)
		case status != C.MOKUTEKI_OK:
			return "", status
		default:
			return string(room[:length]), status
		}
	}
}

// text is filled by a call, or why it is not.
func text(call func(at *C.char, capacity C.size_t, length *C.size_t) C.int32_t) (string, error) {
	var written string
	err := locked(func() (status C.int32_t) {
		written, status = filled(call)
		return status
	})
	return written, err
}

// held are texts in memory of C, as C asks for them: memory of Go may move, and may not point to more of itself.
type held struct {
	block unsafe.Pointer
	texts []C.mokuteki_text
}

func hold(texts ...string) held {
	length := 1
	for _, text := range texts {
		length += len(text)
	}
	block := C.malloc(C.size_t(length))
	bytes := unsafe.Slice((*byte)(block), length)
	holds := held{block, make([]C.mokuteki_text, len(texts))}
	at := 0
	for place, text := range texts {
		holds.texts[place] = C.mokuteki_text{at: (*C.char)(unsafe.Pointer(&bytes[at])), length: C.size_t(len(text))}
		at += copy(bytes[at:], text)
	}
	return holds
}

func (holds held) free() { C.free(holds.block) }

func holdFlow(flow *Flow) (held, C.mokuteki_flow) {
	fields := flow.texts()
	holds := hold(fields[:]...)
	var written C.mokuteki_flow
	copy(written.field[:], holds.texts)
	return holds, written
}

// Engine is a set of rules.
type Engine struct{ handle C.uint64_t }

// Open opens an engine by the rules that ship with the library.
func Open() (*Engine, error) {
	var engine Engine
	return &engine, locked(func() C.int32_t { return C.mokuteki_open_embedded(&engine.handle) })
}

// OpenDirectory opens an engine by the rules of a directory.
func OpenDirectory(path string, language Language) (*Engine, error) {
	holds := hold(path)
	defer holds.free()
	var engine Engine
	return &engine, locked(func() C.int32_t {
		return C.mokuteki_open_directory(holds.texts[0].at, holds.texts[0].length, C.uint32_t(language), &engine.handle)
	})
}

// OpenFiles opens an engine by the rules that ship with the library and files beside them, such as terms/ours.toml.
func OpenFiles(files map[string][]byte, language Language) (*Engine, error) {
	paths := make([]string, 0, len(files))
	for path := range files {
		paths = append(paths, path)
	}
	sort.Strings(paths)
	texts := make([]string, 0, 2*len(files))
	for _, path := range paths {
		texts = append(texts, path, string(files[path]))
	}
	holds := hold(texts...)
	defer holds.free()
	given := make([]C.mokuteki_file, len(files)+1)
	for at := range paths {
		given[at] = C.mokuteki_file{path: holds.texts[2*at], bytes: holds.texts[2*at+1]}
	}
	var engine Engine
	return &engine, locked(func() C.int32_t {
		return C.mokuteki_open_files(&given[0], C.size_t(len(files)), C.uint32_t(language), &engine.handle)
	})
}

// Close lets the rules go. What is called after it is Closed; permits stay.
func (engine *Engine) Close() error {
	return locked(func() C.int32_t { return C.mokuteki_free(engine.handle) })
}

// Reload decides by the rules of a directory from now on, or by those that ship where the path is empty. Where they do not
// check, those of before stay.
func (engine *Engine) Reload(path string, language Language) error {
	holds := hold(path)
	defer holds.free()
	return locked(func() C.int32_t {
		return C.mokuteki_reload(engine.handle, holds.texts[0].at, holds.texts[0].length, C.uint32_t(language))
	})
}

// Digest is the SHA-256 of the rules, in hex.
func (engine *Engine) Digest() (string, error) {
	return text(func(at *C.char, capacity C.size_t, length *C.size_t) C.int32_t {
		return C.mokuteki_digest(engine.handle, at, capacity, length)
	})
}

// Generation is the number of these rules, which ids belong to.
func (engine *Engine) Generation() (uint64, error) {
	var generation C.uint64_t
	err := locked(func() C.int32_t { return C.mokuteki_generation(engine.handle, &generation) })
	return uint64(generation), err
}

// Check decides a flow and explains it. The error is BadFlow, with every field that cannot be read.
func (engine *Engine) Check(flow Flow, language Language) (Decision, error) {
	holds, written := holdFlow(&flow)
	defer holds.free()
	var verdict C.uint8_t
	record, err := text(func(at *C.char, capacity C.size_t, length *C.size_t) C.int32_t {
		return C.mokuteki_check(engine.handle, &written, C.uint32_t(language), &verdict, at, capacity, length)
	})
	if err != nil {
		return Decision{}, err
	}
	return Decision{Verdict(verdict), record}, nil
}

// Permit is proof that one flow to one sink was decided and permitted. Its zero value is closed, and gives no token.
type Permit struct{ handle C.uint64_t }

// Permit gives a permit for a flow of one kind of data to a sink, or the reason why there is none (Refused). accepted are the
// codes of what rests on the caller's word. Close it when its token was made.
func (engine *Engine) Permit(flow Flow, sink Sink, language Language, accepted ...string) (*Permit, error) {
	holds, written := holdFlow(&flow)
	defer holds.free()
	words := hold(sink.Name, sink.Recipient, strings.Join(accepted, ";"))
	defer words.free()
	name, recipient, codes := words.texts[0], words.texts[1], words.texts[2]
	var permit Permit
	err := locked(func() C.int32_t {
		return C.mokuteki_permit(
			engine.handle, &written, &name, &recipient, &codes, C.uint32_t(language), &permit.handle)
	})
	if err != nil {
		return nil, err
	}
	return &permit, nil
}

// Close frees the permit. Its tokens stay good.
func (permit *Permit) Close() error {
	return locked(func() C.int32_t { return C.mokuteki_free(permit.handle) })
}

// Record is what it says, as JSON: sink, flow, clause_id, clause, digest, accepted, persons, events.
func (permit *Permit) Record() (string, error) {
	return text(func(at *C.char, capacity C.size_t, length *C.size_t) C.int32_t {
		return C.mokuteki_permit_record(permit.handle, at, capacity, length)
	})
}

// Token is what a function that sends takes, sealed by a key of 16 bytes or more.
func (permit *Permit) Token(key []byte) (string, error) {
	holds := hold(string(key))
	defer holds.free()
	return text(func(at *C.char, capacity C.size_t, length *C.size_t) C.int32_t {
		sealing := (*C.uint8_t)(unsafe.Pointer(holds.texts[0].at))
		return C.mokuteki_token(permit.handle, sealing, holds.texts[0].length, at, capacity, length)
	})
}

// Verify reads a token that a key has sealed for a sink, and gives what its permit says. That the day of the flow is today, and
// the flow the one at hand, is for the caller to compare.
func Verify(token string, key []byte, sink string, language Language) (string, error) {
	holds := hold(token, string(key), sink)
	defer holds.free()
	shown, sealing, name := holds.texts[0], holds.texts[1], holds.texts[2]
	return text(func(at *C.char, capacity C.size_t, length *C.size_t) C.int32_t {
		bytes := (*C.uint8_t)(unsafe.Pointer(sealing.at))
		return C.mokuteki_verify(&shown, bytes, sealing.length, &name, C.uint32_t(language), at, capacity, length)
	})
}

// Answer for a row.
type Answer struct {
	// Verdict is NotDecided for a flow that cannot be read, which Check explains.
	Verdict Verdict
	// Clause is the primary one, as in "aeon 5-3"; empty where no clause covers the flow.
	Clause string
}

// Decide decides many flows. Those that say the same are decided once.
func (engine *Engine) Decide(flows []Flow) ([]Answer, error) {
	if len(flows) == 0 {
		return nil, nil
	}
	var columns [Fields]C.mokuteki_coded
	for field := range columns {
		places := map[string]C.int32_t{}
		names := []string{}
		size := C.size_t(len(flows)) * C.size_t(unsafe.Sizeof(C.int32_t(0)))
		block := C.malloc(size)
		defer C.free(block)
		codes := unsafe.Slice((*C.int32_t)(block), len(flows))
		for row := range flows {
			text := flows[row].texts()[field]
			place, known := places[text]
			switch {
			case text == "":
				place = -1
			case !known:
				place = C.int32_t(len(names))
				places[text] = place
				names = append(names, text)
			}
			codes[row] = place
		}
		holds := hold(names...)
		defer holds.free()
		size = C.size_t(len(names)+1) * C.size_t(unsafe.Sizeof(C.mokuteki_text{}))
		table := C.malloc(size)
		defer C.free(table)
		copy(unsafe.Slice((*C.mokuteki_text)(table), len(names)), holds.texts)
		columns[field] = C.mokuteki_coded{
			names: (*C.mokuteki_text)(table), names_length: C.size_t(len(names)), codes: (*C.int32_t)(block),
		}
	}
	generation, err := engine.Generation()
	if err != nil {
		return nil, err
	}
	verdicts, clauses := make([]C.uint8_t, len(flows)), make([]C.uint32_t, len(flows))
	err = locked(func() C.int32_t {
		return C.mokuteki_decide_coded(engine.handle, &columns[0], C.size_t(len(flows)), &verdicts[0], &clauses[0])
	})
	if err != nil {
		return nil, err
	}
	return engine.answers(generation, verdicts, clauses)
}

// Resolve gives the id of a name in a field, for flows of this generation. For Basis the society's id and the day, as in
// 20260401, say how it is read; they are 0 elsewhere.
func (engine *Engine) Resolve(generation uint64, field Field, name string, society, asOf uint32) (uint32, error) {
	holds := hold(name)
	defer holds.free()
	var id C.uint32_t
	err := locked(func() C.int32_t {
		return C.mokuteki_resolve(engine.handle, C.uint64_t(generation), C.uint32_t(field), holds.texts[0].at,
			holds.texts[0].length, C.uint32_t(society), C.uint32_t(asOf), &id)
	})
	return uint32(id), err
}

// DecideIDs decides columns of ids of one length. A nil column, and 0, is open; the ids of AsOf are days such as 20260401.
func (engine *Engine) DecideIDs(generation uint64, rows int, columns [Fields][]uint32) ([]Answer, error) {
	if rows == 0 {
		return nil, nil
	}
	ids := C.mokuteki_ids{generation: C.uint64_t(generation), rows: C.size_t(rows)}
	for field, column := range columns {
		if column == nil {
			continue
		}
		if len(column) != rows {
			return nil, fmt.Errorf("column %d has %d rows, not %d: %w", field, len(column), rows, BadArgument)
		}
		block := C.malloc(C.size_t(rows) * C.size_t(unsafe.Sizeof(C.uint32_t(0))))
		defer C.free(block)
		copy(unsafe.Slice((*uint32)(block), rows), column)
		ids.column[field] = (*C.uint32_t)(block)
	}
	verdicts, clauses := make([]C.uint8_t, rows), make([]C.uint32_t, rows)
	err := locked(func() C.int32_t {
		return C.mokuteki_decide_ids(engine.handle, &ids, &verdicts[0], &clauses[0])
	})
	if err != nil {
		return nil, err
	}
	return engine.answers(generation, verdicts, clauses)
}

func (engine *Engine) answers(generation uint64, verdicts []C.uint8_t, clauses []C.uint32_t) ([]Answer, error) {
	labels := map[C.uint32_t]string{0: ""}
	answers := make([]Answer, len(verdicts))
	for row, clause := range clauses {
		label, known := labels[clause]
		if !known {
			var err error
			label, err = text(func(at *C.char, capacity C.size_t, length *C.size_t) C.int32_t {
				return C.mokuteki_clause(engine.handle, C.uint64_t(generation), clause, at, capacity, length)
			})
			if err != nil {
				return nil, err
			}
			labels[clause] = label
		}
		answers[row] = Answer{Verdict(verdicts[row]), label}
	}
	return answers, nil
}
