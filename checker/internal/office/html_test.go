package office_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestHTML(t *testing.T) {
	check(t, "html", []saying{
		{"blocks", "<!DOCTYPE html><html><head><title>no</title><style>no</style></head><body><h1>Judul</h1>\n<p>a\n <b>b</b>&nbsp;&amp; c<br>d<div>e</div>f<script>no</script>", "Judul\na b & c\nd\ne\nf\n"},
		{"hidden", `<p>a<span style="color:red; DISPLAY: none !important">no<span>no</span></span><p hidden>no</p><input hidden>b<template>no</template>`, "ab\n"},
		{"lists", `<ol><li>a<li><p>b</p><ul><li>c</li></ul></li><li value=7>d</ol><ol type=a start=2><li>e</ol>`, "1. a\n2. b\n• c\n7. d\nb. e\n"},
		{"table", `<table><caption>Tabel</caption><thead><tr><th>No<th colspan=2>Nama</thead><tr><td rowspan=2>1<td>a<td>b</td></tr><tr><td>c</td><td>d</td></tr><tr></tr></table>x`, "Tabel\nNo\tNama\n1\ta\tb\nc\td\nx\n"},
		{"nested tables", `<table><tr><td>a<td><table><tr><td>b<td>c</table></table>`, "a\tb\tc\n"},
		{"table without an end", `<table><tr><td>a<td>b`, "a\tb\n"},
		{"cells without a table", `<tr><td>a<td>b</tr>`, "a\tb\n"},
		{"preserved", "<pre>a  b\n\tc</pre>", "a b\nc\n"},
		{"page break", `a<br style="page-break-before: always">b`, "a\n\fb\n"},
		{"declared encoding", "<meta charset=iso-8859-1>caf\xe9", "café\n"},
		{"no encoding declared", "café", "café\n"},
		{"broken", "<p <b>a</p></p></table></td></ul>b<!-- c", "a\nb\n"},
		{"comments", "a<!-- no -->b<![CDATA[no]]>", "ab\n"},
	})
}

func TestHTMLPlaces(t *testing.T) {
	doc := read(t, "html", `<p align=right>Kepala Dinas<p><img width=96 style="height:.5in"><img width=1 height=1><p>Budi Santoso`)
	assert.Equal(t, signed, spots(doc))
	assert.InDelta(t, 550, doc.Pages[0].Lines[0].Box.X1, 1, "a line set to the right ends at the right margin")
}

// TestHTMLColumns has tables that tell how wide their columns are.
func TestHTMLColumns(t *testing.T) {
	for in, want := range map[string][]float64{ // on a page of 600 points
		`<table><col width="20%"><col width="80%"><tr><td>a<td>b</table>`:                                        {50, 150},
		`<table><tr><td colspan=2>a<tr><td width=300>a<td width="100">b</table>`:                                 {50, 425},
		`<table><tr><td>a<td>b<td>c<td>d<td>e</table>`:                                                           {50, 150, 250, 350, 450},
		`<table><col width="3*"><col width="1*"><col><tr><td width=9>a<td width="99999999999999">b<td>c</table>`: {50, 300, 383},
	} {
		lines := read(t, "html", in).Pages[0].Lines
		var got []float64
		for _, w := range lines[len(lines)-1].Words {
			got = append(got, w.Box.X0)
		}
		assert.InDeltaSlice(t, want, got, 2, in)
	}
}
