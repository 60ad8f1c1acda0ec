//go:build !unix

package evidence

const nonBlocking = 0
