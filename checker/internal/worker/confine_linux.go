package worker

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"

	"github.com/landlock-lsm/go-landlock/landlock"
	ll "github.com/landlock-lsm/go-landlock/landlock/syscall"
	"golang.org/x/sys/unix"
)

// Confine takes from this process what it does not need: files but those named,
// TCP connections, memory over the limit, core dumps, and, if nothing
// is writable, the writing of files. It returns what is in force, for people:
// an old kernel cannot do all of it.
func Confine(c Confinement) (string, error) {
	limits := map[int]uint64{unix.RLIMIT_CORE: 0, unix.RLIMIT_NOFILE: 64}
	if c.Memory > 0 {
		limits[unix.RLIMIT_DATA] = uint64(c.Memory)
	}
	if len(c.Writable) == 0 {
		limits[unix.RLIMIT_FSIZE] = 0
	}
	for what, n := range limits {
		var now unix.Rlimit
		if err := unix.Getrlimit(what, &now); err == nil {
			n = min(n, now.Max) // none can be raised
		}
		if err := unix.Setrlimit(what, &unix.Rlimit{Cur: n, Max: n}); err != nil {
			return "", fmt.Errorf("limit a reading process: %w", err)
		}
	}
	inForce := []string{"limits"}
	if abi, err := ll.LandlockGetABIVersion(); err == nil && abi > 0 {
		config := landlock.V7.BestEffort()
		err := config.Restrict(
			landlock.RODirs(existing(c.ReadOnly)...), landlock.RWDirs(existing(c.Writable)...))
		if err != nil {
			return "", fmt.Errorf("confine a reading process: %w", err)
		}
		inForce = append(inForce, fmt.Sprintf("landlock %d", abi))
	}
	return strings.Join(inForce, ", "), nil
}

func existing(dirs []string) []string {
	var out []string
	for _, d := range dirs {
		if _, err := os.Stat(d); err == nil {
			out = append(out, d)
		}
	}
	return out
}

// memoryUsed returns a function that tells the resident memory of the process.
// It opens its file before the process may open none.
func memoryUsed() func() int64 {
	f, err := os.Open("/proc/self/statm")
	if err != nil {
		return heapUsed
	}
	size := int64(os.Getpagesize())
	return func() int64 {
		var b [128]byte
		n, _ := f.ReadAt(b[:], 0)
		fields := strings.Fields(string(b[:n]))
		if len(fields) < 2 {
			return 0
		}
		pages, _ := strconv.ParseInt(fields[1], 10, 64)
		return pages * size
	}
}

// attributes has the system kill a child whose parent is gone.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
