package report_test

import (
	"archive/zip"
	"bytes"
	"html"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"dasheval/checker/report"
	"dasheval/checker/words"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

// part returns a part of a Word document.
func part(t *testing.T, doc, name string) string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(doc), int64(len(doc)))
	require.NoError(t, err)
	f, err := z.Open(name)
	require.NoError(t, err)
	raw, err := io.ReadAll(f)
	require.NoError(t, err)
	return string(raw)
}

var markup = regexp.MustCompile(`<[^>]+>`)

// said returns the text of a Word document, a paragraph a line, cells after a bar.
func said(t *testing.T, doc string) string {
	body := part(t, doc, "word/document.xml")
	body = strings.NewReplacer("</w:p>", "\n", "<w:tc>", "| ").Replace(body)
	var lines []string
	for line := range strings.Lines(html.UnescapeString(markup.ReplaceAllString(body, ""))) {
		if line = strings.TrimRight(line, " \n"); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// TestDocuments holds the letter and the agenda to golden texts, and to the same
// bytes each time.
func TestDocuments(t *testing.T) {
	each(t, func(t *testing.T, ar *txtar.Archive, in *report.Report) {
		for _, name := range []string{"letter", "agenda"} {
			for _, lang := range words.Languages() {
				doc := written(t, in, name, lang, report.Options{})
				assert.Equal(t, doc, written(t, in, name, lang, report.Options{}), "the same bytes")
				golden(t, ar, "want."+name+"."+lang, said(t, doc))
			}
		}
	})
}

// TestLetterTemplate writes the letter into a template of an office: its head and
// its marks, also where Word has put properties before the text.
func TestLetterTemplate(t *testing.T) {
	template := func(body string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for name, content := range map[string]string{
			"[Content_Types].xml":          `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
			"_rels/.rels":                  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
			"word/_rels/document.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>`,
			"word/document.xml":            `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`,
		} {
			f, err := z.Create(name)
			require.NoError(t, err)
			_, err = f.Write([]byte(content))
			require.NoError(t, err)
		}
		require.NoError(t, z.Close())
		return b.Bytes()
	}
	in := decided(t)
	in.Unit.Name = "Balai {{body}} & {{unit}} <Rekan>"
	ours := template(`<w:p><w:r><w:t>INSPEKTORAT JENDERAL, {{date}}: {{unit}}</w:t></w:r></w:p><w:p w:rsidR="0"><w:pPr><w:jc w:val="both"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve"> {{body}} </w:t></w:r></w:p><w:p><w:r><w:t>Tembusan: {{ministry}}</w:t></w:r></w:p>`)
	got := said(t, written(t, in, "letter", "id", report.Options{Template: ours}))
	assert.True(t, strings.HasPrefix(got, "INSPEKTORAT JENDERAL, 31 Desember 2025: Balai {{body}} & {{unit}} <Rekan>\nCatatan Hasil Telaah\n"), got)
	assert.True(t, strings.HasSuffix(got, "Tembusan:\n"), got)

	for _, broken := range [][]byte{{}, []byte("no document"), template(`<w:p><w:r><w:t>no mark</w:t></w:r></w:p>`), template(`{{body}}`)} {
		err := report.FormatNamed("letter").Write(io.Discard, in, "id", report.Options{Template: broken})
		assert.ErrorIs(t, err, report.ErrTemplate)
	}
}

// TestDocumentsInLibreOffice holds that both documents open and have their text on
// their pages.
func TestDocumentsInLibreOffice(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("no LibreOffice")
	}
	in, dir := decided(t), t.TempDir()
	for name, want := range map[string]string{"letter": "Catatan Hasil Telaah", "agenda": "Agenda Kunjungan Lapangan"} {
		file := filepath.Join(dir, name+".docx")
		require.NoError(t, os.WriteFile(file, []byte(written(t, in, name, "id", report.Options{})), 0o600))
		out, err := exec.Command(office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", dir, file).CombinedOutput()
		require.NoError(t, err, string(out))
		text, err := os.ReadFile(filepath.Join(dir, name+".txt"))
		require.NoError(t, err)
		assert.Contains(t, string(text), want)
		assert.Contains(t, string(text), "A.3 Foto")
	}
}
