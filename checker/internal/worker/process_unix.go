//go:build unix

package worker

import (
	"os"
	"syscall"
)

// contain has nothing to do where a child confines itself.
func contain(*os.Process, int64) (release func(), err error) { return func() {}, nil }

// killedOutside reports whether a signal ended the process that nothing in it
// raises.
func killedOutside(s *os.ProcessState) bool {
	w, ok := s.Sys().(syscall.WaitStatus)
	return ok && w.Signaled() && (w.Signal() == syscall.SIGKILL || w.Signal() == syscall.SIGTERM || w.Signal() == syscall.SIGHUP)
}
