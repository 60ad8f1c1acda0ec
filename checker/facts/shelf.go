package facts

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"

	"dasheval/checker/text"
)

// A Shelf keeps the text of the documents of a pile, so that memory does not
// grow with it. Up to a bound the text is in memory, beyond it in a temporary
// file, encrypted with a key that only this process has: evidence is
// confidential, and a process may be killed before it can clean up. Where no
// file can be made all stays in memory. It is safe for concurrent use.
type Shelf struct {
	mu    sync.Mutex
	left  int // bytes that may still be kept in memory
	file  *os.File
	end   int64 // of the file
	block cipher.Block
	fails bool // no file can be made
}

// shelfMemory is the bound of the text in memory, in bytes: about 1,000 pages.
const shelfMemory = 8 << 20

// NewShelf returns an empty shelf.
func NewShelf() *Shelf { return &Shelf{left: shelfMemory} }

// Close removes the file. Texts that are in it are gone then.
func (s *Shelf) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	if runtime.GOOS == "windows" {
		err = errors.Join(err, os.Remove(s.file.Name()))
	}
	s.file = nil
	return err
}

// A record is where one text is kept.
type record struct {
	memory []byte // nil if in the file
	file   *os.File
	block  cipher.Block
	at     int64
	size   int
}

// put keeps b.
func (s *Shelf) put(b []byte) record {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(b) > s.left && s.open() == nil {
		r := record{file: s.file, block: s.block, at: s.end, size: len(b)}
		// The next text begins on a block of its own, even if this one cannot be
		// written: no part of the key stream is used twice.
		s.end += int64(len(b)+aes.BlockSize-1) / aes.BlockSize * aes.BlockSize
		if _, err := s.file.WriteAt(r.crypt(b), r.at); err == nil {
			return r
		}
	}
	s.left -= len(b)
	return record{memory: append([]byte(nil), b...), size: len(b)}
}

var errNoFile = errors.New("no temporary file")

// open makes the file at the first call.
func (s *Shelf) open() error {
	if s.file != nil {
		return nil
	}
	if s.fails {
		return errNoFile
	}
	s.fails = true
	var key [32]byte
	if _, err := rand.Read(key[:]); err != nil {
		return err
	}
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return err
	}
	f, err := os.CreateTemp("", "dasheval-*.tmp")
	if err != nil {
		return err
	}
	if runtime.GOOS != "windows" {
		if err := os.Remove(f.Name()); err != nil { // it lives on while it is open
			return errors.Join(err, f.Close())
		}
	}
	s.file, s.block = f, block
	return nil
}

// crypt returns b encrypted, or decrypted, for its place in the file.
func (r record) crypt(b []byte) []byte {
	var iv [aes.BlockSize]byte
	binary.BigEndian.PutUint64(iv[8:], uint64(r.at/aes.BlockSize))
	out := make([]byte, len(b))
	cipher.NewCTR(r.block, iv[:]).XORKeyStream(out, b)
	return out
}

// get returns what was put. A text that can no longer be read is a broken disk:
// the run cannot go on.
func (r record) get() []byte {
	if r.file == nil {
		return r.memory
	}
	b := make([]byte, r.size)
	if _, err := r.file.ReadAt(b, r.at); err != nil {
		panic(fmt.Errorf("read the temporary file: %w", err))
	}
	return r.crypt(b)
}

// Put takes the text of a document, and of its parts, off memory. What the
// document states stays in it, and so do the answers of its methods.
func (s *Shelf) Put(d *Document) {
	for _, part := range d.Parts {
		s.Put(part)
	}
	d.detach()
	words := s.put([]byte(d.view.clean))
	layout, err := d.view.layout().AppendBinary(nil)
	if err != nil {
		panic(err) // it appends
	}
	d.view = &view{paged: d.view.paged, shelved: true, words: words, places: s.put(layout)}
	d.Text = nil
}

// Hold takes the text of the document, and of its parts, off the shelf until the
// function that it returns is called, for those who ask much about one document.
// Nobody else may use the document meanwhile.
func (d *Document) Hold() (release func()) {
	var back []func()
	for _, part := range d.Parts {
		back = append(back, part.Hold())
	}
	if shelved := d.view; shelved.shelved {
		open := shelved.whole()
		open.fold = foldSameLength(open.clean)
		d.view = open
		back = append(back, func() { d.view = shelved })
	}
	return func() {
		for _, f := range back {
			f()
		}
	}
}

// layout returns where the words of the view stand, without the words.
func (v *view) layout() *text.Document {
	doc := &text.Document{Paged: v.paged}
	for _, r := range v.rows {
		n := len(doc.Pages)
		if n == 0 || doc.Pages[n-1].Number != r.number {
			doc.Pages = append(doc.Pages, text.Page{Number: r.number})
			n++
		}
		line := text.Line{Box: r.line.Box, Paragraph: r.line.Paragraph, Words: make([]text.Word, len(r.line.Words))}
		for i, w := range r.line.Words {
			line.Words[i].Box = w.Box
		}
		p := &doc.Pages[n-1]
		p.Lines = append(p.Lines, line)
	}
	return doc
}

// whole returns the view with its text and rows.
func (v *view) whole() *view {
	if !v.shelved {
		return v
	}
	clean := string(v.words.get())
	out := &view{paged: v.paged, clean: clean}
	var doc text.Document
	if err := doc.UnmarshalBinary(v.places.get()); err != nil {
		panic(err) // the process wrote it itself
	}
	for i, p := range doc.Pages {
		for _, l := range p.Lines {
			words, rest, _ := strings.Cut(clean, "\n")
			out.rows = append(out.rows, row{clean: words, start: len(out.clean) - len(clean), page: i, number: p.Number, line: l})
			clean = rest
		}
	}
	return out
}

// text returns the text of the view alone.
func (v *view) text() string {
	if !v.shelved {
		return v.clean
	}
	return string(v.words.get())
}

// folded returns the folded text of the view alone.
func (v *view) folded() string {
	if !v.shelved {
		return v.fold
	}
	return foldSameLength(v.text())
}
