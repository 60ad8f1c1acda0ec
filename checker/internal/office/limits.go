package office

// What one file may hold. A file beyond a limit is too large.
const (
	maxMember  = 128 << 20 // unpacked bytes of one member of a container
	maxMembers = 20_000
	maxRatio   = 200      // unpacked to packed size of a member above ratioFloor
	ratioFloor = 1 << 20  // small members of repeated markup pack very well
	maxRun     = 16 << 20 // bytes without a tag, which the decoder holds at once
	maxDepth   = 1000     // nesting of elements
	maxOutput  = 96 << 20
	// maxNesting bounds tables in tables, mails in mails and the like where the
	// format does not nest elements.
	maxNesting = 50
	// pollBytes is how much is read or written between two looks at whether to
	// go on.
	pollBytes = 64 << 10
)
