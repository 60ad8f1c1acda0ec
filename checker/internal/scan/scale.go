package scan

import "math"

// Scaled returns the picture at a resolution of dpi, each pixel the average of
// the area it stands for. It never enlarges.
func (p *Picture) Scaled(dpi float64) *Picture {
	if !(dpi > 0) || dpi >= p.DPI || len(p.Luma) == 0 {
		return p
	}
	factor := dpi / p.DPI
	out := &Picture{
		Width:  max(1, int(math.Round(float64(p.Width)*factor))),
		Height: max(1, int(math.Round(float64(p.Height)*factor))),
		DPI:    dpi,
	}
	out.Luma = shrink(p.Luma, p.Width, p.Height, out.Width, out.Height)
	if p.Chroma != nil {
		out.Chroma = shrink(p.Chroma, p.Width, p.Height, out.Width, out.Height)
	}
	return out
}

// shrink averages the w by h pixels of src over areas, giving toW by toH.
func shrink(src []byte, w, h, toW, toH int) []byte {
	out := make([]byte, toW*toH)
	columns, rows := spans(w, toW), spans(h, toH)
	sums := make([]uint32, w)
	for y, row := range rows {
		clear(sums)
		for sy := row.first; sy <= row.last; sy++ {
			weight := row.weight(sy)
			line := src[sy*w : (sy+1)*w]
			for x, v := range line {
				sums[x] += uint32(v) * weight
			}
		}
		// Bring the sums back to 8+8 bits, so that the products below fit.
		divisor := row.total()
		dst := out[y*toW : (y+1)*toW]
		for x, col := range columns {
			var sum uint64
			sum += uint64(sums[col.first]) * uint64(col.head)
			for sx := col.first + 1; sx < col.last; sx++ {
				sum += uint64(sums[sx]) << 8
			}
			if col.last > col.first {
				sum += uint64(sums[col.last]) * uint64(col.tail)
			}
			area := divisor * col.total()
			dst[x] = byte((sum + area/2) / area)
		}
	}
	return out
}

// A span is the range of source pixels that one pixel covers. The first and
// the last count with a weight in 1/256, those between with 256.
type span struct {
	first, last int
	head, tail  uint32
}

func (s span) weight(i int) uint32 {
	switch i {
	case s.first:
		return s.head
	case s.last:
		return s.tail
	}
	return 256
}

func (s span) total() uint64 {
	sum := uint64(s.head)
	if s.last > s.first {
		sum += uint64(s.tail) + uint64(s.last-s.first-1)<<8
	}
	return sum
}

// spans divides n pixels into parts equal ranges; parts <= n.
func spans(n, parts int) []span {
	out := make([]span, parts)
	for i := range out {
		from := int64(i) * int64(n) * 256 / int64(parts)
		to := int64(i+1) * int64(n) * 256 / int64(parts)
		s := span{first: int(from >> 8), last: int((to - 1) >> 8)}
		if s.first == s.last {
			s.head = uint32(to - from)
		} else {
			s.head = uint32(256 - from&255)
			s.tail = uint32(to - int64(s.last)<<8)
		}
		out[i] = s
	}
	return out
}

// Turned returns the picture turned clockwise by quarters of a full turn.
func (p *Picture) Turned(quarters int) *Picture {
	quarters &= 3
	if quarters == 0 {
		return p
	}
	out := &Picture{Width: p.Width, Height: p.Height, DPI: p.DPI}
	if quarters != 2 {
		out.Width, out.Height = p.Height, p.Width
	}
	out.Luma = turn(p.Luma, p.Width, p.Height, quarters)
	if p.Chroma != nil {
		out.Chroma = turn(p.Chroma, p.Width, p.Height, quarters)
	}
	return out
}

func turn(src []byte, w, h, quarters int) []byte {
	out := make([]byte, len(src))
	for y := range h {
		row := src[y*w : (y+1)*w]
		var at, step int
		switch quarters {
		case 1:
			at, step = h-1-y, h
		case 2:
			at, step = (h-y)*w-1, -1
		case 3:
			at, step = (w-1)*h+y, -h
		}
		for _, v := range row {
			out[at] = v
			at += step
		}
	}
	return out
}
