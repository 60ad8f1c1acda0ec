package docxsig_test

import (
	"crypto"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"dasheval/checker/text"
)

// TestSigned has documents that nobody touched after signing.
func TestSigned(t *testing.T) {
	all := people()
	valid := want{text.Valid, text.CauseNone, ""}
	for name, c := range map[string]struct {
		spec spec
		want want
	}{
		"ECDSA P-256":             {spec{}, valid},
		"ECDSA P-521 SHA-512":     {spec{by: all.p521, hash: crypto.SHA512}, valid},
		"RSA":                     {spec{by: all.rsa}, valid},
		"RSA SHA-384":             {spec{by: all.rsa, hash: crypto.SHA384}, valid},
		"RSA-PSS":                 {spec{by: all.rsa, pss: true}, valid},
		"RSA SHA-1":               {spec{by: all.rsa, hash: crypto.SHA1}, want{text.Valid, text.CauseWeak, "SHA-1"}},
		"ECDSA SHA-1":             {spec{hash: crypto.SHA1}, want{text.Valid, text.CauseWeak, "SHA-1"}},
		"RSA of 1024 bits":        {spec{by: all.small}, want{text.Valid, text.CauseWeak, "RSA 1024"}},
		"exclusive":               {spec{c14n: exclusive, form: exclusive}, valid},
		"exclusive with a prefix": {spec{c14n: exclusive, prefixes: listed("unused")}, valid},
		"exclusive with default":  {spec{c14n: exclusive, prefixes: listed("#default")}, want{text.Undecided, text.CauseAlgorithm, exclusive}},
		"inclusive with a prefix": {spec{prefixes: listed("unused")}, want{text.Undecided, text.CauseAlgorithm, inclusive}},
		"comment dropped":         {spec{comment: "<!-- a -->"}, valid},
		"comment kept":            {spec{comment: "<!-- a -->", c14n: inclusive + "#WithComments"}, valid},
		"exclusive, comment":      {spec{comment: "<!-- a -->", c14n: exclusive + "WithComments", form: exclusive + "WithComments"}, valid},
		"XAdES":                   {spec{xades: true}, valid},
		"names in capitals":       {spec{cover: []string{"Word/Document.XML", "WORD/HEADER1.xml", "word/styles.xml", "word/media/image1.png"}}, valid},
		"self-signed":             {spec{by: all.self}, want{text.ValidUntrusted, text.CauseSelf, ""}},
		"expired":                 {spec{by: all.expired}, want{text.ValidUntrusted, text.CauseExpired, "2021-01-01/2022-01-01"}},
		"not yet valid":           {spec{by: all.future}, want{text.ValidUntrusted, text.CauseExpired, "2028-01-01/2030-01-01"}},
		"unknown issuer":          {spec{by: all.stranger}, want{text.ValidUntrusted, text.CauseIssuer, ""}},
		"no certificate":          {spec{by: person{key: all.rsa.key}}, want{text.Undecided, text.CauseFormat, "X509Certificate"}},
		"no intermediate":         {spec{by: person{all.rsa.key, all.rsa.certs[:1]}}, want{text.ValidUntrusted, text.CauseIssuer, ""}},

		"unknown canonicalization":    {spec{c14n: "urn:c14n"}, want{text.Undecided, text.CauseAlgorithm, "urn:c14n"}},
		"canonical XML 1.1":           {spec{c14n: "http://www.w3.org/2006/12/xml-c14n11"}, want{text.Undecided, text.CauseAlgorithm, "http://www.w3.org/2006/12/xml-c14n11"}},
		"unknown signature method":    {spec{method: "urn:sign"}, want{text.Undecided, text.CauseAlgorithm, "urn:sign"}},
		"unknown digest":              {spec{digest: "urn:digest"}, want{text.Undecided, text.CauseAlgorithm, "urn:digest"}},
		"unknown transform":           {spec{form: "http://www.w3.org/TR/1999/REC-xslt-19991116"}, want{text.Undecided, text.CauseAlgorithm, "http://www.w3.org/TR/1999/REC-xslt-19991116"}},
		"key of another kind":         {spec{method: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"}, want{text.Undecided, text.CauseAlgorithm, "ECDSA"}},
		"main part not signed":        {spec{cover: []string{"word/header1.xml", "word/styles.xml"}}, want{text.Broken, text.CauseCovered, "word/document.xml"}},
		"nothing signed":              {spec{info: func(s string) string { return s[:strings.Index(s, "<Reference")] + "</SignedInfo>" }}, want{text.Broken, text.CauseCovered, "word/document.xml"}},
		"header not signed":           {spec{cover: []string{"word/document.xml", "word/styles.xml", "word/media/image1.png"}}, want{text.Undecided, text.CauseCovered, "word/header1.xml"}},
		"picture and style not":       {spec{cover: []string{"word/document.xml", "word/header1.xml"}}, want{text.Undecided, text.CauseCovered, "word/media/image1.png, word/styles.xml"}},
		"relations not signed":        {spec{digests: map[string]string{}}, want{text.Undecided, text.CauseCovered, "word/_rels/document.xml.rels#rId1, word/_rels/document.xml.rels#rId10, word/_rels/document.xml.rels#rId2"}},
		"part twice in the manifest":  {spec{cover: []string{"word/document.xml", "word/document.xml"}}, want{text.Undecided, text.CauseFormat, "/word/document.xml?ContentType=" + media["word/document.xml"]}},
		"reference out of the object": {spec{info: func(s string) string { return strings.Replace(s, "#idOfficeObject", "http://example.org/", 1) }}, want{text.Undecided, text.CauseFormat, "http://example.org/"}},
		"reference to nothing":        {spec{info: func(s string) string { return strings.Replace(s, "#idOfficeObject", "#idNothing", 1) }}, want{text.Broken, text.CauseFormat, "#idNothing"}},
		"digest wrong when signed":    {spec{object: func(s string) string { return strings.Replace(s, "<DigestValue>", "<DigestValue>AAAA", 1) }}, want{text.Altered, text.CauseParts, "word/document.xml"}},
		"media type not named":        {spec{object: func(s string) string { return strings.Replace(s, "?ContentType="+media["word/document.xml"], "", 1) }}, want{text.Undecided, text.CauseFormat, "/word/document.xml"}},
		"relations not canonicalised": {spec{object: func(s string) string {
			return strings.Replace(s, `<Transform Algorithm="`+inclusive+`"></Transform>`, "", 1)
		}}, want{text.Undecided, text.CauseFormat, transform}},
		"object of another name": {spec{object: func(s string) string {
			return strings.ReplaceAll(strings.ReplaceAll(s, "<Object ", "<Box "), "</Object>", "</Box>")
		}}, want{text.Broken, text.CauseCovered, "word/document.xml"}},
		"document transformed": {spec{object: func(s string) string {
			return strings.Replace(s, "<DigestMethod", `<Transforms><Transform Algorithm="`+transform+`"></Transform><Transform Algorithm="`+inclusive+`"></Transform></Transforms><DigestMethod`, 1)
		}}, want{text.Undecided, text.CauseAlgorithm, transform}},
		"foreign element in a reference": {spec{object: func(s string) string { return strings.Replace(s, "<DigestMethod", "<Other></Other><DigestMethod", 1) }},
			want{text.Undecided, text.CauseFormat, "/word/document.xml?ContentType=" + media["word/document.xml"]}},
		"prefix xml declared": {spec{object: func(s string) string {
			return strings.Replace(s, "<Manifest>", `<Manifest xmlns:xml="http://www.w3.org/XML/1998/namespace">`, 1)
		}}, want{text.Undecided, text.CauseAlgorithm, "canonicalization of Object"}},
		"exclusive, no namespace": {spec{form: exclusive, object: func(s string) string {
			return strings.Replace(s, "</Manifest>", `</Manifest><b xmlns=""></b>`, 1)
		}}, want{text.Undecided, text.CauseAlgorithm, "canonicalization of Object"}},
		"inclusive, no namespace": {spec{object: func(s string) string {
			return strings.Replace(s, "</Manifest>", `</Manifest><b xmlns=""></b>`, 1)
		}}, valid},
		"relations as a whole": {spec{digests: map[string]string{}, cover: []string{
			"word/document.xml", "word/header1.xml", "word/styles.xml", "word/media/image1.png", "word/_rels/document.xml.rels",
		}}, valid},
		"relations by their kind": {spec{object: byKind}, valid},
		"line break in an attribute": {spec{object: func(s string) string {
			return strings.Replace(s, "<Manifest>", "<Manifest x=\"a&#xA;b\">", 1)
		}}, want{text.Undecided, text.CauseAlgorithm, "canonicalization of Object"}},
		"attribute order is unsure": {spec{object: func(s string) string {
			return strings.Replace(s, "<Manifest>", `<Manifest xmlns:a="urn:z" xmlns:b="urn:a" b:x="" a:y="">`, 1)
		}}, want{text.Undecided, text.CauseAlgorithm, "canonicalization of Object"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := document()
			p.sign(t, "sig1.xml", c.spec)
			assert.Equal(t, []want{c.want}, judge(t, p))
		})
	}
}

func listed(prefixes string) string {
	return `<ec:InclusiveNamespaces xmlns:ec="` + exclusive + `" PrefixList="` + prefixes + `"></ec:InclusiveNamespaces>`
}

// byKind signs all pictures of the main part, instead of the one that there is.
func byKind(object string) string {
	const old, new = `RelationshipReference xmlns:mdssi="http://schemas.openxmlformats.org/package/2006/digital-signature" SourceId="rId10"></mdssi:RelationshipReference>`,
		`RelationshipsGroupReference xmlns:mdssi="http://schemas.openxmlformats.org/package/2006/digital-signature" SourceType="` + officeRel + `image"></mdssi:RelationshipsGroupReference>`
	return strings.Replace(object, old, new, 1)
}
