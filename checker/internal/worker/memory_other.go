//go:build !linux

package worker

// memoryUsed returns a function that tells the memory of the process.
func memoryUsed() func() int64 { return heapUsed }
