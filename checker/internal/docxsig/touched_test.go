package docxsig_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"dasheval/checker/text"
)

// TestTouched has documents that were changed after signing.
func TestTouched(t *testing.T) {
	const rels = "word/_rels/document.xml.rels"
	valid := want{text.Valid, text.CauseNone, ""}
	parts1 := func(names string) want { return want{text.Altered, text.CauseParts, names} }
	format := func(detail string) want { return want{text.Broken, text.CauseFormat, detail} }
	for name, c := range map[string]struct {
		touch func(*testing.T, parts)
		want  want
	}{
		"nothing": {func(t *testing.T, p parts) {}, valid},
		"document": {func(t *testing.T, p parts) { p.replace(t, "word/document.xml", "100", "900") },
			parts1("word/document.xml")},
		"document and header": {func(t *testing.T, p parts) {
			p.replace(t, "word/document.xml", "100", "900")
			p["word/header1.xml"] += " "
		}, parts1("word/document.xml, word/header1.xml")},
		"part removed": {func(t *testing.T, p parts) { delete(p, "word/styles.xml") }, parts1("word/styles.xml")},
		"media type":   {func(t *testing.T, p parts) { p.replace(t, "[Content_Types].xml", "header+xml", "footer+xml") }, parts1("word/header1.xml")},
		"header added": {func(t *testing.T, p parts) {
			p["word/footer1.xml"] = "<w:ftr/>"
			p.replace(t, rels, "</Rel", rel("rId7", "footer", "footer1.xml")+"</Rel")
		}, want{text.Undecided, text.CauseCovered, rels + "#rId7, word/footer1.xml"}},
		"relation added": {func(t *testing.T, p parts) { p.replace(t, rels, "</Rel", rel("rId7", "header", "styles.xml")+"</Rel") },
			want{text.Undecided, text.CauseCovered, rels + "#rId7"}},
		"relations of a header added": {func(t *testing.T, p parts) {
			p["word/_rels/header1.xml.rels"] = relationships(rel("rId1", "subDocument", "document.xml"))
		}, want{text.Undecided, text.CauseCovered, "word/_rels/header1.xml.rels#rId1"}},
		"outer relation added": {func(t *testing.T, p parts) {
			p.replace(t, rels, "</Rel", strings.Replace(rel("rId7", "image", "http://example.org/"), "/>", ` TargetMode="External"/>`, 1)+"</Rel")
		}, want{text.Undecided, text.CauseCovered, rels + "#rId7"}},
		"hidden relation added": {func(t *testing.T, p parts) {
			p["word/people.xml"] = "<people/>"
			p.replace(t, rels, "</Rel", rel("rId7", "people", "people.xml")+"</Rel")
		}, valid},
		"relation changed": {func(t *testing.T, p parts) { p.replace(t, rels, "styles.xml", "header1.xml") }, parts1(rels)},
		"relation removed": {func(t *testing.T, p parts) { p.replace(t, rels, rel("rId2", "styles", "styles.xml"), "") }, parts1(rels)},
		"relations of another spelling": {func(t *testing.T, p parts) {
			p[rels] = "\xef\xbb\xbf" + `<r:Relationships xmlns:r="` + packageRel + `">` + strings.ReplaceAll(rel("rId1", "header", "/word/header1.xml")+
				rel("rId10", "image", "media/image1.png")+rel("rId2", "styles", "styles.xml"), "<Rel", "<r:Rel") + "<!-- moved --></r:Relationships>"
		}, valid},
		"relation of a foreign kind": {func(t *testing.T, p parts) {
			p.replace(t, rels, "</Rel", `<x:Relationship xmlns:x="urn:x" Id="rId8" Type="x/header" Target="header2.xml"/></Rel`)
		}, want{text.Undecided, text.CauseFormat, rels}},
		"relation twice": {func(t *testing.T, p parts) {
			p.replace(t, rels, "</Rel", rel("rId2", "styles", "styles.xml")+"</Rel")
		}, want{text.Undecided, text.CauseFormat, rels}},
		"relation with content": {func(t *testing.T, p parts) {
			p.replace(t, rels, "/></Rel", "><Relationship/></Relationship></Rel")
		}, want{text.Undecided, text.CauseFormat, rels}},
		"media type in capitals": {func(t *testing.T, p parts) { p.replace(t, "[Content_Types].xml", "header+xml", "HEADER+xml") }, valid},
		"media type twice": {func(t *testing.T, p parts) {
			p.replace(t, "[Content_Types].xml", "</Types", `<Override PartName="/Word/header1.xml" ContentType="a/b"/></Types`)
		}, want{text.Undecided, text.CauseFormat, "[Content_Types].xml"}},
		"main part elsewhere": {func(t *testing.T, p parts) {
			p["word/other.xml"] = documentXML
			p.replace(t, "_rels/.rels", "word/document.xml", "word/other.xml")
		}, want{text.Broken, text.CauseCovered, "word/other.xml"}},
		"signed header as main part": {func(t *testing.T, p parts) { p.replace(t, "_rels/.rels", "word/document.xml", "word/header1.xml") },
			want{text.Undecided, text.CauseCovered, "_rels/.rels"}},
		"two main parts": {func(t *testing.T, p parts) {
			p.replace(t, "_rels/.rels", "</Rel", rel("rId9", "officeDocument", "word/document.xml")+"</Rel")
		}, want{text.Undecided, text.CauseCovered, "_rels/.rels"}},
		"name twice": {func(t *testing.T, p parts) { p["Word/Document.xml"] = documentXML }, format("word/document.xml")},

		"signature value": {func(t *testing.T, p parts) {
			i := strings.Index(p[sig1], "<SignatureValue>") + len("<SignatureValue>")
			flipped := "A"
			if p[sig1][i] == 'A' {
				flipped = "B"
			}
			p[sig1] = p[sig1][:i] + flipped + p[sig1][i+1:]
		}, want{text.Altered, text.CauseDigest, "SignedInfo"}},
		"signature value of another length": {func(t *testing.T, p parts) { p.replace(t, sig1, "<SignatureValue>", "<SignatureValue>AAAA") },
			want{text.Altered, text.CauseDigest, "SignedInfo"}},
		"signature value empty": {func(t *testing.T, p parts) {
			a, b := strings.Index(p[sig1], "<SignatureValue>"), strings.Index(p[sig1], "</SignatureValue>")
			p[sig1] = p[sig1][:a] + "<SignatureValue>" + p[sig1][b:]
		}, want{text.Broken, text.CauseContents, "SignatureValue"}},
		"signature value short": {func(t *testing.T, p parts) {
			a, b := strings.Index(p[sig1], "<SignatureValue>"), strings.Index(p[sig1], "</SignatureValue>")
			p[sig1] = p[sig1][:a] + "<SignatureValue>AAAA" + p[sig1][b:]
		}, want{text.Altered, text.CauseDigest, "SignedInfo"}},
		"digest in SignedInfo": {func(t *testing.T, p parts) { p.replace(t, sig1, "<DigestValue>", "<DigestValue>AAAA") },
			want{text.Altered, text.CauseDigest, "SignedInfo"}},
		"digest in the manifest": {func(t *testing.T, p parts) {
			object := p[sig1][strings.Index(p[sig1], "<Object"):]
			p.replace(t, sig1, object, strings.Replace(object, "<DigestValue>", "<DigestValue>AAAA", 1))
		}, want{text.Altered, text.CauseDigest, "#idPackageObject"}},
		"comment of the signer": {func(t *testing.T, p parts) { p.replace(t, sig1, "Setuju", "Tolak") },
			want{text.Altered, text.CauseDigest, "#idOfficeObject"}},
		"namespace of an object": {func(t *testing.T, p parts) {
			p.replace(t, sig1, `<Object Id="idOfficeObject"`, `<Object xmlns="urn:x" Id="idOfficeObject"`)
		}, want{text.Altered, text.CauseDigest, "#idOfficeObject"}},
		"comment among the certificates": {func(t *testing.T, p parts) { p.replace(t, sig1, "<KeyInfo>", "<KeyInfo><!-- -->") }, valid},
		"another certificate of the key": {func(t *testing.T, p parts) { swap(t, p, people().twin) },
			want{text.Altered, text.CauseSigner, "SigningCertificate"}},
		"another certificate": {func(t *testing.T, p parts) { swap(t, p, people().stranger) },
			want{text.Altered, text.CauseDigest, "SignedInfo"}},
		"certificates of other keys": {func(t *testing.T, p parts) {
			swap(t, p, person{people().stranger.key, append(people().stranger.certs[:1:1], people().rsa.certs[0])})
		}, want{text.Altered, text.CauseDigest, "SignedInfo"}},
		"certificate damaged": {func(t *testing.T, p parts) { p.replace(t, sig1, "<X509Certificate>", "<X509Certificate>AAAA") },
			want{text.Undecided, text.CauseFormat, "X509Certificate"}},

		"object of the same Id": {func(t *testing.T, p parts) {
			p.replace(t, sig1, "<Object", `<Object Id="idPackageObject"><Manifest></Manifest></Object><Object`)
		}, format("#idPackageObject")},
		"element of the same ID": {func(t *testing.T, p parts) { p.replace(t, sig1, "<KeyInfo", `<KeyInfo ID="idPackageObject"`) },
			format("#idPackageObject")},
		"signed object moved": {func(t *testing.T, p parts) {
			wrapped(t, p, func(object, forged string) string { return "<Object>" + object + "</Object>" + forged })
		}, want{text.Broken, text.CauseCovered, "word/document.xml"}},
		"signed object in the forged one": {func(t *testing.T, p parts) {
			wrapped(t, p, func(object, forged string) string {
				return strings.Replace(forged, "</Manifest>", "</Manifest>"+object, 1)
			})
		}, want{text.Broken, text.CauseCovered, "word/document.xml"}},
		"forged manifest beside": {func(t *testing.T, p parts) {
			wrapped(t, p, func(object, forged string) string { return forged + object })
		}, parts1("word/document.xml")},
		"forged claims": {func(t *testing.T, p parts) {
			p.replace(t, sig1, "</Signature>", `<Object><SignatureProperties></SignatureProperties></Object></Signature>`)
		}, valid},
		"document type": {func(t *testing.T, p parts) {
			p.replace(t, sig1, "<Signature ", `<!DOCTYPE Signature [<!ATTLIST Object Id ID #IMPLIED>]><Signature `)
		}, format(sig1)},
		"attribute twice":                 {func(t *testing.T, p parts) { p.replace(t, sig1, "<KeyInfo", `<KeyInfo a="" a=""`) }, format(sig1)},
		"prefix undeclared":               {func(t *testing.T, p parts) { p.replace(t, sig1, "<KeyInfo", `<KeyInfo x:a=""`) }, format(sig1)},
		"prefix of an element undeclared": {func(t *testing.T, p parts) { p.replace(t, sig1, "<KeyInfo>", `<KeyInfo><x:a/>`) }, format(sig1)},
		"two roots":                       {func(t *testing.T, p parts) { p[sig1] += "<Signature/>" }, format(sig1)},
		"another encoding":                {func(t *testing.T, p parts) { p.replace(t, sig1, "UTF-8", "UTF-7") }, want{text.Undecided, text.CauseFormat, "UTF-7"}},
		"sixteen bits":                    {func(t *testing.T, p parts) { p[sig1] = "\xff\xfe<\x00" }, want{text.Undecided, text.CauseFormat, sig1}},
		"another root":                    {func(t *testing.T, p parts) { p[sig1] = "<Signature/>" }, format(sig1)},
		"SignedInfo twice":                {func(t *testing.T, p parts) { p.replace(t, sig1, "<SignedInfo>", "<SignedInfo/><SignedInfo>") }, format(sig1)},
		"signature missing":               {func(t *testing.T, p parts) { delete(p, sig1) }, want{text.Broken, text.CauseContents, "sig1.xml"}},
		"no origin relation":              {func(t *testing.T, p parts) { p.replace(t, "_rels/.rels", "digital-signature/origin", "other") }, format(sig1)},
		"relations unreadable": {func(t *testing.T, p parts) { p.replace(t, "_rels/.rels", "</Rel", "<Rel") },
			want{text.Undecided, text.CauseFormat, "_rels/.rels"}},
		"media types unreadable": {func(t *testing.T, p parts) { delete(p, "[Content_Types].xml") },
			want{text.Undecided, text.CauseFormat, "[Content_Types].xml"}},
		"prefix like an attribute": {func(t *testing.T, p parts) {
			p.replace(t, rels, `<Relationship `, `<Relationship xmlns:Target="evil.xml" `)
		}, want{text.Undecided, text.CauseFormat, rels}},
		"prefixed attribute": {func(t *testing.T, p parts) {
			p.replace(t, rels, `<Relationship `, `<Relationship xmlns:x="urn:x" x:Target="evil.xml" `)
		}, want{text.Undecided, text.CauseFormat, rels}},
		"escaped name": {func(t *testing.T, p parts) { p.replace(t, rels, "styles.xml", "st%79les.xml") }, parts1(rels)},
		"giant key": {func(t *testing.T, p parts) { swap(t, p, people().giant) },
			want{text.Undecided, text.CauseFormat, "X509Certificate"}},
		"deep": {func(t *testing.T, p parts) {
			p.replace(t, sig1, "</Signature>", strings.Repeat("<a>", 5000)+strings.Repeat("</a>", 5000)+"</Signature>")
		}, want{text.Undecided, text.CauseLimit, sig1}},
		"many tags": {func(t *testing.T, p parts) {
			p.replace(t, sig1, "</Signature>", strings.Repeat("<a/>", 200_000)+"</Signature>")
		}, want{text.Undecided, text.CauseLimit, sig1}},
		"bomb": {func(t *testing.T, p parts) { p["word/header1.xml"] = strings.Repeat(" ", 4<<20) },
			want{text.Undecided, text.CauseLimit, "word/header1.xml"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := document()
			p.sign(t, "sig1.xml", spec{xades: true, comments: "Setuju"})
			c.touch(t, p)
			assert.Equal(t, []want{c.want}, judge(t, p))
		})
	}
}

