package docx_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func lvl(i int, format, text, more string) string {
	return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/>%s</w:lvl>`, i, format, text, more)
}

func numPr(num, level int) string {
	return fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, level, num)
}

func TestNumbering(t *testing.T) {
	numbering := part("numbering", `
		<w:abstractNum w:abstractNumId="0">`+lvl(0, "decimal", "%1.", "")+lvl(1, "lowerLetter", "%1.%2)", "")+lvl(2, "lowerRoman", "%3", `<w:isLgl/>`)+`</w:abstractNum>
		<w:abstractNum w:abstractNumId="1">`+lvl(0, "upperRoman", "BAB %1", `<w:pStyle w:val="Judul"/>`)+lvl(1, "upperLetter", "%2.", `<w:pStyle w:val="Sub"/>`)+`</w:abstractNum>
		<w:abstractNum w:abstractNumId="2">`+lvl(0, "bullet", "\uf0b7", "")+lvl(1, "bullet", "-", "")+lvl(2, "bullet", "o", "")+`</w:abstractNum>
		<w:abstractNum w:abstractNumId="3"><w:numStyleLink w:val="Daftar"/></w:abstractNum>
		<w:abstractNum w:abstractNumId="4">`+lvl(0, "decimal", "%1", "")+lvl(1, "decimal", "%1.%2", `<w:lvlRestart w:val="0"/>`)+`</w:abstractNum>
		<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
		<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
		<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>
		<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>
		<w:num w:numId="5"><w:abstractNumId w:val="3"/></w:num>
		<w:num w:numId="6"><w:abstractNumId w:val="4"/></w:num>
		<w:num w:numId="7"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">`+lvl(0, "decimalZero", "(%1)", "")+`</w:lvlOverride></w:num>
		<w:num w:numId="8"><w:abstractNumId w:val="99"/></w:num>`)
	styles := part("styles", `
		<w:style w:type="paragraph" w:styleId="Judul"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
		<w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="Judul"/></w:style>
		<w:style w:type="paragraph" w:styleId="Lingkar"><w:basedOn w:val="Lingkar"/></w:style>
		<w:style w:type="numbering" w:styleId="Daftar"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>`)
	style := func(id string) string { return `<w:pStyle w:val="` + id + `"/>` }
	item := func(num, level int) string { return p("x", numPr(num, level)) }
	for _, c := range []struct{ name, content, want string }{
		{"levels", item(1, 0) + item(1, 1) + item(1, 1) + item(1, 2) + item(1, 0) + item(1, 1), "1. x|1.a) x|1.b) x|1 x|2. x|2.a) x"},
		{"text between", item(1, 0) + p("y") + item(1, 0), "1. x|y|2. x"},
		{"start override counts on", item(1, 0) + item(2, 0) + item(2, 0) + item(1, 0), "1. x|5. x|6. x|7. x"},
		{"level override", item(7, 0), "(01) x"},
		{"by style", p("x", style("Judul")) + p("x", style("Sub")) + p("x", style("Sub")) + p("x", style("Judul")), "BAB I x|A. x|B. x|BAB II x"},
		{"taken off a style", p("x", style("Judul"), `<w:numPr><w:numId w:val="0"/></w:numPr>`), "x"},
		{"bullets", item(4, 0) + item(4, 1) + item(4, 2), "• x|- x|• x"},
		{"numbering style", item(5, 0) + item(5, 0), "1. x|2. x"},
		{"no restart", item(6, 0) + item(6, 1) + item(6, 0) + item(6, 1), "1 x|1.1 x|2 x|2.2 x"},
		{"empty item", p("", numPr(1, 0)), "1."},
		{"deleted item", p("", numPr(1, 0), `<w:rPr><w:del/></w:rPr>`) + item(1, 0), "1. x"},
		{"undefined", item(8, 0) + item(77, 0) + p("y", style("Lingkar")), "x|x|y"},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := read(t, body(c.content, parts{"word/numbering.xml": numbering, "word/styles.xml": styles}))
			assert.Equal(t, c.want, strings.ReplaceAll(strings.TrimSuffix(doc.Plain(), "\n"), "\n", "|"))
		})
	}
}

func TestNumberFormats(t *testing.T) {
	for _, c := range []struct {
		format string
		start  int
		want   string
	}{
		{"lowerLetter", 26, "z"}, {"lowerLetter", 28, "bb"}, {"upperLetter", 1, "A"}, {"lowerLetter", 0, "0"},
		{"lowerRoman", 4, "iv"}, {"upperRoman", 1999, "MCMXCIX"}, {"upperRoman", 4000, "4000"},
		{"decimal", 12, "12"}, {"decimalZero", 7, "07"}, {"cardinalText", 3, "3"},
	} {
		numbering := part("numbering", `<w:abstractNum w:abstractNumId="0">`+lvl(0, c.format, "%1", "")+`</w:abstractNum>`+
			fmt.Sprintf(`<w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="%d"/></w:lvlOverride></w:num>`, c.start))
		doc := read(t, body(p("", numPr(1, 0)), parts{"word/numbering.xml": numbering}))
		assert.Equal(t, c.want+"\n", doc.Plain(), "%s %d", c.format, c.start)
	}
}
