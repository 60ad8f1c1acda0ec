package checklist

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"io"
)

var (
	//go:embed page.html
	pageHTML string
	//go:embed page.css
	pageCSS string
	//go:embed page.js
	pageJS string

	page = template.Must(template.New("page").Parse(pageHTML))
)

// writeHTML writes one page that needs nothing else: both languages, the style
// and the script are in it. It tells the browser to run no other script.
func writeHTML(w io.Writer, c *Checklist, lang string) error {
	return page.Execute(w, struct {
		*Checklist
		Lang   string
		Style  template.CSS
		Script template.JS
		Policy string
	}{
		c, lang, template.CSS(pageCSS), template.JS(pageJS),
		"default-src 'none'; base-uri 'none'; form-action 'none'; style-src '" + digest(pageCSS) + "'; script-src '" + digest(pageJS) + "'",
	})
}

// digest names an inline style or script as a content security policy does.
func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
