package report

import (
	"reflect"
	"slices"
	"strings"

	"dasheval/checker/pii"
)

// bare names the JSON fields that Mask leaves as they are: names of files and
// rules, by which programs find things, hold no sentences.
var bare = []string{"path", "sha256", "document", "documents", "key", "id", "code", "criterion", "requirement", "criteria", "urn", "unread", "from", "to", "vanished", "added", "place", "item"}

// Mask hides the numbers that identify people in everything that r quotes: NIP,
// NIK and phone numbers, but for their last three digits. Names of files stay as
// they are, and so does the profile of the unit, which is a setting of the run and
// not a quotation; what people read shows it with [pii.Mask].
func Mask(r *Report) {
	mask(reflect.ValueOf(r).Elem())
	r.Masked = true
}

// MaskVerification is [Mask] for v.
func MaskVerification(v *Verification) { mask(reflect.ValueOf(v).Elem()) }

func mask(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if s := v.String(); v.CanSet() {
			v.SetString(pii.Mask(s))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			mask(v.Elem())
		}
	case reflect.Interface:
		if !v.IsNil() {
			v.Set(masked(v.Elem()))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			switch f := v.Field(i); {
			case f.Type() == reflect.TypeFor[Unit]():
			case slices.Contains(bare, name) && plainType(f.Type()) && v.Type() != reflect.TypeFor[Text]():
			default:
				mask(f)
			}
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			mask(v.Index(i))
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			v.SetMapIndex(it.Key(), masked(it.Value()))
		}
	}
}

// plainType reports whether a field holds names only.
func plainType(t reflect.Type) bool {
	return t.Kind() == reflect.String || t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.String
}

// masked returns a masked copy of a value that cannot be set where it is.
func masked(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	mask(out)
	return out
}
