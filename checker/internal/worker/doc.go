// Package worker lets child processes of the program do what must not harm it:
// parse foreign bytes.
//
// A [Pool] keeps some children, each running [Serve], and gives each one job at
// a time: a few bytes that say what is wanted, and the bytes of a file. A child
// sees no file of its own: what it may read comes through the pipe. One that
// takes too long, takes too much memory, answers too much or dies is replaced,
// and only its job is told of it; one that was killed from outside has its job
// done again. Where the system can, a child also gives up all rights it does
// not need; see [Confine].
package worker
