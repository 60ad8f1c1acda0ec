package rules

import (
	"fmt"
	"math"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
	"golang.org/x/sync/errgroup"
)

// A decoder turns YAML into values, strictly, and goes on after a mistake so
// that all of them come at once. The fields of a struct are named by yaml tags;
// the option "required" demands the key and a oneof tag lists the allowed values.
// Patterns are compiled later, by [decoder.compile], with (?m); a
// pattern:"phrase" tag reads topic phrases and pattern:"plain" takes expressions
// as they are.
type decoder struct {
	file     string
	mistakes []*Mistake
	unparsed bool        // a file could not be read at all
	patterns []*Pattern  // all that were decoded
	places   map[any]Pos // by pointer to the decoded value
	single   []Pos       // texts in one language only
	shapes   map[reflect.Type]shape
	// later is set while packs of the program are read: their patterns are compiled
	// at their first use.
	later   *Vocabulary
	sources sources
}

func (d *decoder) mistake(pos Pos, format string, args ...any) {
	d.mistakes = append(d.mistakes, &Mistake{Pos: pos, Text: fmt.Sprintf(format, args...)})
}

// at returns the place of the value behind ptr, a pointer into what was
// decoded.
func (d *decoder) at(ptr any) Pos { return d.places[ptr] }

// sideBySide calls f with 0 to n-1, as many at a time as there are processors,
// and waits for all.
func sideBySide(n int, f func(i int)) {
	var g errgroup.Group
	workers := min(runtime.GOMAXPROCS(0), n)
	for w := range workers {
		g.Go(func() error {
			for i := w; i < n; i += workers {
				f(i)
			}
			return nil
		})
	}
	_ = g.Wait() // no call returns an error
}

// decodeFile decodes one file into the value that into points to.
func (d *decoder) decodeFile(file string, p parsed, into any) {
	d.file = file
	d.mistakes = append(d.mistakes, p.mistakes...)
	body := p.body
	if body == nil {
		d.unparsed = true
		return
	}
	v := reflect.ValueOf(into).Elem()
	d.value("the file", body, v, "")
	if body.Type() != ast.SequenceType && v.IsZero() {
		d.unparsed = true
	}
}

// value decodes node n into v. The key or list it belongs to is named by what.
func (d *decoder) value(what string, n ast.Node, v reflect.Value, tag reflect.StructTag) {
	pos := d.pos(n)
	if v.CanAddr() {
		d.places[v.Addr().Interface()] = pos
	}
	unread := func(want string) {
		d.mistake(pos, "%s wants %s, not %s", what, want, kind(n))
		if v.CanAddr() {
			delete(d.places, v.Addr().Interface())
		}
	}
	if v.Kind() != reflect.Pointer && (n == nil || n.Type() == ast.NullType) {
		d.mistake(pos, "%s is empty", what)
		return
	}
	switch v.Interface().(type) {
	case CheckUse:
		if u, ok := d.checkUse(what, n); ok {
			v.Set(reflect.ValueOf(u))
		}
		return
	case Text:
		d.words(what, n, v)
		return
	case overrides:
		pairs, _ := d.pairs(what, n)
		v.Set(reflect.ValueOf(overrides{pairs}))
		return
	case *Pattern:
		if s, ok := d.text(what, n); ok {
			v.Set(reflect.ValueOf(d.pattern(pos, s, tag.Get("pattern"))))
		}
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(what, n, v.Elem(), tag)
	case reflect.Struct:
		d.structure(what, n, v)
	case reflect.Slice:
		d.list(what, n, v, tag)
	case reflect.Map:
		d.table(what, n, v, tag)
	case reflect.String:
		if s, ok := d.text(what, n); ok {
			if allowed := tag.Get("oneof"); allowed != "" && !slices.Contains(strings.Fields(allowed), s) {
				d.mistake(pos, "%s: %s; allowed are %s", what, unknown("value", s, strings.Fields(allowed)),
					strings.ReplaceAll(allowed, " ", ", "))
				return
			}
			v.SetString(s)
		}
	case reflect.Bool:
		if b, ok := n.(*ast.BoolNode); ok {
			v.SetBool(b.Value)
		} else {
			unread("true or false")
		}
	case reflect.Int:
		if f, ok := number(n); ok && f == math.Trunc(f) && math.Abs(f) < 1e9 {
			v.SetInt(int64(f))
		} else {
			unread("a whole number")
		}
	case reflect.Float64:
		if f, ok := number(n); ok {
			v.SetFloat(f)
		} else {
			unread("a number")
		}
	default:
		panic("rules: cannot decode " + v.Type().String())
	}
}

