//go:build !race

package checker_test

const raced = false
