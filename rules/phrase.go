package rules

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Affixes are the prefixes and suffixes that words of a language take, for
// phrases that ask for any form of a word.
type Affixes struct {
	// Prefixes and Suffixes are folded; a word may take up to two of each.
	Prefixes []string `yaml:"prefixes"`
	Suffixes []string `yaml:"suffixes"`
	// Melt lists, by the first letter of a word, the prefixes in which that
	// letter is lost: Indonesian "tetap" becomes "menetapkan", so t: [men, pen].
	Melt map[string][]string `yaml:"melt"`
}

// maxExpanded is the length of the longest expression of a phrase, in bytes.
const maxExpanded = 32 << 10

// phrase turns the shorthand for topic phrases into an expression: a space
// stands for any white space, "..." for up to 60 characters, "a|b" for either
// word, "a*" for any ending, "<a>" for any form of a word or of its synonyms,
// and word boundaries stand at both ends. What begins with "re:" is an
// expression as it is.
func (v *Vocabulary) phrase(phrase string) (string, error) {
	if re, ok := strings.CutPrefix(phrase, "re:"); ok {
		return re, nil
	}
	var b strings.Builder
	b.WriteString(`\b`)
	gap := ""
	for _, w := range strings.Fields(phrase) {
		if w == "..." {
			gap = `[\s\S]{1,60}?`
			continue
		}
		b.WriteString(gap)
		gap = `[\s-]+`
		alts := strings.Split(w, "|")
		for j, a := range alts {
			if name, ok := strings.CutPrefix(a, "<"); ok {
				name, closed := strings.CutSuffix(name, ">")
				if !closed || name == "" {
					return "", fmt.Errorf("%q: a word whose forms are meant stands between < and >", a)
				}
				if alts[j] = v.forms(name); len(alts[j]) > maxExpanded {
					return "", fmt.Errorf("%q has too many forms and synonyms", a)
				}
				continue
			}
			alts[j] = strings.ReplaceAll(regexp.QuoteMeta(a), `\*`, `\w*`)
		}
		b.WriteString("(?:" + strings.Join(alts, "|") + ")")
		if b.Len() > maxExpanded {
			return "", fmt.Errorf("the phrase, with all forms and synonyms, is longer than %d bytes", maxExpanded)
		}
	}
	b.WriteString(`\b`)
	return b.String(), nil
}

// forms returns an expression for any form of the word and of its synonyms.
func (v *Vocabulary) forms(word string) string {
	words := slices.Clone(v.Synonyms[word])
	if !slices.Contains(words, word) {
		words = append([]string{word}, words...)
	}
	for i, w := range words {
		words[i] = v.form(w)
	}
	return "(?:" + strings.Join(words, "|") + ")"
}

// form returns an expression for a word with and without affixes. Synonyms of
// several words take none.
func (v *Vocabulary) form(word string) string {
	quoted := strings.Join(strings.Fields(regexp.QuoteMeta(word)), `[\s-]+`)
	if v.Affixes == nil || strings.Contains(quoted, "+") || word == "" {
		return quoted
	}
	list := func(words []string) string {
		out := make([]string, len(words))
		for i, w := range words {
			out[i] = regexp.QuoteMeta(w)
		}
		return "(?:" + strings.Join(out, "|") + ")"
	}
	stems := quoted
	if len(v.Affixes.Prefixes) > 0 {
		stems = list(v.Affixes.Prefixes) + "{0,2}" + quoted
	}
	for _, first := range slices.Sorted(maps.Keys(v.Affixes.Melt)) {
		if rest, ok := strings.CutPrefix(word, first); ok {
			stems += "|" + list(v.Affixes.Melt[first]) + regexp.QuoteMeta(rest)
		}
	}
	if len(v.Affixes.Suffixes) == 0 {
		return "(?:" + stems + ")"
	}
	return "(?:" + stems + ")" + list(v.Affixes.Suffixes) + "{0,2}"
}
