package docxsig_test

import (
	"crypto/rand"
	"encoding/base64"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"dasheval/checker/internal/docxsig"
	"dasheval/checker/text"
)

// TestHostile has files that would take long without limits. The time allowed
// is many times of what they take, so that only the want of a limit fails.
func TestHostile(t *testing.T) {
	many := func(p parts, s spec) parts {
		p.sign(t, "sig1.xml", s)
		for i := range 63 {
			name := "sig" + strconv.Itoa(10+i) + ".xml"
			p["_xmlsignatures/"+name] = p[sig1]
			p.relate(name)
		}
		return p
	}
	deep := func(s string) string {
		inner := strings.Repeat("<a></a>", 40_000)
		return strings.Replace(s, "</Manifest>", "</Manifest>"+strings.Repeat("<a>", 55)+inner+strings.Repeat("</a>", 55), 1)
	}
	wide := func(s string) string {
		var b strings.Builder
		for i := range 60 {
			b.WriteString(` xmlns:p` + strconv.Itoa(10+i) + `="urn:p"`)
		}
		return strings.Replace(s, "</Manifest>", "</Manifest><b"+b.String()+">"+strings.Repeat("<a></a>", 40_000)+"</b>", 1)
	}
	long := func(s string) string {
		b := make([]byte, 1<<20)
		rand.Read(b)
		return strings.Replace(s, "</Manifest>", "</Manifest>"+base64.StdEncoding.EncodeToString(b), 1)
	}
	related := func() parts {
		p := document()
		var b strings.Builder
		for i := range 40_000 {
			b.WriteString(`<Relationship Id="` + strconv.Itoa(i) + `" Type="a/header" Target="styles.xml"/>`)
		}
		p.replace(t, "word/_rels/document.xml.rels", "</Rel", b.String()+"</Rel")
		return p
	}
	for name, p := range map[string]parts{
		"deep": many(document(), spec{object: deep}), "wide": many(document(), spec{object: wide}),
		"long": many(document(), spec{object: long}), "related": many(related(), spec{}),
	} {
		t.Run(name, func(t *testing.T) {
			data := p.pack(t)
			start := time.Now()
			res := docxsig.Verify(t.Context(), data, trust())
			took := time.Since(start)
			assert.Len(t, res.Signatures, 64)
			assert.Equal(t, text.CauseLimit, res.Signatures[63].Cause)
			assert.Less(t, took, time.Minute)
			t.Log(took)
		})
	}
}
