package rules

import (
	"maps"
	"math"
	"slices"
	"strings"
)

// validate checks what one value alone does not show: names that refer to
// others, ids that must differ and weights that must add up.
func (l *loader) validate() {
	l.answerTypes()
	if len(l.found) > 0 && l.pack.Regulation == "" {
		l.mistake(Pos{File: packFile, Line: 1, Column: 1}, "missing key %q: a pack with items says what lays them down", "regulation")
	}
	if len(l.found) > 0 && l.at(&l.pack.TotalWeight).Line == 0 {
		l.mistake(Pos{File: packFile, Line: 1, Column: 1}, "missing key %q", "total_weight")
	}
	l.structureCodes()
	l.weights()
	l.gates()
	seen := map[string]Pos{}
	for _, s := range l.pack.Subjects {
		l.unique("subject", &s.ID, seen)
		for i := range s.Items {
			refer(l, "item", &s.Items[i], l.pack.items)
		}
	}
	for _, t := range l.pack.Types {
		l.documentType(t)
	}
	l.lines = map[string]bool{}
	for _, it := range l.found {
		for _, r := range it.Evidence {
			l.lines[it.Code+"/"+r.ID] = true
		}
	}
	for _, it := range l.found {
		l.item(it)
	}
	for name, m := range l.pack.Vocabulary.Months {
		if m < 1 || m > 12 {
			l.mistake(l.at(&l.pack.Vocabulary.Months), "month %q is %d, not 1 to 12", name, m)
		}
	}
}

// refer checks that the name behind ptr, if one is there, is known.
func refer[T any](l *loader, what string, ptr *string, known map[string]T) {
	if _, ok := known[*ptr]; !ok && *ptr != "" {
		l.mistake(l.at(ptr), "%s", unknown(what, *ptr, slices.Collect(maps.Keys(known))))
	}
}

// unique checks that the name behind ptr was not seen before.
func (l *loader) unique(what string, ptr *string, seen map[string]Pos) {
	if *ptr == "" {
		return
	}
	if first, ok := seen[*ptr]; ok {
		l.mistake(l.at(ptr), "%s %q stands already at %s", what, *ptr, first)
		return
	}
	seen[*ptr] = l.at(ptr)
}

func (l *loader) answerTypes() {
	for _, id := range slices.Sorted(maps.Keys(l.pack.AnswerTypes)) {
		a := l.pack.AnswerTypes[id]
		at := l.at(&a.ID)
		if (len(a.Scores) > 0) == (a.Max != 0) {
			l.mistake(at, "answer type %q wants scores or max", id)
		}
		if a.Max < 0 {
			l.mistake(at, "answer type %q has a negative max", id)
		}
		for _, level := range slices.Sorted(maps.Keys(a.Scores)) {
			if s := a.Scores[level]; !(s >= 0 && s <= 1) {
				l.mistake(at, "answer type %q: the score of %q is %g, not 0 to 1", id, level, s)
			}
		}
	}
}

// maxCount is the highest number of documents that a line wants.
const maxCount = 1000

// maxArea is the highest number of an area; folders may write it in Roman digits.
const maxArea = 39

// structureCodes checks that the codes of the divisions differ and that each
// begins with the code of the division it belongs to.
func (l *loader) structureCodes() {
	seen := map[string]Pos{}
	below := func(code *string, parent string) {
		l.unique("code", code, seen)
		if rest, ok := strings.CutPrefix(*code, parent+"."); *code != "" && (!ok || rest == "" || strings.Contains(rest, ".")) {
			l.mistake(l.at(code), "code %q does not continue %q", *code, parent)
		}
	}
	for _, c := range l.pack.Components {
		l.unique("code", &c.Code, seen)
		for _, p := range c.Parts {
			below(&p.Code, c.Code)
			for _, a := range p.Areas {
				below(&a.Code, p.Code)
				if at := l.at(&a.Number); at.Line > 0 && (a.Number < 1 || a.Number > maxArea) {
					l.mistake(at, "the number of an area is %d, not 1 to %d", a.Number, maxArea)
				}
				for _, s := range a.Subareas {
					below(&s.Code, a.Code)
				}
			}
		}
	}
	l.codes = map[string]bool{}
	for code := range seen {
		l.codes[code] = true
	}
}

// weights checks that the weights of each division add up to that of the one
// above it.
func (l *loader) weights() {
	var components []*float64
	for _, c := range l.pack.Components {
		components = append(components, &c.Weight)
		var parts []*float64
		for _, p := range c.Parts {
			parts = append(parts, &p.Weight)
			if len(p.Areas) == 0 {
				l.itemWeights(&p.Code, p.Items, &p.Weight)
				continue
			}
			var areas []*float64
			for _, a := range p.Areas {
				areas = append(areas, &a.Weight)
				var subareas []*float64
				for _, s := range a.Subareas {
					subareas = append(subareas, &s.Weight)
					l.itemWeights(&s.Code, s.Items, &s.Weight)
				}
				l.addsUp("sub-areas of "+a.Code, subareas, &a.Weight)
			}
			l.addsUp("areas of "+p.Code, areas, &p.Weight)
		}
		l.addsUp("parts of "+c.Code, parts, &c.Weight)
	}
	l.addsUp("components", components, &l.pack.TotalWeight)
}

