package scan_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/internal/scan"
)

func TestTables(t *testing.T) {
	s := newSheet(200, 1)
	rows, columns := []int{300, 380, 500, 640, 700}, []int{150, 400, 900, 1400}
	for _, y := range rows {
		s.line(150, float64(y), 1400, float64(y), 3, blackInk)
	}
	for _, x := range columns {
		s.line(float64(x), 300, float64(x), 700, 2, blackInk)
	}
	s.line(400, 440, 900, 440, 2, blackInk) // divides a cell, not the table
	s.line(150, 900, 1400, 900, 4, blackInk)
	for name, c := range scans() {
		tables := scan.New(s.scanned(c), 200).Rotated(c.skew).Tables()
		require.Len(t, tables, 1, name)
		assertNear(t, rows, tables[0].Rows, name)
		assertNear(t, columns, tables[0].Columns, name)
	}
}

func TestTablesFromTheTop(t *testing.T) {
	s := newSheet(150, 1)
	for _, top := range []float64{900, 200} {
		for i := range 4 {
			s.line(200, top+float64(i)*80, 900, top+float64(i)*80, 3, blackInk)
			s.line(200+float64(i)*233, top, 200+float64(i)*233, top+240, 3, blackInk)
		}
	}
	tables := scan.New(s.scanned(scanner{noise: 6}), 150).Tables()
	require.Len(t, tables, 2)
	assertNear(t, []int{200, 280, 360, 440}, tables[0].Rows, "first")
	assertNear(t, []int{900, 980, 1060, 1140}, tables[1].Rows, "second")
}

func assertNear(t *testing.T, want, got []int, name string) {
	t.Helper()
	if assert.Len(t, got, len(want), name) {
		for i := range want {
			assert.InDelta(t, want[i], got[i], 4, name)
		}
	}
}

func TestNoTables(t *testing.T) {
	for seed := range uint64(4) {
		s := letter(150, seed, "ink+stamp", "ink")
		assert.Empty(t, scan.New(s.scanned(scanner{noise: 8}), 150).Tables(), "seed %d", seed)
	}
}

func TestAttendance(t *testing.T) {
	const signedFrom = 5.0 // mm
	for i, c := range []scanner{
		{}, {skew: 0.8, noise: 6, specks: 150, quality: 70},
		{skew: -1.1, noise: 11, specks: 250, quality: 50, grey: true, shadow: 0.5},
	} {
		for _, numbered := range []bool{false, true} {
			s := attendance([]float64{150, 200, 150}[i], uint64(i), 9+2*i, numbered)
			p := scan.New(s.scanned(c), s.dpi).Rotated(c.skew)
			name := fmt.Sprintf("scanner %d, numbered %v", i, numbered)
			tables := p.Tables()
			require.Len(t, tables, 1, name)
			rows, columns := tables[0].Rows, tables[0].Columns
			require.Len(t, rows, len(s.rows)+2, name)
			require.Len(t, columns, 5, name)
			for _, words := range [][]scan.Word{s.words, s.mumbled(0.3)} {
				for row, signed := range s.rows {
					area, longest := p.Ink(columns[3], rows[row+1], columns[4], rows[row+2], words)
					assert.Equal(t, signed, longest >= signedFrom, "%s, row %d: %v mm² %v mm", name, row, area, longest)
				}
			}
		}
	}
}
