package native

import (
	"context"
	"strings"
)

// A font turns strings into characters and widths. It does not change once it
// is loaded.
type font struct {
	composite bool  // codes may have several bytes
	codes     *cmap // how strings of a composite font divide, nil for two bytes each
	unicode   *mapping
	widths    []float32 // by code, or by number of the glyph; in thousandths of an em
	missing   float32   // width where widths has none
	space     float64   // width of the space, 0 if unknown
	guessed   [256]bool // codes of a simple font whose meaning is a guess
	doubts    doubts    // once the font is used
}

const (
	maxCMap = 4 << 20
	maxCID  = 1 << 16
)

// loadFont reads the font dictionary v.
func loadFont(ctx context.Context, v value) *font {
	f := &font{unicode: newMapping()}
	if !isDict(v) {
		f.doubts.add(NoFont)
		return f
	}
	var mapped *mapping
	if to := v.Key("ToUnicode"); isStream(to) {
		raw, err := unpacked(ctx, to, nil, maxCMap)
		if err != nil {
			f.doubts.add(Damaged)
		}
		c := parseCMap(raw)
		mapped = c.text
		if c.foreign {
			f.doubts.add(UnknownCMap)
		}
	} else if to.Name() != "" {
		f.doubts.add(UnknownCMap)
	}
	if v.Key("Subtype").Name() == "Type0" {
		f.loadComposite(ctx, v, mapped)
	} else {
		f.loadSimple(v, mapped)
	}
	if f.unicode.space >= 0 {
		f.space = float64(f.width(uint32(f.unicode.space)))
	}
	return f
}

func (f *font) loadSimple(v value, mapped *mapping) {
	kind := v.Key("Subtype").Name()
	enc := f.loadEncoding(v)
	if mapped == nil && kind == "Type3" {
		f.doubts.add(Type3)
	}
	if mapped != nil {
		f.overlay(mapped)
	}
	base := v.Key("BaseFont").Name()
	f.missing = float32(v.Key("FontDescriptor").Key("MissingWidth").Float64())
	list := v.Key("Widths")
	if list.Len() == 0 {
		w := builtinWidths(base, enc)
		f.widths = w[:]
		return
	}
	scale := 1.0
	if kind == "Type3" {
		scale = 1000 * transform(v.Key("FontMatrix")).A
	}
	first := int(v.Key("FirstChar").Int64())
	f.widths = make([]float32, 256)
	for c := range f.widths {
		f.widths[c] = f.missing
		if i := c - first; i >= 0 && i < list.Len() {
			f.widths[c] = float32(list.Index(i).Float64() * scale)
		}
	}
}

// overlay lets the mapping to Unicode decide over the encoding.
func (f *font) overlay(mapped *mapping) {
	for code := range uint32(256) {
		if r, many := mapped.get(code); many != nil {
			f.unicode.set(code, many)
			f.guessed[code] = false
		} else if r != 0 {
			f.unicode.set(code, []rune{r})
			f.guessed[code] = false
		}
	}
	if mapped.space >= 0 && mapped.space < 256 {
		f.unicode.space = mapped.space
	}
}

// Bits of the flags of a font descriptor, ISO 32000-1, table 123.
const (
	flagSymbolic    = 1 << 2
	flagNonsymbolic = 1 << 5
)

