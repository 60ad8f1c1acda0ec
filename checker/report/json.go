package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strings"
)

// writeJSON writes the report indented, with every list present: a list that
// holds nothing is [] and never null, as the schema says. It writes the members
// of lists one by one, so that memory does not hold the report twice.
func writeJSON(w io.Writer, r *Report, _ string, _ Options) error {
	j := jsonWriter{w: bufio.NewWriter(w)}
	v := reflect.ValueOf(r).Elem()
	j.text("{")
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		f := v.Field(i)
		if f.Kind() == reflect.Pointer && f.IsNil() {
			continue
		}
		if i > 0 {
			j.text(",")
		}
		j.text("\n  \"" + name + "\": ")
		if f.Kind() != reflect.Slice || f.Len() == 0 {
			j.value(f, "  ")
			continue
		}
		for k := range f.Len() {
			j.text([]string{"[\n    ", ",\n    "}[min(k, 1)])
			j.value(f.Index(k), "    ")
		}
		j.text("\n  ]")
	}
	j.text("\n}\n")
	return errors.Join(j.err, j.w.Flush())
}

type jsonWriter struct {
	w   *bufio.Writer
	buf bytes.Buffer
	err error // of a value; those of w are kept by it
}

func (j *jsonWriter) text(s string) { _, _ = j.w.WriteString(s) }

// value writes a value whose lines begin with prefix, but for the first.
func (j *jsonWriter) value(v reflect.Value, prefix string) {
	j.buf.Reset()
	enc := json.NewEncoder(&j.buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent(prefix, "  ")
	j.err = errors.Join(j.err, enc.Encode(filled(v).Interface()))
	_, _ = j.w.Write(bytes.TrimSuffix(j.buf.Bytes(), []byte("\n")))
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
	case reflect.Pointer:
		if v.IsNil() || v.Type().Elem().Kind() != reflect.Struct {
			out.Set(v)
			break
		}
		out.Set(reflect.New(v.Type().Elem()))
		out.Elem().Set(filled(v.Elem()))
	default:
		out.Set(v)
	}
	return out
}
