package rules

import (
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/goccy/go-yaml/ast"
)

// overrides is the section of pack.yaml that changes, field by field, what the
// pack extends. It is kept as it is written until all of that is read.
type overrides struct{ pairs []pair }

// What an override says of an entry besides its fields.
const disable = "disable"

// override applies the changes of a pack to what it extends.
func (l *loader) override(o overrides) {
	p := l.pack
	divisions := map[string]any{}
	for _, x := range p.divisions() {
		divisions[nameOf(reflect.ValueOf(x).Elem())] = x
	}
	sections := map[string]func(string, ast.Node){
		"types":        func(what string, n ast.Node) { amend(l, what, n, &p.Types) },
		"items":        func(what string, n ast.Node) { amend(l, what, n, &l.found) },
		"subjects":     func(what string, n ast.Node) { amend(l, what, n, &p.Subjects) },
		"gates":        func(what string, n ast.Node) { amend(l, what, n, &p.Gates) },
		"signers":      func(what string, n ast.Node) { l.patchTable(what, n, reflect.ValueOf(p.Signers), "") },
		"answer_types": func(what string, n ast.Node) { l.patchTable(what, n, reflect.ValueOf(p.AnswerTypes), "") },
		"severity": func(what string, n ast.Node) {
			l.patchTable(what, n, reflect.ValueOf(p.Severity), `oneof:"error warning info"`)
		},
		"vocabulary": func(what string, n ast.Node) {
			if pairs, ok := l.pairs(what, n); ok {
				l.patch(pairs, reflect.ValueOf(p.Vocabulary).Elem())
			}
		},
		"periods": func(what string, n ast.Node) {
			var own map[string]*period
			l.value(what, n, reflect.ValueOf(&own).Elem(), "")
			for id, s := range own {
				refer(l, "period", &s.ID, p.Periods)
				p.Periods[id] = l.period(id, s)
			}
		},
		"divisions": func(what string, n ast.Node) {
			pairs, _ := l.pairs(what, n)
			for _, e := range pairs {
				at, ok := divisions[e.key]
				if !ok {
					l.mistake(e.pos, "%s", unknown("code", e.key, slices.Collect(maps.Keys(divisions))))
					continue
				}
				if l.patchOne(e, reflect.ValueOf(at).Elem()) {
					l.mistake(e.pos, "divisions stay; an instrument without %s is one of its own", e.key)
				}
			}
		},
		"total_weight": func(what string, n ast.Node) {
			l.value(what, n, reflect.ValueOf(&p.TotalWeight).Elem(), "")
		},
	}
	for _, e := range o.pairs {
		apply, ok := sections[e.key]
		if !ok {
			l.mistake(e.pos, "%s", unknown("key", e.key, slices.Collect(maps.Keys(sections))))
			continue
		}
		apply(quoted(e.key), e.value)
	}
}

// amend changes or removes entries of a list by their id or code.
func amend[T any](l *loader, what string, n ast.Node, list *[]*T) {
	if pairs, ok := l.pairs(what, n); ok {
		l.amend(pairs, reflect.ValueOf(list).Elem())
	}
}

// amend changes the entries of a list of pointers that the pairs name.
func (d *decoder) amend(pairs []pair, list reflect.Value) {
	var names []string
	for i := range list.Len() {
		names = append(names, nameOf(list.Index(i).Elem()))
	}
	gone := map[int]bool{}
	for _, e := range pairs {
		i := slices.Index(names, e.key)
		if i < 0 {
			d.mistake(e.pos, "there is nothing to override: %s", unknown("name", e.key, names))
			continue
		}
		gone[i] = d.patchOne(e, list.Index(i).Elem())
	}
	kept := reflect.MakeSlice(list.Type(), 0, list.Len())
	for i := range list.Len() {
		if !gone[i] {
			kept = reflect.Append(kept, list.Index(i))
		}
	}
	list.Set(kept)
}

// nameOf returns the id, code or name by which an entry is told.
func nameOf(v reflect.Value) string {
	for _, field := range []string{"ID", "Code", "Name"} {
		if f := v.FieldByName(field); f.IsValid() && f.Kind() == reflect.String {
			return f.String()
		}
	}
	return ""
}

// named reports whether a list holds entries that are told by a name.
func named(t reflect.Type) bool {
	return t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Pointer && t.Elem().Elem().Kind() == reflect.Struct &&
		t.Elem() != reflect.TypeFor[*Pattern]()
}

// patchOne changes one entry and reports whether it is to be removed.
func (d *decoder) patchOne(e pair, v reflect.Value) (remove bool) {
	pairs, ok := d.pairs(quoted(e.key), e.value)
	if !ok {
		return false
	}
	for _, p := range pairs {
		if p.key != disable {
			continue
		}
		b, ok := p.value.(*ast.BoolNode)
		if !ok {
			d.mistake(p.pos, "%q wants true, not %s", disable, kind(p.value))
			return false
		}
		if len(pairs) > 1 {
			d.mistake(p.pos, "%q: true stands alone in what it removes", disable)
			return false
		}
		return b.Value
	}
	d.patch(pairs, v)
	return false
}

