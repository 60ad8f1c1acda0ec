// Package photo reads picture files: photos, screenshots, and pages that were
// scanned to JPEG or TIFF.
//
// The formats are those of the Go libraries; what this package adds is the way a
// camera was held, the day a photo was taken, the pages of a TIFF file, and limits.
package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/gif"  // format
	_ "image/jpeg" // format
	_ "image/png"  // format
	"time"

	"github.com/bep/imagemeta"
	_ "golang.org/x/image/bmp" // format
	"golang.org/x/image/tiff"
	_ "golang.org/x/image/webp" // format

	"dasheval/checker/evidence"
)

// Kinds lists the kinds of files that can be read.
func Kinds() []string { return []string{"jpg", "png", "gif", "bmp", "tiff", "webp"} }

const (
	// maxPixels bounds a picture of four bytes a pixel; cameras have up to 50
	// million.
	maxPixels = 60_000_000
	maxPages  = 500 // of a TIFF file
)

// A Photo is what a picture file says of itself.
type Photo struct {
	Pages int // one, but for TIFF
	// Turns is by how many quarter turns clockwise it has to be turned to be
	// upright.
	Turns int
	// Taken is when the camera says that it took it, without a time zone; zero if
	// it does not say.
	Taken time.Time

	data    []byte
	offsets []uint32 // of the pages of a TIFF file
}

// Open reads what the file says of itself. kind is one of [Kinds]. Its error wraps
// [evidence.ErrCorrupt] or [evidence.ErrTooLarge].
func Open(data []byte, kind string) (*Photo, error) {
	p := &Photo{Pages: 1, data: data}
	if kind == "tiff" {
		if p.offsets = directories(data); len(p.offsets) == 0 {
			return nil, fmt.Errorf("%w: no page", evidence.ErrCorrupt)
		}
		p.Pages = len(p.offsets)
	}
	cfg, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", evidence.ErrCorrupt, err)
	}
	if err := bounded(cfg); err != nil {
		return nil, err
	}
	p.meta(kind)
	return p, nil
}

func bounded(cfg image.Config) error {
	w, h := int64(cfg.Width), int64(cfg.Height)
	if w < 1 || h < 1 {
		return fmt.Errorf("%w: no pixels", evidence.ErrCorrupt)
	}
	if w > maxPixels || h > maxPixels || w*h*depth(cfg.ColorModel) > 4*maxPixels {
		return fmt.Errorf("%w of %d million pixels", evidence.ErrTooLarge, maxPixels/1_000_000)
	}
	return nil
}

// depth is the number of bytes that a pixel takes.
func depth(m color.Model) int64 {
	switch m {
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	case color.GrayModel:
		return 1
	case color.Gray16Model:
		return 2
	}
	return 4
}

// Page returns a page, from 0. Its error wraps a reason of package evidence.
func (p *Photo) Page(n int) (image.Image, error) {
	if p.offsets == nil {
		im, _, err := image.Decode(bytes.NewReader(p.data))
		if err != nil {
			return nil, fmt.Errorf("%w: %w", evidence.ErrCorrupt, err)
		}
		return im, nil
	}
	// The library reads the first page: the one that the header points to.
	head := bytes.Clone(p.data[:tiffHead])
	order(head).PutUint32(head[4:], p.offsets[n])
	in := &patched{Reader: bytes.NewReader(p.data), head: head}
	cfg, err := tiff.DecodeConfig(in)
	if err == nil {
		err = bounded(cfg)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", evidence.ErrCorrupt, err)
	}
	im, err := tiff.Decode(in)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", evidence.ErrCorrupt, err)
	}
	return im, nil
}

// tiffHead is the length of the header of a TIFF file.
const tiffHead = 8

func order(head []byte) binary.ByteOrder {
	if head[0] == 'M' {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

// directories returns where the directories of the pages of a TIFF file stand,
// TIFF 6.0, section 2.
func directories(data []byte) []uint32 {
	if len(data) < tiffHead {
		return nil
	}
	o := order(data)
	var out []uint32
	seen := map[uint32]bool{}
	for at := o.Uint32(data[4:]); at != 0 && !seen[at] && len(out) < maxPages; {
		if int64(at)+2 > int64(len(data)) {
			break
		}
		seen[at] = true
		out = append(out, at)
		const entry = 12
		next := int64(at) + 2 + entry*int64(o.Uint16(data[at:]))
		if next+4 > int64(len(data)) {
			break
		}
		at = o.Uint32(data[next:])
	}
	return out
}

// patched is a file with another header.
type patched struct {
	*bytes.Reader
	head []byte
}

// ReadAt implements [io.ReaderAt], by which the library reads.
func (p *patched) ReadAt(b []byte, off int64) (int, error) {
	n, err := p.Reader.ReadAt(b, off)
	if off < int64(len(p.head)) {
		copy(b[:n], p.head[off:])
	}
	return n, err
}

// Read is what the library would read by if it did not read by ReadAt.
func (p *patched) Read([]byte) (int, error) { return 0, errors.ErrUnsupported }

var formats = map[string]imagemeta.ImageFormat{"jpg": imagemeta.JPEG, "png": imagemeta.PNG, "tiff": imagemeta.TIFF, "webp": imagemeta.WebP}

// meta reads what the camera wrote. It is a hint: what cannot be read is left out.
func (p *Photo) meta(kind string) {
	format, ok := formats[kind]
	if !ok {
		return
	}
	// The error of a damaged block says nothing about the picture.
	_, _ = imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(p.data), ImageFormat: format, Sources: imagemeta.EXIF,
		ShouldHandleTag: func(t imagemeta.TagInfo) bool { return t.Tag == "Orientation" || t.Tag == "DateTimeOriginal" },
		HandleTag: func(t imagemeta.TagInfo) error {
			switch v := t.Value.(type) {
			case uint16:
				if t.Tag == "Orientation" {
					p.Turns = turns[v]
				}
			case string:
				if day, err := time.Parse("2006:01:02 15:04:05", v); err == nil && t.Tag == "DateTimeOriginal" {
					p.Taken = day
				}
			}
			return nil
		},
		Timeout: time.Second,
	})
}

// turns maps the orientation that a camera writes, Exif 2.3, 4.6.4, to quarter
// turns; those of mirrored pictures are left out.
var turns = map[uint16]int{3: 2, 6: 1, 8: 3}
