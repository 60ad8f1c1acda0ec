package check

import "dasheval/rules"

var pages = &Check{
	Name: "pages",
	Doc: Doc{
		Title: rules.Text{ID: `nomor halaman tidak meloncat`, EN: `the printed page numbers have no gap`},
		About: rules.Text{
			ID: `Membandingkan nomor halaman yang tercetak, atau “Halaman 2 dari 4”: loncatan antara dua halaman yang berurutan dalam berkas, dan halaman terakhir yang belum mencapai jumlah yang disebut, menjadi temuan. Dilewati: dokumen dengan kurang dari dua nomor halaman, dan penomoran yang mulai lagi dari awal (beberapa dokumen dalam satu berkas). Bila ada halaman yang tidak terbaca, tidak ada temuan.`,
			EN: `Compares the page numbers that are printed, or “Halaman 2 dari 4”: a gap between pages that follow one another in the file, and a last page short of the total stated, are findings. Passed over are documents with fewer than two numbers, and numbering that starts anew (several documents in one file). If pages could not be read there is no finding.`},
		Rule:   "- id: laporan_monev\n  checks: [pages]",
		Before: "Halaman 1 dari 4 · Halaman 2 dari 4 · Halaman 4 dari 4",
		After:  "Halaman 1 dari 4 · Halaman 2 dari 4 · Halaman 3 dari 4 · Halaman 4 dari 4",
		Since:  "0.1",
	},
	Scope: Document,
	IDs:   []string{"page.missing"},
	Run: func(p *Pass) {
		if m := p.Document.PagesMissing; m != "" {
			p.report("page.missing", lastPlace(p.Document), map[string]string{"pages": m})
		}
	},
}
