package native

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"

	"golang.org/x/image/ccitt"

	"dasheval/checker/evidence"
	"dasheval/checker/text"
)

// placed is a picture and the matrix that it is drawn with.
type placed struct {
	object value
	at     matrix
}

// pagePictures are the pictures of a page that are looked at.
type pagePictures struct {
	only    placed   // the one that is all of the page
	squares []placed // those that may be codes
}

// maxSquares bounds the pictures of a page that are looked at for codes.
const maxSquares = 8

// isSquare reports whether a picture in box, in points, has the shape and size of a
// QR code on paper.
func isSquare(box text.Box) bool {
	const least, most = 25, 200 // points
	w, h := box.X1-box.X0, box.Y1-box.Y0
	return w >= least && w <= most && w < 1.2*h && h < 1.2*w
}

// A Picture is what a scanner saw of a page, as it stands in the file.
type Picture struct {
	Image image.Image
	// Box is where it stands on the page, in points as displayed.
	Box text.Box
	// Turns is by how many quarter turns clockwise it is displayed.
	Turns int
}

// maxPixels bounds the pixels of a picture: an A3 page at 600 dpi has 70
// million.
const maxPixels = 80_000_000

var errPicture = fmt.Errorf("%w: picture", evidence.ErrUnsupported)

// Picture returns the picture that is all there is on a page of Doc beside
// invisible text. It fails if there is none, or one in a form that is not known
// here; another engine may draw the page then. It must not be called twice at a
// time.
func (r *Result) Picture(ctx context.Context, page int) (p Picture, err error) {
	defer guard(&err)
	if page < 0 || page >= len(r.pictures) || r.file == nil || !isStream(r.pictures[page].only.object) {
		return Picture{}, errPicture
	}
	r.source.ctx = ctx // that of Read has ended
	v := r.pictures[page].only
	if p.Turns, err = turns(v.at); err != nil {
		return Picture{}, err
	}
	p.Box = bounds(v.at, 0, 0, 1, 1)
	p.Image, err = r.decode(ctx, v.object)
	return p, err
}

// turns returns by how many quarter turns clockwise a matrix turns a picture,
// whose y axis points up, when it is displayed with the y axis down.
func turns(m matrix) (int, error) {
	const tilt = 0.02 // of its size: a picture that is set straight by its matrix is drawn by others
	small := func(a, b float64) bool { return max(a, -a) <= tilt*max(b, -b) }
	switch {
	case small(m.B, m.A) && small(m.C, m.D) && m.A > 0 && m.D < 0:
		return 0, nil
	case small(m.A, m.B) && small(m.D, m.C) && m.B > 0 && m.C > 0:
		return 1, nil
	case small(m.B, m.A) && small(m.C, m.D) && m.A < 0 && m.D > 0:
		return 2, nil
	case small(m.A, m.B) && small(m.D, m.C) && m.B < 0 && m.C < 0:
		return 3, nil
	}
	return 0, errPicture
}

// Squares returns the pictures on a page of Doc, from 0, that may be QR codes, as far
// as they can be decoded, on white. It must not be called twice at a time.
func (r *Result) Squares(ctx context.Context, page int) []Picture {
	if page < 0 || page >= len(r.pictures) || r.file == nil {
		return nil
	}
	r.source.ctx = ctx // that of Read has ended
	var out []Picture
	for _, s := range r.pictures[page].squares {
		if im, err := r.onWhite(ctx, s.object); err == nil {
			out = append(out, Picture{Image: im, Box: bounds(s.at, 0, 0, 1, 1)})
		}
	}
	return out
}

// onWhite decodes a picture, which may be transparent in parts.
func (r *Result) onWhite(ctx context.Context, v value) (im image.Image, err error) {
	defer guard(&err)
	if im, err = r.samples(ctx, v); err != nil || v.Key("SMask").IsNull() {
		return im, err
	}
	mask, err := r.samples(ctx, v.Key("SMask"))
	if err != nil || mask.Bounds() != im.Bounds() {
		return nil, errPicture
	}
	out := image.NewGray(im.Bounds())
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			alpha := uint32(color.GrayModel.Convert(mask.At(x, y)).(color.Gray).Y)
			grey := uint32(color.GrayModel.Convert(im.At(x, y)).(color.Gray).Y)
			out.SetGray(x, y, color.Gray{uint8((grey*alpha + 255*(255-alpha)) / 255)})
		}
	}
	return out, nil
}

