package docx_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestText has one case for each construct of WordprocessingML: the content
// of the body, and the text as package text writes it.
func TestText(t *testing.T) {
	field := func(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }
	box := func(s string) string { return `<w:txbxContent>` + p(s) + `</w:txbxContent>` }
	for _, c := range []struct{ name, content, want string }{
		{"runs", `<w:p>` + r("KEPU") + r("TUSAN") + r(" KEPALA") + `</w:p>`, "KEPUTUSAN KEPALA"},
		{"entities", p("A &amp; B &lt;5&gt;"), "A & B <5>"},
		{"space that is not preserved", `<w:p><w:r><w:t>  a </w:t></w:r><w:r><w:t>b</w:t></w:r></w:p>`, "ab"},
		{"line breaks", `<w:p>` + r("a") + `<w:r><w:br/></w:r>` + r("b") + `<w:r><w:cr/></w:r>` + r("c") + `</w:p>`, "a\nb\nc"},
		{"tab", `<w:p>` + r("Nomor") + `<w:r><w:tab/></w:r>` + r(": 1") + `</w:p>`, "Nomor\t: 1"},
		{"hyphens", `<w:p>` + r("non") + `<w:r><w:noBreakHyphen/></w:r>` + r("ko") + `<w:r><w:softHyphen/></w:r>` + r("de") + `</w:p>`, "non-ko\u00adde"},
		{"footnote mark", `<w:p>` + r("2024") + `<w:r><w:footnoteReference w:id="2"/></w:r></w:p>`, "2024¹"},
		{"empty paragraphs", p("") + p("a") + p(""), "a"},
		{"insertion and deletion", `<w:p><w:ins>` + r("masuk") + `</w:ins><w:del><w:r><w:delText>keluar</w:delText></w:r></w:del></w:p>`, "masuk"},
		{"move", `<w:p><w:moveFrom>` + r("lama") + `</w:moveFrom><w:moveTo>` + r("baru") + `</w:moveTo></w:p>`, "baru"},
		{"deleted paragraph mark", p("satu ", `<w:rPr><w:del/></w:rPr>`) + p("dua"), "satu dua"},
		{"hidden paragraph mark at the end", p("satu", `<w:rPr><w:vanish/></w:rPr>`), "satu"},
		{"former properties", p("a", `<w:pPrChange><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:pPrChange>`) + p("b"), "a\nb"},
		{"deleted row", `<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>` + p("x") + `</w:tc></w:tr><w:tr><w:tc>` + p("y") + `</w:tc></w:tr></w:tbl>`, "y"},
		{"content controls", `<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent><w:p><w:sdt><w:sdtContent>` + r("isi") + `</w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>`, "isi"},
		{"links and smart tags", `<w:p><w:hyperlink r:id="x">` + r("laman") + `</w:hyperlink><w:smartTag>` + r(" kota") + `</w:smartTag></w:p>`, "laman kota"},
		{"simple field", `<w:p><w:fldSimple w:instr=" DATE ">` + r("1 Mei") + `</w:fldSimple></w:p>`, "1 Mei"},
		{"complex field", `<w:p>` + field("begin") + `<w:r><w:instrText>PAGE</w:instrText></w:r>` + r("x") + field("separate") + r("7") + field("end") + r(" z") + `</w:p>`, "7 z"},
		{"field within an instruction", `<w:p>` + field("begin") + field("begin") + field("separate") + r("x") + field("end") + field("separate") + r("y") + field("end") + `</w:p>`, "y"},
		{"field over paragraphs", `<w:p>` + field("begin") + field("separate") + r("a") + `</w:p>` + p("b") + `<w:p>` + field("end") + r("c") + `</w:p>`, "a\nb\nc"},
		{"field that never shows a result", `<w:p>` + field("begin") + `</w:p>` + p("b"), "b"},
		{"hidden", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>y</w:t></w:r></w:p>`, "y"},
		{"formula", `<w:p><m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath></w:p>`, "E=mc"},
		{"symbols", `<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>` + r(" ya ") + `<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:sym w:font="Arial" w:char="0041"/></w:r></w:p>`, "☑ ya •A"},
		{"text box", `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><wps:txbx>` + box("kotak") + `</wps:txbx></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>` + box("kotak") + `</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>` + r("luar") + `</w:p>`, "kotak\nluar"},
		{"text box of VML", `<w:p><w:r><w:pict><v:shape><v:textbox>` + box("kotak") + `</v:textbox></v:shape></w:pict></w:r></w:p>`, "kotak"},
		{"table in a run", `<w:p><w:r>` + tbl([]string{"1"}, []string{p("a")}) + `</w:r></w:p>`, "a"},
		{"typed gap", p("Nama          : Budi"), "Nama\t: Budi"},
		{"unknown namespaces", `<x:p xmlns:x="urn:x"><x:r><x:t>a</x:t></x:r></x:p>`, "a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := read(t, body(c.content, nil))
			assert.Equal(t, c.want, strings.TrimSuffix(doc.Plain(), "\n"), c.content)
		})
	}
}

// TestParts reads what is not in the main part.
func TestParts(t *testing.T) {
	header := func(s string) string { return part("hdr", p(s)) }
	for _, c := range []struct {
		name string
		in   parts
		want string
	}{
		{"headers, footers and notes", body(p("isi"), parts{
			"word/header1.xml":   header("KOP"),
			"word/header2.xml":   header("KOP"),
			"word/header3.xml":   header("KOP DUA"),
			"word/footer1.xml":   part("ftr", p("kaki")),
			"word/footnotes.xml": part("footnotes", `<w:footnote w:type="separator">`+p("x")+`</w:footnote><w:footnote>`+p("catatan")+`</w:footnote>`),
			"word/endnotes.xml":  part("endnotes", `<w:endnote>`+p("akhir")+`</w:endnote>`),
			"word/comments.xml":  part("comments", `<w:comment>`+p("komentar")+`</w:comment>`),
		}), "KOP\nKOP DUA\nisi\ncatatan\nakhir\nkaki"},
		{"broken parts", body(p("isi"), parts{
			"word/header1.xml":   `<w:hdr><w:p><w:r><w:t>x</w:t></w:r></w:p>`,
			"word/footnotes.xml": "",
			"word/styles.xml":    "<",
			"word/numbering.xml": "no xml",
			"docProps/core.xml":  "<",
		}), "isi"},
		{"hidden by style", body(p("x", `<w:pStyle w:val="P"/>`)+`<w:p><w:r><w:rPr><w:rStyle w:val="C"/></w:rPr><w:t>y</w:t></w:r><w:r><w:rPr><w:rStyle w:val="D"/></w:rPr><w:t>z</w:t></w:r></w:p>`, parts{
			"word/styles.xml": part("styles", `<w:style w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="C"><w:basedOn w:val="P"/></w:style><w:style w:styleId="D"><w:basedOn w:val="P"/><w:rPr><w:vanish w:val="false"/></w:rPr></w:style>`),
		}), "z"},
		{"HTML", body(`<w:altChunk r:id="chunk.html"/>`, parts{
			"word/chunk.html": `<html><head><title>x</title><style>p{}</style></head><body><p>satu &amp; <b>dua</b><table><tr><td>a</td><td>b</td></tr></table><!-- <p>x --></body></html>`,
		}), "satu & dua\na\tb"},
		{"plain text", body(`<w:altChunk r:id="chunk.txt"/>`, parts{"word/chunk.txt": "satu\r\ndua\x02"}), "satu\ndua"},
		{"rich text is not read", body(p("a")+`<w:altChunk r:id="chunk.rtf"/>`, parts{"word/chunk.rtf": `{\rtf1 x}`}), "a"},
		{"main part under another name", parts{
			"_rels/.rels":       `<Relationships>` + rel("x", "officeDocument", "/Word/Dokumen2.xml") + `</Relationships>`,
			`word\dokumen2.xml`: part("document", `<w:body>`+p("a")+`</w:body>`),
		}, "a"},
		{"no relationships", parts{"word/document.xml": part("document", `<w:body>`+p("a")+`</w:body>`)}, "a"},
		{"strict", parts{
			"_rels/.rels":       `<Relationships><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
			"word/document.xml": `<document xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"><body><p><r><t>a</t></r></p></body></document>`,
		}, "a"},
		{"DOCTYPE", parts{"word/document.xml": `<!DOCTYPE d [<!ENTITY x "y">]><document><body><p><r><t>a</t></r></p></body></document>`}, "a"},
		{"UTF-16", parts{"word/document.xml": utf16("\ufeff" + `<?xml version="1.0" encoding="UTF-16"?><document><body><p><r><t>ayat “1”</t></r></p></body></document>`)}, "ayat “1”"},
		{"UTF-16 without a mark", parts{"word/document.xml": utf16(`<?xml version="1.0" encoding="UTF-16"?><document><body><p><r><t>a</t></r></p></body></document>`)}, "a"},
		{"Windows-1252", parts{"word/document.xml": "<?xml version=\"1.0\" encoding=\"windows-1252\"?><document><body><p><r><t>\x93a\x94</t></r></p></body></document>"}, "“a”"},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, strings.TrimSuffix(read(t, c.in).Plain(), "\n"))
		})
	}
}

