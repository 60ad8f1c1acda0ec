package check_test

import (
	"testing"

	"dasheval/checker/check"
	"dasheval/checker/facts"
	"dasheval/checker/text"

	"github.com/stretchr/testify/assert"
)

func TestIntegrity(t *testing.T) {
	box := text.Box{X0: 10, Y0: 20, X1: 110, Y1: 60}
	signed := func(state text.Judgement) *facts.Document {
		return &facts.Document{
			Signatures: []text.Signature{{State: state, Cause: text.CausePages, Detail: "2", Signer: "Siti", Page: 3, Box: box}},
			Blocks:     []facts.Block{{State: facts.Electronic}},
		}
	}
	untrusted := signed(text.ValidUntrusted)
	untrusted.Signatures[0].Cause = text.CauseIssuer
	for _, c := range []struct {
		name string
		doc  *facts.Document
		want string
	}{
		{"valid", signed(text.Valid), ""},
		{"of an issuer that nobody vouches for", untrusted, "signature.untrusted"},
		{"altered", signed(text.Altered), "signature.altered"},
		{"broken", signed(text.Broken), "signature.broken"},
		{"expired", signed(text.ValidUntrusted), "signature.doubtful"},
		{"of an unknown kind", signed(text.Undecided), "signature.unjudged"},
		{"says so and is not", &facts.Document{Blocks: []facts.Block{{State: facts.Electronic, Code: "https://x"}}}, ""},
		{"signed by pen", &facts.Document{Blocks: []facts.Block{{State: facts.Inked}}}, ""},
	} {
		var got []check.Finding
		check.Named("integrity").Run(&check.Pass{
			World:  &check.World{Pile: []*facts.Document{c.doc}},
			Report: func(f check.Finding) { got = append(got, f) },
		})
		if c.want == "" {
			assert.Empty(t, got, c.name)
			continue
		}
		if assert.Len(t, got, 1, c.name) {
			assert.Equal(t, c.want, got[0].ID, c.name)
			assert.Same(t, c.doc, got[0].Document)
		}
	}
	var got check.Finding
	check.Named("integrity").Run(&check.Pass{World: &check.World{Pile: []*facts.Document{signed(text.Altered)}}, Report: func(f check.Finding) { got = f }})
	assert.Equal(t, facts.Place{Page: 3, Box: box, Quote: "Siti"}, got.At)
	assert.Equal(t, map[string]string{"signer": "Siti", "cause": "pages", "detail": "2"}, got.Params)
}
