package worker

import (
	"fmt"
	"os"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

// Confine does nothing: on Windows the parent confines its children, in a job
// object, to the memory they may take and to its own life. Files and the network
// stay open to them.
func Confine(Confinement) (string, error) { return "by the parent", nil }

func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{HideWindow: true}
}

// contain puts the process into a job object of its own, as far as the system
// allows: it may start no other ones, and ends with its parent.
//
// The memory limit of the system counts what is reserved too, so it is twice that
// of the child, which stops by itself far earlier; see guard.
func contain(p *os.Process, memory int64) (release func(), err error) {
	box, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return func() {}, fmt.Errorf("create a job object: %w", err)
	}
	info := windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION{ProcessMemoryLimit: uintptr(2 * memory)}
	info.BasicLimitInformation.LimitFlags = windows.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE |
		windows.JOB_OBJECT_LIMIT_PROCESS_MEMORY | windows.JOB_OBJECT_LIMIT_ACTIVE_PROCESS |
		windows.JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION
	info.BasicLimitInformation.ActiveProcessLimit = 1
	_, err = windows.SetInformationJobObject(box, windows.JobObjectExtendedLimitInformation,
		uintptr(unsafe.Pointer(&info)), uint32(unsafe.Sizeof(info)))
	if err == nil {
		const rights = windows.PROCESS_SET_QUOTA | windows.PROCESS_TERMINATE
		var handle windows.Handle
		if handle, err = windows.OpenProcess(rights, false, uint32(p.Pid)); err == nil {
			err = windows.AssignProcessToJobObject(box, handle)
			_ = windows.CloseHandle(handle) // the job keeps its own
		}
	}
	if err != nil {
		_ = windows.CloseHandle(box)
		return func() {}, fmt.Errorf("put a reading process into a job object: %w", err)
	}
	return func() { _ = windows.CloseHandle(box) }, nil
}

// killedOutside reports whether the process ended as TerminateProcess, the task
// manager for one, ends it.
func killedOutside(s *os.ProcessState) bool { return s.ExitCode() == 1 }
