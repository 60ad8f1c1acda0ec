package docxsig

import (
	"cmp"
	"strings"
	"time"

	"github.com/beevik/etree"

	"dasheval/checker/text"
)

// claims are what the signer says of the signature, and signed.
type claims struct {
	setup, comments, text string
	time                  time.Time
}

// claims reads the signed properties, those of the package (ECMA-376 part 2,
// 13.2.4.20), of Office (MS-OFFCRYPTO, 2.5.2.5) and of XAdES.
func (s *signature) claims() claims {
	var c claims
	for _, object := range s.objects() {
		for _, props := range children(object, nsSig, "SignatureProperties") {
			for _, prop := range children(props, nsSig, "SignatureProperty") {
				if e := descend(prop, nsPackage, "SignatureTime", "Value"); e != nil {
					c.time = date(e)
				}
				if e := descend(prop, nsOffice, "SignatureInfoV1"); e != nil {
					c.setup = cmp.Or(c.setup, words(e, "SetupID"))
					c.comments = cmp.Or(c.comments, words(e, "SignatureComments"))
					c.text = cmp.Or(c.text, words(e, "SignatureText"))
				}
			}
		}
	}
	for _, props := range s.properties() {
		if e := descend(props, nsXAdES, "SigningTime"); e != nil && c.time.IsZero() {
			c.time = date(e)
		}
	}
	return c
}

// properties returns the SignedSignatureProperties of XAdES that are signed,
// by a reference of their own or with their object.
func (s *signature) properties() []*etree.Element {
	var out []*etree.Element
	for _, e := range s.signed {
		if is(e, nsSig, "Object") {
			e = descend(e, nsXAdES, "QualifyingProperties", "SignedProperties")
		}
		if e == nil || !is(e, nsXAdES, "SignedProperties") {
			continue
		}
		if p := descend(e, nsXAdES, "SignedSignatureProperties"); p != nil {
			out = append(out, p)
		}
	}
	return out
}

func words(e *etree.Element, local string) string {
	if e = descend(e, nsOffice, local); e == nil {
		return ""
	}
	return clip(strings.Join(strings.Fields(content(e)), " "))
}

// date reads a time in the forms of ECMA-376 part 2, 13.2.4.21, that have a
// day; it is zero if it cannot be read.
func date(e *etree.Element) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", time.DateOnly} {
		if t, err := time.Parse(layout, strings.TrimSpace(content(e))); err == nil {
			return t
		}
	}
	return time.Time{}
}

func (c claims) fill(sig *text.Signature) {
	sig.Field = c.setup
	sig.Reason = cmp.Or(c.comments, c.text)
	if sig.Time = c.time; !c.time.IsZero() {
		sig.TimeSource = text.TimeClaimed
	}
}
