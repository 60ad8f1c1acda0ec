package check

import (
	"dasheval/checker/facts"
	"dasheval/rules"
)

var nip = &Check{
	Name: "nip",
	Doc: Doc{
		Title: rules.Text{ID: `employee numbers (NIP) have a possible structure`, EN: `employee numbers (NIP) have a possible structure`},
		About: rules.Text{ID: `Eighteen digits: date of birth, month of appointment, sex, serial number.`, EN: `Eighteen digits: date of birth, month of appointment, sex, serial number.`},
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
