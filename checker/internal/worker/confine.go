package worker

// A Confinement is what a child may still do.
type Confinement struct {
	Memory   int64    // bytes; 0 means no limit
	ReadOnly []string // folders it may read
	Writable []string // folders it may also write to
}
