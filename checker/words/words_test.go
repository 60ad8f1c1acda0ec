package words_test

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"dasheval/checker/words"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// params lists what each finding can say, with values as the checks give them.
var params = map[string]map[string]string{
	"signature.none":                 {"signer": "kepala unit", "name": "Yusuf", "title": "Kepala Balai"},
	"signature.typed":                {"signer": "kepala unit", "name": "Yusuf"},
	"signature.partial":              {"have": "1", "want": "2", "missing": "pihak kedua", "name": "Siti"},
	"signature.unknown":              {},
	"signature.claimed":              {},
	"signature.altered":              {"signer": "Yusuf", "cause": "pages", "detail": "2"},
	"signature.broken":               {"signer": "Yusuf"},
	"signature.unjudged":             {"signer": "Yusuf", "detail": "1.2.3"},
	"signature.untrusted":            {"signer": "Yusuf", "issuer": "BSrE"},
	"signature.doubtful":             {"signer": "Yusuf", "cause": "expired"},
	"signer.unauthorised":            {"title": "Kasubbag", "name": "Siti", "want": "Kepala Balai"},
	"signer.head_instead":            {"title": "Kepala Balai", "want": "Sekretaris Jenderal"},
	"nip.invalid":                    {"nip": "1973", "name": "Yusuf", "reason": "length"},
	"date.outside_window":            {"date": "2023-02-03", "from": "2025-01-01", "to": "2025-12-31"},
	"date.missing":                   {},
	"date.inconsistent":              {"a": "2025-02-03", "b": "2025-01-03", "what": "pembuatan dan berlaku"},
	"number.missing":                 {"found": "Nomor: ....."},
	"unit.other":                     {"found": "Balai Lain", "unit": "Balai Kami"},
	"unit.body_other":                {"found": "Balai Lain", "unit": "Balai Kami"},
	"letterhead.other":               {"found": "Kementerian Lain", "ministry": "Kementerian Kami"},
	"field.missing":                  {"field": "tanggal efektif"},
	"section.missing":                {"section": "rekomendasi"},
	"section.recommended":            {"section": "dokumentasi"},
	"attachment.missing":             {"ref": "Lampiran I"},
	"page.missing":                   {"pages": "2"},
	"draft.unfinished":               {"mark": "DRAFT"},
	"template.unfilled":              {"mark": "${nomor}", "count": "3"},
	"attendance.unsigned":            {"rows": "12", "signed": "0"},
	"attendance.other_event":         {"event": "Rapat", "date": "2025-03-05", "want": "2025-03-03"},
	"bundle.date_mismatch":           {"date": "2025-03-05", "want": "2025-03-03", "other": "undangan"},
	"bundle.part_missing":            {"part": "notula"},
	"bundle.place_mismatch":          {"place": "Aula", "want": "Ruang Rapat"},
	"bundle.agenda_mismatch":         {"agenda": "Monev", "want": "Sosialisasi"},
	"team.not_member":                {"names": "Siti, Budi", "team": "SK Tim"},
	"survey.no_respondents":          {},
	"survey.outside_window":          {"date": "2023-02-03", "from": "2025-01-01", "to": "2025-12-31"},
	"survey.scale":                   {"index": "87,65"},
	"cadence.missing":                {"cadence": "quarterly", "count": "2", "have": "X, Y", "want": "4", "missing": "2025-04, 2025-07"},
	"requirement.missing":            {"type": "Notula rapat", "shows": "rapat tim", "unread": "2"},
	"requirement.supporting_missing": {"type": "Foto", "shows": "rapat tim"},
	"place.misfiled":                 {"folder": "A.I.1.i.a", "criterion": "A.I.2.i.a"},
	"name.misleading":                {"name_type": "Keputusan", "type": "Undangan"},
	"decision.replaced":              {"approver": "Inspektur", "letter": "B-1"},
	"decree.superseded":              {"by": "SK 2", "date": "2025-02-03"},
	"content.duplicate":              {"of": "a.pdf"},
	"stamp.missing":                  {},
	"text.hidden_layer":              {},
	"text.incomplete":                {"pages": "3, 5–9"},
	"phrase.missing":                 {"what": "kewajiban melapor", "in": "diktum", "have": "0", "want": "2"},
	"phrase.forbidden":               {"what": "contoh isian", "in": "body"},
	"phrase.apart":                   {"what": "sasaran seluruh pegawai", "apart": "340", "within": "60"},
	"order.wrong":                    {"what": "temuan, rekomendasi, tindak lanjut", "phrase": "rekomendasi"},
	"number.format":                  {"what": "nomor/kode/tahun", "number": "50-A"},
	"signer.absent":                  {"what": "bendahara"},
	"table.missing":                  {"what": "matriks tindak lanjut"},
	"table.short":                    {"what": "matriks tindak lanjut", "have": "0", "want": "2"},
	"list.short":                     {"what": "enam area", "have": "1", "want": "6"},
	"list.lacks":                     {"what": "enam area", "phrase": "pelayanan publik"},
	"reference.missing":              {"what": "nomor surat tugas", "of": "st.pdf"},
	"fact.missing":                   {"what": "jumlah responden"},
	"threshold.outside":              {"what": "jumlah responden", "found": "12", "min": "30"},
	"file.unreadable":                {},
	"file.corrupt":                   {},
	"file.no_permission":             {},
	"file.empty":                     {},
	"file.encrypted":                 {},
	"file.unsupported":               {"kind": "mp4"},
	"file.too_large":                 {},
	"file.timeout":                   {"limit": "60 s"},
}

