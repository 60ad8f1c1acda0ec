package check

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"dasheval/checker/facts"
	"dasheval/checker/match"
	"dasheval/checker/profile"
	"dasheval/checker/text"
	"dasheval/checker/words"
	"dasheval/rules"
)

var unit = &Check{
	Name: "unit",
	Doc: Doc{
		Title: rules.Text{ID: `dokumen milik unit yang dinilai`, EN: `the document is of the unit under evaluation`},
		About: rules.Text{
			ID: `Kop atau sampul harus menyebut unit, bagiannya, atau instansi di atasnya, dan instansi pada kop harus instansi induk unit; dokumen unit dari tahun sebelum tahun evaluasi boleh memakai nama instansi yang lama. Isi dokumen tidak boleh menyebut unit lain yang sejenis sedikitnya dua kali dan lebih sering daripada unit ini, seperti pada naskah yang disalin. Nama pada pindaian boleh berbeda dua huruf. Dilewati: unit yang namanya tidak diketahui, jenis yang penanda tangannya pihak luar (external: true), dan kop yang tidak terbaca; isinya tetap dilihat.`,
			EN: `The letterhead or cover must name the unit, a part of it or a body above it, and the institution there must be the one above the unit; papers of the unit from before the evaluation year may bear the former name of that institution. Running text must not name another unit of the same kind twice or more and more often than this one, as text copied from elsewhere does. On scans two letters of a name may differ. Passed over are units whose name is not known, types whose signer is an outsider (external: true), and letterheads that were not read; the text is examined all the same.`},
		Rule:   "- id: sk\n  signer: kepala_unit\n  checks: [unit]",
		Before: "Kop: BALAI PELATIHAN PERTANIAN MUARA INDAH, sedangkan yang dinilai Balai Pelatihan Pertanian Sungai Rotan",
		After:  "Kop: BALAI PELATIHAN PERTANIAN SUNGAI ROTAN",
		Since:  "0.1",
	},
	Scope: Document,
	IDs:   []string{"letterhead.other", "unit.body_other", "unit.other"},
	Run: func(p *Pass) {
		d, w := p.Document, p.World
		if s := w.Pack.Signers[d.Type.Signer]; w.Unit.Name == "" || s != nil && s.External {
			return
		}
		ministry, hasMinistry := d.Facts["ministry"]
		own, ok := d.Facts["unit"]
		ours := ok && w.Unit.Known(own.Value) || slices.ContainsFunc(d.Letterhead, func(o facts.Org) bool { return w.Unit.Known(o.Name) })
		// Ministries are renamed: an older paper may bear the former name.
		older := ours && !d.Date("date").IsZero() && d.Date("date").Year() < w.Year
		if !older && hasMinistry && w.Unit.Ministry != "" && !profile.Same(ministry.Value, w.Unit.Ministry) && !w.Parents[profile.Key(ministry.Value)] {
			p.report("letterhead.other", ministry.At, map[string]string{"found": ministry.Value, "ministry": w.Unit.Ministry})
			return
		}
		switch {
		case ok && d.Origin == text.OCR && misread(own.Value, w.Unit.Name):
			ours = true
		case ok && (sibling(own.Value, w.Unit.Name) || cousin(own.Value, w.Unit.Name)) && !w.Unit.Known(own.Value):
			ours = false // although the unit stands above it, as its parent would
		}
		parent := w.Parents[profile.Key(own.Value)] || w.Unit.Ministry != "" && profile.Key(own.Value) == profile.Key(w.Unit.Ministry)
		if ok && !ours && !parent && !within(own.Value, w.Unit.Name) && !fromAbove(p, own.Value, ministry.Value) {
			p.report("unit.other", own.At, map[string]string{"found": own.Value, "unit": w.Unit.Name})
			return
		}
		otherInText(p)
	},
}

