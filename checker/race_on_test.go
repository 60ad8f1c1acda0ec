//go:build race

package checker_test

// raced says that the race detector takes memory of its own, several times that
// of the program.
const raced = true
