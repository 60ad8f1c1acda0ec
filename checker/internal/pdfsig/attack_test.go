package pdfsig_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"dasheval/checker/internal/testpdf"
)

// replaced is content that a reader should not see.
func replaced(f *file) string {
	s := testpdf.Show(50, 700, "Honorarium Rp 900.000")
	return fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(s), s)
}

// annotate adds an annotation to the first page.
func annotate(f *file, entries string) *file {
	n := f.add("<< /Type /Annot /Rect [50 600 250 720] /P 3 0 R " + entries + " >>")
	return f.edit(page1, "/Annots [", fmt.Sprintf("/Annots [%d 0 R ", n))
}

// appearance adds an appearance that draws and returns its entry.
func appearance(f *file) string {
	return fmt.Sprintf("/AP << /N %d 0 R >>", f.addStream("/Subtype /Form /BBox [0 0 200 50]", "0 0 200 50 re f"))
}

// twice makes the last table list its one object a second time, as it was
// before: some readers take the first entry and some the last.
func twice(f *file) *file {
	at := bytes.LastIndex(f.data, []byte("xref\n4 1\n")) + len("xref\n")
	first := bytes.Index(f.data, []byte("\n4 0 obj")) + 1
	f.data = slices.Insert(f.data, at, fmt.Appendf(nil, "4 1\n%010d 00000 n \n", first)...)
	return f
}