// fromAbove reports whether a paper of a body above the unit, in its own
// ministry, serves a line that somebody other than the head of the unit signs, as
// the ministry's decree on a transfer does.
func fromAbove(p *Pass, body, ministry string) bool {
	w := p.World
	fold, kind := text.Fold(body), kindOf(w.Unit.Name)
	if kind != "" && strings.Contains(fold, kind) {
		return false // a unit like this one, whose name goes on with that of its parent
	}
	return ministry != "" && w.Unit.Ministry != "" && profile.Same(ministry, w.Unit.Ministry) &&
		rules.MatchAny(w.Pack.Vocabulary.Patterns["org.parent"], fold) && !strings.Contains(profile.Key(body), profile.Key(ministry)) &&
		slices.ContainsFunc(w.Placed.Placed[p.Document.Path], func(pl match.Placed) bool {
			s := w.Pack.Signers[pl.Requirement.Signer]
			return s != nil && !s.Head
		})
}

// misread reports whether a name that was recognised in a picture may be that of
// the unit, but for a letter or two.
func misread(name, unit string) bool {
	const letters = 2
	return words.Distance(profile.Key(name), profile.Key(unit)) <= letters
}

// within reports whether a body is a part of the unit: its name goes on to
// name the unit.
func within(body, unit string) bool { return strings.Contains(profile.Key(body), profile.Key(unit)) }

// kindOf returns the words that units of one kind begin with: the first one of the
// name, or the first two of a longer one; "" if the name is too short to tell.
func kindOf(unit string) string {
	name := strings.Fields(text.Fold(unit))
	switch {
	case len(name) < 2:
		return ""
	case len(name) > 3:
		return name[0] + " " + name[1]
	}
	return name[0]
}

// sibling reports whether a body is of the same kind as the unit, by their names,
// and neither is a part of the other.
func sibling(body, unit string) bool {
	kind := kindOf(unit)
	return kind != "" && strings.HasPrefix(text.Fold(body)+" ", kind+" ") && kindOf(body) != "" && !within(body, unit) && !within(unit, body)
}

// cousin reports whether a body begins with the same word as the unit and is
// another all the same, as one faculty beside another: neither is a part of the
// other, and their second words differ.
func cousin(body, unit string) bool {
	a, b := strings.Fields(text.Fold(body)), strings.Fields(text.Fold(unit))
	return len(a) > 1 && len(b) > 1 && a[0] == b[0] && a[1] != b[1] && !within(body, unit) && !within(unit, body)
}

// otherInText looks for names of another unit of the same kind, told by the
// first word of the unit's name, or the first two of a longer one.
func otherInText(p *Pass) {
	d, w := p.Document, p.World
	long := len(strings.Fields(w.Unit.Name))
	kind := strings.Fields(kindOf(w.Unit.Name))
	if len(kind) == 0 {
		return
	}
	for i := range kind {
		kind[i] = regexp.QuoteMeta(kind[i])
	}
	re, err := regexp.Compile(`\b` + strings.Join(kind, `\s+`) + `\s`)
	if err != nil {
		return
	}
	clean, fold := d.Clean(), d.Folded()
	ours, most := 0, 0
	others := map[string]int{}
	places := map[string]facts.Place{}
	var other string
	for _, m := range re.FindAllStringIndex(fold, -1) {
		name := properName(clean[m[0]:min(len(clean), m[0]+160)], long+2)
		key := profile.Key(name)
		switch {
		case w.Unit.Known(name) || within(name, w.Unit.Name):
			ours++
		case len(strings.Fields(name)) < long || w.Parents[key]:
			// A short form says too little, and bodies above may be named.
		case name == strings.ToUpper(name):
			// Headings and letterheads are checked elsewhere.
		default:
			if others[key]++; others[key] == 1 {
				places[key] = d.Place(m[0], m[0]+len(name))
			}
			if others[key] > most {
				most, other = others[key], key
			}
		}
	}
	if at := places[other]; most >= 2 && most > ours {
		p.report("unit.body_other", at, map[string]string{"found": at.Quote, "unit": w.Unit.Name})
	}
}

// properName returns the capitalised words that s begins with, at most n.
func properName(s string, n int) string {
	var out []string
	for _, w := range strings.Fields(s) {
		r := []rune(w)
		if len(out) >= n || !unicode.IsUpper(r[0]) {
			break
		}
		bare := strings.TrimRight(w, ".,;:)\"")
		out = append(out, bare)
		if bare != w {
			break
		}
	}
	return strings.Join(out, " ")
}
