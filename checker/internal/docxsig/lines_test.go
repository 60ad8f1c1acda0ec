package docxsig_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"dasheval/checker/internal/docxsig"
)

// lined returns a document with two signature lines.
func lined() parts {
	const ns = ` xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"`
	p := document()
	head, tail, _ := strings.Cut(documentXML, "</w:body>")
	p["word/document.xml"] = head + `<v:shape` + ns + `><o:signatureline id="{A-1}" o:suggestedsigner="Eko  Contoh" o:suggestedsigner2="Kepala Dinas" issignatureline="t"/></v:shape>` +
		`<v:shape` + ns + `><o:signatureline id="{B-2}" o:suggestedsigner="Ratna Contoh"/></v:shape>` +
		`<x:signatureline xmlns:x="urn:x" id="{C-3}"/></w:body>` + tail
	return p
}

func TestLines(t *testing.T) {
	type signed struct{ first, second bool }
	for name, c := range map[string]struct {
		specs []spec
		touch func(parts)
		want  signed
	}{
		"unsigned":                     {},
		"by its identifier":            {[]spec{{setup: "{b-2}"}}, nil, signed{second: true}},
		"by the name of the signer":    {[]spec{{}}, nil, signed{first: true}},
		"both":                         {[]spec{{setup: "{A-1}"}, {by: people().rsa}}, nil, signed{true, true}},
		"by an identifier unknown":     {[]spec{{setup: "{D-4}"}}, nil, signed{}},
		"by somebody else":             {[]spec{{by: people().p521}}, nil, signed{}},
		"by somebody who is not known": {[]spec{{by: people().stranger, setup: "{A-1}"}}, nil, signed{first: true}},
		"changed since":                {[]spec{{setup: "{A-1}"}}, func(p parts) { p["word/styles.xml"] += " " }, signed{}},
		"covered in part":              {[]spec{{setup: "{A-1}", cover: []string{"word/document.xml"}}}, nil, signed{}},
	} {
		t.Run(name, func(t *testing.T) {
			p := lined()
			for i, s := range c.specs {
				p.sign(t, "sig"+string(rune('1'+i))+".xml", s)
			}
			if c.touch != nil {
				c.touch(p)
			}
			assert.Equal(t, []docxsig.Line{
				{Signer: "Eko  Contoh", Title: "Kepala Dinas", Signed: c.want.first, ID: "{A-1}"},
				{Signer: "Ratna Contoh", Signed: c.want.second, ID: "{B-2}"},
			}, docxsig.Verify(t.Context(), p.pack(t), trust()).Lines)
		})
	}
}

// TestLinesBehindText moves the word that is looked for over the end of a
// buffer.
func TestLinesBehindText(t *testing.T) {
	const head, line = `<document>`, `<o:signatureline xmlns:o="urn:schemas-microsoft-com:office:office"/></document>`
	for i := range len(line) {
		p := document()
		p["word/document.xml"] = head + strings.Repeat(" ", 32<<10-len(head)-i) + line
		assert.Equal(t, []docxsig.Line{{}}, docxsig.Verify(t.Context(), p.pack(t), trust()).Lines, "%d bytes before the end", i)
	}
}
