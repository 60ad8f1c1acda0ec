package match

import (
	"slices"
	"strings"

	"dasheval/checker/facts"
	"dasheval/checker/text"
	"dasheval/rules"
)

// A Reason is why a document was taken for a line, with the words that show
// it.
type Reason struct {
	ID    string // type, type.also, type.accepted, topic.title, topic.text, subject, folder.item, folder.subarea, folder.area, name
	Words string
}

// A Scored is a document with its score for a line: 0 for nothing, about 1 for
// all that can be said for it.
type Scored struct {
	Document *facts.Document
	Score    float64
	Reasons  []Reason
	Strong   bool // the type or the title alone would do
	Weak     bool // only type and folder speak for it, nothing of what it is about
}

// Weights of the score. Content outweighs the folder: type and topic together
// reach 0.85, the folder 0.3.
const (
	weightType   = 0.35
	weightTopic  = 0.5
	folderItem   = 0.3
	folderSub    = 0.16
	folderArea   = 0.08
	folderOther  = -0.15 // the folder of another area
	folderSister = -0.04 // another item's folder in the same area
	mainPlace    = 0.06  // for the items whose main document the type is
)

// A subjectOf holds what is compared with topics.
type subjectOf struct {
	doc     *facts.Document
	hint    Hint
	title   *rules.Scan // of the folded heading, subject, event and agenda
	purpose *rules.Scan
	body    *rules.Scan
	topics  map[*rules.Topic]fit
	decrees map[string]string // item → the words of a decree's subject that serve it
}

// divide keeps patterns from running from one part of a title into the next: it is
// longer than what they leap over.
var divide = "\n" + strings.Repeat("|", 61) + "\n"

// A fit tells how well a topic fits a document: about 1 if its title says it.
type fit struct {
	value  float64
	words  string
	strong bool
	name   float64 // the part of value that only the file name speaks for
}

func newSubject(pack *rules.Pack, d *facts.Document, hint Hint) *subjectOf {
	parts := []string{text.Fold(d.Heading)}
	for _, v := range []string{d.Subject, d.Facts["event"].Value, d.Facts["agenda"].Value, d.Facts["nama_sop"].Value} {
		if v = text.Fold(v); !slices.Contains(parts, v) {
			parts = append(parts, v)
		}
	}
	s := &subjectOf{
		doc: d, hint: hint,
		title:   pack.Scan(strings.Join(parts, divide)),
		purpose: pack.Scan(text.Fold(d.Purpose)),
		body:    pack.Scan(d.Folded()),
		topics:  map[*rules.Topic]fit{},
		decrees: map[string]string{},
	}
	if d.Form() != "decree" {
		return s
	}
	subject := text.Fold(d.Subject)
	for _, sub := range pack.Subjects {
		m := rules.First(sub.Pattern, subject)
		if m == nil {
			continue
		}
		for _, code := range sub.Items {
			if s.decrees[code] == "" {
				s.decrees[code] = strings.Join(strings.Fields(subject[m[0]:m[1]]), " ")
			}
		}
	}
	return s
}

// topic returns how well t fits, remembering the answer. The text as a whole is
// only asked if the title, the purpose or the folder of the item point there.
func (s *subjectOf) topic(t *rules.Topic, it *rules.Item) fit {
	if t == nil {
		return fit{}
	}
	if f, ok := s.topics[t]; ok {
		return f
	}
	f := s.fit(t, s.near(it))
	s.topics[t] = f
	return f
}

// near reports whether the path of the document points to the area of the item.
func (s *subjectOf) near(it *rules.Item) bool {
	h := s.hint
	return h.Item == it.Code || it.Area != nil && h.Area == it.Area.Number || it.Area == nil && h.Part == it.Part.Code
}

func (s *subjectOf) fit(t *rules.Topic, near bool) fit {
	var f fit
	longest := 0
	for _, p := range t.Strong {
		if m := s.title.Find(p); m != nil && m[1]-m[0] > longest {
			longest = m[1] - m[0]
			f = fit{value: 0.85 + min(0.35, float64(longest)/120), words: s.title.Text[m[0]:m[1]], strong: true}
		}
	}
	if !f.strong {
		for _, p := range t.Strong {
			if m := s.purpose.Find(p); m != nil {
				f = fit{value: 0.6, words: s.purpose.Text[m[0]:m[1]]}
				break
			}
		}
	}
	weak := 0.0
	for _, p := range t.Weak {
		if m := s.title.Find(p); m != nil {
			weak += 0.18
			if f.words == "" {
				f.words = s.title.Text[m[0]:m[1]]
			}
		}
	}
	f.value += min(weak, 0.45)
	if !f.strong && (near || f.value > 0) {
		inText := 0.0
		for _, p := range t.Strong {
			if m := s.body.Find(p); m != nil {
				inText += 0.15
				if f.words == "" {
					f.words = s.body.Text[m[0]:m[1]]
				}
			}
		}
		for _, p := range t.Weak {
			if s.body.Find(p) != nil {
				inText += 0.03
			}
		}
		f.value += min(inText, 0.35)
	}
	// The file's own name is a hint, no more.
	if !f.strong {
		for _, p := range t.Strong {
			if m := p.Find(s.hint.Name); m != nil {
				f.value += 0.3
				f.name = 0.3
				if f.words == "" {
					f.words = s.hint.Name[m[0]:m[1]]
				}
				break
			}
		}
	}
	for _, p := range t.Not {
		if s.title.Find(p) != nil {
			f.value *= 0.25
			f.strong = false
			break
		}
	}
	return fit{min(f.value, 1.2), strings.Clone(strings.Join(strings.Fields(f.words), " ")), f.strong, f.name}
}

