package extract

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"io"
	"slices"

	"dasheval/checker/evidence"
	"dasheval/checker/internal/pdf"
	"dasheval/checker/internal/worker"
	"dasheval/checker/pii"
	"dasheval/checker/text"
)

// A Mark is a place on a page that a picture is to show.
type Mark struct {
	Page int      // from 1
	Box  text.Box // in points from the top left of the page as displayed
}

// A Drawer draws parts of pages of PDF files, in processes as an [Extractor] reads
// them. It is safe for concurrent use.
type Drawer struct {
	cfg       Config
	pool      *worker.Pool
	parser    *parser
	temporary string
	reveal    bool
}

// NewDrawer returns a drawer. Unless reveal is set, numbers that identify people
// are blackened, and pages that are pictures, of which nothing tells where such
// numbers stand, are not drawn at all.
func NewDrawer(cfg Config, reveal bool) (*Drawer, error) {
	cfg = cfg.withDefaults()
	d := &Drawer{cfg: cfg, reveal: reveal}
	var err error
	if len(cfg.Worker) == 0 {
		d.parser, err = newParser(cfg)
		return d, err
	}
	cfg.drawing = true
	d.pool, d.temporary, err = newPool(cfg, nil)
	return d, err
}

// Close waits for the pictures being drawn and releases what the drawer holds.
func (d *Drawer) Close() error {
	if d.pool == nil {
		return d.parser.close()
	}
	return errors.Join(d.pool.Close(), removed(d.temporary))
}

// A drawing is what a drawing process is asked, in a line of JSON before the file.
type drawing struct {
	Marks  []Mark
	Reveal bool
}

// Draw returns for each mark the strip across its page that holds the box, the box
// marked, as JPEG; nil for one that cannot be drawn. An error that wraps one of the
// reasons of package evidence is about the file.
func (d *Drawer) Draw(ctx context.Context, f evidence.File, marks []Mark) ([][]byte, error) {
	if f.Open == nil {
		return make([][]byte, len(marks)), nil
	}
	ask := drawing{marks, d.reveal}
	if d.parser != nil {
		in, err := f.Open()
		if err != nil {
			return nil, unopened(err)
		}
		defer in.Close()
		data, err := io.ReadAll(io.LimitReader(in, d.cfg.MaxSize+1))
		if err != nil {
			return nil, unopened(err)
		}
		if int64(len(data)) > d.cfg.MaxSize {
			return nil, evidence.ErrTooLarge
		}
		var out [][]byte
		err = evidence.Guard(f.Path, func() (err error) {
			out, err = d.parser.draw(ctx, data, ask)
			return err
		})
		return out, err
	}
	head, err := json.Marshal(ask)
	if err != nil {
		return nil, err
	}
	head = append(head, '\n')
	size := f.Size
	if size > 0 {
		size += int64(len(head))
	}
	out, err := d.pool.Do(ctx, size, func() (io.ReadCloser, error) {
		in, err := f.Open()
		if err != nil {
			return nil, err
		}
		return struct {
			io.Reader
			io.Closer
		}{io.MultiReader(bytes.NewReader(head), in), in}, nil
	})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", evidence.ErrCorrupt, err)
	}
	pictures := make([][]byte, len(marks))
	if err := json.Unmarshal(out, &pictures); err != nil || len(pictures) != len(marks) {
		return nil, fmt.Errorf("%w: it could not be drawn", evidence.ErrCorrupt)
	}
	return pictures, nil
}

// serveDrawing does in a process what Draw asks.
func (p *parser) serveDrawing(ctx context.Context, file []byte) []byte {
	var ask drawing
	head, data, ok := bytes.Cut(file, []byte("\n"))
	if !ok || json.Unmarshal(head, &ask) != nil {
		return []byte("null")
	}
	pictures, err := p.draw(ctx, data, ask)
	if err != nil {
		return []byte("null")
	}
	out, err := json.Marshal(pictures)
	if err != nil {
		return []byte("null")
	}
	return out
}

// pictureDPI is how large pictures are drawn, in pixels per inch: A4 is 794 wide.
const pictureDPI = 96

