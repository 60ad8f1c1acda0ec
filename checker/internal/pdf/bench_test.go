package pdf_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"dasheval/checker/internal/pdf"
)

// report is a file of so many pages with 220 words each.
func report(pages int) []byte {
	var b builder
	specs := make([]pageSpec, pages)
	for i := range specs {
		for line := range 22 {
			specs[i].content += show(50, 750-30*line, fmt.Sprintf("Kegiatan %d pada triwulan %d dilaksanakan sesuai rencana kerja tahun anggaran", line, i))
		}
	}
	return b.pdf("", specs...)
}

func BenchmarkRead(b *testing.B) {
	data := report(300)
	e := newEngine(b, 1)
	_, err := e.Read(b.Context(), report(1), pdf.Limits{})
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		doc, err := e.Read(b.Context(), data, pdf.Limits{})
		require.NoError(b, err)
		require.Len(b, doc.Pages, 300)
	}
}
