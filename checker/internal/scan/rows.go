package scan

import (
	"image"
	"image/color"
	"image/draw"
)

// rows returns a function that fills in the brightness and the chroma of row y
// of img, counted from the top, and whether img can have colour at all; if not,
// the function is given no chroma.
func rows(img image.Image) (read func(y int, luma, chroma []byte), coloured bool) {
	b := img.Bounds()
	switch m := img.(type) {
	case *image.Gray:
		return func(y int, luma, _ []byte) {
			copy(luma, m.Pix[m.PixOffset(b.Min.X, b.Min.Y+y):])
		}, false
	case *image.YCbCr:
		return ycbcrRows(m), true
	case *image.Paletted:
		return palettedRows(m)
	case *image.RGBA:
		return func(y int, luma, chroma []byte) {
			rgbaRow(m.Pix[m.PixOffset(b.Min.X, b.Min.Y+y):], luma, chroma, true)
		}, true
	case *image.NRGBA:
		return func(y int, luma, chroma []byte) {
			rgbaRow(m.Pix[m.PixOffset(b.Min.X, b.Min.Y+y):], luma, chroma, false)
		}, true
	}
	line := image.NewRGBA(image.Rect(0, 0, b.Dx(), 1))
	return func(y int, luma, chroma []byte) {
		draw.Draw(line, line.Rect, image.White, image.Point{}, draw.Src)
		draw.Draw(line, line.Rect, img, image.Pt(b.Min.X, b.Min.Y+y), draw.Over)
		rgbaRow(line.Pix, luma, chroma, true)
	}, img.ColorModel() != color.Gray16Model
}

// rgbaRow fills in a row from red, green, blue and alpha, over white.
func rgbaRow(pix, luma, chroma []byte, premultiplied bool) {
	for x := range luma {
		s := pix[x*4 : x*4+4 : x*4+4]
		r, g, b, a := uint32(s[0]), uint32(s[1]), uint32(s[2]), uint32(s[3])
		if a < 255 {
			if !premultiplied {
				r, g, b = r*a/255, g*a/255, b*a/255
			}
			// A damaged picture may have a colour above its alpha.
			r, g, b = min(255, r+255-a), min(255, g+255-a), min(255, b+255-a)
		}
		luma[x] = byte((r*77 + g*150 + b*29) >> 8)
		if chroma != nil {
			chroma[x] = byte(max(r, g, b) - min(r, g, b))
		}
	}
}

// palettedRows reads a row by a table of its colours; a black and white
// picture usually comes as a palette of two.
func palettedRows(m *image.Paletted) (func(y int, luma, chroma []byte), bool) {
	var lumas, chromas [256]byte
	coloured := false
	for i, c := range m.Palette[:min(256, len(m.Palette))] {
		v := color.RGBAModel.Convert(c).(color.RGBA)
		rgbaRow([]byte{v.R, v.G, v.B, v.A}, lumas[i:i+1], chromas[i:i+1], true)
		coloured = coloured || chromas[i] > greyChroma
	}
	return func(y int, luma, chroma []byte) {
		pix := m.Pix[m.PixOffset(m.Rect.Min.X, m.Rect.Min.Y+y):]
		for x := range luma {
			luma[x] = lumas[pix[x]]
			if chroma != nil {
				chroma[x] = chromas[pix[x]]
			}
		}
	}, coloured
}

// ycbcrRows reads a row of a JPEG. The spread of red, green and blue depends
// on the two colour differences only, as long as no channel is cut off at 0 or
// 255; a table of it saves the way over RGB.
func ycbcrRows(m *image.YCbCr) func(y int, luma, chroma []byte) {
	var spread [256][256]byte
	for cb := range spread {
		for cr := range spread[cb] {
			u, v := cb-128, cr-128
			r, g, b := 1402*v, -344*u-714*v, 1772*u
			spread[cb][cr] = byte(min(255, (max(r, g, b)-min(r, g, b))/1000))
		}
	}
	b := m.Rect
	halved := m.SubsampleRatio == image.YCbCrSubsampleRatio420 ||
		m.SubsampleRatio == image.YCbCrSubsampleRatio422
	return func(y int, luma, chroma []byte) {
		copy(luma, m.Y[m.YOffset(b.Min.X, b.Min.Y+y):])
		if halved && b.Min.X%2 == 0 {
			at := m.COffset(b.Min.X, b.Min.Y+y)
			for x := range chroma {
				chroma[x] = spread[m.Cb[at+x>>1]][m.Cr[at+x>>1]]
			}
			return
		}
		for x := range chroma {
			at := m.COffset(b.Min.X+x, b.Min.Y+y)
			chroma[x] = spread[m.Cb[at]][m.Cr[at]]
		}
	}
}
