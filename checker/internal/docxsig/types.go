package docxsig

import (
	"context"
	"path"
	"strings"

	"dasheval/checker/text"
)

const nsTypes = "http://schemas.openxmlformats.org/package/2006/content-types"

// typesPart is the one file of a package that is no part.
const typesPart = "[content_types].xml"

// contentTypes are the media types of the parts (ECMA-376 part 2, 10.1.2).
type contentTypes struct {
	err        error // why they cannot be read
	extensions map[string]string
	parts      map[string]string // by folded name
}

// contentType returns the media type of a part, "" if it has none.
func (p *pack) contentType(ctx context.Context, part string) (string, error) {
	if p.types == nil {
		p.types = &contentTypes{extensions: make(map[string]string), parts: make(map[string]string)}
		p.types.err = p.readTypes(ctx)
	}
	if t := p.types.parts[part]; t != "" {
		return t, p.types.err
	}
	return p.types.extensions[strings.TrimPrefix(path.Ext(part), ".")], p.types.err
}

func (p *pack) readTypes(ctx context.Context) error {
	strange := undecided(text.CauseFormat, "[Content_Types].xml")
	t, err := p.tree(ctx, typesPart)
	if limited(err) {
		return err
	}
	if err != nil {
		return strange
	}
	add := func(to map[string]string, key, media string) error {
		if key == "" || media == "" || to[key] != "" {
			return strange
		}
		to[key] = media
		return nil
	}
	for _, e := range t.root.ChildElements() {
		switch {
		case is(e, nsTypes, "Default"):
			err = add(p.types.extensions, strings.ToLower(attr(e, "Extension")), attr(e, "ContentType"))
		case is(e, nsTypes, "Override"):
			name := attr(e, "PartName")
			if f := p.find(name); f != "" {
				name = f
			}
			err = add(p.types.parts, fold(name), attr(e, "ContentType"))
		default:
			err = strange
		}
		if err != nil {
			return err
		}
	}
	return nil
}
