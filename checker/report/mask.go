package report

import (
	_ "embed"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
)

//go:embed pii.yaml
var piiYAML []byte

// A personal is one kind of number that identifies a person.
type personal struct {
	ID      string `yaml:"id"`
	Pattern string `yaml:"pattern"`
	Apart   string `yaml:"apart"` // characters that do not stand beside one

	re *regexp.Regexp
}

var personals = sync.OnceValue(func() []personal {
	var out []personal
	if err := yaml.UnmarshalWithOptions(piiYAML, &out, yaml.Strict()); err != nil {
		panic(fmt.Errorf("read pii.yaml: %w", err)) // it is part of the program
	}
	for i := range out {
		out[i].re = regexp.MustCompile(out[i].Pattern)
	}
	return out
})

// bare names the JSON fields that Mask leaves as they are: names of files and
// rules, by which programs find things, hold no sentences.
var bare = []string{"path", "sha256", "document", "documents", "key", "id", "code", "criterion", "requirement", "criteria", "urn", "unread"}

// Mask hides the numbers that identify people in everything that r quotes: NIP,
// NIK and phone numbers, but for their last three digits. Names of files stay as
// they are, and so does the profile of the unit, which is a setting of the run and
// not a quotation; what people read shows it with [MaskText].
func Mask(r *Report) {
	if r.Masked {
		return
	}
	mask(reflect.ValueOf(r).Elem())
	r.Masked = true
}

// MaskVerification is [Mask] for v.
func MaskVerification(v *Verification) { mask(reflect.ValueOf(v).Elem()) }

func mask(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if s := v.String(); v.CanSet() {
			v.SetString(MaskText(s))
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

// MaskText hides the numbers of people in a text.
func MaskText(s string) string {
	const fewest = 9 // digits of a telephone number
	digits := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			digits++
		}
	}
	if digits < fewest {
		return s
	}
	for _, p := range personals() {
		s = p.mask(s)
	}
	return s
}

func (p personal) mask(s string) string {
	var b strings.Builder
	for from := 0; from < len(s); {
		at := p.re.FindStringIndex(s[from:])
		if at == nil {
			b.WriteString(s[from:])
			break
		}
		start, end := from+at[0], from+at[1]
		if !p.stands(s, start, end) {
			// The run of digits is something longer, and none of it is one.
			for end < len(s) && s[end] >= '0' && s[end] <= '9' {
				end++
			}
			b.WriteString(s[from:end])
			from = end
			continue
		}
		b.WriteString(s[from:start])
		b.WriteString(hidden(s[start:end]))
		from = end
	}
	return b.String()
}

// stands reports whether a match is not a part of something longer.
func (p personal) stands(s string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:start])
	after, _ := utf8.DecodeRuneInString(s[end:])
	joins := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	if start > 0 && (joins(before) || strings.ContainsRune(p.Apart, before)) {
		return false
	}
	// A full stop ends a sentence; before a digit it goes on with the number.
	return end == len(s) || !joins(after) && (!strings.ContainsRune(p.Apart, after) || after == '.')
}

// hidden replaces the digits of a number but for the last three.
func hidden(number string) string {
	digits := 0
	for _, r := range number {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	return strings.Map(func(r rune) rune {
		if !unicode.IsDigit(r) {
			return r
		}
		if digits--; digits < 3 {
			return r
		}
		return '•'
	}, number)
}
