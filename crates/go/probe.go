//go:build probe

package mokuteki

// #include <stdint.h>
// extern int32_t mokuteki_probe_panic(void);
import "C"

// ProbePanic panics inside the library, which tests are built with, to show that the panic becomes an error.
func ProbePanic() error {
	return probed(int32(C.mokuteki_probe_panic()))
}

func probed(status int32) error { return errorOf(Status(status), "") }