func TestLaterUpdates(t *testing.T) {
	// after makes a case of what is done to a file with one signature.
	after := func(name string, change func(f *file) *file, want ...string) signatureCase {
		return signatureCase{name, func(l *lab) *file { return change(l.signed()) }, want}
	}
	const later, page = "valid later", "altered pages "
	run(t, []signatureCase{
		after("nothing", func(f *file) *file { return f }, "valid"),
		after("white space", func(f *file) *file { return f.append("\r\n\x00 \n") }, "valid"),
		after("comment", func(f *file) *file { return f.append("% archived\n") }, later),
		after("comment that hides an object", func(f *file) *file {
			return f.append("%\r4 0 obj\r" + replaced(f) + "\rendobj\n")
		}, page+"objects"),
		after("words", func(f *file) *file { return f.append("archived\n") }, page+"objects"),
		after("object in a comment", func(f *file) *file {
			return f.append("% 4 0 obj << >> endobj\n")
		}, page+"objects"),
		after("object without a table", func(f *file) *file {
			return f.append("4 0 obj\n" + replaced(f) + "\nendobj\n")
		}, page+"objects"),
		after("object that the table does not know", func(f *file) *file {
			return f.append("4 0 obj\n"+replaced(f)+"\nendobj\n").put(filled, f.objects[filled]).update()
		}, page+"objects"),
		after("object that the table does not know, spread out", func(f *file) *file {
			return f.append("4"+strings.Repeat(" ", 99)+"0\nobj\n"+replaced(f)+"\nendobj\n").put(filled, f.objects[filled]).update()
		}, page+"objects"),
		after("object defined twice", func(f *file) *file {
			f.append("8 0 obj\n" + f.objects[filled] + "\nendobj\n")
			return f.put(filled, f.objects[filled]).update()
		}, page+"objects"),
		after("table that only some read", func(f *file) *file {
			at := len(f.data)
			f.append("20 0 obj\n<< /Type /XRef /Size 5 /Index [4 1] /W [1 4 1] /Length 6 >>\nstream\n\x01\x00\x00\x00\x20\x00\nendstream\nendobj\n")
			return f.put(filled, f.objects[filled]).updateWith(fmt.Sprintf("/XRefStm %d", at))
		}, "unknown format xref"),
		after("table that only some read, but says the same", func(f *file) *file {
			at := len(f.data)
			f.append("20 0 obj\n<< /Type /XRef /Size 9 /Index [8 1] /W [1 4 1] /Length 6 >>\nstream\n\x01\x00\x00____\nendstream\nendobj\n")
			entry := []byte{byte(len(f.data) >> 8), byte(len(f.data)), 0}
			copy(f.data[bytes.LastIndex(f.data, []byte("____")):], append(entry, '\n'))
			return f.put(filled, f.objects[filled]).updateWith(fmt.Sprintf("/XRefStm %d", at))
		}, later),
		after("table with an object twice", func(f *file) *file {
			return twice(f.put(content1, replaced(f)).update())
		}, "unknown format xref"),
		after("previous table twice", func(f *file) *file {
			return f.put(filled, f.objects[filled]).updateWith("/Prev 9")
		}, "unknown format xref"),
		after("objects beyond the size", func(f *file) *file {
			f.put(filled, f.objects[filled]).update()
			at := bytes.LastIndex(f.data, []byte("/Size 12"))
			copy(f.data[at:], "/Size 06")
			return f
		}, "unknown format xref"),
		after("table that leads nowhere", func(f *file) *file {
			return f.append("xref\n0 1\n0000000000 65535 f \ntrailer << /Root 1 0 R /Prev 99999999 >>\nstartxref\n99999999\n%%EOF\n")
		}, "unknown format xref"),

		after("content replaced", func(f *file) *file { return f.put(content1, replaced(f)).update() }, page+"1"),
		after("content hidden", func(f *file) *file { return f.edit(page2, "/Contents 6 0 R", "").update() }, page+"2"),
		after("font replaced", func(f *file) *file { return f.edit(font, "Helvetica", "Courier").update() }, page+"1, 2"),
		after("page turned", func(f *file) *file { return f.edit(page2, "/Rotate 90", "/Rotate 180").update() }, page+"2"),
		after("all pages cut", func(f *file) *file { return f.edit(tree, "600 800", "600 400").update() }, page+"1, 2"),
		after("same written otherwise", func(f *file) *file { return f.edit(tree, "600 800", "600.0 +800").update() }, later),
		after("number that readers take for several", func(f *file) *file {
			return f.edit(tree, "600 800", "600 800-799").update()
		}, page+"1, 2"),
		after("field filled in, packed", func(f *file) *file {
			return f.edit(filled, "/T", "/V (isi) /T").updatePacked(nil)
		}, later),
		after("page packed with other content", func(f *file) *file {
			return f.edit(page1, "4 0 R", "6 0 R").put(filled, f.objects[filled]).updatePacked(nil)
		}, page+"1"),
		after("packed object of another number", func(f *file) *file {
			return f.put(page1, f.objects[page1]).updatePacked(func(list string) string { return strings.Replace(list, "3 ", "5 ", 1) })
		}, "unknown format pages"),
		after("packed objects in another order", func(f *file) *file {
			return f.put(page1, f.objects[page1]).put(filled, f.objects[filled]).updatePacked(func(list string) string {
				words := strings.Fields(list)
				return strings.Join(append(words[2:], words[0], words[1]), " ") + " "
			})
		}, "unknown format pages"),
		after("packed object twice", func(f *file) *file {
			n := f.put(page1, f.objects[page1]).add(f.objects[page2])
			return f.updatePacked(func(list string) string { return strings.Replace(list, fmt.Sprint(n, " "), "3 ", 1) })
		}, "unknown format pages"),
		after("table that leads to another object", func(f *file) *file {
			other := bytes.Index(f.data, []byte("\n6 0 obj")) + 1
			return f.append(fmt.Sprintf("xref\n4 1\n%010d 00000 n \ntrailer << /Size 12 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n", other, f.prev, len(f.data)))
		}, "unknown format revision"),
		after("page added", func(f *file) *file {
			n := f.add(f.objects[page2])
			return f.edit(tree, "/Count 2", "/Count 3").edit(tree, "5 0 R", fmt.Sprintf("5 0 R %d 0 R", n)).update()
		}, page+"3"),
		after("page removed", func(f *file) *file {
			return f.edit(tree, "/Count 2", "/Count 1").edit(tree, "5 0 R", "").update()
		}, page+"2"),
		after("pages in other order", func(f *file) *file { return f.edit(tree, "3 0 R 5 0 R", "5 0 R 3 0 R").update() }, page+"catalog, 1, 2"),
		after("pages counted otherwise", func(f *file) *file { return f.edit(tree, "/Count 2", "/Count 1").update() }, page+"catalog"),
		after("entry twice", func(f *file) *file {
			return f.edit(page1, "/Contents", "/Contents 6 0 R /Contents").update()
		}, page+"1"),

		after("note added", func(f *file) *file { return annotate(f, "/Subtype /FreeText /Contents (x)").update() }, page+"1"),
		after("text field added", func(f *file) *file {
			return annotate(f, "/Subtype /Widget /FT /Tx /T (b) "+appearance(f)).update()
		}, page+"1"),
		after("text field that nothing draws added", func(f *file) *file {
			return annotate(f, "/Subtype /Widget /FT /Tx /T (b) /V (x)").update()
		}, page+"1"),
		after("signature shown a second time", func(f *file) *file {
			return annotate(f, "/Subtype /Widget /FT /Sig /T (Ketua) /V 10 0 R "+appearance(f)).update()
		}, page+"1"),
		after("field removed", func(f *file) *file { return f.edit(page1, "8 0 R", "").update() }, page+"1"),
		after("field filled in", func(f *file) *file {
			return f.edit(filled, "/T", "/V (isi) "+appearance(f)+" /T").update()
		}, later),
		after("field filled in and moved", func(f *file) *file {
			return f.edit(filled, "/T", appearance(f)+" /T").edit(filled, "50 500", "50 650").update()
		}, page+"1"),
		after("empty signature field", func(f *file) *file {
			return annotate(f, "/Subtype /Widget /FT /Sig /T (Ketua)").update()
		}, later),
		after("empty signature field that draws", func(f *file) *file {
			return annotate(f, "/Subtype /Widget /FT /Sig /T (Ketua) "+appearance(f)).update()
		}, page+"1"),
		after("broken signature that draws", func(f *file) *file {
			return f.sign(signing{name: "Ketua", widget: appearance(f)})
		}, page+"1", "broken range start"),

		after("security store", func(f *file) *file { return f.edit(catalog, "/Pages", "/DSS << /Certs [] >> /Pages").update() }, later),
		after("layers", func(f *file) *file { return f.edit(catalog, "/Pages", "/OCProperties << /D << >> >> /Pages").update() }, page+"catalog"),
		after("action", func(f *file) *file {
			return f.edit(catalog, "/Pages", "/OpenAction << /S /JavaScript /JS (x) >> /Pages").update()
		}, page+"catalog"),
		after("form as XML", func(f *file) *file { return f.edit(form, "/SigFlags", "/XFA (x) /SigFlags").update() }, page+"catalog"),
		after("encryption", func(f *file) *file { return f.updateWith("/Encrypt << /Filter /Standard >>") }, "altered pages catalog"),

		after("reason swapped", func(f *file) *file {
			return f.edit(10, "/Type /Sig", "/Type /Sig /Reason (Menolak)").update()
		}, page+"signature"),
		after("signature taken out", func(f *file) *file { return f.edit(11, "/V 10 0 R", "").update() }, page+"signature"),
		after("signature field renamed", func(f *file) *file { return f.edit(11, "(Kepala)", "(Camat)").update() }, page+"signature, 1"),
		after("signature shown otherwise", func(f *file) *file { return f.edit(11, "/T", appearance(f)+" /T").update() }, page+"1"),
		after("form taken out", func(f *file) *file { return f.edit(catalog, "/AcroForm 9 0 R", "").update() }, page+"signature"),
		after("tables that only begin anew", func(f *file) *file {
			f.prev = 0
			return f.put(filled, f.objects[filled]).update()
		}, "unknown format pages"),
	})
}

