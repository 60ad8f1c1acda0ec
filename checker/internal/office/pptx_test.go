package office_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
)

// deck returns the members of a presentation with the given slides.
func deck(slides ...string) files {
	ids, related := "", []string{}
	out := files{"_rels/.rels": rels("r1", "officeDocument", "ppt/presentation.xml")}
	for i, s := range slides {
		ids += fmt.Sprintf(`<sldId id="%d" r:id="s%d"/>`, 256+i, i)
		related = append(related, fmt.Sprintf("s%d", i), "slide", fmt.Sprintf("slides/slide%d.xml", 9-i))
		out[fmt.Sprintf("ppt/slides/slide%d.xml", 9-i)] = s
	}
	out["ppt/presentation.xml"] = `<presentation xmlns:r="urn:r"><sldIdLst>` + ids + `</sldIdLst></presentation>`
	out["ppt/_rels/presentation.xml.rels"] = rels(related...)
	return out
}

func slide(content string) string {
	return `<sld><cSld><spTree><nvGrpSpPr><cNvPr id="1"/></nvGrpSpPr><grpSpPr/>` + content + `</spTree></cSld></sld>`
}

// sp returns a shape at a height.
func sp(y int, paragraphs string) string {
	return fmt.Sprintf(`<sp><spPr><xfrm><off x="1000" y="%d"/></xfrm></spPr><txBody><bodyPr/>%s</txBody></sp>`, y*914400, paragraphs)
}

func ap(s string) string { return `<p><r><rPr/><t>` + s + `</t></r></p>` }

func TestPPTX(t *testing.T) {
	numbered := func(kind, s string) string {
		return `<p><pPr><buAutoNum type="` + kind + `"/></pPr><r><t>` + s + `</t></r></p>`
	}
	holder := func(kind, s string) string {
		return `<sp><nvSpPr><nvPr><ph ` + kind + `/></nvPr></nvSpPr><spPr/><txBody>` + ap(s) + `</txBody></sp>`
	}
	layout := deck(slide(holder(`idx="7"`, "isi") + holder(`type="ctrTitle"`, "judul") + holder(`type="sldNum"`, "no"))).with(files{
		"ppt/slides/_rels/slide9.xml.rels":             rels("l", "slideLayout", "../slideLayouts/slideLayout1.xml"),
		"ppt/slideLayouts/slideLayout1.xml":            slide(`<sp><nvSpPr><nvPr><ph idx="7"/></nvPr></nvSpPr><spPr><xfrm><off x="0" y="3000000"/></xfrm></spPr></sp>`),
		"ppt/slideLayouts/_rels/slideLayout1.xml.rels": rels("m", "slideMaster", "../slideMasters/slideMaster1.xml"),
		"ppt/slideMasters/slideMaster1.xml":            slide(`<sp><nvSpPr><nvPr><ph type="title"/></nvPr></nvSpPr><spPr><xfrm><off x="0" y="1000"/></xfrm></spPr></sp>`),
	})
	check(t, "pptx", []saying{
		{"slides in their order", pack(t, deck(slide(sp(1, ap("a"))), slide(sp(1, ap("b"))))), "a\n\fb\n"},
		{"hidden slide", pack(t, deck(`<sld show="0"><cSld><spTree>`+sp(1, ap("no"))+`</spTree></cSld></sld>`, slide(sp(1, ap("b"))))), "b\n"},
		{"shapes from the top", pack(t, deck(slide(sp(3, ap("c"))+sp(1, ap("a"))+sp(2, ap("b"))))), "a\nb\nc\n"},
		{"groups", pack(t, deck(slide(sp(2, ap("b"))+`<grpSp><grpSpPr><xfrm><off x="0" y="0"/><chOff x="0" y="4572000"/></xfrm></grpSpPr>`+sp(6, ap("a"))+`</grpSp>`))), "a\nb\n"},
		{"placeholders", pack(t, layout), "judul\nisi\n"},
		{"paragraphs", pack(t, deck(slide(sp(1, `<p><r><t>a </t></r><br/><r><t>b</t></r><fld><t>c</t></fld></p><p><endParaRPr/></p>`+ap("d"))))), "a\nbc\nd\n"},
		{"numbers", pack(t, deck(slide(sp(1, numbered("arabicPeriod", "a")+numbered("arabicPeriod", "b")+numbered("alphaLcParenR", "c")+ap("d")+numbered("alphaLcParenR", "e"))))), "1. a\n2. b\na) c\nd\na) e\n"},
		{"table", pack(t, deck(slide(`<graphicFrame><xfrm><off x="0" y="0"/></xfrm><graphic><graphicData><tbl><tblGrid><gridCol w="1000000"/><gridCol w="1000000"/></tblGrid>
			<tr><tc gridSpan="2"><txBody>`+ap("ab")+`</txBody></tc><tc hMerge="1"><txBody>`+ap("no")+`</txBody></tc></tr><tr><tc><txBody>`+ap("c")+`</txBody></tc><tc><txBody>`+ap("d")+`</txBody></tc></tr></tbl></graphicData></graphic></graphicFrame>`))), "ab\nc\td\n"},
		{"diagram", pack(t, deck(slide(`<graphicFrame><graphic><relIds xmlns:r="urn:r" r:dm="d"/></graphic></graphicFrame>`)).with(files{
			"ppt/slides/_rels/slide9.xml.rels": rels("d", "diagramData", "../diagrams/data1.xml"),
			"ppt/diagrams/data1.xml":           `<dataModel><ptLst><pt><t><bodyPr/>` + ap("a") + `</t></pt></ptLst></dataModel>`,
		})), "a\n"},
		{"hidden shape", pack(t, deck(slide(`<sp><nvSpPr><cNvPr hidden="1"/></nvSpPr><txBody>`+ap("no")+`</txBody></sp>`+sp(1, ap("a"))))), "a\n"},
	})
}

func TestPPTXPlaces(t *testing.T) {
	pic := `<pic><blipFill><blip/></blipFill><spPr><xfrm><off x="0" y="1828800"/><ext cx="914400" cy="457200"/></xfrm></spPr></pic>`
	doc := read(t, "pptx", pack(t, deck(slide(pic+sp(3, ap("Budi Santoso"))+sp(1, ap("Kepala Dinas"))))))
	assert.Equal(t, signed, spots(doc))
}