// structure decodes a mapping with known keys.
func (d *decoder) structure(what string, n ast.Node, v reflect.Value) {
	pairs, ok := d.pairs(what, n)
	if !ok {
		return
	}
	d.fill(d.pos(n), pairs, v)
	if p := v.FieldByName("Pos"); p.IsValid() && p.Type() == reflect.TypeFor[Pos]() {
		p.Set(reflect.ValueOf(d.pos(n)))
	}
}

// fill sets the fields of a struct that the pairs name and tells which required
// ones are absent.
func (d *decoder) fill(pos Pos, pairs []pair, v reflect.Value) {
	fields, names := d.keysOf(v.Type())
	seen := map[string]bool{}
	for _, p := range pairs {
		seen[p.key] = true
		i, ok := fields[p.key]
		if !ok {
			d.mistake(p.pos, "%s", unknown("key", p.key, names))
			continue
		}
		if p.value == nil || p.value.Type() == ast.NullType {
			d.mistake(p.pos, "%q is empty", p.key)
			continue
		}
		d.value(quoted(p.key), p.value, v.Field(i), v.Type().Field(i).Tag)
	}
	for i := range v.NumField() {
		name, option, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
		if option == "required" && !seen[name] {
			d.mistake(pos, "missing key %q", name)
		}
	}
}

// quoted is cheaper than %q, and keys hold nothing to escape that a reader would
// miss.
func quoted(key string) string { return `"` + key + `"` }

// A shape is the keys of a struct, in order, and the field of each.
type shape struct {
	fields map[string]int
	names  []string
}

// keysOf returns the keys of a struct. There are few, and each is asked for often.
func (d *decoder) keysOf(t reflect.Type) (map[string]int, []string) {
	if s, ok := d.shapes[t]; ok {
		return s.fields, s.names
	}
	fields, names := map[string]int{}, []string(nil)
	for i := range t.NumField() {
		if name, _, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ","); name != "" && name != "-" {
			fields[name] = i
			names = append(names, name)
		}
	}
	if d.shapes == nil {
		d.shapes = map[reflect.Type]shape{}
	}
	d.shapes[t] = shape{fields, names}
	return fields, names
}

// words decodes a [Text]: a mapping of languages, or one text for all of them.
func (d *decoder) words(what string, n ast.Node, v reflect.Value) {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		d.structure(what, n, v)
	default:
		if s, ok := d.text(what, n); ok {
			v.Set(reflect.ValueOf(Text{ID: s}))
		}
	}
	switch t := v.Interface().(Text); {
	case t.ID == "" && t.EN == "":
		return // told already, or an empty mapping, which no decoder makes
	case t.ID == "":
		v.Set(reflect.ValueOf(Text{t.EN, t.EN}))
	case t.EN == "":
		v.Set(reflect.ValueOf(Text{t.ID, t.ID}))
	default:
		return
	}
	d.single = append(d.single, d.pos(n))
}

// list decodes a sequence.
func (d *decoder) list(what string, n ast.Node, v reflect.Value, tag reflect.StructTag) {
	seq, ok := n.(*ast.SequenceNode)
	if !ok {
		d.wrongKind(what, "a list", n)
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(seq.Values), len(seq.Values)))
	entry := "an entry of " + what
	for i, e := range seq.Values {
		d.value(entry, e, v.Index(i), tag)
	}
	if v.Type().Elem().Kind() == reflect.Pointer { // entries that could not be read stay nil
		kept := reflect.MakeSlice(v.Type(), 0, v.Len())
		for i := range v.Len() {
			if !v.Index(i).IsNil() {
				kept = reflect.Append(kept, v.Index(i))
			}
		}
		v.Set(kept)
	}
}

// table decodes a mapping with free keys. An element with a field ID gets its
// key as that.
func (d *decoder) table(what string, n ast.Node, v reflect.Value, tag reflect.StructTag) {
	pairs, ok := d.pairs(what, n)
	if !ok {
		return
	}
	v.Set(reflect.MakeMapWithSize(v.Type(), len(pairs)))
	for _, p := range pairs {
		e := reflect.New(v.Type().Elem()).Elem()
		d.value(quoted(p.key), p.value, e, tag)
		if e.Kind() == reflect.Pointer && !e.IsNil() {
			if id := e.Elem().FieldByName("ID"); id.IsValid() {
				id.SetString(p.key)
				d.places[id.Addr().Interface()] = p.pos
			}
		}
		v.SetMapIndex(reflect.ValueOf(p.key), e)
	}
}

