package evidence

// Options limits what archives may ask of the machine. The zero Options is
// ready to use. An archive beyond a limit is a file with [ErrTooLarge], and
// none of its members are listed.
type Options struct {
	MaxEntries int   // entries of an archive, with those of archives inside it; 0 means 10,000
	MaxDepth   int   // archives inside each other, the outermost counted; 0 means 3
	MaxRatio   int   // unpacked size of an archive by its own size; 0 means 200
	MaxTotal   int64 // unpacked bytes of an archive, with those of archives inside it; 0 means 4 GB
	MaxNested  int64 // bytes of an archive inside another one, which is held in memory; 0 means 64 MB
}

// withDefaults returns the options with each zero replaced.
func (o Options) withDefaults() Options {
	if o.MaxEntries == 0 {
		o.MaxEntries = 10_000
	}
	if o.MaxDepth == 0 {
		o.MaxDepth = 3
	}
	if o.MaxRatio == 0 {
		o.MaxRatio = 200
	}
	if o.MaxTotal == 0 {
		o.MaxTotal = 4 << 30
	}
	if o.MaxNested == 0 {
		o.MaxNested = 64 << 20
	}
	return o
}
