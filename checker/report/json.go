package report

import (
	"encoding/json"
	"io"
	"reflect"
)

// writeJSON writes the report indented, with every list present: a list that
// holds nothing is [] and never null, as the schema says.
func writeJSON(w io.Writer, r *Report, _ string, _ Options) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(filled(reflect.ValueOf(r).Elem()).Interface())
}

// filled returns a copy of v in which no slice or map is nil.
func filled(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			out.Field(i).Set(filled(v.Field(i)))
		}
	case reflect.Slice:
		out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		for i := range v.Len() {
			out.Index(i).Set(filled(v.Index(i)))
		}
	case reflect.Map:
		out.Set(reflect.MakeMap(v.Type()))
		for it := v.MapRange(); it.Next(); {
			out.SetMapIndex(it.Key(), filled(it.Value()))
		}
	default:
		out.Set(v)
	}
	return out
}