// utf16 returns s in big endian UTF-16; s has no characters beyond the plane.
func utf16(s string) string {
	var b []byte
	for _, r := range s {
		b = append(b, byte(r>>8), byte(r))
	}
	return string(b)
}

func TestMeta(t *testing.T) {
	in := parts{
		"_rels/.rels": `<Relationships>` + rel("a", "officeDocument", "word/document.xml") +
			rel("b", "metadata/core-properties", "docProps/core.xml") + rel("c", "extended-properties", "docProps/app.xml") + `</Relationships>`,
		"docProps/core.xml": `<c:coreProperties xmlns:c="c" xmlns:d="d"><d:title> SK </d:title><d:creator>Budi</d:creator><c:created>2025-01-02T03:04:05Z</c:created><c:modified>2025-02-02T03:04:05Z</c:modified><c:revision>3</c:revision></c:coreProperties>`,
		"docProps/app.xml":  `<Properties><Application>Microsoft Office Word</Application><Pages>3</Pages></Properties>`,
	}
	doc := read(t, body(p("a"), in))
	assert.Equal(t, map[string]string{
		"title": "SK", "creator": "Budi", "created": "2025-01-02T03:04:05Z",
		"modified": "2025-02-02T03:04:05Z", "application": "Microsoft Office Word",
	}, doc.Meta)
	assert.Equal(t, "docx", doc.Format)
	assert.False(t, doc.Paged)
	assert.Zero(t, doc.Total)
}