// decode decodes a picture that hides what is below it.
func (r *Result) decode(ctx context.Context, v value) (image.Image, error) {
	if !v.Key("SMask").IsNull() || isStream(v.Key("Mask")) {
		return nil, errPicture
	}
	return r.samples(ctx, v)
}

func (r *Result) samples(ctx context.Context, v value) (image.Image, error) {
	w, h := v.Key("Width").Int64(), v.Key("Height").Int64()
	if w < 1 || h < 1 || w > maxPixels || h > maxPixels || w*h > maxPixels {
		return nil, errPicture
	}
	body, filter, err := r.packed(v)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	inverted := v.Key("Decode").Len() >= 2 && v.Key("Decode").Index(0).Float64() > v.Key("Decode").Index(1).Float64()
	parms := v.Key("DecodeParms")
	if parms.Len() > 0 {
		parms = parms.Index(parms.Len() - 1)
	}
	switch filter {
	case "DCTDecode":
		if inverted {
			return nil, errPicture
		}
		return decodeJPEG(body, int(w), int(h))
	case "CCITTFaxDecode":
		return decodeFax(body, int(w), int(h), parms, inverted)
	case "FlateDecode", "":
		return decodeSamples(body, filter, int(w), int(h), v, parms, inverted)
	}
	return nil, errPicture
}

// packed returns the bytes of a stream as they stand in the file, and the last
// of its filters, the others undone.
func (r *Result) packed(v value) (body []byte, filter string, err error) {
	id := int(objectNumber(v))
	if id <= 0 || id >= len(r.table.objects) || r.table.objects[id].offset >= len(r.file) {
		return nil, "", errPicture
	}
	_, body, ok := streamAt(r.file, r.table.objects[id].offset)
	n := v.Key("Length").Int64()
	if !ok || n < 1 || n > int64(len(body)) {
		return nil, "", errPicture
	}
	body = body[:n]
	f := v.Key("Filter")
	filter = f.Name()
	for i := range f.Len() {
		if filter != "" { // the one before is not the last
			if filter != "FlateDecode" || i > 1 {
				return nil, "", errPicture
			}
			if body, err = unzip(body, 2*maxPixels); err != nil {
				return nil, "", err
			}
		}
		filter = f.Index(i).Name()
	}
	return body, filter, nil
}

// unzip returns what it could unpack: a picture may lack its end.
func unzip(body []byte, limit int) ([]byte, error) {
	z, err := zlib.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, errPicture
	}
	out, err := io.ReadAll(io.LimitReader(z, int64(limit)+1))
	if len(out) > limit {
		return nil, errLong
	}
	if len(out) == 0 && err != nil {
		return nil, errPicture
	}
	return out, nil
}

func decodeJPEG(body []byte, w, h int) (image.Image, error) {
	cfg, err := jpeg.DecodeConfig(bytes.NewReader(body))
	if err != nil || cfg.Width != w || cfg.Height != h {
		return nil, errPicture
	}
	im, err := jpeg.Decode(bytes.NewReader(body))
	if err != nil {
		return nil, errPicture
	}
	return im, nil
}

// decodeFax decodes a black and white picture, ISO 32000-1, 7.4.6.
func decodeFax(body []byte, w, h int, parms value, inverted bool) (image.Image, error) {
	k := parms.Key("K").Int64()
	columns := int64(1728)
	if c := parms.Key("Columns"); !c.IsNull() {
		columns = c.Int64()
	}
	if k > 0 || columns != int64(w) { // mixed coding is not known here
		return nil, errPicture
	}
	format := ccitt.Group3
	if k < 0 {
		format = ccitt.Group4
	}
	im := image.NewGray(image.Rect(0, 0, w, h))
	opts := &ccitt.Options{Align: parms.Key("EncodedByteAlign").Bool(), Invert: parms.Key("BlackIs1").Bool() != inverted}
	if err := ccitt.DecodeIntoGray(im, bytes.NewReader(body), ccitt.MSB, format, opts); err != nil {
		return nil, errPicture
	}
	return im, nil
}

