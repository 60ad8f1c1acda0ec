package pdfsig

import (
	"dasheval/checker/internal/native"
	"dasheval/checker/text"
)

// place finds the field of each signature on the pages of the final file.
func (v *verifier) place() *fault {
	if v.final == nil || len(v.found) == 0 {
		return nil
	}
	b, err := bookOf(v.final)
	if err != nil {
		return nil // a place is not worth a fault
	}
	on := map[native.Ref]int{} // the pages of widgets
	for i, p := range b.pages {
		list, _ := v.final.Get(p.dict.Value("Annots")).(native.Array)
		for _, w := range list {
			if ref, ok := w.(native.Ref); ok {
				on[ref] = i + 1
			}
		}
	}
	for _, s := range v.found {
		if !v.locked {
			s.Field = legible(s.field.name)
		}
		for _, w := range s.field.widgets {
			ref, _ := w.(native.Ref)
			d := v.final.Dict(w)
			number := on[ref]
			if number == 0 {
				parent, _ := d.Value("P").(native.Ref)
				number = b.number[parent]
			}
			if number > 0 && s.Page == 0 {
				s.Page = number
				if rect := rectangle(v.final, d.Value("Rect")); !rect.Empty() { // or it is not seen
					s.Box = b.pages[number-1].displayed(v.final, rect)
				}
			}
		}
	}
	return nil
}

// shown returns the part of the page that is displayed, in its coordinates.
func (p page) shown(r *native.Revision) text.Box {
	if crop := rectangle(r, p.passed["CropBox"]); !crop.Empty() {
		return crop
	}
	return rectangle(r, p.passed["MediaBox"])
}

// displayed returns a rectangle of the page as it is displayed.
func (p page) displayed(r *native.Revision, rect text.Box) text.Box {
	rotate, _ := r.Get(p.passed["Rotate"]).(native.Number)
	box, ok := native.Displayed(rectangle(r, p.passed["MediaBox"]), rectangle(r, p.passed["CropBox"]), rect, int(rotate.Float()))
	if !ok {
		return text.Box{}
	}
	return box
}

// rectangle returns the rectangle that v is, an empty one if it is none.
func rectangle(r *native.Revision, v any) text.Box {
	list, _ := r.Get(v).(native.Array)
	if len(list) != 4 {
		return text.Box{}
	}
	var n [4]float64
	for i, v := range list {
		number, _ := r.Get(v).(native.Number)
		n[i] = number.Float()
	}
	return text.Box{X0: min(n[0], n[2]), Y0: min(n[1], n[3]), X1: max(n[0], n[2]), Y1: max(n[1], n[3])}
}
