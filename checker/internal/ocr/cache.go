package ocr

import (
	"bytes"
	"compress/flate"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/cache"
)

// A Cache keeps what was read on pages between runs. What it keeps is evidence,
// so each entry is encrypted with a key that only the picture of the page gives:
// who has the cache and not the evidence learns nothing. Entries that were not
// used for days are removed. A nil Cache keeps nothing.
//
// It is safe for concurrent use, by several processes too.
type Cache struct{ files *cache.Cache }

// NewCache returns the cache below dir, which is made if need be.
func NewCache(dir string) (*Cache, error) {
	dir = filepath.Join(dir, "ocr")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	files, err := cache.Open(dir)
	if err != nil {
		return nil, err
	}
	return &Cache{files}, nil
}

// Trim removes old entries, at most once a day.
func (c *Cache) Trim() error {
	if c == nil {
		return nil
	}
	return c.files.Trim()
}

// An entry is the place of one page in the cache.
type entry struct {
	id    cache.ActionID
	nonce []byte
	aead  cipher.AEAD
}

// entryOf returns the place of what p reads on a page.
func entryOf(p *Program, pgm []byte, dpi int, layout Layout) (entry, error) {
	page := sha256.New()
	fmt.Fprintf(page, "%s %s %d %d\n", p.Version, p.models(), dpi, layout)
	page.Write(pgm)
	digest := page.Sum(nil)
	key := sha256.Sum256(append([]byte("key "), digest...))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return entry{}, err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return entry{}, err
	}
	// Each key encrypts one text only, so that the nonce need not differ.
	return entry{cache.ActionID(sha256.Sum256(append([]byte("id "), digest...))), make([]byte, aead.NonceSize()), aead}, nil
}

// Read returns what p reads on a page, as [Program.Read] does, from the cache if
// it is there. What cannot be kept is read anew the next time.
func (c *Cache) Read(p *Program, pgm []byte, dpi int, layout Layout, read func() ([]byte, error)) ([]byte, error) {
	if c == nil {
		return read()
	}
	e, err := entryOf(p, pgm, dpi, layout)
	if err != nil {
		return nil, err
	}
	if b, _, err := c.files.GetBytes(e.id); err == nil {
		if out, err := e.open(b); err == nil {
			return out, nil
		}
	}
	out, err := read()
	if err != nil {
		return nil, err
	}
	_ = c.files.PutBytes(e.id, e.seal(out)) // a full disk costs time, not results
	return out, nil
}

func (e entry) seal(table []byte) []byte {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestSpeed)
	if err != nil {
		panic(err) // the level is a constant
	}
	_, _ = w.Write(table) // to memory
	_ = w.Close()
	return e.aead.Seal(nil, e.nonce, b.Bytes(), nil)
}

func (e entry) open(sealed []byte) ([]byte, error) {
	b, err := e.aead.Open(nil, e.nonce, sealed, nil)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(b)), maxTable))
}
