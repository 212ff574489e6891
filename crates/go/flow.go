package mokuteki

import "strings"

// Language of what people read.
type Language uint32

// The languages.
const (
	English  Language = 0
	Japanese Language = 1
)

// Verdict is the answer to a flow. Only Permitted is a yes; the zero value is none.
type Verdict uint8

// The verdicts.
const (
	// NotDecided: the flow cannot be read.
	NotDecided Verdict = iota
	// Permitted: a clause covers it and the ground stands. The only yes.
	Permitted
	// Conditional: something is still to be declared.
	Conditional
	// OutOfScope: no clause covers it.
	OutOfScope
	// Prohibited: a statute forbids it.
	Prohibited
	// Exempt: it is declared as no personal data.
	Exempt
)

// String is the word of the record; empty for NotDecided.
func (verdict Verdict) String() string {
	words := [...]string{"", "permitted", "conditional", "out_of_scope", "prohibited", "exempt"}
	if int(verdict) < len(words) {
		return words[verdict]
	}
	return ""
}

// Field of a flow, in the order of the contract.
type Field uint32

// The fields.
const (
	Society Field = iota
	Data
	Form
	Subject
	Sender
	Recipient
	Relation
	Activity
	Under
	Channel
	Basis
	Consent
	MyNumber
	Abroad
	AsOf
	// Fields is how many there are.
	Fields
)

// Flow as written: what someone proposes to do with data. An empty field is open.
type Flow struct {
	// Society by its id or its 保険者番号.
	Society string
	// Data are the kinds of data; each is decided alone.
	Data []string
	// Form is what was done to the data.
	Form string
	// Subject is whose data it is.
	Subject string
	// Sender is who hands it over.
	Sender string
	// Recipient is who receives it; 当組合 for internal use and for data received.
	Recipient string
	// Relation of the parties.
	Relation string
	// Activity is the work it is for.
	Activity string
	// Under is, for 再委託, the entrustment above it.
	Under string
	// Channel by which it travels.
	Channel string
	// Basis is the citation that the flow claims.
	Basis string
	// Consent is none, implied, explicit or refused.
	Consent string
	// MyNumber is true or false: whether it carries 個人番号.
	MyNumber string
	// Abroad is true, equivalent or false.
	Abroad string
	// AsOf is the day, as in 2026-04-01.
	AsOf string
}

func (flow *Flow) texts() [Fields]string {
	return [Fields]string{
		flow.Society, strings.Join(flow.Data, ";"), flow.Form, flow.Subject, flow.Sender, flow.Recipient, flow.Relation,
		flow.Activity, flow.Under, flow.Channel, flow.Basis, flow.Consent, flow.MyNumber, flow.Abroad, flow.AsOf,
	}
}

// Sink is a place where data leaves or is used.
type Sink struct {
	// Name is lasting, such as claim-checker.
	Name string
	// Recipient is the party that receives there.
	Recipient string
}

// Decision is a decided flow.
type Decision struct {
	Verdict Verdict
	// JSON is the record (docs/record.md) on one line: what to keep.
	JSON string
}
