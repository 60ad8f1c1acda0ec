package docxsig_test

import (
	"archive/zip"
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	nsSig       = "http://www.w3.org/2000/09/xmldsig#"
	inclusive   = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
	exclusive   = "http://www.w3.org/2001/10/xml-exc-c14n#"
	officeRel   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	packageRel  = "http://schemas.openxmlformats.org/package/2006/relationships"
	transform   = "http://schemas.openxmlformats.org/package/2006/RelationshipTransform"
	wordType    = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	relsType    = "application/vnd.openxmlformats-package.relationships+xml"
	documentXML = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Rp 100</w:t></w:r></w:p></w:body></w:document>`
)

// parts are the files of a package by name.
type parts map[string]string

// media are the types of the parts that tests use.
var media = map[string]string{
	"word/document.xml": wordType + "document.main+xml", "word/header1.xml": wordType + "header+xml",
	"word/footer1.xml": wordType + "footer+xml", "word/styles.xml": wordType + "styles+xml",
	"word/media/image1.png": "image/png", "word/people.xml": "application/xml",
	"word/_rels/document.xml.rels": relsType,
}

// document returns an unsigned document with a header, styles and a picture.
func document() parts {
	types := `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="` + relsType + `"/><Default Extension="PNG" ContentType="image/png"/><Default Extension="xml" ContentType="application/xml"/>`
	for _, name := range slices.Sorted(maps.Keys(media)) {
		if strings.HasSuffix(name, ".xml") {
			types += `<Override PartName="/` + name + `" ContentType="` + media[name] + `"/>`
		}
	}
	return parts{
		"[Content_Types].xml": types + `</Types>`,
		"_rels/.rels":         relationships(rel("rId1", "officeDocument", "word/document.xml")),
		"word/document.xml":   documentXML,
		"word/_rels/document.xml.rels": relationships(rel("rId2", "styles", "styles.xml"),
			rel("rId10", "image", "media/image1.png"), rel("rId1", "header", "/word/header1.xml")),
		"word/header1.xml":      `<w:hdr/>`,
		"word/styles.xml":       `<w:styles/>`,
		"word/media/image1.png": "\x89PNG",
	}
}

func relationships(rels ...string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<Relationships xmlns="` + packageRel + `">` + strings.Join(rels, "\n ") + `</Relationships>`
}

func rel(id, kind, target string) string {
	if !strings.Contains(kind, "://") {
		kind = officeRel + kind
	}
	return `<Relationship Type="` + kind + `" Target="` + target + `" Id="` + id + `"/>`
}

// A spec is how to sign. The zero spec signs as Office does, with SHA-256.
type spec struct {
	by       person
	hash     crypto.Hash       // of everything; 0 means SHA-256
	pss      bool              // sign with RSA-PSS
	c14n     string            // of SignedInfo; "" means inclusive
	prefixes string            // PrefixList of c14n
	form     string            // transform of references to objects; "" means none
	cover    []string          // parts; nil means all that the document has
	digests  map[string]string // canonical .rels parts; nil means those of the document
	comment  string            // put into SignedInfo
	method   string            // name of SignatureMethod, if it is to be another
	digest   string            // name of DigestMethod, if it is to be another
	xades    bool              // sign the certificate and the time along
	setup    string            // SetupID
	comments string            // SignatureComments
	info     func(string) string
	object   func(string) string // changes the object before it is signed
}

// digestNames are the names of methods by hash: of digests and of signatures.
var digestNames = map[crypto.Hash][2]string{
	crypto.SHA1:   {"http://www.w3.org/2000/09/xmldsig#sha1", "sha1"},
	crypto.SHA256: {"http://www.w3.org/2001/04/xmlenc#sha256", "sha256"},
	crypto.SHA384: {"http://www.w3.org/2001/04/xmldsig-more#sha384", "sha384"},
	crypto.SHA512: {"http://www.w3.org/2001/04/xmlenc#sha512", "sha512"},
}