func (l *loader) itemWeights(code *string, items []*Item, weight *float64) {
	if *code == "" {
		return
	}
	if len(items) == 0 {
		l.mistake(l.at(code), "%s has no items", *code)
		return
	}
	var weights []*float64
	for _, it := range items {
		weights = append(weights, &it.Weight)
	}
	l.addsUp("items of "+*code, weights, weight)
}

// addsUp allows a thousandth for thirds that are rounded in the data. It says
// nothing if a weight could not be read.
func (l *loader) addsUp(what string, weights []*float64, want *float64) {
	total, known := 0.0, l.at(want).Line > 0
	for _, w := range weights {
		switch at := l.at(w); {
		case at.Line == 0:
			known = false
		case *w <= 0:
			l.mistake(at, "a weight is more than 0")
		}
		total += *w
	}
	if known && !(math.Abs(total-*want) <= 1e-3*math.Abs(*want)) {
		l.mistake(l.at(want), "the weights of the %s add up to %.6g, not %.6g", what, total, *want)
	}
}

func (l *loader) gates() {
	codes := map[string]bool{}
	maps.Copy(codes, l.codes)
	for code := range l.pack.items {
		codes[code] = true
	}
	seen := map[string]Pos{}
	for _, g := range l.pack.Gates {
		l.unique("gate", &g.ID, seen)
		if g.Min < 0 || g.Survey < 0 {
			l.mistake(l.at(g), "a minimum is not negative")
		}
		for i := range g.Scope {
			refer(l, "code", &g.Scope[i], codes)
		}
	}
}

func (l *loader) documentType(t *Type) {
	refer(l, "signer", &t.Signer, l.pack.Signers)
	for i := range t.Also {
		refer(l, "document type", &t.Also[i], l.pack.types)
	}
	if t.Signature == "required" && t.Signer == "" {
		l.mistake(l.at(&t.Signature), "a required signature wants a signer")
	}
	seen := map[string]Pos{}
	for _, s := range t.Sections {
		l.unique("section", &s.ID, seen)
	}
	clear(seen)
	for _, f := range t.Fields {
		l.unique("field", &f.ID, seen)
	}
}

func (l *loader) item(it *Item) {
	refer(l, "answer type", &it.Answer, l.pack.AnswerTypes)
	if a := l.pack.AnswerTypes[it.Answer]; a != nil {
		l.levels(it, a)
	}
	seen := map[string]Pos{}
	for _, in := range it.Inputs {
		l.unique("input", &in.ID, seen)
	}
	lines := map[string]Pos{}
	for _, r := range it.Evidence {
		l.unique("evidence line", &r.ID, lines)
		l.requirement(it, r)
	}
	for _, lv := range it.Levels {
		refer(l, "evidence line", &lv.Line, lines)
		if (lv.Line != "") != (lv.Count > 0) {
			l.mistake(l.at(lv), "a level that counts wants both line and count")
		}
	}
	for _, r := range it.Evidence {
		if r.ID != "" {
			r.ID = it.Code + "/" + r.ID
		}
	}
}

// levels checks the levels of an item against its answer type and gives them
// their scores.
func (l *loader) levels(it *Item, a *AnswerType) {
	if len(a.Scores) == 0 {
		if len(it.Levels) > 0 {
			l.mistake(l.at(&it.Levels), "answer type %q is a number and has no levels", a.ID)
		}
		return
	}
	if it.Formula != "" {
		l.mistake(l.at(&it.Formula), "answer type %q is answered by level and has no formula", a.ID)
	}
	seen := map[string]Pos{}
	last := math.Inf(1)
	for _, lv := range it.Levels {
		if lv.Name == "" {
			continue
		}
		l.unique("level", &lv.Name, seen)
		refer(l, "level", &lv.Name, a.Scores)
		lv.Score = a.Scores[lv.Name]
		if lv.Score > last {
			l.mistake(l.at(&lv.Name), "levels stand best first: %q is better than the one before it", lv.Name)
		}
		last = lv.Score
	}
	for _, name := range slices.Sorted(maps.Keys(a.Scores)) {
		if _, ok := seen[name]; !ok {
			l.mistake(it.Pos, "item %q lacks level %q", it.Code, name)
		}
	}
}

func (l *loader) requirement(it *Item, r *Requirement) {
	r.Item = it
	refer(l, "document type", &r.Document, l.pack.types)
	for i := range r.Accepts {
		refer(l, "document type", &r.Accepts[i], l.pack.types)
	}
	refer(l, "signer", &r.Signer, l.pack.Signers)
	refer(l, "period", &r.Period, l.pack.Periods)
	switch {
	case r.MinCount < 0 || r.MinCount > maxCount:
		l.mistake(l.at(&r.MinCount), "a count is 0 to %d", maxCount)
	case l.at(&r.MinCount).Line == 0:
		r.MinCount = 1 // 0 is said, where a line may stay empty
	}
	if r.MembersOf != "" && !l.lines[r.MembersOf] {
		l.mistake(l.at(&r.MembersOf), "%s", unknown("evidence line", r.MembersOf, slices.Collect(maps.Keys(l.lines))))
	}
	if r.Identified == "topic" && it.Topic == nil && r.Topic == nil {
		l.mistake(l.at(&r.Identified), "identified by topic, but neither the item nor the line has a topic")
	}
}
