package native

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dasheval/checker/text"
)

// A Doubt is a reason why the text of a page may be wrong or incomplete.
type Doubt string

// What the structure of a page gives to doubt.
const (
	Damaged     Doubt = "damaged"      // something cannot be read
	TooMuch     Doubt = "too_much"     // a limit cut reading short
	Filter      Doubt = "filter"       // a stream is packed in a way unknown here
	NoFont      Doubt = "no_font"      // text without a font
	NoUnicode   Doubt = "no_unicode"   // characters without a meaning, or with a guessed one
	UnknownCMap Doubt = "unknown_cmap" // an encoding that is not in the file
	Type3       Doubt = "type3"        // a font of drawings without a mapping to Unicode
	Vertical    Doubt = "vertical"     // a vertical font
	Annotations Doubt = "annotations"  // form fields or notes, which may show text
	XFA         Doubt = "xfa"          // the pages are made by a program
	Replaced    Doubt = "replaced"     // text to be read in place of what is shown
	Covered     Doubt = "covered"      // text below a picture of the whole page
	Unplaced    Doubt = "unplaced"     // text without size or place
	Garbled     Doubt = "garbled"      // content that is no sequence of operators
	RightToLeft Doubt = "right_to_left"
)

// What the text itself gives to doubt.
const (
	OddCharacters Doubt = "odd_characters" // controls, private use, replacement characters
	FewSpaces     Doubt = "few_spaces"
	LongWords     Doubt = "long_words"
	LoneLetters   Doubt = "lone_letters"
	NoVowels      Doubt = "no_vowels"
	GluedWords    Doubt = "glued_words"
)

// doubts is a set in the order of discovery.
type doubts []Doubt

func (d *doubts) add(all ...Doubt) {
	for _, one := range all {
		if !slices.Contains(*d, one) {
			*d = append(*d, one)
		}
	}
}

// Shares from which on text is doubtful, and how much text there must be for a
// share to say anything. They come from 318 files of many programs, on which
// they catch three of four that read badly.
const (
	maxOdd     = 0.005 // of characters
	minSpace   = 0.08  // of characters
	maxLong    = 0.01  // of words
	maxLone    = 0.25  // of words
	maxBare    = 0.15  // of words: without a vowel
	maxGlued   = 0.06  // of words
	longWord   = 22    // letters; more is long
	bareWord   = 4     // letters from which on a word wants a vowel
	fewChars   = 20
	fewWords   = 20
	fewLetters = 100
)

// A tally counts what makes text doubtful.
type tally struct {
	chars, odd, spaces, letters    int
	words, long, lone, bare, glued int
	rightToLeft                    bool
}

// judge returns what the text of a page gives to doubt.
func judge(lines []text.Line) doubts {
	var t tally
	for _, l := range lines {
		for _, w := range text.JoinSpaced(l.Words) {
			t.word(w.Text)
		}
		t.spaces += len(l.Words) // after each word one, or the end of the line
	}
	t.chars += t.spaces
	return t.doubts()
}

func (t *tally) doubts() doubts {
	share := func(n, of int) float64 { return float64(n) / float64(max(of, 1)) }
	var d doubts
	if t.rightToLeft {
		d.add(RightToLeft)
	}
	if share(t.odd, t.chars) > maxOdd {
		d.add(OddCharacters)
	}
	if t.letters >= fewLetters && share(t.spaces, t.chars) < minSpace {
		d.add(FewSpaces)
	}
	if t.words < fewWords {
		return d
	}
	// One of few words may be long, as an address is.
	if t.long > 1 && share(t.long, t.words) > maxLong {
		d.add(LongWords)
	}
	if share(t.lone, t.words) > maxLone {
		d.add(LoneLetters)
	}
	if share(t.bare, t.words) > maxBare {
		d.add(NoVowels)
	}
	if share(t.glued, t.words) > maxGlued {
		d.add(GluedWords)
	}
	return d
}

func (t *tally) word(w string) {
	t.words++
	letters, vowels, run, longest, ascii := 0, 0, 0, 0, true
	for _, r := range w {
		t.chars++
		if r >= utf8.RuneSelf {
			ascii = false
			t.odd += odd(r)
			t.rightToLeft = t.rightToLeft || unicode.In(r, unicode.Arabic, unicode.Hebrew)
		} else if r < ' ' || r == 0x7f {
			t.odd++
		}
		run++
		if !unicode.IsLetter(r) {
			run = 0
			continue
		}
		longest = max(longest, run)
		letters++
		if strings.ContainsRune("aeiouyAEIOUY", r) {
			vowels++
		}
	}
	t.letters += letters
	switch {
	case longest > longWord:
		t.long++
	case letters == 1 && utf8.RuneCountInString(w) == 1:
		t.lone++
	}
	if ascii && letters >= bareWord && vowels == 0 && strings.ToUpper(w) != w {
		t.bare++
	}
	if glued(w) {
		t.glued++
	}
}

// glued reports whether w looks like two words without their space: a capital
// after a small letter, or after a full stop or comma that ends a word. Degrees
// and addresses ("S.Pd.,M.Si", "a.b@c.id") are none.
func glued(w string) bool {
	if strings.ContainsAny(w, "@/") {
		return false
	}
	const window = 4
	var last [window]rune // before r, the nearest first
	for _, r := range w {
		switch {
		case unicode.IsUpper(r) && unicode.IsLower(last[0]) && unicode.IsLower(last[1]),
			unicode.IsLower(r) && last[0] == ',' && unicode.IsLetter(last[1]),
			unicode.IsLower(r) && unicode.IsUpper(last[0]) && (last[1] == '.' || last[1] == ',') &&
				unicode.IsLower(last[2]) && unicode.IsLower(last[3]):
			return true
		}
		copy(last[1:], last[:window-1])
		last[0] = r
	}
	return false
}

// odd counts r if no text should hold it. The private use of symbol fonts is
// where bullets come from; they are no letters, and pdfium gives the same.
func odd(r rune) int {
	bullet := r >= 0xf020 && r <= 0xf0ff
	if r == utf8.RuneError || r < 0xa0 || unicode.Is(unicode.Co, r) && !bullet {
		return 1
	}
	return 0
}
