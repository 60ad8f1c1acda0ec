package docx

// Limits bounds what [Read] takes on. A file beyond a limit is too large; it
// is never cut short. A zero field means its default.
type Limits struct {
	MaxPart    int64 // uncompressed bytes of one part, 256 MB; all parts that are read have twice as much
	MaxText    int64 // bytes of text, 64 MB; words, lines and pages count a little on top
	MaxDepth   int   // nesting of elements, 10,000
	MaxEntries int   // files in the container, 20,000
	MaxRatio   int64 // uncompressed to compressed size of a part above 1 MB, 200
}

func (l Limits) withDefaults() Limits {
	if l.MaxPart <= 0 {
		l.MaxPart = 256 << 20
	}
	if l.MaxText <= 0 {
		l.MaxText = 64 << 20
	}
	if l.MaxDepth <= 0 {
		l.MaxDepth = 10_000
	}
	if l.MaxEntries <= 0 {
		l.MaxEntries = 20_000
	}
	if l.MaxRatio <= 0 {
		l.MaxRatio = 200
	}
	return l
}

// What a piece of layout counts against MaxText besides its characters. The
// numbers follow what the values take in memory, so that a file of a million
// one-letter lines is bounded as well.
const (
	wordCost  = 16
	lineCost  = 64
	imageCost = 64
	pageCost  = 128
	chunkCost = 4096 // opening a part takes time
)
