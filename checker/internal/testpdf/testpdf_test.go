package testpdf_test

import (
	"bytes"
	"testing"

	"dasheval/checker/internal/pdf"
	"dasheval/checker/internal/testpdf"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const letter = `UNDANGAN RAPAT (DINAS)

Nomor	: 005/7/2025

		Kepala,
		@image
		Rina – Wati
@foot Halaman 1
==== page
1	Budi Santoso	Analis	@image
`

func TestLayout(t *testing.T) {
	pages := testpdf.Layout(letter)
	require.Len(t, pages, 2)
	assert.Equal(t, []testpdf.Text{
		{56, 60, "UNDANGAN RAPAT (DINAS)"}, {56, 88, "Nomor"}, {120, 88, ": 005/7/2025"},
		{270, 116, "Kepala,"}, {270, 172, "Rina – Wati"}, {56, 810, "Halaman 1"},
	}, pages[0].Texts)
	assert.Equal(t, []testpdf.Picture{{270, 120, 90, 36}}, pages[0].Pictures)
	assert.Equal(t, []testpdf.Picture{{420, 50, 50, 12}}, pages[1].Pictures, "a picture in a row is as high as the row")
}

func TestWrite(t *testing.T) {
	engine, err := pdf.NewPdfium(pdf.PdfiumConfig{Workers: 1})
	require.NoError(t, err)
	defer engine.Close()
	file := testpdf.Write(testpdf.Layout(letter)...)
	assert.True(t, bytes.Equal(file, testpdf.Write(testpdf.Layout(letter)...)), "the same pages give the same bytes")
	doc, err := engine.Read(t.Context(), file, pdf.Limits{})
	require.NoError(t, err)
	assert.Equal(t, "UNDANGAN RAPAT (DINAS)\nNomor\t: 005/7/2025\nKepala,\nRina – Wati\nHalaman 1\n\f1\tBudi Santoso\tAnalis\n", doc.Plain())
	assert.Len(t, doc.Pages[0].Images, 1)
}
