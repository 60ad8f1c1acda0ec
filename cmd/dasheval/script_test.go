package main

import (
	"archive/zip"
	"encoding/hex"
	"flag"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite the expected output in the scripts")

// TestMain lets the scripts run "exec dasheval": the test binary calls main
// when it is started under that name, so flags, output streams and exit codes
// are tested as users meet them, without a separate build.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"dasheval": main})
}

// TestScript runs each script in testdata/script in a fresh folder. The name
// of a script starts with the command it tests: check_missing.txtar.
func TestScript(t *testing.T) {
	rules, err := filepath.Abs("../../rules/packs/naskah-dinas")
	if err != nil {
		t.Fatal(err)
	}
	pack, err := filepath.Abs("testdata/pack")
	if err != nil {
		t.Fatal(err)
	}
	sample, err := filepath.Abs("../../samples/bpmp/files/A.I PEMENUHAN/1. MANAJEMEN PERUBAHAN")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			// Reports must not depend on where and when a test runs; the compiled
			// PDF engine may be shared, since it shows in none of them.
			e.Setenv("DASHEVAL_TODAY", "2025-06-30")
			e.Setenv("NO_COLOR", "1")
			e.Setenv("SAMPLE", sample)
			e.Setenv("DASHEVAL_OCR", "off") // machines differ
			if err := demoPack(filepath.Join(e.WorkDir, "pack"), pack, rules); err != nil {
				return err
			}
			if cache, err := os.UserCacheDir(); err == nil {
				e.Setenv("XDG_CACHE_HOME", cache)
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"change": changeFiles, "docx": writeDOCX, "exits": exits, "bytes": writeBytes, "replace": replaceText,
		},
	})
}

// demoPack writes the pack of the scripts to dir. It borrows the vocabulary of
// the built-in packs.
func demoPack(dir, pack, builtin string) error {
	if err := os.CopyFS(dir, os.DirFS(pack)); err != nil {
		return err
	}
	words, err := os.ReadFile(filepath.Join(builtin, "vocabulary.yaml"))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "vocabulary.yaml"), words, 0o644)
}

// replaceText replaces a text in a file: replace FILE OLD NEW.
func replaceText(ts *testscript.TestScript, _ bool, args []string) {
	data := ts.ReadFile(args[0])
	if !strings.Contains(data, args[1]) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.ReplaceAll(data, args[1], args[2])), 0o600))
}

// changeFiles copies a folder, and adds a line to each of its files: change FROM TO.
func changeFiles(ts *testscript.TestScript, _ bool, args []string) {
	to := ts.MkAbs(args[1])
	ts.Check(os.CopyFS(to, os.DirFS(ts.MkAbs(args[0]))))
	ts.Check(filepath.WalkDir(to, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(path, append(raw, "\n% changed\n"...), 0o600)
	}))
}

// writeBytes writes a file from bytes in hexadecimal: bytes FILE HEX.
func writeBytes(ts *testscript.TestScript, _ bool, args []string) {
	raw, err := hex.DecodeString(args[1])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), raw, 0o600))
}

// exits CODE COMMAND… runs dasheval and wants that exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("exit code %s, want %s", got, args[0])
	}
}

// docx TEXT FILE writes a Word document of the lines of a text file.
func writeDOCX(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: docx TEXT FILE")
	}
	var body strings.Builder
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		fmt.Fprintf(&body, "<w:p><w:r><w:t>%s</w:t></w:r></w:p>", html.EscapeString(strings.TrimRight(line, "\n")))
	}
	const head = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`
	parts := []struct{ name, text string }{
		{"[Content_Types].xml", head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", head + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body.String() + `</w:body></w:document>`},
	}
	file, err := os.Create(ts.MkAbs(args[1]))
	ts.Check(err)
	z := zip.NewWriter(file)
	for _, p := range parts {
		w, err := z.Create(p.name)
		ts.Check(err)
		_, err = w.Write([]byte(p.text))
		ts.Check(err)
	}
	ts.Check(z.Close())
	ts.Check(file.Close())
}
