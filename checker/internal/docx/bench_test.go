package docx_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"dasheval/checker/internal/docx"
)

// BenchmarkRead reads a report of 2,000 paragraphs and a list of 500 names.
func BenchmarkRead(b *testing.B) {
	var content strings.Builder
	for range 2000 {
		content.WriteString(p("Pembangunan Zona Integritas merupakan upaya mewujudkan pemerintahan yang bersih dan melayani."))
	}
	var rows [][]string
	for i := range 500 {
		rows = append(rows, []string{p(fmt.Sprint(i)), p("Siti Nurhaliza, M.T."), p("Inspektorat")})
	}
	content.WriteString(tbl([]string{"500", "5000", "3000"}, rows...))
	in := pack(b, body(content.String(), nil))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := docx.Read(bytes.NewReader(in), int64(len(in)), docx.Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}
