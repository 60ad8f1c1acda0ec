//go:build !nopdfium

package pdf

import (
	"sync"
	"syscall"

	"github.com/tetratelabs/wazero/experimental"
)

// A memory hands out the memory of sandboxes. It reserves the whole range of
// each, outside of Go's heap, and opens it as it grows: growing copies nothing
// and leaves no garbage. Grown as a Go slice, a sandbox of 1 GB takes 4 GB of
// memory. What is reserved and not yet open does not count for the limits that
// the system sets a process.
//
// wazero frees the memory of a sandbox as soon as its context ends, on a
// goroutine of its own, while a reader may still be looking at it. Freeing
// therefore gives the pages back and keeps the range; release, which the reader
// calls when it is done, ends it.
type memory struct {
	mu     sync.Mutex
	ranges map[*byte][]byte // by their first byte
}

// allocator returns the allocator to give to wazero.
func (m *memory) allocator() experimental.MemoryAllocator {
	return experimental.MemoryAllocatorFunc(func(_, limit uint64) experimental.LinearMemory {
		b, err := syscall.Mmap(-1, 0, int(limit), syscall.PROT_NONE, syscall.MAP_ANON|syscall.MAP_PRIVATE|syscall.MAP_NORESERVE)
		if err != nil {
			return &heapMemory{} // the system forbids such reservations
		}
		m.mu.Lock()
		defer m.mu.Unlock()
		if m.ranges == nil {
			m.ranges = map[*byte][]byte{}
		}
		m.ranges[&b[0]] = b
		return &mappedMemory{all: b}
	})
}

// release ends the range that begins at first, which must not be used again.
func (m *memory) release(first *byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if b, ok := m.ranges[first]; ok {
		delete(m.ranges, first)
		// Nothing can be done about memory that the system does not take back.
		_ = syscall.Munmap(b)
	}
}

type mappedMemory struct {
	all  []byte
	open uint64 // bytes that can be used
}

// Reallocate returns nil, which is out of memory to the program inside, if there
// is no more.
func (m *mappedMemory) Reallocate(size uint64) []byte {
	if size > uint64(len(m.all)) {
		return nil
	}
	if size > m.open {
		if syscall.Mprotect(m.all[:size], syscall.PROT_READ|syscall.PROT_WRITE) != nil {
			return nil
		}
		m.open = size
	}
	return m.all[:size]
}

// Free gives the pages back to the system; reading the range then gives zeros.
func (m *mappedMemory) Free() { _ = syscall.Madvise(m.all, syscall.MADV_DONTNEED) }

// heapMemory is memory of Go's heap.
type heapMemory struct{ b []byte }

func (m *heapMemory) Reallocate(size uint64) []byte {
	m.b = append(m.b, make([]byte, size-uint64(len(m.b)))...)
	return m.b
}

func (m *heapMemory) Free() {}
