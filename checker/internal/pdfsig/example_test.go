package pdfsig_test

import (
	"context"
	"fmt"

	"dasheval/checker/internal/pdfsig"
	"dasheval/checker/internal/testpdf"
)

func ExampleVerify() {
	file := testpdf.Write(testpdf.Page{Texts: []testpdf.Text{{X: 50, Y: 50, Words: "Notulen"}}})
	for _, s := range pdfsig.Verify(context.Background(), file, pdfsig.Trust{}) {
		fmt.Println(s.State, s.Signer)
	}
	fmt.Println("done")
	// Output: done
}