func (p *parser) draw(ctx context.Context, data []byte, ask drawing) ([][]byte, error) {
	out := make([][]byte, len(ask.Marks))
	if kind, err := sniff(data); err != nil || kind != "pdf" || !pdf.Available {
		return out, nil
	}
	doc, _, err := p.readPDF(ctx, data)
	if err != nil {
		return nil, err
	}
	var pages []int
	for _, m := range ask.Marks {
		page := pageNumbered(doc, m.Page)
		if page == nil || slices.Contains(pages, m.Page) || !ask.Reveal && page.Raster >= minRaster {
			continue
		}
		pages = append(pages, m.Page)
	}
	if len(pages) == 0 {
		return out, nil
	}
	slices.Sort(pages)
	if err := p.prepare(); err != nil {
		return nil, err
	}
	err = p.pdf.Render(ctx, data, pages, pictureDPI, pdf.Limits{Time: p.cfg.MaxTime}, func(n int, im image.Image) error {
		page := pageNumbered(doc, n)
		full := image.NewRGBA(im.Bounds())
		draw.Draw(full, full.Bounds(), im, im.Bounds().Min, draw.Src)
		if !ask.Reveal {
			blacken(full, page)
		}
		for i, m := range ask.Marks {
			if m.Page == n {
				out[i] = strip(full, m.Box)
			}
		}
		return nil
	})
	return out, err
}

// pageNumbered returns a page by its number, from 1, or nil.
func pageNumbered(doc *text.Document, n int) *text.Page {
	i := slices.IndexFunc(doc.Pages, func(p text.Page) bool { return p.Number == n })
	if i < 0 {
		return nil
	}
	return &doc.Pages[i]
}

// pixels turns a box on a page into one on its picture, with room around it.
func pixels(b text.Box, room float64, within image.Rectangle) image.Rectangle {
	const scale = pictureDPI / 72.0
	return image.Rect(int((b.X0-room)*scale), int((b.Y0-room)*scale), int((b.X1+room)*scale)+1, int((b.Y1+room)*scale)+1).Intersect(within)
}

// blacken hides the numbers that identify people.
func blacken(im *image.RGBA, page *text.Page) {
	for i, l := range page.Lines {
		words := l.Words
		if i+1 < len(page.Lines) { // a number may be broken over two lines
			words = slices.Concat(words, page.Lines[i+1].Words)
		}
		var line []byte
		var from []int // where each word begins
		for _, w := range words {
			if len(line) > 0 {
				line = append(line, ' ')
			}
			from = append(from, len(line))
			line = append(line, w.Text...)
		}
		for _, at := range pii.Find(string(line)) {
			for i, w := range words {
				if from[i] < at[1] && at[0] < from[i]+len(w.Text) {
					draw.Draw(im, pixels(w.Box, 0.5, im.Bounds()), image.Black, image.Point{}, draw.Src)
				}
			}
		}
	}
}

// strip cuts the strip across the page that holds the box out, marks the box, and
// returns it as JPEG; nil if the box lies outside.
func strip(full *image.RGBA, box text.Box) []byte {
	const around, highest = 40.0, 330.0 // points
	at := pixels(box, 2, full.Bounds())
	if at.Empty() {
		return nil
	}
	if box.Y1-box.Y0 > highest {
		box.Y1 = box.Y0 + highest
	}
	b := full.Bounds()
	rows := pixels(box, around, b)
	cut := image.NewRGBA(image.Rect(0, 0, b.Dx(), rows.Dy()))
	draw.Draw(cut, cut.Bounds(), full, image.Pt(b.Min.X, rows.Min.Y), draw.Src)
	frame(cut, at.Sub(image.Pt(0, rows.Min.Y)))
	var out bytes.Buffer
	const quality = 60
	if jpeg.Encode(&out, cut, &jpeg.Options{Quality: quality}) != nil {
		return nil
	}
	return out.Bytes()
}

// frame draws a frame around the inside of r.
func frame(im *image.RGBA, r image.Rectangle) {
	const thick = 2
	red := image.NewUniform(color.RGBA{200, 20, 40, 255})
	for _, side := range []image.Rectangle{
		{r.Min, image.Pt(r.Max.X, r.Min.Y+thick)}, {image.Pt(r.Min.X, r.Max.Y-thick), r.Max},
		{r.Min, image.Pt(r.Min.X+thick, r.Max.Y)}, {image.Pt(r.Max.X-thick, r.Min.Y), r.Max},
	} {
		draw.Draw(im, side.Intersect(im.Bounds()), red, image.Point{}, draw.Src)
	}
}
