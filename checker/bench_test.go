package checker_test

import (
	"context"
	"testing"

	"dasheval/checker"
	"dasheval/checker/evidence"
	"dasheval/rules"

	"github.com/stretchr/testify/require"
)

// BenchmarkRun checks the whole sample pile: reading, facts, matching, verdicts
// and report, with the compiled PDF engine cached.
func BenchmarkRun(b *testing.B) {
	pack, err := rules.Builtin()
	require.NoError(b, err)
	cfg := config(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := checker.Run(context.Background(), pack, evidence.Dir(samplePile+"/files", evidence.Options{}), cfg); err != nil {
			b.Fatal(err)
		}
	}
}
