package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// apart lists the parameters that tell two findings of one kind on one document
// apart. Others, such as what was read, may change from run to run.
var apart = []string{"section", "field", "what", "period"}

// SetKeys gives each finding its key: a digest of what it says and of whom, but
// not of where it stands on the page.
func SetKeys(findings []Finding) {
	seen := map[string]int{}
	for i := range findings {
		f := &findings[i]
		parts := []string{f.ID, f.Criterion, f.Requirement, f.Document}
		for _, name := range apart {
			parts = append(parts, f.Params[name])
		}
		sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
		f.Key = hex.EncodeToString(sum[:6])
		if seen[f.Key]++; seen[f.Key] > 1 {
			f.Key += fmt.Sprintf("-%d", seen[f.Key])
		}
	}
}