// typeFit returns how well the type of the document fits the line, 0 to 1.
func typeFit(d *facts.Document, q *rules.Requirement) (float64, Reason) {
	if d.Type == nil {
		return 0, Reason{}
	}
	switch {
	case d.Type.ID == q.Document:
		return 1, Reason{"type", d.Type.ID}
	case slices.Contains(d.Also, q.Document):
		return 0.85, Reason{"type.also", q.Document}
	case slices.Contains(q.Accepts, d.Type.ID):
		return 0.75, Reason{"type.accepted", d.Type.ID}
	}
	for _, a := range d.Also {
		if slices.Contains(q.Accepts, a) {
			return 0.6, Reason{"type.accepted", a}
		}
	}
	return 0, Reason{}
}

// score returns the score of the document for the line.
func (s *subjectOf) score(q *rules.Requirement) (Scored, bool) {
	out := Scored{Document: s.doc}
	kind, why := typeFit(s.doc, q)
	if kind == 0 {
		return out, false
	}
	out.Reasons = append(out.Reasons, why)
	topic := q.Topic
	if topic == nil {
		topic = q.Item.Topic
	}
	f := s.topic(topic, q.Item)
	if q.Topic != nil && !f.strong {
		// The line is narrower than the item; the item's topic counts for less.
		if g := s.topic(q.Item.Topic, q.Item); 0.7*g.value > f.value {
			f = fit{0.7 * g.value, g.words, false, 0.7 * g.name}
		}
	}
	if words := s.decrees[q.Item.Code]; words != "" {
		f = fit{max(f.value, 0.9), words, true, 0}
	}
	byType := q.Identified == "type" && kind >= 0.85
	if byType {
		f.value = max(f.value, 0.8+0.2*min(f.value, 1))
	}
	if f.value > 0 && f.words != "" {
		id := "topic.text"
		if f.strong {
			id = "topic.title"
		}
		out.Reasons = append(out.Reasons, Reason{id, f.words})
	}
	out.Strong = f.strong || byType
	own := s.hint.Item == q.Item.Code
	if f.value < 0.3 && !own {
		return out, false
	}
	out.Weak = f.value < 0.3 || s.doc.Photo // a name is all that tells what a photo shows
	if s.doc.Form() == "decree" {
		out.Weak = f.value-f.name < 0.3 // a decree says itself what it decides
	}
	folder, why := s.folder(q.Item)
	if byType && kind == 1 {
		folder += mainPlace
	}
	if why.ID != "" {
		out.Reasons = append(out.Reasons, why)
	}
	out.Score = max(0, weightType*kind+weightTopic*min(f.value, 1.2)/1.2*1.15+folder)
	if own && out.Score < taken {
		out.Score = taken // a file in an item's own folder is at least a candidate
	}
	return out, true
}

// folder returns what the path adds or takes.
func (s *subjectOf) folder(it *rules.Item) (float64, Reason) {
	h := s.hint
	switch {
	case h.Item == it.Code:
		return folderItem, Reason{"folder.item", it.Code}
	case it.Subarea != nil && h.Subarea == it.Subarea.Code:
		return folderSub, Reason{"folder.subarea", h.Subarea}
	case it.Area != nil && h.Area == it.Area.Number && (h.Part == "" || h.Part == it.Part.Code):
		if h.Item != "" {
			return folderSister, Reason{}
		}
		return folderArea, Reason{"folder.area", it.Area.Code}
	case it.Area == nil && h.Part == it.Part.Code:
		return folderArea, Reason{"folder.area", it.Part.Code}
	case it.Area != nil && h.Area == it.Area.Number:
		return -0.02, Reason{}
	case h.Area > 0:
		return folderOther, Reason{}
	}
	return 0, Reason{}
}
