// Package scan looks at the picture of a scanned page: how far it is turned,
// where somebody left ink, a stamp or a pasted picture, where ruled tables are,
// and what the QR codes say. It reads no text; a program for text recognition
// does, and the package uses the words that program found to tell print from
// the rest.
//
// The usual way through is
//
//	p := scan.New(img, dpi).Scaled(200)
//	p = p.Rotated(p.Skew())
//	words := recognise(p.PGM())
//	marks, tables := p.Marks(words), p.Tables()
//
// The main idea is to take away from the dark pixels of a page all that is
// known not to be a mark (words, rows of letters, ruled lines, specks, the
// shadow at the page's edge) and to group what is left. The limits are in
// millimetres or in heights of the page's text, so they hold at any
// resolution; they were set for 150 to 300 dpi.
//
// No method changes a picture, so one picture may be used by several
// goroutines; a result may be the receiver itself or share its pixels.
package scan