// sign adds a signature part of the given name. All XML is written in canonical
// form, so that nothing here has to canonicalise.
func (p parts) sign(t testing.TB, name string, s spec) {
	if s.hash == 0 {
		s.hash = crypto.SHA256
	}
	if s.c14n == "" {
		s.c14n = inclusive
	}
	if s.by.key == nil {
		s.by = people().p256
	}
	if s.cover == nil {
		s.cover = []string{"word/document.xml", "word/header1.xml", "word/styles.xml", "word/media/image1.png"}
	}
	if s.digests == nil {
		s.digests = map[string]string{"word/_rels/document.xml.rels": relationsTransformed}
	}
	object := s.change(s.object, `<Object Id="idPackageObject"><Manifest>`+s.manifest(p)+`</Manifest><SignatureProperties><SignatureProperty Id="idSignatureTime" Target="#idPackageSignature"><mdssi:SignatureTime xmlns:mdssi="http://schemas.openxmlformats.org/package/2006/digital-signature"><mdssi:Format>YYYY-MM-DDThh:mm:ssTZD</mdssi:Format><mdssi:Value>2026-01-12T03:00:00Z</mdssi:Value></mdssi:SignatureTime></SignatureProperty></SignatureProperties></Object>`)
	office := `<Object Id="idOfficeObject"><SignatureProperties><SignatureProperty Id="idOfficeV1Details" Target="#idPackageSignature"><SignatureInfoV1 xmlns="http://schemas.microsoft.com/office/2006/digsig"><SetupID>` + s.setup + `</SetupID><SignatureText>Teks</SignatureText><SignatureComments>` + s.comments + `</SignatureComments></SignatureInfoV1></SignatureProperty></SignatureProperties></Object>`
	refs := s.reference("#idPackageObject", s.form, s.apex(object, s.form)) + s.reference("#idOfficeObject", s.form, s.apex(office, s.form))
	props := ""
	if s.xades {
		const ns = ` xmlns:xd="http://uri.etsi.org/01903/v1.3.2#"`
		signed := `<xd:SignedProperties Id="idSignedProperties"><xd:SignedSignatureProperties><xd:SigningTime>2026-02-03T04:05:06Z</xd:SigningTime><xd:SigningCertificate><xd:Cert><xd:CertDigest>` + s.digestXML(string(s.by.certs[0].Raw)) + `</xd:CertDigest></xd:Cert></xd:SigningCertificate></xd:SignedSignatureProperties></xd:SignedProperties>`
		props = `<Object><xd:QualifyingProperties` + ns + ` Target="#idPackageSignature">` + signed + `</xd:QualifyingProperties></Object>`
		// What is inherited comes first, in the order of prefixes.
		canonical := strings.Replace(signed, `<xd:SignedProperties`, `<xd:SignedProperties xmlns="`+nsSig+`" xmlns:unused="urn:unused"`+ns, 1)
		canonical = strings.Replace(canonical, `"idSignedProperties"`, `"idSignedProperties" xml:lang="id"`, 1)
		refs += s.reference("#idSignedProperties", inclusive, canonical)
	}
	method := s.method
	if method == "" {
		method = s.methodName()
	}
	info := s.change(s.info, `<SignedInfo>`+s.comment+`<CanonicalizationMethod Algorithm="`+s.c14n+`">`+s.prefixes+`</CanonicalizationMethod><SignatureMethod Algorithm="`+method+`"></SignatureMethod>`+refs+`</SignedInfo>`)
	canonical := s.apex(info, s.c14n)
	if strings.Contains(s.prefixes, `"unused"`) {
		canonical = strings.Replace(canonical, `"`+nsSig+`"`, `"`+nsSig+`" xmlns:unused="urn:unused"`, 1)
	}
	if !strings.HasSuffix(s.c14n, "#WithComments") {
		canonical = strings.Replace(canonical, s.comment, "", 1)
	}
	certs := ""
	for _, c := range s.by.certs {
		certs += `<X509Certificate>` + base64.StdEncoding.EncodeToString(c.Raw) + `</X509Certificate>`
	}
	p["_xmlsignatures/"+name] = `<?xml version="1.0" encoding="UTF-8"?><Signature xmlns="` + nsSig + `" xmlns:unused="urn:unused" Id="idPackageSignature" xml:lang="id">` +
		info + `<SignatureValue>` + wrap(s.sign(t, canonical)) + `</SignatureValue><KeyInfo><X509Data>` + certs + `</X509Data></KeyInfo>` + object + office + props + `</Signature>`
	p.relate(name)
}

// relationsTransformed is what the relationship transform makes of the
// relations of document, all of them.
const relationsTransformed = `<Relationships xmlns="` + packageRel + `">` +
	`<Relationship Id="rId1" Target="/word/header1.xml" TargetMode="Internal" Type="` + officeRel + `header"></Relationship>` +
	`<Relationship Id="rId10" Target="media/image1.png" TargetMode="Internal" Type="` + officeRel + `image"></Relationship>` +
	`<Relationship Id="rId2" Target="styles.xml" TargetMode="Internal" Type="` + officeRel + `styles"></Relationship></Relationships>`

// relate makes the signature parts known to the package.
func (p parts) relate(name string) {
	const sig = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/"
	if _, ok := p["_xmlsignatures/origin.sigs"]; !ok {
		p["_xmlsignatures/origin.sigs"] = ""
		p["_xmlsignatures/_rels/origin.sigs.rels"] = relationships()
		p["_rels/.rels"] = strings.Replace(p["_rels/.rels"], "</Rel", rel("rIdS", sig+"origin", "_xmlsignatures/origin.sigs")+"</Rel", 1)
		p["[Content_Types].xml"] = strings.Replace(p["[Content_Types].xml"], "</Types", `<Default Extension="sigs" ContentType="application/vnd.openxmlformats-package.digital-signature-origin"/></Types`, 1)
	}
	rels := "_xmlsignatures/_rels/origin.sigs.rels"
	p[rels] = strings.Replace(p[rels], "</Rel", rel("r"+name, sig+"signature", name)+"</Rel", 1)
	p["[Content_Types].xml"] = strings.Replace(p["[Content_Types].xml"], "</Types", `<Override PartName="/_xmlsignatures/`+name+`" ContentType="application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml"/></Types`, 1)
}

