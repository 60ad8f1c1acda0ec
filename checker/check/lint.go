package check

import (
	"fmt"
	"slices"

	"dasheval/rules"
)

// Doubts returns what is doubtful about the checks of the document types that a
// pack itself has: what a type demands and no check examines, and checks that can
// find nothing there. It goes with [rules.Lint], which knows no checks.
func Doubts(pack *rules.Pack) []*rules.Mistake {
	var out []*rules.Mistake
	for _, t := range pack.Types {
		if !pack.Owns(t.Pos) {
			continue
		}
		has := func(c *Check) bool {
			return slices.ContainsFunc(t.Checks, func(u rules.CheckUse) bool { return u.Name == c.Name })
		}
		for _, d := range demands(t) {
			if d.asked && !has(d.by) {
				out = append(out, &rules.Mistake{Pos: t.Pos, Text: fmt.Sprintf("type %q has %s, but its checks lack %q, so nothing examines it", t.ID, d.what, d.by.Name)})
			}
		}
		for _, u := range t.Checks {
			if why := idle(t, Named(u.Name)); why != "" {
				out = append(out, &rules.Mistake{Pos: u.Pos, Text: fmt.Sprintf("idle: check %q finds nothing in type %q, which has %s", u.Name, t.ID, why)})
			}
		}
	}
	return out
}

// A demand is what a type asks of its documents, with the check that examines it.
type demand struct {
	asked bool
	by    *Check
	what  string
}

func demands(t *rules.Type) []demand {
	signed := t.Signature == "required"
	return []demand{
		{signed && t.Form != "attendance", signature, "signature: required"},
		{signed && t.Form == "attendance", attendance, "signature: required"},
		{t.Number == "required", number, "number: required"},
		{t.Date == "required" && t.Anchor != "effective", date, "date: required"},
		{slices.ContainsFunc(t.Sections, func(s *rules.Section) bool { return s.Need != "recommended" }), sections, "required sections"},
		{slices.ContainsFunc(t.Fields, func(f *rules.FieldRule) bool { return f.Need == "required" }), fields, "required fields"},
	}
}

// idle says why a check can find nothing in documents of a type, "" if it can.
func idle(t *rules.Type, c *Check) string {
	switch {
	case c == date && t.Date != "required":
		return "date: optional"
	case c == date && t.Anchor == "effective":
		return "anchor: effective, so its fields are examined instead"
	case c == signature && t.Signature != "required":
		return "signature: " + t.Signature
	case c == sections && len(t.Sections) == 0:
		return "no sections"
	case c == sections && len(t.Sections) == 1 && t.Sections[0].Need == "paired":
		return "one paired section and nothing that it is paired with"
	case c == fields && !slices.ContainsFunc(t.Fields, func(f *rules.FieldRule) bool { return f.Need == "required" }):
		return "no required fields"
	case c == attendance && t.Form != "attendance" && t.Form != "bundle":
		return "form: " + t.Form
	}
	return ""
}