func TestSeveralSignatures(t *testing.T) {
	run(t, []signatureCase{
		{"two", func(l *lab) *file {
			return l.signed().sign(signing{by: l.signer.cms(), name: "Ketua"})
		}, []string{"valid later", "valid"}},
		{"two, the second of something else", func(l *lab) *file {
			f := l.signed()
			wrong := func([]byte) []byte { return l.signer.cms()([]byte("x")) }
			return f.sign(signing{by: wrong, name: "Ketua", widget: appearance(f)})
		}, []string{"altered pages 1", "altered digest"}},
		{"in no field", func(l *lab) *file {
			return newFile(l.t).sign(signing{by: l.signer.cms(), loose: true, hidden: true})
		}, []string{"valid"}},
		{"in a field that came later", func(l *lab) *file {
			f := newFile(l.t).sign(signing{by: l.signer.cms(), loose: true, hidden: true})
			return f.edit(form, "[", "[11 0 R ").update()
		}, []string{"altered pages signature"}},
		{"on a page and in no form, broken", func(l *lab) *file {
			return newFile(l.t).sign(signing{loose: true, kept: func(dict string) string {
				return strings.Replace(dict, "/ByteRange", "/OtherRange", 1)
			}})
		}, []string{"broken range ByteRange"}},
		{"content that does not end where it says", func(l *lab) *file {
			content := testpdf.Show(50, 700, "Rp 100")
			body := fmt.Sprintf("<< /Length 5 >>\nstream\n%s\nendstream", content)
			f := newFile(l.t).put(content1, body).update().sign(signing{by: l.signer.cms()})
			return f.edit(content1, "100", "900").update()
		}, []string{"unknown format revision"}},
		{"reason elsewhere in the file, changed", func(l *lab) *file {
			f := newFile(l.t)
			reason := f.add("(Menyetujui)")
			f.sign(signing{by: l.signer.cms(), more: "/Reason " + testpdf.Ref(reason)})
			return f.put(reason, "(Menolak)").update()
		}, []string{"altered pages signature"}},
		{"two, and a seal that is seen", func(l *lab) *file {
			f := l.signed()
			return f.sign(signing{by: l.signer.cms(), name: "Ketua", widget: appearance(f)})
		}, []string{"valid later", "valid"}},
		{"into an empty field", func(l *lab) *file { return withEmpty(l, true) }, []string{"valid later", "valid"}},
		{"a drawing in an empty field", func(l *lab) *file { return withEmpty(l, false) }, []string{"altered pages 1"}},
		{"two, and a seal over the page", func(l *lab) *file {
			f := l.signed()
			return f.sign(signing{by: l.signer.cms(), name: "Ketua", rect: "0 0 600 800", widget: appearance(f)})
		}, []string{"altered pages 1", "valid"}},
		{"two, the second unknown", func(l *lab) *file {
			f := l.signed()
			return f.sign(signing{by: l.signer.cms(), filter: "adbe.x509.rsa_sha1", name: "Ketua", widget: appearance(f)})
		}, []string{"valid later", "unknown algorithm adbe.x509.rsa_sha1"}},
		{"unknown, and content replaced", func(l *lab) *file {
			f := newFile(l.t).sign(signing{by: l.signer.cms(), filter: "adbe.x509.rsa_sha1"})
			return f.put(content1, replaced(f)).update()
		}, []string{"altered pages 1"}},
		{"second after a change", func(l *lab) *file {
			f := l.signed()
			return f.put(content1, replaced(f)).update().sign(signing{by: l.signer.cms(), name: "Ketua"})
		}, []string{"altered pages 1", "valid"}},
		{"first of something else", func(l *lab) *file {
			wrong := func([]byte) []byte { return l.signer.cms()([]byte("x")) }
			return newFile(l.t).sign(signing{by: wrong}).sign(signing{by: l.signer.cms(), name: "Ketua"})
		}, []string{"altered digest", "valid"}},
		{"certified against changes", func(l *lab) *file { return certified(l, 1) }, []string{"valid"}},
		{"certified against changes, filled in", func(l *lab) *file {
			return certified(l, 1).edit(filled, "/T", "/V (isi) /T").update()
		}, []string{"altered pages 1"}},
		{"certified against changes, signed", func(l *lab) *file {
			return certified(l, 1).sign(signing{by: l.signer.cms(), name: "Ketua"})
		}, []string{"altered pages 1", "valid"}},
		{"certified against changes, stamped", func(l *lab) *file {
			return certified(l, 1).sign(l.stamping(today))
		}, []string{"valid later", "valid"}},
		{"certified for filling in, filled in", func(l *lab) *file {
			return certified(l, 2).edit(filled, "/T", "/V (isi) /T").update()
		}, []string{"valid later"}},
	})
}

