package msdoc

import (
	"maps"
	"slices"
)

// A pap is the properties of a paragraph, as far as package docx looks at
// them. What is nil or zero is not set.
type pap struct {
	align       string
	left, first *int // indents, in twentieths of a point
	tabs        map[int]bool
	breakBefore bool
	list, level int // list is a number of the list overrides from 1

	inTable, ttp        bool // in a table; the mark that ends its row
	innerCell, innerRow bool // the same for a table within a table
	depth               int  // of tables, if told
	edges               []int
	huge                bool // properties from the Data stream are being followed
	cost                int  // bytes of properties that have been looked at
}

// maxDepth bounds tables within tables.
const maxDepth = 32

// tables returns the number of tables that the paragraph is in.
func (p *pap) tables() int {
	if p.depth > 0 {
		return min(p.depth, maxDepth)
	}
	if p.inTable || p.ttp {
		return 1
	}
	return 0
}

// aligns are the values of sprmPJc that are no default.
var aligns = map[int]string{1: "center", 2: "right"}

// apply changes the properties by those of a grpprl (2.6.2). Long ones are in
// the Data stream.
func (p *pap) apply(grpprl, data block) {
	p.cost += len(grpprl)
	for op, v := range sprms(grpprl) {
		switch op {
		case sprmPJc, sprmPJc80:
			p.align = aligns[v.u8(0)]
		case sprmPFPageBreakBefore:
			p.breakBefore = v.u8(0) != 0
		case sprmPDxaLeft, sprmPDxaLeft80:
			p.left = new(v.i16(0))
		case sprmPDxaLeft1, sprmPDxaLeft180:
			p.first = new(v.i16(0))
		case sprmPChgTabsPapx, sprmPChgTabs:
			p.changeTabs(v, op == sprmPChgTabs)
		case sprmPIlfo:
			if p.list = v.u16(0); p.list > 0 {
				p.left, p.first = nil, nil // the list has indents of its own
			}
		case sprmPIlvl:
			p.level = v.u8(0)
		case sprmPFInTable:
			p.inTable = v.u8(0) != 0
		case sprmPFTtp:
			p.ttp = v.u8(0) != 0
		case sprmPFInnerTableCell:
			p.innerCell = v.u8(0) != 0
		case sprmPFInnerTtp:
			p.innerRow = v.u8(0) != 0
		case sprmPItap:
			p.depth = v.i32(0)
		case sprmPDtap:
			p.depth = p.tables() + min(max(v.i32(0), -maxDepth), maxDepth)
		case sprmTDefTable, sprmTDefTable10:
			p.edges = nil
			for i := range v.u8(0) + 1 {
				p.edges = append(p.edges, v.i16(1+2*i))
			}
		case sprmPHugePapx, sprmPHugePapxOld, sprmPTableProps:
			if !p.huge {
				p.huge = true
				at := v.i32(0)
				p.apply(data.cut(at+2, data.u16(at)), data)
				p.huge = false
			}
		}
	}
}

// maxTabs bounds the tab stops of a paragraph, as Word does.
const maxTabs = 64

// changeTabs takes tab stops away and adds others.
func (p *pap) changeTabs(v block, near bool) {
	p.tabs = maps.Clone(p.tabs)
	if p.tabs == nil {
		p.tabs = make(map[int]bool)
	}
	n := v.u8(0)
	for i := range n {
		delete(p.tabs, v.i16(1+2*i))
	}
	v = v.from(1 + 2*n)
	if near {
		v = v.from(2 * n) // how far from the place a stop is still meant
	}
	for i := range v.u8(0) {
		if len(p.tabs) < maxTabs {
			p.tabs[v.i16(1+2*i)] = true
		}
	}
}

// stops returns the tab stops from left to right.
func (p *pap) stops() []int { return slices.Sorted(maps.Keys(p.tabs)) }

// A chp is the properties of a character, as far as they matter.
type chp struct {
	hidden, deleted bool
	data, object    bool // what the sign stands for is no picture
	picture         int  // place in the Data stream, -1 if there is none
	font            int  // of letters
	symbol          int  // to show instead of the sign, 0 if there is none
	symbolFont      int
}

// apply changes the properties by those of a grpprl (2.6.1). What is hidden
// may be told as the same as, or other than, what the style says.
func (c *chp) apply(grpprl block, styles *styles) {
	hidden := c.hidden
	for op, v := range sprms(grpprl) {
		on := v.u8(0) != 0
		switch op {
		case sprmCIstd:
			if h := styles.hidden(v.u16(0)); h != nil {
				hidden, c.hidden = *h, *h
			}
		case sprmCFVanish:
			switch v.u8(0) {
			case 0x80:
				c.hidden = hidden
			case 0x81:
				c.hidden = !hidden
			default:
				c.hidden = on
			}
		case sprmCFRMarkDel:
			c.deleted = on
		case sprmCRgFtc0:
			c.font = v.u16(0)
		case sprmCFData:
			c.data = on
		case sprmCFOle2:
			c.object = on
		case sprmCPicLocation:
			c.picture = v.i32(0)
		case sprmCSymbol:
			c.symbolFont, c.symbol = v.u16(0), v.u16(2)
		}
	}
}
