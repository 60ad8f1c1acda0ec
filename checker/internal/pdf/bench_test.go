package pdf_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"dasheval/checker/internal/pdf"
	"dasheval/checker/internal/testpdf"
)

func BenchmarkRead(b *testing.B) {
	data := testpdf.Report(300)
	e := newEngine(b, 1)
	_, err := e.Read(b.Context(), testpdf.Report(1), pdf.Limits{})
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		doc, err := e.Read(b.Context(), data, pdf.Limits{})
		require.NoError(b, err)
		require.Len(b, doc.Pages, 300)
	}
}
