package office_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestRTF(t *testing.T) {
	make := func(s string) string {
		return `{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset2 Wingdings;}{\f2\fcharset204 Arial Cyr;}}` + s + `}`
	}
	check(t, "rtf", []saying{
		{"paragraphs", make(`a \b b\b0  c\par` + "\r\n" + `d\tab e\line f\par\par g`), "a b c\nd\te\nf\ng\n"},
		{"signs", make(`\{a\}\\ 1\_2 x\~y \endash\ldblquote q\rdblquote`), "{a}\\ 1-2 x y –“q”\n"},
		{"code page", make(`caf\'e9 \'93q\'94`), "café “q”\n"},
		{"code page of the file", `{\rtf1\ansi\ansicpg1251 \'cf\'f0}`, "Пр\n"},
		{"code page of the font", make(`\f2\'cf\'f0\f0 \'e9`), "Прé\n"},
		{"double bytes", `{\rtf1\ansi\ansicpg932 \'93\'fa\'96{\'7b}}`, "日\ufffd{\n"},
		{"unicode", make(`\u8364?\uc2\u233\'c3\'a9x\uc0\u233y{\uc1\u-10179?\u-8704?}`), "€éxéy😀\n"},
		{"symbol font", make(`{\f1\'fe} ya {\f1\u-3844?}`), "☑ ya ✓\n"},
		{"silent groups", make(`{\info{\title no}}{\stylesheet{\s1 no;}}{\*\generator no;}{\colortbl;\red0;}{\*\unknown no{\par no}}a`), "a\n"},
		{"header and footer", make(`{\header KOP\par}{\footer kaki\par}a\par`), "KOP\na\nkaki\n"},
		{"fields", make(`a{\field{\*\fldinst HYPERLINK "no"}{\fldrslt tautan}}b`), "atautanb\n"},
		{"hidden and deleted", make(`a{\v no}b\v no\v0 c{\deleted no\par}d\deleted no\plain e`), "abcde\n"},
		{"list text", make(`{\listtext\pard 1.\tab}a\par{\pntext\f1\'a7\tab}b\par{\listtext o\tab}c\par`), "1. a\n• b\n• c\n"},
		{"page breaks", make(`a\par\page b\par\pard\pagebb c\par\pard d\sect\sectd\sbknone e\sect\sectd f`), "a\n\fb\n\fc\nd\ne\n\ff\n"},
		{"footnote", make(`a{\super\chftn}{\footnote\pard{\super\chftn} n\par} b\par c`), "a¹ b\nc\nn\n"},
		{"table", make(`x\par\trowd\cellx3000\cellx6000\pard\intbl a\cell b\par b2\cell\row\trowd\clvmgf\cellx3000\cellx6000\intbl 1\cell 2\cell\row\trowd\clvmrg\cellx3000\cellx6000\intbl no\cell 3\cell\row\pard y`), "x\na\tb\nb2\n1\t2\n3\ny\n"},
		{"merged cells", make(`\trowd\clmgf\cellx1000\clmrg\cellx2000\cellx3000\intbl a\cell\cell b\cell\row\pard`), "a\tb\n"},
		{"row without a word for it", make(`\trowd\cellx3000\cellx6000 a\cell b\cell\row`), "a\tb\n"},
		{"row without an end", make(`\trowd\cellx3000\pard\intbl a\cell b`), "a\tb\n"},
		{"nested table", make(`\trowd\cellx6000\pard\intbl a\par\pard\intbl\itap2 b\nestcell c\nestcell{\*\nesttableprops\trowd\cellx1000\cellx2000\nestrow}{\nonesttables\par no}\pard\intbl d\cell\row\pard e`), "a\nb\tc\nd\ne\n"},
		{"text box", make(`a{\shp{\*\shpinst\shpleft0{\sp{\sn no}{\sv no}}{\shptxt b\par}}{\shprslt no}}\par`), "b\na\n"},
		{"alternatives", make(`{\*\shppict no{\*\x no}}{\upr{a}{\*\ud b}}`), "nob\n"},
		{"binary data", make(`{\pict\pngblip\bin5 }}}}}}a`), "a\n"},
		{"white space before", "\ufeff \n" + make(`a`), "a\n"},
		{"old line ends", "{\\rtf1 a\\\nb}", "a\nb\n"},
	})
}

func TestRTFPlaces(t *testing.T) {
	doc := read(t, "rtf", `{\rtf1 \qr Kepala Dinas\par\pard{\*\shppict{\pict\picscalex50\picwgoal2880\pichgoal720\pngblip 89504e47}}{\nonshppict{\pict\picwgoal1\wmetafile8 00}}\par Budi Santoso\par}`)
	assert.Equal(t, signed, spots(doc))
	assert.InDelta(t, 550, doc.Pages[0].Lines[0].Box.X1, 1, "a line set to the right ends at the right margin")

	doc = read(t, "rtf", `{\rtf1 Kepala Dinas\par{\shp{\*\shpinst\shpleft100\shpright1540\shptop0\shpbottom720{\sp{\sn pib}{\sv{\pict\pngblip 8950}}}}}\par Budi Santoso\par}`)
	assert.Equal(t, signed, spots(doc))
}

// TestRTFColumns has rows that divide their table in different ways.
func TestRTFColumns(t *testing.T) {
	doc := read(t, "rtf", `{\rtf1\trowd\cellx2000\cellx6000\intbl a\cell bc\cell\row\trowd\cellx2010\cellx4000\cellx6000\intbl a\cell b\cell c\cell\row}`)
	var columns []int
	for _, l := range doc.Pages[0].Lines {
		assert.Equal(t, 1, l.Table)
		columns = append(columns, l.Row)
	}
	assert.Equal(t, []int{1, 2}, columns)
	lines := doc.Pages[0].Lines
	for i, want := range [][]float64{{50, 50 + 500./3}, {50, 50 + 500./3, 50 + 500*2./3}} { // on a page of 600 points
		var got []float64
		for _, w := range lines[i].Words {
			got = append(got, w.Box.X0)
		}
		assert.InDeltaSlice(t, want, got, 1, "where the cells of row %d begin", i+1)
	}
}
