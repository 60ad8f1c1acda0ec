package extract

import (
	"context"
	"image"
	"image/color"
	"image/draw"

	"dasheval/checker/internal/native"
	"dasheval/checker/internal/scan"
	"dasheval/checker/text"
)

// codes reads the QR codes among the pictures placed on pages with text.
func codes(ctx context.Context, doc *text.Document, r *native.Result) {
	for i := range doc.Pages {
		page := &doc.Pages[i]
		if page.Engine != Native || page.Pictured() || ctx.Err() != nil {
			continue
		}
		for _, p := range r.Squares(ctx, i) {
			if payload := payloadOf(p); payload != "" {
				page.Marks = append(page.Marks, text.Mark{Kind: text.QR, Box: p.Box, Payload: payload})
			}
		}
	}
}

// payloadOf returns what a picture says if it is a QR code, else "".
func payloadOf(p native.Picture) string {
	// A code wants white around it, which a picture of it need not have.
	b := p.Image.Bounds()
	margin := max(b.Dx(), b.Dy()) / 5
	sheet := image.NewRGBA(image.Rect(0, 0, b.Dx()+2*margin, b.Dy()+2*margin))
	draw.Draw(sheet, sheet.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(sheet, b.Sub(b.Min).Add(image.Pt(margin, margin)), p.Image, b.Min, draw.Over)
	dpi := 72 * float64(b.Dx()) / max(p.Box.X1-p.Box.X0, 1)
	for _, m := range scan.New(sheet, dpi).Scaled(2 * resolution).Marks(nil) {
		if m.Kind == scan.QR {
			return m.Payload
		}
	}
	return ""
}
