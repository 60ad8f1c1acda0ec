package docxsig_test

import (
	"context"
	"fmt"
	"testing"

	"dasheval/checker/internal/docxsig"
)

func ExampleVerify() {
	doc := document()
	doc.sign(new(testing.T), "sig1.xml", spec{})
	data := doc.pack(new(testing.T))

	for _, sig := range docxsig.Verify(context.Background(), data, trust()).Signatures {
		fmt.Println(sig.State, sig.Signer)
	}
	// Output: valid Eko Contoh
}
