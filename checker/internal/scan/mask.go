package scan

// A mask says of each pixel of a part of a picture whether it is dark and
// whether it is coloured.
type mask struct {
	w, h   int
	x0, y0 int // place of the part in the picture
	bits   []byte
}

const (
	dark     = 1 << iota // ink or print, be it pale
	black                // dark enough for print and ruled lines
	coloured             // a dark pixel of a stamp, blue ink, a logo
	worded               // covered by a word that is print
)

const (
	// darkContrast is how much darker than the paper a pixel must be, after
	// averaging 3 by 3 pixels: below it lies the noise of a bad scan.
	darkContrast = 45
	// colourContrast is how much more chroma than the paper a pixel must have
	// to be coloured, and colourDark how much darker than paper it must be
	// then: pale stamps are seen by their colour.
	colourContrast = 28
	colourDark     = 18
	// deepest bounds how far below the page's paper the local paper may lie:
	// what is darker yet is not paper but a picture or the scanner's shadow.
	deepest = 64
	// tile is the size in millimetres of the areas that have a paper of their
	// own: smaller than a shadow of the binding, larger than a bold letter.
	tile = 8.0
)

// mask finds the dark pixels in the part of the picture that the box covers.
func (p *Picture) mask(x0, y0, x1, y1 int) *mask {
	x0, y0 = max(0, x0), max(0, y0)
	x1, y1 = min(p.Width, x1), min(p.Height, y1)
	m := &mask{w: max(0, x1-x0), h: max(0, y1-y0), x0: x0, y0: y0}
	m.bits = make([]byte, m.w*m.h)
	if m.w < 3 || m.h < 3 {
		return m
	}
	paper := p.paper(m)
	sums := make([]int32, m.w)
	for y := 1; y < m.h-1; y++ {
		at := (y0+y)*p.Width + x0
		above := p.Luma[at-p.Width : at-p.Width+m.w]
		here := p.Luma[at : at+m.w]
		below := p.Luma[at+p.Width : at+p.Width+m.w]
		for x, v := range here {
			sums[x] = int32(v) + int32(above[x]) + int32(below[x])
		}
		row := m.bits[y*m.w : (y+1)*m.w]
		for from := 1; from < m.w-1; from += paper.size {
			to := min(from+paper.size, m.w-1)
			luma, chroma := paper.at(from, y)
			limit := 9 * (luma - darkContrast)
			pale := 9 * (luma - colourDark)
			if p.Chroma == nil {
				pale = limit
			}
			for x := from; x < to; x++ {
				s := sums[x-1] + sums[x] + sums[x+1]
				if s >= pale {
					continue
				}
				if s < limit {
					row[x] = dark | black
				}
				if p.Chroma != nil && p.chroma9(at+x) > 9*(chroma+colourContrast) {
					row[x] |= dark | coloured
				}
			}
		}
	}
	return m
}

// chroma9 sums the chroma of 3 by 3 pixels around the one at index i, which is
// not at the edge.
func (p *Picture) chroma9(i int) int32 {
	sum := int32(0)
	for _, j := range [3]int{i - p.Width, i, i + p.Width} {
		c := p.Chroma[j-1 : j+2 : j+2]
		sum += int32(c[0]) + int32(c[1]) + int32(c[2])
	}
	return sum
}

// A paper knows the brightness and the chroma of the paper in tiles.
type paper struct {
	size, columns int
	luma, chroma  []int32
}

func (g *paper) at(x, y int) (luma, chroma int32) {
	i := y/g.size*g.columns + x/g.size
	return g.luma[i], g.chroma[i]
}

func (p *Picture) paper(m *mask) *paper {
	size := max(8, p.mm(tile))
	g := &paper{size: size, columns: (m.w + size - 1) / size}
	least := int32(percentile(p.Luma, 0.7)) - deepest
	for ty := 0; ty < m.h; ty += size {
		for tx := 0; tx < m.w; tx += size {
			var luma, chroma [256]int
			n := 0
			for y := ty; y < min(ty+size, m.h); y += 2 {
				at := (m.y0+y)*p.Width + m.x0
				for x := tx; x < min(tx+size, m.w); x += 3 {
					luma[p.Luma[at+x]]++
					if p.Chroma != nil {
						chroma[p.Chroma[at+x]]++
					}
					n++
				}
			}
			g.luma = append(g.luma, max(least, int32(rank(&luma, n, 0.7))))
			c := int32(0)
			if p.Chroma != nil {
				c = min(int32(rank(&chroma, n, 0.5)), deepest)
			}
			g.chroma = append(g.chroma, c)
		}
	}
	return g
}

// turned returns the mask with rows and columns exchanged.
func (m *mask) turned() *mask {
	out := &mask{w: m.h, h: m.w, x0: m.y0, y0: m.x0, bits: make([]byte, len(m.bits))}
	// By blocks, because a whole column of a page does not fit the cache.
	const block = 32
	for by := 0; by < m.h; by += block {
		for bx := 0; bx < m.w; bx += block {
			for y := by; y < min(by+block, m.h); y++ {
				row := m.bits[y*m.w : (y+1)*m.w]
				for x := bx; x < min(bx+block, m.w); x++ {
					if row[x] != 0 {
						out.bits[x*m.h+y] = row[x]
					}
				}
			}
		}
	}
	return out
}

// clear empties the box, in pixels of the mask.
func (m *mask) clear(b box) {
	b = b.intersect(box{0, 0, m.w, m.h})
	for y := b.y0; y < b.y1 && !b.empty(); y++ {
		clear(m.bits[y*m.w+b.x0 : y*m.w+b.x1])
	}
}

// set adds bit to all pixels in the box, in pixels of the mask.
func (m *mask) set(b box, bit byte) {
	b = b.intersect(box{0, 0, m.w, m.h})
	for y := b.y0; y < b.y1 && !b.empty(); y++ {
		row := m.bits[y*m.w+b.x0 : y*m.w+b.x1]
		for x := range row {
			row[x] |= bit
		}
	}
}
