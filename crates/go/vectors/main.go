//go:build probe

// The vectors through the package, and what a program may get wrong. crates/go/test runs it.
package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"mokuteki"
)

var passed, failed int

func expect(right bool, what string) {
	if right {
		passed++
	} else {
		failed++
		fmt.Fprintln(os.Stderr, "go:", what)
	}
}

type row map[string]string

var fields = strings.Fields("society data form subject sender recipient relation activity under channel basis consent " +
	"my_number abroad as_of")

func rows(name string) []row {
	bytes, err := os.ReadFile(filepath.Join(os.Args[1], name))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	lines := strings.Split(strings.TrimSuffix(string(bytes), "\n"), "\n")
	header := strings.Split(lines[0], "\t")
	var read []row
	for _, line := range lines[1:] {
		cells := row{}
		for at, cell := range strings.Split(line, "\t") {
			cells[header[at]] = cell
		}
		read = append(read, cells)
	}
	return read
}

func flow(row row) mokuteki.Flow {
	return mokuteki.Flow{
		Society: row["society"], Data: []string{row["data"]}, Form: row["form"], Subject: row["subject"],
		Sender: row["sender"], Recipient: row["recipient"], Relation: row["relation"], Activity: row["activity"],
		Under: row["under"], Channel: row["channel"], Basis: row["basis"], Consent: row["consent"],
		MyNumber: row["my_number"], Abroad: row["abroad"], AsOf: row["as_of"],
	}
}

func hash(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text))) }

// of gives the error of a status, or nil.
func of(err error, status mokuteki.Status) *mokuteki.Error {
	var found *mokuteki.Error
	if errors.Is(err, status) && errors.As(err, &found) {
		return found
	}
	return nil
}

func answers(engine *mokuteki.Engine, row row) bool {
	for language, digest := range map[mokuteki.Language]string{
		mokuteki.English: row["sha256_en"], mokuteki.Japanese: row["sha256_ja"],
	} {
		decision, err := engine.Check(flow(row), language)
		json, right := decision.JSON, err == nil && row["status"] == "0" && decision.Verdict.String() == row["verdict"]
		if bad := of(err, mokuteki.BadFlow); bad != nil {
			json, right = bad.JSON, row["status"] == "1" && bad.Codes() == row["codes"]
		}
		if !right || hash(json) != digest {
			return false
		}
	}
	return true
}

func permits(engine *mokuteki.Engine, key []byte) {
	for _, row := range rows("permits.tsv") {
		sink := mokuteki.Sink{Name: row["sink"], Recipient: row["sink_recipient"]}
		permit, err := engine.Permit(flow(row), sink, mokuteki.English, strings.Split(row["accepted"], ";")...)
		right := false
		if err == nil {
			token, sealed := permit.Token(key)
			right = row["status"] == "0" && sealed == nil && token == row["token"] && permit.Close() == nil
			right = right && errors.Is(permit.Close(), mokuteki.Closed)
		} else if bad := of(err, mokuteki.BadFlow); bad != nil {
			right = row["status"] == "1" && bad.Codes() == row["codes"]
		} else if refused := of(err, mokuteki.Refused); refused != nil {
			right = row["status"] == "2" && refused.Codes() == row["codes"]
		}
		expect(right, "another permit: "+row["id"])
	}
}

func tokens() {
	for _, row := range rows("tokens.tsv") {
		said, err := mokuteki.Verify(row["token"], []byte(row["key"]), row["sink"], mokuteki.English)
		right := err == nil && row["status"] == "0" && hash(said) == row["sha256"]
		if bad := of(err, mokuteki.BadToken); bad != nil {
			right = row["status"] == "3" && bad.Code == row["code"]
		}
		expect(right, "another token: "+row["id"])
	}
}

func columns(engine *mokuteki.Engine, vectors []row) {
	var flows []mokuteki.Flow
	for _, row := range vectors {
		flows = append(flows, flow(row))
	}
	found, err := engine.Decide(flows)
	expect(err == nil && len(found) == len(vectors), "no texts")
	is := func(row row, answer mokuteki.Answer) bool {
		return answer.Verdict.String() == row["verdict"] && answer.Clause == row["clause"]
	}
	for at, answer := range found {
		expect(is(vectors[at], answer), "other texts: "+vectors[at]["id"])
	}
	generation, _ := engine.Generation()
	var ids [mokuteki.Fields][]uint32
	var kept []row
next:
	for _, row := range vectors {
		day, err := strconv.ParseUint(strings.ReplaceAll(row["as_of"], "-", ""), 10, 32)
		if err != nil || len(row["as_of"]) != 10 || row["under"] != "" {
			continue
		}
		var id [mokuteki.Fields]uint32
		for field, name := range fields {
			if row[name] == "" || mokuteki.Field(field) == mokuteki.AsOf {
				continue
			}
			id[field], err = engine.Resolve(generation, mokuteki.Field(field), row[name], id[0], uint32(day))
			if err != nil {
				continue next
			}
		}
		id[mokuteki.AsOf] = uint32(day)
		for field := range id {
			if mokuteki.Field(field) != mokuteki.Under {
				ids[field] = append(ids[field], id[field])
			}
		}
		kept = append(kept, row)
	}
	expect(len(kept) > 400, "hardly any row has ids")
	found, err = engine.DecideIDs(generation, len(kept), ids)
	expect(err == nil && len(found) == len(kept), "no ids")
	for at, answer := range found {
		expect(is(kept[at], answer), "other ids: "+kept[at]["id"])
	}
	expect(engine.Reload("", mokuteki.English) == nil, "no reload")
	_, err = engine.DecideIDs(generation, len(kept), ids)
	expect(errors.Is(err, mokuteki.Stale), "ids of before a reload")
}

