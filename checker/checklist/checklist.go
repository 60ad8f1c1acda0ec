// Package checklist makes documents of a rule pack for the people who collect
// evidence: per item how it is answered, which documents to upload, what must be
// in them, who signs them and of which days they may be.
//
// The main idea is one value between the pack and the formats: [New] says
// everything in all languages once, and each format only lays it out. The
// package promises that nothing of the pack is left out or cut short, that the
// same pack gives the same bytes, and that no text of a pack becomes markup.
package checklist

import (
	"strings"
	"unicode"

	"dasheval/rules"
)

// A Checklist is what the formats show, in order. Its texts hold no line break
// and no control character. What a pack leaves out is absent, never empty.
type Checklist struct {
	ID       string // of the pack
	Title    rules.Text
	Pack     rules.Text // title of the pack
	About    []Fact
	Words    []Fact       // what the words mean
	Common   []rules.Text // asked of nearly all documents
	Sections []*Section
	Gates    []*Predicate

	say speaker
}

// A Fact is a label with what there is to say.
type Fact struct {
	Label  rules.Text
	Values []rules.Text // never empty
}

// A Section is a division of the instrument: a component has the depth 1, a
// part 2, an area 3 and a subarea 4.
type Section struct {
	Depth  int
	Code   string
	Title  rules.Text
	Weight rules.Text
	Items  []*Item
}

// An Item is a criterion with the documents that it asks for.
type Item struct {
	Code    string
	Title   rules.Text
	Area    string // number of the area, or code of the part if there is none
	Facts   []Fact
	How     rules.Text // how it is answered
	Answers []Answer
	Lines   []*Line
}

// An Answer is a level of an item, or a number to enter if it has no name.
type Answer struct {
	Name   string
	Text   rules.Text
	Points rules.Text // of a level: what it adds; empty if there is no name
}

// A Line is a document to upload.
type Line struct {
	ID    string
	Name  rules.Text // of the document type
	Need  rules.Need
	Label rules.Text // the need in words
	Facts []Fact
}

// A Predicate is what a unit strives for, with the gates before it.
type Predicate struct {
	Title rules.Text
	Gates []Gate
}

// A Gate is a minimum.
type Gate struct {
	Text   rules.Text
	Scope  string     // codes of what is summed
	Min    rules.Text // points
	Survey rules.Text // index, empty if none is asked for
}

// Lines returns the number of documents that all items ask for.
func (c *Checklist) Lines() int {
	n := 0
	for _, i := range c.Items() {
		n += len(i.Lines)
	}
	return n
}

// Items returns all items in order.
func (c *Checklist) Items() []*Item {
	var out []*Item
	for _, s := range c.Sections {
		out = append(out, s.Items...)
	}
	return out
}

// Label returns a label of the words, by its key without "checklist.".
func (c *Checklist) Label(key string, args ...any) rules.Text { return c.say.label(key, args...) }

// tidy makes a text of a pack fit for one line of any format: white space is
// one space, and what steers a terminal or turns the direction of writing goes.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

func tidyText(t rules.Text) rules.Text {
	return rules.Text{ID: tidy(t.In("id")), EN: tidy(t.In("en"))}
}
