package check

import (
	"dasheval/checker/facts"
	"dasheval/rules"
)

var nip = &Check{
	Name: "nip",
	Doc: Doc{
		Title: rules.Text{ID: `susunan NIP masuk akal`, EN: `employee numbers (NIP) have a possible structure`},
		About: rules.Text{
			ID: `NIP dalam blok tanda tangan, di belakang label NIP, dan dalam daftar nama harus berisi 18 angka: tanggal lahir, tahun dan bulan pengangkatan (bagi PPPK kode mulai 21), jenis kelamin, nomor urut; usia saat pengangkatan paling sedikit 17 tahun. Nomor sampai 9 angka (NIP lama, NRP) dan nomor yang diawali 000000 dibiarkan. Apakah NIP itu milik orang yang disebut, tidak dapat diketahui. NIP yang tidak terbaca dilewati.`,
			EN: `A NIP in a signature block, behind the label NIP or in a list of names must have 18 digits: date of birth, year and month of appointment (for contract staff a code from 21 up), sex, serial number; at least 17 years of age at appointment. Numbers of up to 9 digits (old NIP, military numbers) and those that begin with 000000 are let be. Whether it is the number of the person named cannot be told. A number that was not read is passed over.`},
		Rule:   "- id: sk\n  checks: [nip]",
		Before: "NIP 19751412 199903 1 002 (bulan lahir 14)",
		After:  "NIP 19750412 199903 1 002",
		Since:  "0.1",
	},
	Scope: Document,
	IDs:   []string{"nip.invalid"},
	Run: func(p *Pass) {
		seen := map[string]bool{}
		report := func(n, name string, at facts.Place) {
			if n == "" || seen[n] {
				return
			}
			seen[n] = true
			if why := facts.CheckNIP(n); why != "" {
				p.report("nip.invalid", at, map[string]string{"nip": n, "name": name, "reason": why})
			}
		}
		for _, b := range p.Document.Blocks {
			report(b.NIP, b.Name, b.At)
		}
		for _, n := range p.Document.Numbers {
			report(n.NIP, n.Name, n.At)
		}
		for _, n := range p.Document.People {
			report(n.NIP, n.Name, n.At)
		}
	},
}
