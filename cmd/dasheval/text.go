package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"unicode"

	"dasheval/checker/evidence"
	"dasheval/checker/extract"
	"dasheval/checker/report"
	"dasheval/checker/text"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"
)

// A textCommand holds the flags of one call that are no settings.
type textCommand struct {
	app          *app
	boxes, quiet bool
}

func newText(a *app) *cobra.Command {
	c := &textCommand{app: a}
	cmd := a.command("text", "text PATH…", c.run)
	cmd.Args = a.needs(1, -1, "error.args.path")
	a.settingFlags(cmd, append(reading, "format")...)
	cmd.Flags().BoolVar(&c.boxes, "boxes", false, a.label("flag.boxes"))
	cmd.Flags().BoolVar(&c.quiet, "quiet", false, a.label("flag.quiet"))
	return cmd
}

// A textFile is what can be read of one file.
type textFile struct {
	Path             string     `json:"path"`
	Readable         string     `json:"readable"` // text, ocr or no
	UnreadableReason *string    `json:"unreadable_reason"`
	TextOrigin       string     `json:"text_origin"`
	Text             string     `json:"text"`
	Unread           [][2]int   `json:"unread,omitempty"` // first and last pages of what was not read for certain
	Pages            []textPage `json:"pages,omitempty"`

	doc  *text.Document
	kind string
}

type textPage struct {
	Page   int        `json:"page"`
	Width  float64    `json:"width"`
	Height float64    `json:"height"`
	Grade  text.Grade `json:"grade,omitempty"` // of a pictured page: how well it was read
	Skew   float64    `json:"skew,omitempty"`  // degrees counter-clockwise; boxes are those of the page set straight
	Lines  []textLine `json:"lines"`
	Marks  []textMark `json:"marks,omitempty"`
}

// A textMark is what is on a pictured page beside its text.
type textMark struct {
	Kind    text.MarkKind `json:"kind"`
	Box     [4]float64    `json:"box"`
	Area    float64       `json:"area_mm2"`
	Longest float64       `json:"longest_mm"`
	Colour  float64       `json:"colour"`
	Payload string        `json:"payload,omitempty"`
}

type textLine struct {
	Text  string     `json:"text"`
	Box   [4]float64 `json:"box"`
	Words []textWord `json:"words"`
}

type textWord struct {
	Text       string     `json:"text"`
	Box        [4]float64 `json:"box"`
	Confidence uint8      `json:"confidence,omitempty"`
}

func (c *textCommand) run(cmd *cobra.Command, paths []string) error {
	a := c.app
	if err := a.exist(paths); err != nil {
		return err
	}
	s, err := a.load(cmd, paths)
	if err != nil {
		return err
	}
	if err := a.plainly(s); err != nil {
		return err
	}
	src, err := evidence.Roots(paths, evidence.Options{})
	if err != nil {
		return err
	}
	files, err := c.read(cmd.Context(), s, src)
	switch {
	case cmd.Context().Err() != nil:
		return a.fail(exitInterrupted, "error.interrupted")
	case err != nil:
		return a.unreadable(err)
	case len(files) == 0:
		return a.nothing(paths)
	}
	var b bytes.Buffer
	if s.text("format") == "json" {
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		err = enc.Encode(map[string][]*textFile{"files": files})
	} else {
		c.plain(&b, files)
	}
	if err != nil {
		return fmt.Errorf("write text: %w", err)
	}
	return a.print(&b)
}

// read reads every file of the source, in its order.
func (c *textCommand) read(ctx context.Context, s *settings, src evidence.Source) ([]*textFile, error) {
	a := c.app
	workers := s.number("workers")
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	x, err := extract.New(ctx, extract.Config{
		Workers: workers, CacheDir: cacheDir(), Engine: s.text("engine"), MaxSize: s.size("max-size"), MaxTime: s.duration("max-time"),
		MaxMemory: s.size("max-memory"), Worker: workerCommand(), OCR: s.ocr(), Log: a.log(),
	})
	if err != nil {
		return nil, err
	}
	defer x.Close()
	var out []*textFile
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(workers)
	for f, err := range src.Files(ctx) {
		if err != nil {
			g.Go(func() error { return err })
			break
		}
		if f.Archive {
			continue
		}
		t := &textFile{Path: f.Path, Readable: "no", TextOrigin: string(text.None)}
		out = append(out, t)
		g.Go(func() error { return c.open(ctx, x, f, t) })
	}
	return out, g.Wait()
}

