//go:build unix && !linux

package worker

import (
	"fmt"
	"syscall"
)

// Confine takes from this process what it does not need: core dumps, and, if
// nothing is writable, the writing of files. It returns what is in force, for
// people.
func Confine(c Confinement) (string, error) {
	limits := []int{syscall.RLIMIT_CORE}
	if len(c.Writable) == 0 {
		limits = append(limits, syscall.RLIMIT_FSIZE)
	}
	for _, what := range limits {
		if err := syscall.Setrlimit(what, &syscall.Rlimit{}); err != nil {
			return "", fmt.Errorf("limit a reading process: %w", err)
		}
	}
	return "limits", nil
}

func attributes() *syscall.SysProcAttr { return nil }
