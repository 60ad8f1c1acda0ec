package pdf

import (
	"bytes"
	"context"
	"image"
	"time"

	"dasheval/checker/text"
)

// An Engine reads PDF files. It is safe for concurrent use.
type Engine interface {
	// Read returns what the file says. Its error wraps one of the reasons of
	// package evidence, or is that of ctx, or says that the engine itself
	// could not start.
	Read(ctx context.Context, data []byte, limits Limits) (*text.Document, error)
	// Render draws pages, numbered from 1, at so many pixels per inch, and hands
	// each on. Pages that cannot be drawn are left out. Its error is as of Read,
	// or that of yield. Of limits only Time counts, for each page.
	Render(ctx context.Context, data []byte, pages []int, dpi float64, limits Limits, yield func(page int, im image.Image) error) error
	// Warm starts the engine, as the first Read does, which fills the cache.
	Warm() error
	// Close waits for the files being read, then releases what the engine
	// holds. Read fails after Close.
	Close() error
}

// PdfiumConfig adjusts the pdfium engine. The zero value is ready to use.
type PdfiumConfig struct {
	Workers int // files read at a time; 0 means one per processor
	// CacheDir keeps the compiled engine between runs of the program, which
	// saves about four seconds at the start and takes 20 MB; "" means none.
	CacheDir string
	// MaxMemory bounds the memory of one sandbox, in bytes. It has to hold the
	// file. 0 means 1 GB.
	MaxMemory int64
}

// Limits bounds the work on one file. Zero fields mean the defaults.
type Limits struct {
	Only     []int         // numbers of the pages read, from 1 and ascending; nil means all
	MaxPages int           // pages read, of those the file has; default 2,000
	MaxChars int           // characters read, after which no further page is begun; default 8 million
	Time     time.Duration // wall-clock time at most; default 20 s and 0.1 s for each page
}

func (l Limits) withDefaults() Limits {
	if l.MaxPages <= 0 {
		l.MaxPages = 2000
	}
	if l.MaxChars <= 0 {
		l.MaxChars = 8_000_000
	}
	return l
}

// budget is the time that a file of so many pages may take.
func (l Limits) budget(pages int) time.Duration {
	d := 20*time.Second + time.Duration(min(pages, l.MaxPages))*100*time.Millisecond
	if l.Time > 0 {
		return min(d, l.Time)
	}
	return d
}

// headerWindow is how far into a file its header may stand. Mail gateways and
// printers put lines of their own before it.
const headerWindow = 64 << 10

var header = []byte("%PDF-")

// Trim returns data from its PDF header on, or false if there is none in the
// first 64 KB.
func Trim(data []byte) ([]byte, bool) {
	i := bytes.Index(data[:min(len(data), headerWindow)], header)
	if i < 0 {
		return nil, false
	}
	return data[i:], true
}