// TestKindAdded adds a relation of a kind that is signed as a whole.
func TestKindAdded(t *testing.T) {
	const rels = "word/_rels/document.xml.rels"
	p := document()
	p.sign(t, "sig1.xml", spec{object: byKind})
	p.replace(t, rels, "</Rel", rel("rId7", "image", "styles.xml")+"</Rel")
	assert.Equal(t, []want{{text.Altered, text.CauseParts, rels}}, judge(t, p))
}

// swap puts the certificates of another person in.
func swap(t *testing.T, p parts, by person) {
	other := document()
	other.sign(t, "sig1.xml", spec{by: by})
	cut := func(s string) string {
		return s[strings.Index(s, "<KeyInfo>"):strings.Index(s, "</KeyInfo>")]
	}
	p.replace(t, sig1, cut(p[sig1]), cut(other[sig1]))
}

// wrapped changes the document and makes a manifest that fits, which put puts
// beside the object that is signed.
func wrapped(t *testing.T, p parts, put func(object, forged string) string) {
	p.replace(t, "word/document.xml", "100", "900")
	cut := func(s string) string {
		return s[strings.Index(s, "<Object"):][:strings.Index(s[strings.Index(s, "<Object"):], "</Object>")+len("</Object>")]
	}
	other := document()
	other.replace(t, "word/document.xml", "100", "900")
	other.sign(t, "sig1.xml", spec{})
	forged := strings.Replace(cut(other[sig1]), ` Id="idPackageObject"`, "", 1)
	p.replace(t, sig1, cut(p[sig1]), put(cut(p[sig1]), forged))
}
