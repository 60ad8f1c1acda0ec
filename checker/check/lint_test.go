package check_test

import (
	"testing"

	"dasheval/checker/check"
	"dasheval/rules"

	"github.com/stretchr/testify/assert"
)

// TestDoubts names what nothing examines and what can find nothing.
func TestDoubts(t *testing.T) {
	use := func(names ...string) []rules.CheckUse {
		var out []rules.CheckUse
		for _, n := range names {
			out = append(out, rules.CheckUse{Name: n})
		}
		return out
	}
	for name, c := range map[string]struct {
		typ  rules.Type
		want []string
	}{
		"all examined": {rules.Type{ID: "sk", Number: "required", Date: "required", Signature: "required", Checks: use("number", "date", "signature")}, nil},
		"demanded and not examined": {rules.Type{ID: "sk", Number: "required", Date: "required", Signature: "required", Sections: []*rules.Section{{Need: "required"}}, Fields: []*rules.FieldRule{{Need: "required"}}}, []string{
			`type "sk" has signature: required, but its checks lack "signature", so nothing examines it`,
			`type "sk" has number: required, but its checks lack "number", so nothing examines it`,
			`type "sk" has date: required, but its checks lack "date", so nothing examines it`,
			`type "sk" has required sections, but its checks lack "sections", so nothing examines it`,
			`type "sk" has required fields, but its checks lack "fields", so nothing examines it`}},
		"attendance": {rules.Type{ID: "dh", Form: "attendance", Signature: "required"}, []string{
			`type "dh" has signature: required, but its checks lack "attendance", so nothing examines it`}},
		"idle": {rules.Type{ID: "foto", Form: "photos", Date: "optional", Signature: "not_applicable", Checks: use("date", "signature", "sections", "fields", "attendance")}, []string{
			`idle: check "date" finds nothing in type "foto", which has date: optional`,
			`idle: check "signature" finds nothing in type "foto", which has signature: not_applicable`,
			`idle: check "sections" finds nothing in type "foto", which has no sections`,
			`idle: check "fields" finds nothing in type "foto", which has no required fields`,
			`idle: check "attendance" finds nothing in type "foto", which has form: photos`}},
		"alone in a pair": {rules.Type{ID: "lhe", Sections: []*rules.Section{{Need: "paired"}}, Checks: use("sections")}, []string{
			`idle: check "sections" finds nothing in type "lhe", which has one paired section and nothing that it is paired with`}},
		"effective": {rules.Type{ID: "sop", Date: "required", Anchor: "effective", Checks: use("date")}, []string{
			`idle: check "date" finds nothing in type "sop", which has anchor: effective, so its fields are examined instead`}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, m := range check.Doubts(&rules.Pack{Types: []*rules.Type{&c.typ}}) {
				got = append(got, m.Text)
			}
			assert.Equal(t, c.want, got)
		})
	}
}

// TestChecksAreInOrder holds the registry to its rules.
func TestChecksAreInOrder(t *testing.T) {
	assert.NoError(t, check.Validate(check.All()))
}
