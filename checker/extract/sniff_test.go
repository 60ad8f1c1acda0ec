package extract

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func FuzzSniff(f *testing.F) {
	for _, s := range []string{"", "%PDF-1.4", "PK\x03\x04", "PK\x05\x06", magicOLE, "BM", "\xff\xd8\xff", "<html>", "{\\rtf", "\ufeffa\x80"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		kind, err := sniff(data)
		if err != nil {
			assert.True(t, isReason(err), "%v", err)
		} else {
			assert.NotNil(t, formats[kind], kind)
		}
	})
}
