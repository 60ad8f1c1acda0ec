package docx_test

import (
	"bytes"
	"fmt"
	"os"

	"dasheval/checker/internal/docx"
)

func ExampleRead() {
	b, err := os.ReadFile("testdata/example.docx")
	if err != nil {
		fmt.Println(err)
		return
	}
	doc, err := docx.Read(bytes.NewReader(b), int64(len(b)), docx.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range doc.Pages[0].Lines {
		for i, s := range line.Segments() {
			if i > 0 {
				fmt.Print(" | ")
			}
			fmt.Print(s.Text())
		}
		fmt.Println()
	}
	// Output:
	// NOTULEN
	// Hari | : | Senin, 17 Maret 2025
	// 1. Rapat dibuka.
}
