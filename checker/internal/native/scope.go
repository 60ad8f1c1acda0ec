package native

import "context"

// A scope is what names in content stand for.
type scope struct {
	resources value
	fonts     map[string]*font
	xobjects  map[string]value
}

// fontNamed returns the font of that name in the resources.
func (r *reader) fontNamed(ctx context.Context, s *scope, name []byte) *font {
	if f := s.fonts[string(name)]; f != nil {
		return f
	}
	all := s.resources.Key("Font")
	v := all.Key(string(name))
	key := fontKey{object: objectNumber(v)}
	if key.object == objectNumber(all) {
		key.name = string(name) // no object of its own
	}
	f := r.fonts[key]
	switch {
	case f != nil:
	case len(s.fonts) > maxFonts:
		r.doubt(TooMuch)
		return nil
	default:
		f = loadFont(ctx, v)
		r.fonts[key] = f
	}
	if s.fonts == nil {
		s.fonts = map[string]*font{}
	}
	s.fonts[string(name)] = f
	return f
}
