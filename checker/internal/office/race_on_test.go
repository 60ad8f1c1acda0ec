//go:build race

package office_test

// raced says that the race detector slows everything down, and takes memory of its
// own, several times that of the program.
const raced = true
