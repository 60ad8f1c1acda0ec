package worker

import (
	"os"
	"runtime"
)

// self is the running program, even if another one has taken its place on the
// disk since.
const self = "/proc/self/exe"

// Self is the command line of this program with other arguments, nil if it
// cannot be told.
func Self(args ...string) []string {
	path := self
	if _, err := os.Stat(self); err != nil || runtime.GOOS != "linux" {
		if path, err = os.Executable(); err != nil {
			return nil
		}
	}
	return append([]string{path}, args...)
}
