package check

import (
	"strconv"

	"dasheval/checker/facts"
	"dasheval/rules"
)

func itoa(n int) string { return strconv.Itoa(n) }

var number = &Check{
	Name: "number",
	Doc: Doc{
		Title: rules.Text{ID: `a numbered form carries its number`, EN: `a numbered form carries its number`},
	},
	Scope: Document,
	IDs:   []string{"number.missing"},
	Run: func(p *Pass) {
		d := p.Document
		if _, ok := d.Facts["number"]; ok {
			return
		}
		blank, isBlank := d.Facts["number_blank"]
		switch {
		case isBlank:
			p.report("number.missing", blank.At, map[string]string{"found": blank.Value})
		case d.Type.Number == "required":
			p.report("number.missing", top(d), nil)
		}
	},
}

var date = &Check{
	Name: "date",
	Doc: Doc{
		Title: rules.Text{ID: `the document carries its date`, EN: `the document carries its date`},
	},
	Scope: Document,
	IDs:   []string{"date.missing"},
	Run: func(p *Pass) {
		d := p.Document
		if _, ok := d.Facts["date"]; ok || d.Type.Date != "required" || d.Type.Anchor == "effective" {
			return
		}
		if blank, ok := d.Facts["date_blank"]; ok {
			p.report("date.missing", blank.At, map[string]string{"found": blank.Value})
			return
		}
		p.report("date.missing", lastPlace(d), nil)
	},
}

var draft = &Check{
	Name: "draft",
	Doc: Doc{
		Title: rules.Text{ID: `the document is finished`, EN: `the document is finished`},
		About: rules.Text{ID: `No draft mark, no blank number or date, no placeholder of a template. Placeholders that an e-office system has laid the
value over are none.`, EN: `No draft mark, no blank number or date, no placeholder of a template. Placeholders that an e-office system has laid the
value over are none.`},
	},
	Scope: Document,
	IDs:   []string{"draft.unfinished", "template.unfilled"},
	Run: func(p *Pass) {
		d := p.Document
		var drafts, templates []facts.Mark
		strong := false
		for _, m := range d.Marks {
			if m.Kind == "draft" {
				drafts = append(drafts, m)
			} else {
				templates = append(templates, m)
				strong = strong || m.Sure
			}
		}
		if len(drafts) > 0 {
			p.report("draft.unfinished", drafts[0].At, map[string]string{"mark": drafts[0].At.Quote})
		}
		if len(templates) >= 3 || strong {
			p.report("template.unfilled", templates[0].At, map[string]string{"mark": templates[0].At.Quote, "count": itoa(len(templates))})
		}
	},
}

var sections = &Check{
	Name: "sections",
	Doc: Doc{
		Title: rules.Text{ID: `the parts that the type demands are there`, EN: `the parts that the type demands are there`},
		About: rules.Text{ID: `Paired parts demand one another: recommendations want a follow-up, and a follow-up answers recommendations.`, EN: `Paired parts demand one another: recommendations want a follow-up, and a follow-up answers recommendations.`},
	},
	Scope: Document,
	IDs:   []string{"section.missing"},
	Run: func(p *Pass) {
		d := p.Document
		paired := false
		for _, s := range d.Type.Sections {
			_, ok := d.Sections[s.ID]
			paired = paired || ok && s.Need == "paired"
		}
		for _, s := range d.Type.Sections {
			if _, ok := d.Sections[s.ID]; ok || s.Need != "required" && !(s.Need == "paired" && paired) {
				continue
			}
			p.report("section.missing", top(d), map[string]string{"section": s.Name.ID, "section_en": s.Name.EN})
		}
	},
}

var fields = &Check{
	Name: "fields",
	Doc: Doc{
		Title: rules.Text{ID: `the labelled values that the form demands are filled in`, EN: `the labelled values that the form demands are filled in`},
	},
	Scope: Document,
	IDs:   []string{"field.missing"},
	Run: func(p *Pass) {
		d := p.Document
		for _, f := range d.Type.Fields {
			if _, ok := d.Facts[f.ID]; ok || f.Need != "required" {
				continue
			}
			at := top(d)
			if blank, ok := d.Facts[f.ID+"_blank"]; ok {
				at = blank.At
			}
			p.report("field.missing", at, map[string]string{"field": f.Name.ID, "field_en": f.Name.EN})
		}
	},
}

var attachment = &Check{
	Name: "attachment",
	Doc: Doc{
		Title: rules.Text{ID: `an attachment that the text refers to is there`, EN: `an attachment that the text refers to is there`},
	},
	Scope: Document,
	IDs:   []string{"attachment.missing"},
	Run: func(p *Pass) {
		d := p.Document
		if len(d.AttachmentRefs) > 0 && !d.Attachment {
			p.report("attachment.missing", d.AttachmentRefs[0], map[string]string{"ref": d.AttachmentRefs[0].Quote})
		}
	},
}

var pages = &Check{
	Name: "pages",
	Doc: Doc{
		Title: rules.Text{ID: `the printed page numbers have no gap`, EN: `the printed page numbers have no gap`},
	},
	Scope: Document,
	IDs:   []string{"page.missing"},
	Run: func(p *Pass) {
		if m := p.Document.PagesMissing; m != "" {
			p.report("page.missing", lastPlace(p.Document), map[string]string{"pages": m})
		}
	},
}

var survey = &Check{
	Name: "survey",
	Doc: Doc{
		Title: rules.Text{ID: `a survey report says how many answered`, EN: `a survey report says how many answered`},
		About: rules.Text{ID: `The survey must be of the period under evaluation.`, EN: `The survey must be of the period under evaluation.`},
	},
	Scope: Document,
	IDs:   []string{"survey.no_respondents", "survey.outside_window"},
	Run: func(p *Pass) {
		d, w := p.Document, p.World
		if _, ok := d.Facts["respondents"]; !ok {
			p.report("survey.no_respondents", top(d), nil)
		}
		from := w.Year - 1
		if to := d.Date("survey_to"); !to.IsZero() && to.Year() < from {
			p.report("survey.outside_window", d.Facts["survey_to"].At, map[string]string{
				"date": d.Facts["survey_to"].Value, "from": itoa(from) + "-01-01", "to": itoa(w.Year) + "-12-31"})
		} else if y, err := strconv.Atoi(d.Facts["year"].Value); err == nil && (y < from || y > w.Year) {
			p.report("survey.outside_window", top(d), map[string]string{
				"date": d.Facts["year"].Value, "from": itoa(from) + "-01-01", "to": itoa(w.Year) + "-12-31"})
		}
	},
}
