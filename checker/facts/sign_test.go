package facts_test

import (
	"testing"

	"dasheval/checker/facts"
	"dasheval/checker/text"

	"github.com/stretchr/testify/assert"
)

func TestSigned(t *testing.T) {
	crypto := func(states ...text.Judgement) *facts.Document {
		d := &facts.Document{}
		for _, s := range states {
			d.Signatures = append(d.Signatures, text.Signature{State: s})
		}
		return d
	}
	blocks := func(states ...facts.State) []facts.Block {
		var out []facts.Block
		for _, s := range states {
			out = append(out, facts.Block{State: s})
		}
		return out
	}
	stamp := crypto(text.Valid)
	stamp.Signatures[0].Stamp = true
	unread := &facts.Document{Unread: [][2]int{{2, 2}}}
	for _, c := range []struct {
		name   string
		doc    *facts.Document
		blocks []facts.Block
		want   facts.State
	}{
		{"nothing to go by", &facts.Document{}, nil, facts.Unknown},
		{"an empty block", &facts.Document{}, blocks(facts.Inked, facts.Unsigned), facts.Unsigned},
		{"an empty block beside unread pages", unread, blocks(facts.Unsigned), facts.Unknown},
		{"a page that nobody looked at", &facts.Document{}, blocks(facts.Unknown, facts.Inked), facts.Unknown},
		{"the worst signature", crypto(text.Valid, text.Altered, text.Broken), nil, facts.Altered},
		{"two good ones", crypto(text.ValidUntrusted, text.Valid), nil, facts.ValidUntrusted},
		{"a timestamp is nobody's signature", stamp, blocks(facts.Unsigned), facts.Unsigned},
		{"a line that asks for a signature", &facts.Document{Requests: []text.Request{{}}}, nil, facts.Unsigned},
	} {
		assert.Equal(t, c.want, c.doc.Signed(c.blocks), c.name)
	}
}

func TestTells(t *testing.T) {
	for _, c := range [][2]facts.State{
		{facts.Altered, facts.Inked}, {facts.Inked, facts.Unknown}, {facts.Unknown, facts.Unsigned}, {facts.Unknown, facts.Typed}, {facts.Valid, facts.Inked},
	} {
		assert.True(t, facts.Tells(c[0], c[1]), c)
		assert.False(t, facts.Tells(c[1], c[0]), c)
	}
}
