package worker_test

import "syscall"

// eatMapped takes memory beside Go's heap, as a sandbox does, until it gets none.
func eatMapped() {
	for {
		b, err := syscall.Mmap(-1, 0, 8<<20, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
		if err != nil {
			select {} // the guard has to see it
		}
		for i := 0; i < len(b); i += 4096 {
			b[i] = 1
		}
	}
}