// loadEncoding fills the mapping from the encoding of a simple font and
// returns its base.
func (f *font) loadEncoding(v value) *encoding {
	e, d := v.Key("Encoding"), v.Key("FontDescriptor")
	base := encodingOf(e.Name())
	if base == nil {
		base = encodingOf(e.Key("BaseEncoding").Name())
	}
	certain := base != nil
	if base == nil {
		base = standard
		// What is in the file, or has signs for letters, has an encoding of
		// its own.
		flags := d.Key("Flags").Int64()
		own := isStream(d.Key("FontFile")) || isStream(d.Key("FontFile2")) || isStream(d.Key("FontFile3"))
		certain = flags&flagNonsymbolic != 0 || !own && flags&flagSymbolic == 0 && !symbolFont(v.Key("BaseFont").Name())
		if v.Key("Subtype").Name() == "TrueType" {
			base = winAnsi
		}
	}
	if symbolFont(v.Key("BaseFont").Name()) {
		certain = false
	}
	for c, r := range base {
		f.guessed[c] = !certain
		if r != 0 {
			f.unicode.set(uint32(c), []rune{r})
		}
	}
	differences := e.Key("Differences")
	code := 0
	for i := range differences.Len() {
		item := differences.Index(i)
		n := item.Name()
		if n == "" {
			code = int(item.Int64())
			continue
		}
		if code >= 0 && code < 256 {
			f.unicode.clear(uint32(code))
			f.unicode.set(uint32(code), glyphText(n))
			f.guessed[code] = false
		}
		code++
	}
	return base
}

// symbolFont reports whether a font of that name has signs in the places of
// letters.
func symbolFont(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "symbol") || strings.Contains(name, "dingbats") || strings.Contains(name, "wingdings")
}

func (f *font) loadComposite(ctx context.Context, v value, mapped *mapping) {
	f.composite = true
	switch e := v.Key("Encoding"); {
	case isStream(e):
		raw, err := unpacked(ctx, e, nil, maxCMap)
		if err != nil {
			f.doubts.add(Damaged)
		}
		f.codes = parseCMap(raw)
		if f.codes.foreign || len(f.codes.spaces) == 0 {
			f.doubts.add(UnknownCMap)
		}
		if e.Key("WMode").Int64() == 1 {
			f.doubts.add(Vertical)
		}
	case e.Name() == "Identity-V":
		f.doubts.add(Vertical)
	case e.Name() != "Identity-H":
		f.doubts.add(UnknownCMap)
	}
	if mapped != nil {
		f.unicode = mapped
	} else {
		f.doubts.add(NoUnicode)
	}
	d := v.Key("DescendantFonts").Index(0)
	f.missing = 1000
	if dw := d.Key("DW"); !dw.IsNull() {
		f.missing = float32(dw.Float64())
	}
	f.loadWidths(d.Key("W"))
}

// loadWidths reads the widths of a composite font, ISO 32000-1, 9.7.4.3.
func (f *font) loadWidths(w value) {
	left := 2 * maxCID // a width may be given more than once, not without end
	set := func(cid int64, width float64) {
		if left--; cid < 0 || cid >= maxCID || left < 0 {
			return
		}
		for int64(len(f.widths)) <= cid {
			f.widths = append(f.widths, f.missing)
		}
		f.widths[cid] = float32(width)
	}
	for i := 0; i+1 < w.Len() && left > 0; {
		first, second := w.Index(i).Int64(), w.Index(i+1)
		if n := second.Len(); n > 0 {
			for j := range n {
				set(first+int64(j), second.Index(j).Float64())
			}
			i += 2
			continue
		}
		width := w.Index(i + 2).Float64()
		for cid := max(first, 0); cid <= min(second.Int64(), maxCID) && left > 0; cid++ {
			set(cid, width)
		}
		i += 3
	}
}

// next returns the first code of s and its length in bytes.
func (f *font) next(s []byte) (code uint32, n int) {
	switch {
	case !f.composite:
		return uint32(s[0]), 1
	case f.codes != nil:
		return f.codes.code(s)
	case len(s) == 1:
		return uint32(s[0]), 1
	}
	return uint32(s[0])<<8 | uint32(s[1]), 2
}

// width returns how far the pen moves for a code, in thousandths of an em.
func (f *font) width(code uint32) float32 {
	if f.codes != nil {
		code = f.codes.cid(code)
	}
	if code < uint32(len(f.widths)) {
		return f.widths[code]
	}
	return f.missing
}
