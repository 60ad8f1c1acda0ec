package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"dasheval/checker/pii"
)

// apart lists the parameters that tell two findings of one kind on one document
// apart. Others, such as what was read, may change from run to run.
var apart = []string{"section", "field", "what", "period"}

// SetKeys gives each finding its key: a digest of what it says and of whom, but
// not of where it stands on the page; the words that show it count only where two
// would be alike.
func SetKeys(findings []Finding) {
	seen, alike := map[string]int{}, map[string]int{}
	for i := range findings {
		findings[i].Key = key(&findings[i], "")
		alike[findings[i].Key]++
	}
	for i := range findings {
		f := &findings[i]
		if alike[f.Key] > 1 {
			f.Key = key(f, pii.Mask(f.Quote)) // so that one that is mended takes no other's
		}
		if seen[f.Key]++; seen[f.Key] > 1 {
			f.Key += fmt.Sprintf("-%d", seen[f.Key])
		}
	}
}

func key(f *Finding, more string) string {
	parts := []string{f.ID, f.Criterion, f.Requirement, f.Document, more}
	for _, name := range apart {
		parts = append(parts, f.Params[name])
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:6])
}