// open reads one file into t. An error is a failure, not an unreadable file.
func (c *textCommand) open(ctx context.Context, x *extract.Extractor, f evidence.File, t *textFile) error {
	if f.Ignore != "" {
		reason := "ignored"
		t.UnreadableReason = &reason
		return nil
	}
	r := x.Open(ctx, f)
	if err := ctx.Err(); err != nil {
		return err
	}
	if r.Err != nil {
		reason := evidence.Reason(r.Err)
		t.UnreadableReason, t.kind = &reason, r.Kind
		return nil
	}
	t.doc = r.Doc
	t.Readable, t.TextOrigin, t.Text = "text", string(r.Doc.Origin()), r.Doc.Plain()
	t.Unread = r.Doc.Unread()
	if r.Doc.Origin() == text.OCR {
		t.Readable = "ocr"
	}
	if c.boxes {
		t.Pages = pages(r.Doc)
	}
	return nil
}

// pages returns the lines and words of a document with their boxes.
func pages(d *text.Document) []textPage {
	box := func(b text.Box) [4]float64 { return [4]float64{b.X0, b.Y0, b.X1, b.Y1} }
	out := make([]textPage, len(d.Pages))
	for i, p := range d.Pages {
		out[i] = textPage{Page: p.Number, Width: p.Width, Height: p.Height, Grade: p.Grade, Skew: p.Skew, Lines: make([]textLine, len(p.Lines))}
		for j, l := range p.Lines {
			line := textLine{Text: l.Text(), Box: box(l.Box), Words: make([]textWord, len(l.Words))}
			for k, w := range l.Words {
				line.Words[k] = textWord{w.Text, box(w.Box), w.Confidence}
			}
			out[i].Lines[j] = line
		}
		for _, m := range p.Marks {
			out[i].Marks = append(out[i].Marks, textMark{m.Kind, box(m.Box), m.Area, m.Longest, m.Colour, m.Payload})
		}
	}
	return out
}

// plain writes the files for people: a line for each file and each page.
func (c *textCommand) plain(b *bytes.Buffer, files []*textFile) {
	say := c.app.say
	for _, f := range files {
		if f.doc == nil {
			reason := report.UnreadableName(*f.UnreadableReason, f.kind)
			fmt.Fprintf(b, "== %s: %s\n", printable(f.Path), say.Name("unreadable", reason))
			if say.Has("remedy." + reason) {
				fmt.Fprintf(b, "   → %s\n", say.Label("remedy."+reason))
			}
			continue
		}
		fmt.Fprintf(b, "== %s: %s, %s\n", printable(f.Path), f.doc.Format, say.Name("origin", f.TextOrigin))
		for _, p := range f.doc.Pages {
			if f.doc.Paged {
				unsure := ""
				if p.Engine == extract.Native && len(p.Doubts) > 0 {
					unsure = " · " + say.Label("text.unsure")
				}
				fmt.Fprintf(b, "-- %s%s\n", say.Label("report.page", p.Number), unsure)
			}
			for _, l := range p.Lines {
				fmt.Fprintln(b, printable(l.Text()))
				if c.boxes {
					for _, w := range l.Words {
						fmt.Fprintf(b, "   [%.1f %.1f %.1f %.1f] %s\n", w.Box.X0, w.Box.Y0, w.Box.X1, w.Box.Y1, printable(w.Text))
					}
				}
			}
		}
	}
}

// printable takes out what would steer the terminal; tabs between columns stay.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
			return ' '
		}
		return r
	}, s)
}
