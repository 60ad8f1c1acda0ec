package native

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"dasheval/checker/evidence"
	"dasheval/checker/internal/pdf"
	"dasheval/checker/text"
)

// Limits bounds the work on one file. Zero fields mean the defaults.
type Limits struct {
	MaxPages     int           // pages read, of those the file has; default 2,000
	MaxChars     int           // characters read, after which no further page is begun; default 8 million
	MaxStream    int           // bytes of one stream, or of all object streams, unpacked; default 64 MB
	MaxOperators int           // operators of one page; default 5 million
	Time         time.Duration // wall-clock time at most; default 20 s and 0.1 s for each page
}

func (l Limits) withDefaults() Limits {
	if l.MaxPages <= 0 {
		l.MaxPages = 2000
	}
	if l.MaxChars <= 0 {
		l.MaxChars = 8_000_000
	}
	if l.MaxStream <= 0 {
		l.MaxStream = 64 << 20
	}
	if l.MaxOperators <= 0 {
		l.MaxOperators = 5_000_000
	}
	return l
}

// budget is the time that a file of so many pages may take.
func (l Limits) budget(pages int) time.Duration {
	d := 20*time.Second + time.Duration(max(0, min(pages, l.MaxPages)))*100*time.Millisecond
	if l.Time > 0 {
		return min(d, l.Time)
	}
	return d
}

// A Result is what a file says, and how far that can be trusted.
type Result struct {
	Doc *text.Document
	// Doubts holds, for each page of Doc, the reasons why another engine
	// should read it; none for most pages of most files.
	Doubts [][]Doubt

	file     []byte
	table    *table
	source   *source
	pictures []pagePictures
}

// Trusted reports whether no page is in doubt.
func (r *Result) Trusted() bool {
	for _, d := range r.Doubts {
		if len(d) > 0 {
			return false
		}
	}
	return true
}

// Read returns what the file says. Its error wraps one of the reasons of
// package evidence, or is that of ctx; another engine may be able to read a
// file that it fails on, unless ctx has ended. It is safe for concurrent use.
func Read(ctx context.Context, data []byte, limits Limits) (*Result, error) {
	limits = limits.withDefaults()
	data, ok := pdf.Trim(data)
	if !ok {
		return nil, fmt.Errorf("%w: no PDF header", evidence.ErrCorrupt)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	timer := time.AfterFunc(limits.budget(0), func() { cancel(evidence.ErrTimeout) })
	defer timer.Stop()

	result, err := read(ctx, data, limits, func(pages int) { timer.Reset(limits.budget(pages)) })
	if cause := context.Cause(ctx); cause != nil {
		return nil, cause
	}
	return result, err
}

// read reads a file. It calls counted with the number of pages that the file
// says it has.
func read(ctx context.Context, data []byte, limits Limits, counted func(int)) (result *Result, err error) {
	// The object layer panics on damage.
	defer guard(&err)
	tail, table, err := flatten(ctx, data, limits.MaxStream)
	if err != nil {
		return nil, err
	}
	encrypted := table.encrypted()
	src := newSource(ctx, data, tail)
	trailer, err := openObjects(src, encrypted)
	if err != nil {
		return nil, err
	}
	catalog := trailer.Key("Root")
	tree := catalog.Key("Pages")
	if !isDict(tree) {
		return nil, fmt.Errorf("%w: no pages", evidence.ErrCorrupt)
	}
	counted(int(tree.Key("Count").Int64()))

	f := &file{limits: limits, fonts: map[fontKey]*font{}, left: limits.MaxChars}
	doc := &text.Document{Format: "pdf", Paged: true, Meta: readMeta(trailer.Key("Info"), encrypted)}
	result = &Result{Doc: doc}
	if !encrypted {
		result.file, result.table, result.source = data, table, src
	}
	drawn := 0
	total, err := walk(ctx, tree, func(p leaf) {
		if len(doc.Pages) == limits.MaxPages || f.left <= 0 {
			return
		}
		page, objects, d, pictures := f.page(ctx, len(doc.Pages)+1, p)
		result.pictures = append(result.pictures, pictures)
		doc.Pages = append(doc.Pages, page)
		result.Doubts = append(result.Doubts, d)
		drawn += objects
	})
	doc.Total = total
	switch {
	case err != nil:
		return nil, err
	case total == 0:
		return nil, fmt.Errorf("%w: no pages", evidence.ErrCorrupt)
	}
	if isDict(catalog.Key("AcroForm")) && !catalog.Key("AcroForm").Key("XFA").IsNull() {
		for i := range result.Doubts {
			result.Doubts[i] = append(result.Doubts[i], XFA)
		}
	}
	if drawn == 0 && result.Trusted() && len(doc.Pages) == total {
		return nil, fmt.Errorf("%w: blank pages", evidence.ErrEmpty)
	}
	return result, nil
}

// guard turns a panic into an error.
func guard(err *error) {
	switch r := recover().(type) {
	case nil:
	case error:
		*err = fmt.Errorf("%w: %w", evidence.ErrCorrupt, r)
	default:
		*err = fmt.Errorf("%w: %w", evidence.ErrCorrupt, errors.New(fmt.Sprint(r)))
	}
}

// metaTags are the entries of the information dictionary that are kept.
var metaTags = []struct{ entry, key string }{
	{"Title", "title"}, {"Author", "author"}, {"Creator", "creator"}, {"Producer", "producer"}, {"CreationDate", "creationdate"},
}

func readMeta(info value, encrypted bool) map[string]string {
	meta := map[string]string{}
	for _, t := range metaTags {
		raw := info.Key(t.entry).RawString()
		if encrypted {
			raw = unpadded(raw)
		}
		if s := textString([]byte(raw)); s != "" {
			meta[t.key] = s
		}
	}
	return meta
}

// unpadded cuts the padding of AES, which the object layer leaves on strings,
// RFC 8018, 6.1.1.
func unpadded(s string) string {
	const block = 16
	if len(s) == 0 || len(s)%block != 0 {
		return s
	}
	last := s[len(s)-1:]
	n := int(last[0])
	if n == 0 || n > block || !strings.HasSuffix(s, strings.Repeat(last, n)) {
		return s
	}
	return s[:len(s)-n]
}
