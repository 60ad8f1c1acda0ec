//go:build unix

package evidence

import "syscall"

// nonBlocking makes opening a pipe return at once. It is nothing to a file.
const nonBlocking = syscall.O_NONBLOCK