func (s spec) change(f func(string) string, to string) string {
	if f == nil {
		return to
	}
	return f(to)
}

func (s spec) manifest(p parts) string {
	var b strings.Builder
	for _, name := range s.cover {
		b.WriteString(s.reference("/"+name+"?ContentType="+media[strings.ToLower(name)], "", p[strings.ToLower(name)]))
	}
	for _, name := range slices.Sorted(maps.Keys(s.digests)) {
		var refs strings.Builder
		for _, id := range strings.Split(s.digests[name], ` Id="`)[1:] {
			id, _, _ = strings.Cut(id, `"`)
			refs.WriteString(`<mdssi:RelationshipReference xmlns:mdssi="http://schemas.openxmlformats.org/package/2006/digital-signature" SourceId="` + id + `"></mdssi:RelationshipReference>`)
		}
		b.WriteString(`<Reference URI="/` + name + `?ContentType=` + relsType + `"><Transforms><Transform Algorithm="` + transform + `">` + refs.String() + `</Transform><Transform Algorithm="` + inclusive + `"></Transform></Transforms>` + s.digestXML(s.digests[name]) + `</Reference>`)
	}
	return b.String()
}

func (s spec) reference(uri, form, content string) string {
	if form != "" {
		form = `<Transforms><Transform Algorithm="` + form + `"></Transform></Transforms>`
	}
	return `<Reference URI="` + uri + `">` + form + s.digestXML(content) + `</Reference>`
}

func (s spec) digestXML(content string) string {
	method := s.digest
	if method == "" {
		method = digestNames[s.hash][0]
	}
	h := s.hash.New()
	h.Write([]byte(content))
	return `<DigestMethod Algorithm="` + method + `"></DigestMethod><DigestValue>` + base64.StdEncoding.EncodeToString(h.Sum(nil)) + `</DigestValue>`
}

// apex adds to the first tag what the element inherits. The exclusive form
// leaves out the prefix that nothing uses.
func (s spec) apex(element, form string) string {
	name, tag := strings.IndexAny(element, " >"), strings.IndexByte(element, '>')
	ns, lang := ` xmlns="`+nsSig+`"`, ""
	if !strings.HasPrefix(form, exclusive) {
		ns, lang = ns+` xmlns:unused="urn:unused"`, ` xml:lang="id"`
	}
	return element[:name] + ns + element[name:tag] + lang + element[tag:]
}

func (s spec) methodName() string {
	name := digestNames[s.hash][1]
	switch _, isRSA := s.by.key.(*rsa.PrivateKey); {
	case s.pss:
		return "http://www.w3.org/2007/05/xmldsig-more#" + name + "-rsa-MGF1"
	case isRSA && s.hash == crypto.SHA1:
		return nsSig + "rsa-sha1"
	case isRSA:
		return "http://www.w3.org/2001/04/xmldsig-more#rsa-" + name
	}
	return "http://www.w3.org/2001/04/xmldsig-more#ecdsa-" + name
}

func (s spec) sign(t testing.TB, content string) []byte {
	h := s.hash.New()
	h.Write([]byte(content))
	if key, ok := s.by.key.(*ecdsa.PrivateKey); ok {
		r, v, err := ecdsa.Sign(rand.Reader, key, h.Sum(nil))
		require.NoError(t, err)
		half := (key.Params().BitSize + 7) / 8
		return append(r.FillBytes(make([]byte, half)), v.FillBytes(make([]byte, half))...)
	}
	var opts crypto.SignerOpts = s.hash
	if s.pss {
		opts = &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: s.hash}
	}
	sig, err := s.by.key.Sign(rand.Reader, h.Sum(nil), opts)
	require.NoError(t, err)
	return sig
}

// wrap encodes in lines of 76 characters, as Office does.
func wrap(b []byte) string {
	enc := base64.StdEncoding.EncodeToString(b)
	var lines []string
	for chunk := range slices.Chunk([]byte(enc), 76) {
		lines = append(lines, string(chunk))
	}
	return strings.Join(lines, "\n")
}

// pack makes the package.
func (p parts) pack(t testing.TB) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(p)) {
		w, err := z.Create(name)
		require.NoError(t, err)
		_, err = w.Write([]byte(p[name]))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return b.Bytes()
}

// replace changes a part, and fails if there is nothing to change.
func (p parts) replace(t testing.TB, name, old, new string) {
	require.Contains(t, p[name], old, name)
	p[name] = strings.Replace(p[name], old, new, 1)
}
