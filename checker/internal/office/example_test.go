package office_test

import (
	"bytes"
	"context"
	"fmt"

	"dasheval/checker/internal/docx"
	"dasheval/checker/internal/office"
)

func ExampleConvert() {
	out, err := office.Convert(context.Background(), "rtf", []byte(`{\rtf1 No\tab Nama\par 1\tab Budi\par}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	doc, err := docx.Read(bytes.NewReader(out), int64(len(out)), docx.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(doc.Plain())
	// Output:
	// No	Nama
	// 1	Budi
}
