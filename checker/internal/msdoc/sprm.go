package msdoc

import "iter"

// The properties that are read (2.6).
const (
	sprmCFRMarkDel   = 0x0800
	sprmCFData       = 0x0806
	sprmCFOle2       = 0x080a
	sprmCFVanish     = 0x083c
	sprmCIstd        = 0x4a30
	sprmCRgFtc0      = 0x4a4f
	sprmCPicLocation = 0x6a03
	sprmCSymbol      = 0x6a09

	sprmPJc80             = 0x2403
	sprmPFPageBreakBefore = 0x2407
	sprmPFInTable         = 0x2416
	sprmPFTtp             = 0x2417
	sprmPFInnerTableCell  = 0x244b
	sprmPFInnerTtp        = 0x244c
	sprmPJc               = 0x2461
	sprmPIlvl             = 0x260a
	sprmPIlfo             = 0x460b
	sprmPItap             = 0x6649
	sprmPDtap             = 0x664a
	sprmPHugePapxOld      = 0x6645
	sprmPHugePapx         = 0x6646
	sprmPTableProps       = 0x646b
	sprmPDxaLeft80        = 0x840f
	sprmPDxaLeft180       = 0x8411
	sprmPDxaLeft          = 0x845e
	sprmPDxaLeft1         = 0x8460
	sprmPChgTabsPapx      = 0xc60d
	sprmPChgTabs          = 0xc615

	sprmTDefTable10 = 0xd606
	sprmTDefTable   = 0xd608

	sprmSBkc = 0x3009
)

// sprms returns the properties of a grpprl with their operands (2.2.5).
func sprms(grpprl block) iter.Seq2[int, block] {
	return func(yield func(int, block) bool) {
		for at := 0; at+2 < len(grpprl); {
			op := grpprl.u16(at)
			at += 2
			n := 0
			switch op >> 13 {
			case 0, 1:
				n = 1
			case 2, 4, 5:
				n = 2
			case 3:
				n = 4
			case 7:
				n = 3
			default:
				var size int
				n, size = variable(op, grpprl.from(at))
				at += size
			}
			if !yield(op, grpprl.cut(at, n)) {
				return
			}
			at += n
		}
	}
}

// variable returns the length of an operand that tells it, and the size of the
// field that does.
func variable(op int, b block) (n, size int) {
	n = b.u8(0)
	switch {
	case op == sprmTDefTable || op == sprmTDefTable10:
		return max(b.u16(0)-1, 0), 2
	case op == sprmPChgTabs && n == 255: // longer than a byte can tell
		deleted := b.u8(1)
		return 2 + 4*deleted + 3*b.u8(2+4*deleted), 1
	}
	return n, 1
}
