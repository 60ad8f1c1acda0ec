package checker_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"dasheval/checker"
	"dasheval/checker/evidence"
	"dasheval/checker/internal/testpile"
	"dasheval/rules"

	"github.com/stretchr/testify/require"
)

// manyRules returns a pack with n items, each with a topic and an evidence line,
// and n checks with phrases of their own on the types of the pile.
func manyRules(t testing.TB, n int) *rules.Pack {
	t.Helper()
	const perPart = 20
	var pack strings.Builder
	fmt.Fprintf(&pack, `id: many
version: 1.0.0
title: many
languages: [en]
extends: naskah-dinas
regulation: none
total_weight: %d
answer_types: {ya_tidak: {scores: {Ya: 1, Tidak: 0}}}
components:
  - code: A
    title: A
    weight: %d
    parts:
`, n, n)
	files := fstest.MapFS{}
	types := []string{"sk", "surat_undangan", "notulen", "daftar_hadir", "sop_ap", "laporan_kegiatan"}
	checks := map[string][]string{}
	for first := 0; first < n; first += perPart {
		var items strings.Builder
		last := min(first+perPart, n)
		fmt.Fprintf(&pack, "      - {code: A.%d, title: part, weight: %d}\n", first, last-first)
		for i := first; i < last; i++ {
			typ := types[i%len(types)]
			fmt.Fprintf(&items, `- code: A.%d.i%d
  title: item
  answer: ya_tidak
  weight: 1
  levels: [{level: Ya, text: there, hold: all}, {level: Tidak, text: not there, hold: none}]
  topic: {strong: [pembahasan butir%d, 'rapat ... butir%d|hal%d'], weak: [kegiatan ke%d, laporan]}
  evidence:
    - {id: bukti, document: %s, shows: a paper, need: required, identified: topic, period: tahun_berjalan}
`, first, i, i, i, i, i, typ)
			checks[typ] = append(checks[typ], fmt.Sprintf("{phrase: {text: words %d, in: [body], any: ['<tetap> ... nomor%d', 'kata%d ... kata*']}}", i, i, i))
		}
		files[fmt.Sprintf("criteria/%d.yaml", first)] = &fstest.MapFile{Data: []byte(items.String())}
	}
	pack.WriteString("override:\n  types:\n")
	for _, typ := range types {
		fmt.Fprintf(&pack, "    %s:\n      checks+:\n        - %s\n", typ, strings.Join(checks[typ], "\n        - "))
	}
	files["pack.yaml"] = &fstest.MapFile{Data: []byte(pack.String())}
	p, err := rules.Load(files, nil)
	require.NoError(t, err)
	return p
}

// BenchmarkScale checks piles by packs of several sizes. Time may grow with the
// rules and with the documents, each by itself no worse than linearly.
func BenchmarkScale(b *testing.B) {
	for _, rulesN := range []int{500, 1000, 2000} {
		pack := manyRules(b, rulesN)
		for _, docs := range []int{125, 250, 500} {
			dir := b.TempDir()
			require.NoError(b, testpile.Write(dir, docs, 1))
			b.Run(fmt.Sprintf("rules=%d/documents=%d", rulesN, docs), func(b *testing.B) {
				engine, err := checker.Bind(pack)
				require.NoError(b, err)
				b.ReportAllocs()
				for b.Loop() {
					if _, err := engine.Run(b.Context(), evidence.Dir(dir, evidence.Options{}), config(b)); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