// patch changes the fields of a struct that the pairs name. A key with "+"
// behind it adds to a list or table, one with "-" takes from it.
func (d *decoder) patch(pairs []pair, v reflect.Value) {
	fields, names := d.keysOf(v.Type())
	for _, p := range pairs {
		key, how := listKey(p.key)
		i, ok := fields[key]
		if !ok {
			d.mistake(p.pos, "%s", unknown("key", key, names))
			continue
		}
		if (key == "id" || key == "code" || key == "level") && v.Type() != reflect.TypeFor[Text]() {
			d.mistake(p.pos, "%q names the entry and stays as it is; disable the entry and add another", key)
			continue
		}
		f, tag, what := v.Field(i), v.Type().Field(i).Tag, quoted(p.key)
		switch {
		case how != 0 && f.Kind() != reflect.Slice:
			d.mistake(p.pos, "%q is no list: nothing can be added to it or taken from it", key)
		case how == '+':
			more := reflect.New(f.Type()).Elem()
			d.value(what, p.value, more, tag)
			d.extend(f, more)
		case how == '-':
			d.take(what, p, f, tag)
		case named(f.Type()) && isMapping(p.value):
			if inner, ok := d.pairs(what, p.value); ok {
				d.amend(inner, f)
			}
		case f.Kind() == reflect.Pointer && !f.IsNil() && isMapping(p.value):
			if d.patchOne(p, f.Elem()) {
				f.SetZero()
			}
		case f.Kind() == reflect.Map:
			d.patchTable(what, p.value, f, tag)
		case f.Type() == reflect.TypeFor[Text]() && isMapping(p.value):
			if d.patchOne(p, f) {
				d.mistake(p.pos, "a text is changed, not removed")
			}
		default:
			d.value(what, p.value, f, tag)
		}
		d.places[f.Addr().Interface()] = p.pos
	}
}

// listKey divides a key into its name and the '+' or '-' behind it, 0 for none.
func listKey(key string) (name string, how byte) {
	if n := len(key) - 1; n > 0 && (key[n] == '+' || key[n] == '-') {
		return key[:n], key[n]
	}
	return key, 0
}

func isMapping(n ast.Node) bool {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return true
	}
	return false
}

// extend adds entries to a list. Where each stands in the files is kept.
func (d *decoder) extend(list, more reflect.Value) {
	out := reflect.MakeSlice(list.Type(), 0, list.Len()+more.Len())
	out = reflect.AppendSlice(reflect.AppendSlice(out, list), more)
	for i := range out.Len() {
		from := list
		k := i
		if i >= list.Len() {
			from, k = more, i-list.Len()
		}
		if at, ok := d.places[from.Index(k).Addr().Interface()]; ok {
			d.places[out.Index(i).Addr().Interface()] = at
		}
	}
	list.Set(out)
}

// take removes entries from a list.
func (d *decoder) take(what string, p pair, list reflect.Value, tag reflect.StructTag) {
	if named(list.Type()) {
		d.mistake(p.pos, "%s: an entry is removed by \"%s: true\" in it", what, disable)
		return
	}
	less := reflect.New(list.Type()).Elem()
	patterns := len(d.patterns)
	d.value(what, p.value, less, tag)
	d.patterns = d.patterns[:patterns] // they are only compared
	gone := map[string]bool{}          // false as long as it was not found
	for i := range less.Len() {
		gone[label(less.Index(i))] = false
	}
	var kept []int
	for i := range list.Len() {
		name := label(list.Index(i))
		if _, ok := gone[name]; ok {
			gone[name] = true
			continue
		}
		kept = append(kept, i)
	}
	rest := reflect.MakeSlice(list.Type(), len(kept), len(kept))
	for k, i := range kept {
		rest.Index(k).Set(list.Index(i))
		if at, ok := d.places[list.Index(i).Addr().Interface()]; ok {
			d.places[rest.Index(k).Addr().Interface()] = at
		}
	}
	for i := range less.Len() {
		if name := label(less.Index(i)); !gone[name] {
			d.mistake(p.pos, "%s: %q is not in the list", what, clip(name))
			gone[name] = true // told once
		}
	}
	list.Set(rest)
}

// label is how an entry of a list is written.
func label(v reflect.Value) string {
	switch x := v.Interface().(type) {
	case *Pattern:
		return x.Source
	case CheckUse:
		return x.Name
	}
	return fmt.Sprint(v.Interface())
}

// patchTable changes entries of a table with free keys; a new key adds one. As
// in [decoder.patch], "+" and "-" behind a key change a list.
func (d *decoder) patchTable(what string, n ast.Node, table reflect.Value, tag reflect.StructTag) {
	pairs, ok := d.pairs(what, n)
	if !ok {
		return
	}
	for _, p := range pairs {
		key, how := p.key, byte(0)
		if table.Type().Elem().Kind() == reflect.Slice {
			key, how = listKey(key)
		}
		e := reflect.New(table.Type().Elem()).Elem()
		old := table.MapIndex(reflect.ValueOf(key))
		if old.IsValid() {
			e.Set(old)
		}
		if !old.IsValid() && (how != 0 || named(reflect.SliceOf(table.Type().Elem()))) {
			var names []string
			for _, k := range sortedKeys(table) {
				names = append(names, k.String())
			}
			d.mistake(p.pos, "there is nothing to override: %s", unknown("name", key, names))
			continue
		}
		inner := quoted(p.key)
		switch {
		case how == '+':
			more := reflect.New(e.Type()).Elem()
			d.value(inner, p.value, more, tag)
			d.extend(e, more)
		case how == '-':
			d.take(inner, p, e, tag)
		case e.Kind() == reflect.Pointer && old.IsValid() && isMapping(p.value):
			if d.patchOne(p, e.Elem()) {
				table.SetMapIndex(reflect.ValueOf(key), reflect.Value{})
				continue
			}
		default:
			d.value(inner, p.value, e, tag)
			if e.Kind() == reflect.Pointer && !e.IsNil() {
				if id := e.Elem().FieldByName("ID"); id.IsValid() {
					id.SetString(key)
					d.places[id.Addr().Interface()] = p.pos
				}
			}
		}
		if table.IsNil() {
			table.Set(reflect.MakeMap(table.Type()))
		}
		table.SetMapIndex(reflect.ValueOf(key), e)
	}
}
