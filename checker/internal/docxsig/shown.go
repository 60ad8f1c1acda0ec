package docxsig

import (
	"context"
	"path"
	"strings"
)

// hidden are the kinds of relations, by the last element of their types, whose
// parts Office leaves out of its signatures and prints nothing of: the data
// behind content controls, of which the document holds the words shown, the
// authors of comments, their order and their tasks.
var hidden = map[string]bool{
	"customXml": true, "people": true, "commentsExtended": true, "commentsIds": true, "commentsExtensible": true, "documenttasks": true,
}

// A mainPart is the part that a document starts from.
type mainPart struct {
	name  string // folded
	doubt string // what makes it uncertain that all readers take this one, or ""
}

// mainPart finds the main part as the reader of documents does: by the
// relations of the package, else under its usual name.
func (p *pack) mainPart(ctx context.Context) (mainPart, error) {
	m := mainPart{name: "word/document.xml"}
	rels, err := p.relations(ctx, "")
	if err != nil {
		return m, err
	}
	found := 0
	for _, r := range rels {
		if path.Base(r.kind) == "officeDocument" {
			if found++; found == 1 && r.target != "" {
				m.name = r.target
			}
		}
	}
	media, err := p.contentType(ctx, m.name)
	// The relations of the package are often not signed. Without a look at the
	// media type, which is, another signed part could be made the main one.
	if found != 1 || !strings.HasSuffix(media, ".main+xml") {
		m.doubt = relationsName("")
	}
	return m, err
}

// uncovered returns the parts and relations that are shown and not signed. All
// that can be reached from the main part is shown, but for what is hidden.
func (p *pack) uncovered(ctx context.Context, main mainPart, cov coverage) ([]string, error) {
	var bare []string
	if main.doubt != "" {
		bare = append(bare, main.doubt)
	}
	seen := map[string]bool{main.name: true}
	for queue := []string{main.name}; len(queue) > 0; queue = queue[1:] {
		part := queue[0]
		if !cov.parts[part] {
			bare = append(bare, p.files[part].Name)
		}
		rels, err := p.relations(ctx, part)
		if err != nil {
			return nil, err
		}
		if err := p.spend(4 * len(rels)); err != nil {
			return nil, err
		}
		name := relationsName(part)
		sel, ok := cov.rels[name]
		for _, r := range rels {
			if hidden[path.Base(r.kind)] {
				continue
			}
			if !ok || !sel.has(r) {
				bare = append(bare, p.files[name].Name+"#"+r.id)
			}
			if r.target != "" && !seen[r.target] {
				seen[r.target] = true
				queue = append(queue, r.target)
			}
		}
	}
	return bare, nil
}