// withEmpty is a signed file with a further signature field that was empty. It
// is signed later, or only drawn into.
func withEmpty(l *lab, signed bool) *file {
	f := newFile(l.t)
	annotate(f, "/Subtype /Widget /FT /Sig /T (Ketua)")
	field := len(f.objects)
	f.edit(form, "[", "["+testpdf.Ref(field)+" ").update().sign(signing{by: l.signer.cms()})
	if !signed {
		return f.edit(field, "/T", appearance(f)+" /T").update()
	}
	return f.sign(signing{by: l.signer.cms(), into: field, widget: appearance(f)})
}

func certified(l *lab, level int) *file {
	return newFile(l.t).sign(signing{by: l.signer.cms(), more: fmt.Sprintf(
		"/Reference [<< /TransformMethod /DocMDP /TransformParams << /P %d >> /Data 1 0 R >>]", level)})
}

func TestBrokenDictionaries(t *testing.T) {
	// swapped makes a case of the signed range written otherwise.
	swapped := func(name string, write func(from, to, rest int) string, want string) signatureCase {
		return signatureCase{name, func(l *lab) *file {
			f := l.signed()
			at := bytes.Index(f.data, []byte("/ByteRange [")) + len("/ByteRange ")
			var zero, from, to, rest int
			_, err := fmt.Sscanf(string(f.data[at:]), "[%d %d %d %d]", &zero, &from, &to, &rest)
			if err != nil {
				l.t.Fatal(err)
			}
			return f.swap(string(f.data[at:at+len(rangeRoom)]), fmt.Sprintf("%-*s", len(rangeRoom), write(from, to, rest)))
		}, []string{want}}
	}
	fixed := func(s string) func(int, int, int) string { return func(int, int, int) string { return s } }
	// kept makes a case of a dictionary that is signed as it is.
	kept := func(name, old, new, want string) signatureCase {
		return signatureCase{name, func(l *lab) *file {
			return newFile(l.t).sign(signing{by: l.signer.cms(), kept: func(dict string) string {
				return strings.Replace(dict, old, new, 1)
			}})
		}, []string{want}}
	}
	const malformed = "broken range ByteRange"
	run(t, []signatureCase{
		swapped("null", fixed("null"), malformed),
		swapped("empty", fixed("[]"), malformed),
		swapped("zero", fixed("[0 0 0 0]"), "broken range start"),
		swapped("negative", func(a, b, c int) string { return fmt.Sprintf("[0 %d %d -%d]", a, b, c) }, malformed),
		swapped("huge", func(a, b, _ int) string { return fmt.Sprintf("[0 %d %d 999999999]", a, b) }, "broken range end"),
		swapped("overflow", func(a, b, _ int) string { return fmt.Sprintf("[0 %d %d 99999999999999]", a, b) }, malformed),
		swapped("fraction", func(a, b, c int) string { return fmt.Sprintf("[0 %d %d %d.0]", a, b, c) }, malformed),
		swapped("reference", func(a, b, _ int) string { return fmt.Sprintf("[0 %d %d 4 0 R]", a, b) }, malformed),
		swapped("three numbers", func(a, b, _ int) string { return fmt.Sprintf("[0 %d %d]", a, b) }, malformed),
		swapped("late start", func(a, b, c int) string { return fmt.Sprintf("[1 %d %d %d]", a, b, c) }, "broken range start"),
		swapped("no gap", func(a, _, c int) string { return fmt.Sprintf("[0 %d %d %d]", a, a, c) }, "broken range gap"),
		swapped("wide gap", func(a, b, c int) string { return fmt.Sprintf("[0 %d %d %d]", a-1, b, c) }, "broken range gap"),
		swapped("gap further down", func(a, b, c int) string { return fmt.Sprintf("[0 %d %d %d]", a, b+3, c-3) }, "broken range gap"),
		swapped("end within", func(a, b, c int) string { return fmt.Sprintf("[0 %d %d %d]", a, b, c-9) }, "broken range end"),
		kept("range twice", "/ByteRange ", "/ByteRange [0 1 2 3] /ByteRange ", malformed),
		kept("no range", "/ByteRange ", "/OtherRange ", malformed),
		kept("no contents", "/Contents ", "/Kontents ", "broken contents Contents"),
		kept("contents twice", "> >>", "> /Contents <00> >>", "broken contents Contents"),
		{"empty contents", func(l *lab) *file {
			return newFile(l.t).sign(signing{by: func([]byte) []byte { return nil }})
		}, []string{"broken contents empty"}},
		{"stray bytes in contents", func(l *lab) *file {
			return l.signed().swap("/Contents <30", "/Contents <3!")
		}, []string{"broken contents gap"}},
		{"value is no dictionary", func(l *lab) *file { return l.signed().edit(11, "10 0 R", "(x)").update() },
			[]string{"altered pages signature", "broken contents value"}},
		{"other contents in the gap", func(l *lab) *file {
			f := l.signed()
			dict := strings.Replace(string(f.data[bytes.Index(f.data, []byte("<< /Type /Sig")):]), "/Type", "/Tipe", 1)
			n := f.add(dict[:strings.Index(dict, ">>")] + ">>")
			return f.edit(11, "10 0 R", fmt.Sprintf("%d 0 R", n)).update()
		}, []string{"altered pages signature"}},
		{"wrapped", func(l *lab) *file {
			// The second range is moved to the end, and other objects stand
			// where it was.
			f := l.signed()
			at := bytes.Index(f.data, []byte("/ByteRange [")) + len("/ByteRange ")
			var zero, from, to, rest int
			_, err := fmt.Sscanf(string(f.data[at:]), "[%d %d %d %d]", &zero, &from, &to, &rest)
			if err != nil {
				l.t.Fatal(err)
			}
			end := string(f.data[to:])
			f.put(content1, replaced(f)).update()
			f.swap(string(f.data[at:at+len(rangeRoom)]), fmt.Sprintf("%-*s", len(rangeRoom), fmt.Sprintf("[0 %d %d %d]", from, len(f.data), rest)))
			return f.append(end)
		}, []string{"broken range gap"}},
		{"byte changed", func(l *lab) *file { return l.signed().swap("100.000", "900.000") }, []string{"altered digest"}},
	})
}
