package native

import (
	"context"
	"fmt"

	"dasheval/checker/evidence"
	"dasheval/checker/text"
)

// A leaf is a page with what it inherits.
type leaf struct {
	page      value
	resources value
	media     text.Box
	crop      text.Box // the media box if the page has none
	rotation  int      // quarter turns clockwise
}

const (
	maxTreeDepth = 50
	maxNodes     = 500_000
)

// letter is the size of a page that has none.
var letter = text.Box{X1: 612, Y1: 792}

// walk calls visit with each page below node, in order, and returns their
// number. What is met twice is left out, so that a tree with loops ends.
func walk(ctx context.Context, node value, visit func(leaf)) (int, error) {
	w := walker{visit: visit, seen: map[uint32]bool{}}
	err := w.node(ctx, node, leaf{media: letter}, 0)
	return w.pages, err
}

type walker struct {
	visit func(leaf)
	seen  map[uint32]bool // indirect nodes
	nodes int
	pages int
}

var errTree = fmt.Errorf("%w: page tree", evidence.ErrCorrupt)

func (w *walker) node(ctx context.Context, node value, inherited leaf, depth int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if w.nodes++; depth > maxTreeDepth || w.nodes > maxNodes {
		return errTree
	}
	id := objectNumber(node)
	if !isDict(node) || w.seen[id] {
		return errTree
	}
	w.seen[id] = true
	here := inherited
	here.page = node
	if r := node.Key("Resources"); isDict(r) {
		here.resources = r
	}
	if b, ok := rectangle(node.Key("MediaBox")); ok {
		here.media = b
	}
	if b, ok := rectangle(node.Key("CropBox")); ok {
		here.crop = b
	}
	if r := node.Key("Rotate"); !r.IsNull() {
		here.rotation = int(r.Float64()/90) & 3
	}
	kids := node.Key("Kids")
	if kids.Len() == 0 && node.Key("Type").Name() == "Pages" {
		return nil
	}
	if kids.Len() == 0 {
		w.pages++
		w.visit(here)
		return nil
	}
	for i := range kids.Len() {
		if err := w.node(ctx, kids.Index(i), here, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// shown returns the part of the page that is displayed, in its coordinates.
func (p leaf) shown() text.Box {
	b := text.Box{
		X0: max(p.crop.X0, p.media.X0), Y0: max(p.crop.Y0, p.media.Y0),
		X1: min(p.crop.X1, p.media.X1), Y1: min(p.crop.Y1, p.media.Y1),
	}
	if p.crop.Empty() || b.Empty() {
		return p.media
	}
	return b
}
