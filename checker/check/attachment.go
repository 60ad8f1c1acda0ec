package check

import "dasheval/rules"

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
