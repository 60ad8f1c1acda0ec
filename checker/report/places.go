package report

import (
	"maps"
	"slices"
)

// Places holds every finding of a report, by position, at the one place where
// formats for people print it.
type places struct {
	line       map[string][]int // by criterion and requirement
	criterion  map[string][]int // of a criterion as a whole
	unreadable map[string][]int // by document that could not be read
	misfiled   []int            // about the place or the name of a file
	document   map[string][]int // by document that no criterion uses
	// home tells for a document with errors of its own below which criterion
	// they stand.
	home map[string]string
}

// aside lists findings about where a file lies and what it is called: they say
// nothing about a criterion.
var aside = []string{"place.misfiled", "name.misleading", "content.duplicate"}

func lineKey(criterion, requirement string) string { return criterion + "\x00" + requirement }

// place gives each finding its place.
func place(r *Report) *places {
	p := &places{
		line: map[string][]int{}, criterion: map[string][]int{}, unreadable: map[string][]int{},
		document: map[string][]int{}, home: map[string]string{},
	}
	lines := map[string]bool{}         // lines and criteria there are
	first := map[string]*Requirement{} // document → first line that uses it
	of := map[*Requirement]string{}    // line → criterion
	for i := range r.Criteria {
		c := &r.Criteria[i]
		lines[c.Code] = true
		for j := range c.Requirements {
			q := &c.Requirements[j]
			lines[lineKey(c.Code, q.ID)] = true
			of[q] = c.Code
			for _, d := range q.Documents {
				if first[d] == nil {
					first[d] = q
				}
			}
		}
	}
	unread := map[string]bool{}
	for _, d := range r.Documents {
		unread[d.Path] = d.Readable == "no"
	}
	for i, f := range r.Findings {
		key := lineKey(f.Criterion, f.Requirement)
		switch q := first[f.Document]; {
		case f.Criterion != "" && lines[key]:
			p.line[key] = append(p.line[key], i)
		case f.Criterion != "" && lines[f.Criterion]:
			p.criterion[f.Criterion] = append(p.criterion[f.Criterion], i)
		case unread[f.Document]:
			p.unreadable[f.Document] = append(p.unreadable[f.Document], i)
		case slices.Contains(aside, f.ID):
			p.misfiled = append(p.misfiled, i)
		case q != nil:
			key = lineKey(of[q], q.ID)
			p.line[key] = append(p.line[key], i)
			if f.Severity == "error" {
				p.home[f.Document] = of[q]
			}
		default:
			p.document[f.Document] = append(p.document[f.Document], i)
		}
	}
	return p
}

// of counts the findings that stand below the criterion.
func (p *places) of(c *Criterion) int {
	n := len(p.criterion[c.Code])
	for _, q := range c.Requirements {
		n += len(p.line[lineKey(c.Code, q.ID)])
	}
	return n
}

// others lists the findings on documents that no criterion uses, by path.
func (p *places) others() []int {
	var out []int
	for _, d := range slices.Sorted(maps.Keys(p.document)) {
		out = append(out, p.document[d]...)
	}
	return out
}

// loose lists the findings that stand below no criterion: on files that could not
// be read, lie in the wrong place, or serve nothing.
func (p *places) loose() []int {
	var out []int
	for _, d := range slices.Sorted(maps.Keys(p.unreadable)) {
		out = append(out, p.unreadable[d]...)
	}
	out = append(out, p.misfiled...)
	return append(out, p.others()...)
}
