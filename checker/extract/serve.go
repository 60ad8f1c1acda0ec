package extract

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"time"

	"dasheval/checker/evidence"
	"dasheval/checker/internal/pdf"
	"dasheval/checker/internal/worker"
	"dasheval/checker/text"
)

// A setup tells a reading process how to work.
type setup struct {
	Engine    string
	CacheDir  string
	MaxSize   int64
	MaxTime   time.Duration
	MaxMemory int64
	Workers   int
	OCR       OCR
	Trust     [][]byte // certificates
	Today     time.Time
	// Recognises says that the parent reads pictures.
	Recognises bool
	// Compile makes a process that fills the cache of pdfium and reads no file.
	Compile bool
	// Draws makes a process that draws pages; see [Drawer].
	Draws bool
}

// An answer is what a reading process found out, but for the document, whose
// encoding follows it.
type answer struct {
	Kind   string `json:",omitempty"`
	Reason string `json:",omitempty"` // of package evidence, "failure" for another error
	Error  string `json:",omitempty"`
	Doc    bool   `json:",omitempty"`

	doc *text.Document
}

const failure = "failure"

// ServeWorker makes the process a reading process of [Config.Worker]: it reads
// files for its parent, which is at the other ends of in and out, until in ends.
// Where the system can, it gives up the right to do anything else first.
func ServeWorker(in io.Reader, out io.Writer) error {
	var set setup
	var p *parser
	err := worker.Serve(in, out, worker.Handler{
		Start: func(b []byte) (string, int64, error) {
			if err := json.Unmarshal(b, &set); err != nil {
				return "", 0, fmt.Errorf("read the settings: %w", err)
			}
			cfg := Config{Workers: 1, CacheDir: set.CacheDir, MaxSize: set.MaxSize, MaxTime: set.MaxTime, Engine: set.Engine, MaxMemory: set.MaxMemory, OCR: set.OCR, Today: set.Today}.withDefaults()
			for _, b := range set.Trust {
				c, err := x509.ParseCertificate(b)
				if err != nil {
					return "", 0, fmt.Errorf("read a trusted certificate: %w", err)
				}
				cfg.Trust = append(cfg.Trust, c)
			}
			confine := worker.Confinement{Memory: cfg.MaxMemory}
			switch {
			case cfg.CacheDir == "":
			case set.Compile:
				confine.Writable = []string{pdf.CacheDir(cfg.CacheDir)}
			default:
				confine.ReadOnly = []string{pdf.CacheDir(cfg.CacheDir)}
			}
			debug.SetMemoryLimit(cfg.MaxMemory / 4 * 3)
			var err error
			if p, err = newParser(cfg); err != nil {
				return "", 0, err
			}
			p.side = set.Workers
			hello, err := worker.Confine(confine)
			return hello, cfg.MaxMemory / 16 * 15, err
		},
		Do: func(ctx context.Context, file []byte, parent worker.Parent) []byte {
			if set.Compile {
				if err := p.pdf.Warm(); err != nil {
					return encode("", nil, err)
				}
				return encode("", nil, nil)
			}
			p.ask = parent.Prepare
			if set.Draws {
				return p.serveDrawing(ctx, file)
			}
			if p.read = nil; set.Recognises {
				p.read = asking(parent.Call)
			}
			return encode(p.parse(ctx, file))
		},
	})
	if p != nil {
		err = errors.Join(err, p.close())
	}
	return err
}

// Self is the command line of the running program with other arguments, for
// [Config.Worker]: one that has it call [ServeWorker]. It is nil if the system
// does not tell where the program is.
func Self(args ...string) []string { return worker.Self(args...) }

// encode packs what parse returns: one line of JSON, then the document.
func encode(kind string, doc *text.Document, err error) []byte {
	a := answer{Kind: kind, Doc: doc != nil}
	if err != nil {
		a.Reason, a.Error = failure, err.Error()
		if isReason(err) {
			a.Reason = evidence.Reason(err)
		}
	}
	out, jsonErr := json.Marshal(a)
	if jsonErr != nil {
		panic(jsonErr) // strings and a truth value
	}
	out = append(out, '\n')
	if doc == nil {
		return out
	}
	if out, jsonErr = doc.AppendBinary(out); jsonErr != nil {
		panic(jsonErr) // it appends
	}
	return out
}
