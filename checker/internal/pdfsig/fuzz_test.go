package pdfsig_test

import (
	"bytes"
	"context"
	"slices"
	"testing"
	"time"

	"dasheval/checker/internal/pdfsig"
	"dasheval/checker/text"
)

// FuzzVerify puts bytes into signed files. The promises are those of Verify: no
// panic, no hang, and no signature is valid over bytes that were changed.
func FuzzVerify(f *testing.F) {
	l := newLab(f)
	seeds := [][]byte{
		l.signed().data,
		l.signed().sign(signing{by: l.signer.cms(), name: "Ketua"}).data,
		newFile(f).sign(signing{by: l.signer.cms(stampedBy(f, l.clock.token(today)))}).sign(l.stamping(today)).data,
		store(l.signed(), "CRLs", revocationList(f, l.signer.parent, l.signer, today)).data,
		newFile(f).sign(signing{by: indefinite(l.signer.cms())}).data,
	}
	for i := range seeds {
		f.Add(uint8(i), uint(500), uint(0), []byte("/ByteRange [0 1 2 3]"))
		f.Add(uint8(i), uint(len(seeds[i])-30), uint(10), []byte("1 0 obj"))
		f.Add(uint8(i), uint(len(seeds[i])), uint(0), []byte("%%EOF"))
	}
	first := bytes.Index(seeds[0], []byte("%%EOF")) // of the file before it was signed
	f.Fuzz(func(t *testing.T, seed uint8, at, cut uint, put []byte) {
		original := seeds[int(seed)%len(seeds)]
		data := original
		from := min(at, uint(len(data)))
		to := from + min(cut, uint(len(data))-from)
		data = slices.Concat(data[:from], put, data[to:])
		start := time.Now()
		got := pdfsig.Verify(context.Background(), data, l.trust())
		if d := time.Since(start); d > 10*time.Second {
			t.Errorf("took %v", d)
		}
		for _, s := range got {
			if s.State == text.Valid && !bytes.HasPrefix(data, original[:first]) {
				t.Errorf("valid although the signed page was changed: %+v", s)
			}
			if s.Revision < 1 || s.Revision > s.Revisions {
				t.Errorf("revision %d of %d", s.Revision, s.Revisions)
			}
		}
	})
}
