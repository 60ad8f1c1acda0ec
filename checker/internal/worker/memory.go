package worker

import "runtime/metrics"

// heapUsed tells the memory that Go has from the system and has not given back.
// Memory of sandboxes counts where it comes from Go's heap.
func heapUsed() int64 {
	s := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(s)
	return int64(s[0].Value.Uint64()) - int64(s[1].Value.Uint64())
}