var review = mokuteki.Flow{
	Society: "aeon", Data: []string{"レセプト"}, Sender: "当組合", Recipient: "点検業者", Activity: "レセプト点検", MyNumber: "false",
	Abroad: "false", AsOf: "2026-04-01",
}

var (
	checker = mokuteki.Sink{Name: "claim-checker", Recipient: "点検業者"}
	testKey = []byte("a key for tests only")
)

func wrong(engine *mokuteki.Engine) {
	other := review
	other.Data = []string{"\x83\x8c\x83\x5a\x83\x76\x83\x67"}
	_, err := engine.Check(other, mokuteki.Japanese)
	expect(errors.Is(err, mokuteki.NotUTF8), "Shift_JIS")
	var none mokuteki.Permit
	_, err = none.Token(testKey)
	expect(errors.Is(err, mokuteki.Closed), "the zero value of a permit")
	_, err = new(mokuteki.Engine).Check(review, mokuteki.Japanese)
	expect(errors.Is(err, mokuteki.Closed), "the zero value of an engine")
	_, err = mokuteki.OpenDirectory("no/such", mokuteki.Japanese)
	expect(errors.Is(err, mokuteki.BadRules), "no rules")
	_, err = mokuteki.OpenFiles(map[string][]byte{"terms/a.toml": {0x83, 0x8c}}, mokuteki.English)
	expect(errors.Is(err, mokuteki.BadRules), "rules in Shift_JIS")
	_, err = engine.Permit(review, checker, mokuteki.Japanese, "asumed")
	expect(errors.Is(err, mokuteki.BadArgument), "a code that is none")
	closed, err := mokuteki.Open()
	expect(err == nil, "no engine")
	permit, err := closed.Permit(review, checker, mokuteki.Japanese)
	expect(err == nil && closed.Close() == nil && errors.Is(closed.Close(), mokuteki.Closed), "closed twice")
	_, err = closed.Digest()
	expect(errors.Is(err, mokuteki.Closed), "a closed engine")
	_, err = permit.Token([]byte("short"))
	expect(errors.Is(err, mokuteki.BadArgument), "a short key")
	token, err := permit.Token(testKey)
	expect(err == nil, "a permit does not outlive its engine")
	said, err := mokuteki.Verify(token, testKey, checker.Name, mokuteki.Japanese)
	record, _ := permit.Record()
	expect(err == nil && said == record && permit.Close() == nil, "the token says otherwise")
	expect(errors.Is(mokuteki.ProbePanic(), mokuteki.Panic), "a panic")
}

func goroutines(engine *mokuteki.Engine, vectors []row) {
	var wait sync.WaitGroup
	var right [4]bool
	for at := range right {
		wait.Add(1)
		go func(at int) {
			defer wait.Done()
			right[at] = true
			for _, row := range vectors {
				right[at] = answers(engine, row) && right[at]
			}
		}(at)
	}
	for round := 0; round < 5; round++ {
		expect(engine.Reload("", mokuteki.English) == nil, "no reload")
	}
	wait.Wait()
	for _, right := range right {
		expect(right, "a goroutine answers otherwise")
	}
}

func resident() int {
	status, _ := os.ReadFile("/proc/self/status")
	for _, line := range strings.Split(string(status), "\n") {
		if words := strings.Fields(line); len(words) > 1 && words[0] == "VmRSS:" {
			kilobytes, _ := strconv.Atoi(words[1])
			return kilobytes
		}
	}
	return 0
}

func memory(engine *mokuteki.Engine) {
	before := 0
	for round := 0; round < 12000; round++ {
		if round == 2000 {
			before = resident()
		}
		permit, err := engine.Permit(review, checker, mokuteki.Japanese)
		if err == nil {
			token, _ := permit.Token(testKey)
			_, err = mokuteki.Verify(token, testKey, checker.Name, mokuteki.Japanese)
			permit.Close()
		}
		_, other := engine.Check(mokuteki.Flow{Society: "aeon"}, mokuteki.Japanese)
		if err != nil || !errors.Is(other, mokuteki.BadFlow) {
			expect(false, "another answer in the loop")
			return
		}
	}
	grown := resident() - before
	fmt.Fprintf(os.Stderr, "go: %d KB more after 50,000 calls\n", grown)
	expect(grown <= 32<<10, "memory grows")
}

func main() {
	engine, err := mokuteki.Open()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	vectors := rows("flows.tsv")
	for _, row := range vectors {
		expect(answers(engine, row), "another answer: "+row["id"])
	}
	permits(engine, []byte(rows("tokens.tsv")[0]["key"]))
	tokens()
	columns(engine, vectors)
	wrong(engine)
	goroutines(engine, vectors)
	memory(engine)
	expect(engine.Close() == nil, "does not close")
	fmt.Printf("go: %d passed, %d failed\n", passed, failed)
	if failed != 0 || passed == 0 {
		os.Exit(1)
	}
}