func catalogue(t *testing.T, lang string) *words.Catalogue {
	t.Helper()
	c, err := words.New(lang)
	require.NoError(t, err, lang)
	return c
}

func TestUnknownLanguageNamesTheKnownOnes(t *testing.T) {
	_, err := words.New("fr")
	require.ErrorIs(t, err, words.ErrLanguage)
	assert.EqualError(t, err, `unknown language "fr"; known are id, en`)
}

// TestFindings renders every message with all of its parameters, with each one
// left out, and with none.
func TestFindings(t *testing.T) {
	gap := regexp.MustCompile(`  |“”|\(\)| [.,;:]|<no value>|\d{4}-\d{2}|[.]{2}`)
	check := func(t *testing.T, c *words.Catalogue, id string, p map[string]string) {
		message, fix := c.Finding(id, p)
		for _, s := range []string{message, fix} {
			assert.True(t, strings.HasSuffix(s, "."), "%s %v: %q wants a final period", id, p, s)
			clean := s
			for _, v := range p {
				if v != "" && !strings.Contains(v, "2025") {
					clean = strings.ReplaceAll(clean, v, "X")
				}
			}
			assert.NotRegexp(t, gap, clean, "%s %v", id, p)
			if s != "" {
				assert.Equal(t, strings.ToUpper(s[:1]), s[:1], "%s %v: %q wants a capital", id, p, s)
			}
		}
	}
	for _, lang := range words.Languages() {
		c := catalogue(t, lang)
		for id, all := range params {
			require.True(t, c.Knows(id), "%s: no message for %s", lang, id)
			check(t, c, id, nil)
			check(t, c, id, all)
			for left := range all {
				some := maps.Clone(all)
				delete(some, left)
				check(t, c, id, some)
				some = map[string]string{left: all[left]}
				check(t, c, id, some)
			}
			message, fix := c.Finding(id, all)
			for name, v := range all {
				if slices.Contains([]string{"reason", "unread", "cause", "cadence"}, name) || all["signed"] == "0" {
					continue
				}
				said := strings.Contains(message+fix, v) || strings.Contains(message+fix, c.Dates(v))
				assert.True(t, said, "%s %s: parameter %s is not said in %q, %q", lang, id, name, message, fix)
			}
		}
		for _, reason := range []string{"length", "birth", "appointment", "age", "sex"} {
			message, _ := c.Finding("nip.invalid", map[string]string{"nip": "1", "reason": reason})
			assert.Contains(t, message, ": ", "%s: reason %s is not said", lang, reason)
		}
	}
}

func TestLanguagesHoldTheSameKeys(t *testing.T) {
	want := keys(t, "id")
	for _, lang := range words.Languages()[1:] {
		assert.Equal(t, want, keys(t, lang), lang)
	}
	for _, key := range want {
		id, isFinding := strings.CutPrefix(key, "finding ")
		if isFinding {
			assert.Contains(t, params, id, "the test does not know the parameters of %s", id)
		}
	}
}

// TestVerbs holds that a label takes the same arguments in all languages.
func TestVerbs(t *testing.T) {
	verb := regexp.MustCompile(`%[a-z%]`)
	en := catalogue(t, "en")
	for _, key := range keys(t, "id") {
		if label, ok := strings.CutPrefix(key, "label "); ok {
			id := catalogue(t, "id").Label(label)
			assert.Equal(t, verb.FindAllString(id, -1), verb.FindAllString(en.Label(label), -1), label)
		}
	}
}

