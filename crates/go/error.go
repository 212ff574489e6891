package mokuteki

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Status is what kind of fault an error is, by the numbers of the contract. It is an error itself, so that
// errors.Is(err, mokuteki.Refused) tells them apart.
type Status int32

// The kinds of faults.
const (
	// BadFlow: a field of the flow cannot be read.
	BadFlow Status = 1
	// Refused: there is no permit.
	Refused Status = 2
	// BadToken: the token proves nothing.
	BadToken Status = 3
	// BadRules: the rules do not check.
	BadRules Status = 4
	// BadArgument: an argument is not as the call asks for.
	BadArgument Status = 5
	// NotUTF8: a text is not UTF-8.
	NotUTF8 Status = 6
	// Closed: the engine or permit was closed.
	Closed Status = 7
	// Stale: the ids are those of other rules.
	Stale Status = 9
	// Panic: a fault of the library; nothing was decided.
	Panic Status = 10
)

func (status Status) Error() string {
	return fmt.Sprintf("mokuteki: status %d", int32(status))
}

// Error is why there is no answer: what, where, and the next step.
type Error struct {
	Status Status `json:"-"`
	// Code is kebab-case and never changes.
	Code string `json:"code"`
	// Field is the field or argument that it is about.
	Field   string `json:"field"`
	Message string `json:"message"`
	Help    string `json:"help"`
	// More are the other errors.
	More []Error `json:"more"`
	// JSON is the whole record on one line.
	JSON string `json:"-"`
}

func (err *Error) Error() string {
	return fmt.Sprintf("%s (%s): %s. %s", err.Code, err.Field, err.Message, err.Help)
}

// Is tells whether the error is of a status.
func (err *Error) Is(target error) bool {
	status, ok := target.(Status)
	return ok && status == err.Status
}

// Codes are the codes of all errors, separated by ";".
func (err *Error) Codes() string {
	codes := []string{err.Code}
	for _, more := range err.More {
		codes = append(codes, more.Code)
	}
	return strings.Join(codes, ";")
}

func errorOf(status Status, record string) error {
	var read struct {
		Error *Error `json:"error"`
	}
	if err := json.Unmarshal([]byte(record), &read); err != nil || read.Error == nil {
		return status
	}
	read.Error.Status = status
	read.Error.JSON = record
	return read.Error
}
