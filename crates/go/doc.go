// Package mokuteki says which published purpose of a Japanese health-insurance society permits a data flow, or why none does.
//
// It stands on the C library of crates/c, which is linked in: CGO_LDFLAGS names the folder that it was built in.
//
//	engine, err := mokuteki.Open()
//	if err != nil { … }
//	defer engine.Close()
//	decision, err := engine.Check(mokuteki.Flow{
//		Society: "aeon", Data: []string{"レセプト"}, Recipient: "点検業者", Activity: "レセプト点検", AsOf: "2026-04-01",
//	}, mokuteki.Japanese)
//	// Only mokuteki.Permitted is a yes.
//
// Every function may be called from any goroutine, at the same time as any other.
package mokuteki
