// A claims program: it sends claims to the contractor that checks them, and to nobody without a token.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"mokuteki"
)

var (
	key     = []byte("a key that only this system has")
	checker = mokuteki.Sink{Name: "claim-checker", Recipient: "点検業者"}
)

// sendToChecker takes the token of a permit and no flag: the zero value of a permit, or of a bool, is too easily at hand.
func sendToChecker(token, today string, claims []byte) error {
	record, err := mokuteki.Verify(token, key, checker.Name, mokuteki.Japanese)
	if err != nil {
		return fmt.Errorf("not sent: %w", err)
	}
	var said struct {
		Flow map[string]string `json:"flow"`
	}
	if err := json.Unmarshal([]byte(record), &said); err != nil {
		return err
	}
	if said.Flow["as_of"] != today {
		return errors.New("not sent: the permit is for another day")
	}
	fmt.Printf("sent %d bytes by %s\n", len(claims), record)
	return nil
}

func run() error {
	const today = "2026-04-01"
	engine, err := mokuteki.Open()
	if err != nil {
		return err
	}
	defer engine.Close()
	flow := mokuteki.Flow{
		Society: "aeon", Data: []string{"レセプト"}, Sender: "当組合", Recipient: "点検業者", Activity: "レセプト点検",
		MyNumber: "false", Abroad: "false", AsOf: today,
	}
	permit, err := engine.Permit(flow, checker, mokuteki.Japanese)
	if err != nil {
		return err
	}
	defer permit.Close()
	token, err := permit.Token(key)
	if err != nil {
		return err
	}
	if err := sendToChecker(token, today, []byte("claims")); err != nil {
		return err
	}
	for _, none := range []error{
		sendToChecker(token, "2026-04-02", []byte("claims")),
		sendToChecker("true", today, []byte("claims")),
	} {
		if none == nil {
			return errors.New("sent without a permit")
		}
		fmt.Println(none)
	}
	flow.Recipient = "製薬会社"
	if _, err = engine.Permit(flow, checker, mokuteki.Japanese); !errors.Is(err, mokuteki.Refused) {
		return errors.New("a drug maker was given a permit")
	}
	fmt.Println(err)
	return nil
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