// TestLabelsInCodeExist looks for every label that the program asks for.
func TestLabelsInCodeExist(t *testing.T) {
	asked := regexp.MustCompile(`(?:Label|fail|usage)\((?:exit[A-Z][a-z]+, )?"([a-z_]+(?:\.[a-z_-]+)+)"`)
	c := catalogue(t, "id")
	for _, root := range []string{"../report", "../../cmd/dasheval"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".go" {
				return err
			}
			src, err := os.ReadFile(path)
			for _, m := range asked.FindAllSubmatch(src, -1) {
				assert.True(t, c.Has(string(m[1])), "%s asks for the label %s, which is not there", path, m[1])
			}
			return err
		})
		require.NoError(t, err)
	}
}

func TestUnknownIDsAreShownAsTheyAre(t *testing.T) {
	c := catalogue(t, "en")
	message, fix := c.Finding("new.finding", nil)
	assert.Equal(t, []string{"new.finding", ""}, []string{message, fix})
	assert.Equal(t, "new.label", c.Label("new.label", 3))
	assert.Equal(t, "new", c.Name("reason", "new"))
}

// TestPhrasesInBothLanguages holds that NAME_en stands for NAME in English.
func TestPhrasesInBothLanguages(t *testing.T) {
	p := map[string]string{"type": "Notula", "type_en": "Minutes"}
	message, _ := catalogue(t, "en").Finding("requirement.missing", p)
	assert.Contains(t, message, "Minutes")
	message, _ = catalogue(t, "id").Finding("requirement.missing", p)
	assert.Contains(t, message, "Notula")
	assert.Equal(t, "Notula", p["type"], "the parameters are left alone")
}

func TestPeriods(t *testing.T) {
	cases := []struct{ lang, in, want string }{
		{"id", "Q1 2025, M12 2024", "triwulan 1 2025, Desember 2024"},
		{"en", "S2 2025, 2025-04, a.pdf, Q, , M13 2025", "half-year 2 2025, April 2025, a.pdf, Q, , M13 2025"},
	}
	for _, c := range cases {
		assert.Equal(t, c.want, catalogue(t, c.lang).Periods(c.in), c.in)
	}
}

func TestDate(t *testing.T) {
	cases := []struct{ lang, iso, want string }{
		{"id", "2025-02-03", "3 Februari 2025"},
		{"en", "2025-02-03", "3 February 2025"},
		{"id", "2025-08", "Agustus 2025"},
		{"xx", "2025-12-31", "31 Desember 2025"},
		{"en", "2025-02-30", "2025-02-30"},
		{"en", "TW I", "TW I"},
		{"en", "", ""},
	}
	for _, c := range cases {
		assert.Equal(t, c.want, words.Date(c.lang, c.iso), "%s %s", c.lang, c.iso)
	}
	en := catalogue(t, "en")
	assert.Equal(t, "since 1 January 2025", en.Window("2025-01-01", ""))
	assert.Equal(t, "by 1 January 2025", en.Window("", "2025-01-01"))
	assert.Equal(t, "", en.Window("", ""))
	assert.Equal(t, "1,50", catalogue(t, "id").Number(1.5, 2))
	assert.Equal(t, "1.50", en.Number(1.5, 2))
}

// keys lists what the files of a language hold.
func keys(t *testing.T, lang string) []string {
	t.Helper()
	names, err := filepath.Glob(lang + "*.yaml")
	require.NoError(t, err)
	var out []string
	for _, name := range names {
		raw, err := os.ReadFile(name)
		require.NoError(t, err)
		var in struct{ Findings, Labels map[string]any }
		require.NoError(t, yaml.Unmarshal(raw, &in), name)
		for id := range in.Findings {
			out = append(out, "finding "+id)
		}
		for key := range in.Labels {
			out = append(out, "label "+key)
		}
	}
	slices.Sort(out)
	return out
}

func TestNearest(t *testing.T) {
	names := []string{"check", "explain", "text", "A.I.1.i.a", "A.I.1.i.b", "A.II.1.i.a"}
	cases := []struct {
		name string
		want []string
	}{
		{"chek", []string{"check"}},
		{"A.I.1.i.c", []string{"A.I.1.i.a", "A.I.1.i.b", "A.II.1.i.a"}},
		{"nothing like it", nil},
	}
	for _, c := range cases {
		assert.Equal(t, c.want, words.Nearest(c.name, names, 3), c.name)
	}
}
