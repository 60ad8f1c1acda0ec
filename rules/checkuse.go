package rules

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// A CheckUse names a check that a type or an evidence line asks for, with the
// parameters that this use gives it. What a check is, only the engine knows.
type CheckUse struct {
	Name string
	// Severity is "error", "warning" or "info" for the findings of this use; ""
	// leaves that to the policy of the pack.
	Severity string
	Pos      Pos

	params []pair
}

// String returns the use as a pack writes it, on one line.
func (u CheckUse) String() string {
	var parts []string
	for _, p := range u.params {
		parts = append(parts, p.key+": "+strings.Join(strings.Fields(p.value.String()), " "))
	}
	if u.Severity != "" {
		parts = append(parts, "severity: "+u.Severity)
	}
	if len(parts) == 0 {
		return u.Name
	}
	return u.Name + " {" + strings.Join(parts, ", ") + "}"
}

// checkUse decodes a name, or a mapping of one name to its parameters.
func (d *decoder) checkUse(what string, n ast.Node) (CheckUse, bool) {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
	default:
		s, ok := d.text(what, n)
		return CheckUse{Name: s, Pos: d.pos(n)}, ok
	}
	uses, ok := d.pairs(what, n)
	if !ok {
		return CheckUse{}, false
	}
	if len(uses) != 1 {
		d.mistake(d.pos(n), "%s names one check, as in \"- phrase: {any: [...]}\"; here stand %d keys", what, len(uses))
		return CheckUse{}, false
	}
	u := CheckUse{Name: uses[0].key, Pos: uses[0].pos}
	given, ok := d.pairs(quoted(u.Name), uses[0].value)
	if !ok {
		return u, false
	}
	for _, p := range given {
		if p.key == "severity" {
			var policy struct {
				Severity string `yaml:"severity" oneof:"error warning info"`
			}
			d.fill(p.pos, []pair{p}, reflect.ValueOf(&policy).Elem())
			u.Severity = policy.Severity
			continue
		}
		if p.value != nil {
			ast.Walk(cutter{}, p.value)
		}
		u.params = append(u.params, p)
	}
	return u, true
}

// A cutter cuts the tokens of a node off from the rest of their file, which
// they would keep in memory.
type cutter struct{}

func (c cutter) Visit(n ast.Node) ast.Visitor {
	if t := n.GetToken(); t != nil {
		t.Prev, t.Next = nil, nil
	}
	return c
}

// Params decodes the parameters into the struct that into points to, strictly,
// as the rest of a pack is decoded. All mistakes come joined.
func (p *Pack) Params(u CheckUse, into any) error {
	d := &decoder{file: u.Pos.File, places: map[any]Pos{}}
	v := reflect.ValueOf(into).Elem()
	d.fill(u.Pos, u.params, v)
	for i := range v.NumField() {
		if f := v.Field(i); f.CanSet() && f.Type() == reflect.TypeFor[[]*Pattern]() {
			f.Set(reflect.ValueOf(d.share(f.Interface().([]*Pattern), p.Vocabulary)))
		}
	}
	d.compile(p.Vocabulary)
	return d.joined()
}

// joined returns all mistakes in order of place, nil if there is none.
func (d *decoder) joined() error {
	slices.SortStableFunc(d.mistakes, compareMistakes)
	const most = 1000
	var errs []error
	for i, m := range d.mistakes {
		if i == most {
			errs = append(errs, &Mistake{Pos: m.Pos, Text: fmt.Sprintf("and %d more mistakes", len(d.mistakes)-most)})
			break
		}
		errs = append(errs, m)
	}
	return errors.Join(errs...)
}
