package testpile

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"dasheval/checker/internal/testpdf"
)

// docxShare is one Word file in so many.
const docxShare = 4

// Write makes n files below dir, which must exist, in sub-folders of 100. Three
// of four are PDF files.
func Write(dir string, n int, seed uint64) error {
	for i := range n {
		name, data := File(i, seed)
		path := filepath.Join(dir, fmt.Sprintf("Berkas %03d", i/100), name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// File returns file i of a pile: its name and its bytes.
func File(i int, seed uint64) (name string, data []byte) {
	w := writer{rand.New(rand.NewPCG(seed, uint64(i)))}
	kind := kinds[w.IntN(len(kinds))]
	markup := paginate(kind.text(w), 1+w.IntN(6))
	base := fmt.Sprintf("%04d %s", i, kind.name)
	if i%docxShare == docxShare-1 {
		return base + ".docx", writeDOCX(markup)
	}
	pages := testpdf.Layout(markup)
	switch i % 3 {
	case 0:
		return base + ".pdf", writeSimple(pages)
	case 1:
		return base + ".pdf", writeComposite(pages)
	default:
		return base + ".pdf", testpdf.Write(pages...)
	}
}

// Report is a PDF file of so many pages of running text, about 300 words each.
func Report(pages int, seed uint64) []byte {
	w := writer{rand.New(rand.NewPCG(seed, 0))}
	var b strings.Builder
	for strings.Count(b.String(), "\n") < pages*linesPerPage {
		b.WriteString(report(w))
	}
	return writeSimple(testpdf.Layout(paginate(b.String(), pages)))
}
