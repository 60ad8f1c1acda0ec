package office_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

const odtNames = `xmlns:office="urn:o" xmlns:text="urn:t" xmlns:table="urn:tb" xmlns:draw="urn:d" xmlns:style="urn:s" xmlns:fo="urn:fo" xmlns:svg="urn:svg" xmlns:manifest="urn:m"`

// odt returns the members of a text with the given body and styles.
func odt(body, styles string) files {
	return files{
		"mimetype": "application/vnd.oasis.opendocument.text",
		"content.xml": `<?xml version="1.0" encoding="UTF-8"?><office:document-content ` + odtNames + `><office:automatic-styles>` + styles +
			`</office:automatic-styles><office:body><office:text>` + body + `</office:text></office:body></office:document-content>`,
	}
}

func odtStyles(content string) files {
	return files{"styles.xml": `<office:document-styles ` + odtNames + `>` + content + `</office:document-styles>`}
}

func TestODT(t *testing.T) {
	make := func(body, styles string) string { return pack(t, odt(body, styles)) }
	const numbers = `<text:list-style style:name="L1">
		<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
		<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>
		<text:list-level-style-number text:level="3" style:num-format="i" text:display-levels="3"/>
		<text:list-level-style-bullet text:level="4" text:bullet-char="–"/></text:list-style>`
	item := func(s string) string { return `<text:list-item><text:p>` + s + `</text:p></text:list-item>` }
	list := func(attrs, items string) string {
		return `<text:list text:style-name="L1" ` + attrs + `>` + items + `</text:list>`
	}
	check(t, "odt", []saying{
		{"paragraphs", make(`<text:h text:outline-level="1">Judul</text:h><text:p>a <text:span>b</text:span>
			c<text:s text:c="2"/>d<text:tab/>e<text:line-break/>f</text:p><text:p/>`, ""), "Judul\na b c d\te\nf\n"},
		{"entities", make(`<text:p>a &lt;b&gt; &amp; "c"</text:p>`, ""), "a <b> & \"c\"\n"},
		{"sections are looked through", make(`<text:section><text:p>a</text:p><text:table-of-content><text:table-of-content-source><text:p>no</text:p></text:table-of-content-source><text:index-body><text:p>b</text:p></text:index-body></text:table-of-content></text:section>`, ""), "a\nb\n"},
		{"hidden section", make(`<text:section text:display="none"><text:p>no</text:p></text:section><text:p>a</text:p>`, ""), "a\n"},
		{"hidden text", make(`<text:p>a<text:span text:style-name="T1">no<text:tab/></text:span>b</text:p>`, `<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>`), "ab\n"},
		{"tracked changes", make(`<text:tracked-changes><text:changed-region><text:deletion><text:p>no</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>a<text:change text:change-id="1"/><text:change-start/>b<text:change-end/></text:p>`, ""), "ab\n"},
		{"remarks are left out", make(`<text:p>a<office:annotation><text:p>no</text:p></office:annotation>b</text:p>`, ""), "ab\n"},
		{"fields", make(`<text:p>Page <text:page-number>3</text:page-number> <text:title>T</text:title></text:p>`, ""), "Page 3 T\n"},
		{"footnote", make(`<text:p>a<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>n</text:p></text:note-body></text:note> b</text:p><text:p>c</text:p>`, ""), "a¹ b\nc\nn\n"},
		{"breaks", make(`<text:p>a</text:p><text:p text:style-name="P2">b</text:p><text:p>c<text:soft-page-break/>d</text:p><text:soft-page-break/><text:p text:style-name="P3">e</text:p><text:p>f</text:p>`,
			`<style:style style:name="P1" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>
			<style:style style:name="P2" style:family="paragraph" style:parent-style-name="P1"/>
			<style:style style:name="P3" style:family="paragraph"><style:paragraph-properties fo:break-after="page"/></style:style>`), "a\n\fb\nc\n\fd\n\fe\n\ff\n"},
		{"master pages", make(`<text:p text:style-name="P1">a</text:p><text:p text:style-name="P1">b</text:p>`, `<style:style style:name="P1" style:family="paragraph" style:master-page-name="M"/>`), "a\n\fb\n"},
		{"list", make(list("", item("a")+item("b")+`<text:list-item><text:list>`+item("c")+item("d")+`</text:list></text:list-item>`+item("e")), numbers), "1. a\n2. b\n(a) c\n(b) d\n3. e\n"},
		{"levels shown", make(list("", `<text:list-item><text:p>a</text:p><text:list><text:list-item><text:p>b</text:p><text:list>`+item("c")+`</text:list></text:list-item></text:list></text:list-item>`), numbers), "1. a\n(a) b\n1.a.i c\n"},
		{"lists begin anew", make(list("", item("a"))+list("", item("b")), numbers), "1. a\n1. b\n"},
		{"lists go on", make(list(`xml:id="x"`, item("a"))+`<text:p>-</text:p>`+list(`text:continue-list="x"`, item("b"))+list(`text:continue-numbering="true"`, item("c")), numbers), "1. a\n-\n2. b\n3. c\n"},
		{"start of a list", make(list("", `<text:list-item text:start-value="5"><text:p>a</text:p><text:p>more</text:p></text:list-item>`+item("b")), numbers), "5. a\nmore\n6. b\n"},
		{"list without a style", make(`<text:list>`+item("a")+`</text:list>`, ""), "a\n"},
		{"list headers", make(list("", `<text:list-header><text:p>h</text:p></text:list-header>`+item("a")), numbers), "h\n1. a\n"},
		{"table", make(`<table:table><table:table-column table:number-columns-repeated="3"/><table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>ab</text:p></table:table-cell><table:covered-table-cell/><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table-header-rows>
			<table:table-row><table:table-cell><text:p>1</text:p></table:table-cell><table:table-cell><text:p>2</text:p><text:p>2b</text:p></table:table-cell><table:table-cell><text:p>3</text:p></table:table-cell></table:table-row></table:table>`, ""), "ab\tc\n1\t2\n2b\n3\n"},
		{"text box", make(`<text:p>a<draw:frame><draw:text-box><text:p>b</text:p></draw:text-box></draw:frame></text:p><draw:custom-shape><text:p>c</text:p></draw:custom-shape>`, ""), "b\na\nc\n"},
		{"header and footer", pack(t, odt(`<text:p>a</text:p>`, "").with(odtStyles(`<office:master-styles><style:master-page><style:header><text:p>KOP</text:p></style:header><style:header-left style:display="false"><text:p>no</text:p></style:header-left><style:footer><text:p>kaki</text:p></style:footer></style:master-page></office:master-styles>`))), "KOP\na\nkaki\n"},
		{"numbered headings", pack(t, odt(`<text:h text:outline-level="1">a</text:h><text:h text:outline-level="2">b</text:h><text:h text:outline-level="1">c</text:h>`, "").with(odtStyles(`<office:styles><text:outline-style><text:outline-level-style text:level="1" style:num-format="I"/><text:outline-level-style text:level="2" style:num-format="1" style:num-suffix=")"/></text:outline-style></office:styles>`))), "I a\n1) b\nII c\n"},
		{"symbol font", make("<text:p><text:span text:style-name=\"T1\">\uf0fe</text:span> ya</text:p>", `<style:style style:name="T1" style:family="text"><style:text-properties style:font-name="Wingdings"/></style:style>`), "☑ ya\n"},
		{"ruby", make(`<text:p><text:ruby><text:ruby-base>a</text:ruby-base><text:ruby-text>no</text:ruby-text></text:ruby></text:p>`, ""), "a\n"},
	})
}

func TestODTPlaces(t *testing.T) {
	doc := read(t, "odt", pack(t, odt(`<text:p text:style-name="R">Kepala Dinas</text:p>
		<text:p><draw:frame text:anchor-type="as-char" svg:width="2.54cm" svg:height="0.5in"><draw:image/><draw:image/><svg:title>no</svg:title></draw:frame></text:p>
		<text:p>Budi Santoso</text:p>`,
		`<style:style style:name="R" style:family="paragraph"><style:paragraph-properties fo:text-align="end"/></style:style>`)))
	assert.Equal(t, signed, spots(doc))
	assert.InDelta(t, 550, doc.Pages[0].Lines[0].Box.X1, 1, "a line set to the right ends at the right margin")
}
