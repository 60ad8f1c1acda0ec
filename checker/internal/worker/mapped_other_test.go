//go:build !linux

package worker_test

// eatMapped takes memory from Go's heap, where sandboxes have theirs here.
func eatMapped() {
	for {
		b := make([]byte, 8<<20)
		for i := 0; i < len(b); i += 4096 {
			b[i] = 1
		}
		hoard = append(hoard, b)
	}
}
