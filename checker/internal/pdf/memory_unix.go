//go:build unix

package pdf

import (
	"syscall"

	"github.com/tetratelabs/wazero/experimental"
)

// allocator returns the allocator for the memory of sandboxes. It reserves the
// whole range and lets the system fill it in page by page, outside of Go's
// heap: growing copies nothing and leaves no garbage. Grown as a Go slice, a
// sandbox of 1 GB takes 4 GB of memory.
func allocator() experimental.MemoryAllocator {
	return experimental.MemoryAllocatorFunc(func(_, limit uint64) experimental.LinearMemory {
		b, err := syscall.Mmap(-1, 0, int(limit), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
		if err != nil {
			return &heapMemory{} // the system forbids such reservations
		}
		return &mappedMemory{b}
	})
}

type mappedMemory struct{ all []byte }

func (m *mappedMemory) Reallocate(size uint64) []byte {
	if size > uint64(len(m.all)) {
		return nil
	}
	return m.all[:size]
}

func (m *mappedMemory) Free() {
	// Nothing can be done about memory that the system does not take back.
	_ = syscall.Munmap(m.all)
	m.all = nil
}

// heapMemory is memory of Go's heap.
type heapMemory struct{ b []byte }

func (m *heapMemory) Reallocate(size uint64) []byte {
	m.b = append(m.b, make([]byte, size-uint64(len(m.b)))...)
	return m.b
}

func (m *heapMemory) Free() { m.b = nil }