// decodeSamples decodes plain samples, ISO 32000-1, 8.9.5.2.
func decodeSamples(body []byte, filter string, w, h int, v, parms value, inverted bool) (image.Image, error) {
	bits, channels, palette := 8, 1, color.Palette(nil)
	if v.Key("ImageMask").Bool() {
		bits = 1
	} else {
		bits = int(v.Key("BitsPerComponent").Int64())
		if channels, palette = space(v.Key("ColorSpace")); channels == 0 {
			return nil, errPicture
		}
	}
	if bits != 8 && (channels != 1 || bits != 1 && bits != 2 && bits != 4) || inverted && (palette != nil || channels > 1) {
		return nil, errPicture
	}
	row := (w*channels*bits + 7) / 8
	var err error
	if filter != "" {
		if body, err = unzip(body, row*h+h); err != nil {
			return nil, err
		}
		if p := int(parms.Key("Predictor").Int64()); p > 1 {
			if body, err = unpredict(body, p, row, max(1, channels*bits/8)); err != nil {
				return nil, err
			}
		}
	}
	if len(body) < row*h/2 {
		return nil, errPicture
	}
	body = append(body, bytes.Repeat([]byte{0xff}, max(0, row*h-len(body)))...)
	if channels == 3 {
		im := image.NewRGBA(image.Rect(0, 0, w, h))
		for i, o := 0, 0; i < w*h; i, o = i+1, o+4 {
			im.Pix[o], im.Pix[o+1], im.Pix[o+2], im.Pix[o+3] = body[3*i], body[3*i+1], body[3*i+2], 0xff
		}
		return im, nil
	}
	im := image.NewPaletted(image.Rect(0, 0, w, h), palette)
	if palette == nil {
		im.Palette = greys(bits, inverted)
	}
	for y := range h {
		for x := range w {
			b := body[y*row+x*bits/8]
			b >>= 8 - bits - x*bits%8
			b &= 1<<bits - 1
			im.Pix[y*im.Stride+x] = min(b, byte(len(im.Palette)-1))
		}
	}
	return im, nil
}

// greys returns the palette of samples of so many bits.
func greys(bits int, inverted bool) color.Palette {
	out := make(color.Palette, 1<<bits)
	for i := range out {
		v := byte(i * 255 / (len(out) - 1))
		if inverted {
			v = 255 - v
		}
		out[i] = color.Gray{v}
	}
	return out
}

// space returns how many samples a pixel has in a colour space, and its palette
// if it has one; 0 if the space is not known here.
func space(v value) (channels int, palette color.Palette) {
	name := v.Name()
	if v.Len() > 0 {
		name = v.Index(0).Name()
	}
	switch name {
	case "DeviceGray", "CalGray", "G":
		return 1, nil
	case "DeviceRGB", "CalRGB", "RGB":
		return 3, nil
	case "ICCBased":
		if n := int(v.Index(1).Key("N").Int64()); n == 1 || n == 3 {
			return n, nil
		}
	case "Indexed", "I":
		return indexed(v)
	}
	return 0, nil
}

func indexed(v value) (int, color.Palette) {
	if v.Len() != 4 {
		return 0, nil
	}
	base, _ := space(v.Index(1))
	last := int(v.Index(2).Int64())
	if base == 0 || last < 0 || last > 255 {
		return 0, nil
	}
	table := []byte(v.Index(3).RawString())
	if isStream(v.Index(3)) {
		in := v.Index(3).Reader()
		defer in.Close()
		var err error
		if table, err = io.ReadAll(io.LimitReader(in, 3*256)); err != nil {
			return 0, nil
		}
	}
	if len(table) < base*(last+1) {
		return 0, nil
	}
	out := make(color.Palette, last+1)
	for i := range out {
		if base == 1 {
			out[i] = color.Gray{table[i]}
			continue
		}
		out[i] = color.RGBA{table[3*i], table[3*i+1], table[3*i+2], 0xff}
	}
	return 1, out
}