// A pair is a key and its value in a mapping.
type pair struct {
	key   string
	pos   Pos
	value ast.Node
}

// pairs returns the pairs of a mapping; a key counts once.
func (d *decoder) pairs(what string, n ast.Node) ([]pair, bool) {
	var values []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		values = n.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{n}
	default:
		d.wrongKind(what, "a mapping", n)
		return nil, false
	}
	var out []pair
	first := map[string]Pos{}
	for _, mv := range values {
		pos := d.pos(mv.Key)
		var key string
		switch k := mv.Key.(type) {
		case *ast.StringNode:
			key = k.Value
		case ast.ScalarNode:
			key = k.GetToken().Value
		default:
			d.mistake(pos, "a key is one word")
			continue
		}
		if at, ok := first[key]; ok {
			d.mistake(pos, "key %q stands already in line %d", key, at.Line)
			continue
		}
		first[key] = pos
		out = append(out, pair{key, pos, mv.Value})
	}
	return out, true
}

// text returns a text that is not blank.
func (d *decoder) text(what string, n ast.Node) (string, bool) {
	var s string
	switch n := n.(type) {
	case *ast.StringNode:
		s = n.Value
	case *ast.LiteralNode:
		s = n.Value.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		d.mistake(d.pos(n), "%s wants text, not %s; put it in quotes", what, kind(n))
		return "", false
	default:
		d.wrongKind(what, "text", n)
		return "", false
	}
	if strings.TrimSpace(s) == "" {
		d.mistake(d.pos(n), "%s is empty", what)
		return "", false
	}
	if strings.ContainsFunc(s, func(r rune) bool { return r != '\n' && r != '\t' && unicode.IsControl(r) }) {
		d.mistake(d.pos(n), "%s holds a control character", what)
		return "", false
	}
	return s, true
}

// pattern keeps a pattern or phrase for [decoder.compile]. One that begins with
// "=" names patterns of the vocabulary; see [loader.share].
func (d *decoder) pattern(pos Pos, source, mode string) *Pattern {
	p := &Pattern{Source: source, Pos: pos, mode: mode}
	if d.later != nil {
		p.later = &deferral{v: d.later}
	}
	if !p.shared() {
		d.patterns = append(d.patterns, p)
	}
	return p
}

// compile compiles all patterns, with the words of the vocabulary that phrases
// ask for.
func (d *decoder) compile(v *Vocabulary) {
	found := make([]*Mistake, len(d.patterns))
	sideBySide(len(d.patterns), func(i int) {
		if d.patterns[i].later != nil {
			return
		}
		if err := d.patterns[i].compile(v); err != nil {
			found[i] = &Mistake{Pos: d.patterns[i].Pos, Text: err.Error()}
		}
	})
	for _, m := range found {
		if m != nil {
			d.mistakes = append(d.mistakes, m)
		}
	}
}

func (d *decoder) wrongKind(what, want string, n ast.Node) {
	d.mistake(d.pos(n), "%s wants %s, not %s", what, want, kind(n))
}

// pos returns the place of a node: of a mapping, that of its first key.
func (d *decoder) pos(n ast.Node) Pos {
	switch n := n.(type) {
	case nil:
		return Pos{File: d.file}
	case *ast.MappingNode:
		if !n.IsFlowStyle && len(n.Values) > 0 {
			return d.pos(n.Values[0].Key)
		}
	case *ast.MappingValueNode:
		return d.pos(n.Key)
	}
	return d.tokenPos(n.GetToken())
}

func (d *decoder) tokenPos(t *token.Token) Pos {
	if t == nil || t.Position == nil {
		return Pos{File: d.file}
	}
	return Pos{d.file, t.Position.Line, t.Position.Column}
}

// number returns the value of a numeric node.
func number(n ast.Node) (float64, bool) {
	switch n := n.(type) {
	case *ast.IntegerNode:
		switch i := n.Value.(type) {
		case int64:
			return float64(i), true
		case uint64:
			return float64(i), true
		}
	case *ast.FloatNode:
		return n.Value, true
	}
	return 0, false
}

// kind names the kind of a node for a message.
func kind(n ast.Node) string {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "a mapping"
	case *ast.SequenceNode:
		return "a list"
	case *ast.StringNode, *ast.LiteralNode:
		return "text"
	case *ast.IntegerNode, *ast.FloatNode:
		return "a number"
	case *ast.InfinityNode, *ast.NanNode:
		return "what is no finite number"
	case *ast.BoolNode:
		return "true or false"
	}
	return "nothing"
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}
