package docxsig_test

import (
	"archive/zip"
	"bytes"
	"crypto"
	"testing"

	"github.com/stretchr/testify/require"

	"dasheval/checker/internal/docxsig"
	"dasheval/checker/text"
)

// FuzzVerify feeds the verifier parts, since bytes that are no zip would seldom
// get as far. Whoever signed a document, it is not valid for another one.
func FuzzVerify(f *testing.F) {
	const docRels, root = "word/_rels/document.xml.rels", "_rels/.rels"
	for _, s := range []spec{
		{}, {c14n: exclusive, form: exclusive, xades: true, setup: "{A}"}, {by: people().rsa, cover: []string{"word/document.xml"}},
		{comment: "<!-- -->", c14n: inclusive + "#WithComments"}, {hash: crypto.SHA1, by: people().self},
	} {
		p := document()
		p.sign(f, "sig1.xml", s)
		f.Add([]byte(p[sig1]), []byte(p["word/document.xml"]), []byte(p[docRels]), []byte(p[root]), []byte(p["[Content_Types].xml"]))
	}
	signed := document()
	signed.sign(f, "sig1.xml", spec{})
	f.Add([]byte("<a/>"), []byte(lined()["word/document.xml"]), []byte(relationships()), []byte(signed[root]), []byte(signed["[Content_Types].xml"]))
	f.Fuzz(func(t *testing.T, sig, main, rels, root, types []byte) {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		add := func(name string, content []byte) {
			w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
			require.NoError(t, err)
			_, err = w.Write(content)
			require.NoError(t, err)
		}
		for name, content := range map[string][]byte{
			sig1: sig, "word/document.xml": main, docRels: rels, "_rels/.rels": root, "[Content_Types].xml": types,
		} {
			add(name, content)
		}
		for _, name := range []string{"word/header1.xml", "word/styles.xml", "word/media/image1.png", "_xmlsignatures/_rels/origin.sigs.rels"} {
			add(name, []byte(signed[name]))
		}
		require.NoError(t, z.Close())
		res := docxsig.VerifyUnguarded(t.Context(), b.Bytes(), trust())
		for _, s := range res.Signatures {
			if (s.State == text.Valid || s.State == text.ValidUntrusted) && string(main) != documentXML {
				t.Fatalf("%+v for another document: %s", s, main)
			}
			if (s.State == text.Valid) != (s.Cause == text.CauseNone || s.Cause == text.CauseWeak) {
				t.Fatalf("%+v", s)
			}
		}
	})
}

// FuzzContainer feeds the verifier bytes.
func FuzzContainer(f *testing.F) {
	p := document()
	p.sign(f, "sig1.xml", spec{})
	f.Add(p.pack(f))
	f.Fuzz(func(t *testing.T, b []byte) { docxsig.VerifyUnguarded(t.Context(), b, trust()) })
}
