package native_test

import (
	"context"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"dasheval/checker/internal/native"
	"dasheval/checker/internal/pdf"
	"dasheval/checker/internal/testpdf"
	"dasheval/checker/text"
)

// BenchmarkRead compares the engines on a generated report, and on the piles
// where they are present.
func BenchmarkRead(b *testing.B) {
	sets := map[string][][]byte{"report": {testpdf.Report(300)}}
	for _, folder := range []string{"piles", "corpus"} {
		for _, path := range pdfFiles(b, folder) {
			data, err := os.ReadFile(path)
			require.NoError(b, err)
			// Files that either engine rejects would compare errors.
			if _, err := native.Read(b.Context(), data, native.Limits{}); err == nil && len(data) < 2<<20 {
				sets[folder] = append(sets[folder], data)
			}
		}
	}
	pdfium := newPdfium(b)
	engines := []struct {
		name string
		read func(context.Context, []byte) (*text.Document, error)
	}{
		{"native", func(ctx context.Context, data []byte) (*text.Document, error) {
			r, err := native.Read(ctx, data, native.Limits{})
			if err != nil {
				return nil, err
			}
			return r.Doc, nil
		}},
		{"pdfium", func(ctx context.Context, data []byte) (*text.Document, error) {
			return pdfium.Read(ctx, data, pdf.Limits{})
		}},
	}
	for _, name := range []string{"report", "piles", "corpus"} {
		for _, e := range engines {
			b.Run(name+"/"+e.name, func(b *testing.B) {
				b.ReportAllocs()
				pages := 0
				for b.Loop() {
					for _, data := range sets[name] {
						doc, err := e.read(b.Context(), data)
						if err == nil {
							pages += len(doc.Pages)
						}
					}
				}
				b.ReportMetric(float64(pages)/b.Elapsed().Seconds(), "pages/s")
			})
		}
	}
}
