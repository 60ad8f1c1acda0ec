//go:build !nopdfium

package pdf

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"dasheval/checker/evidence"
	"dasheval/checker/text"
)

// Numbers of pdfium's C interface, fpdfview.h.
const (
	errPassword = 4
	errSecurity = 5
)

// metaTags are the entries of the information dictionary that are kept.
var metaTags = []string{"Title", "Author", "Creator", "Producer", "CreationDate"}

// readDocument reads a file with m. If the module breaks, its error is also in
// m.err. It calls counted with the number of pages as soon as that is
// known.
func readDocument(ctx context.Context, m *module, data []byte, limits Limits, counted func(int)) (*text.Document, error) {
	file, closeFile, err := openFile(ctx, m, data)
	if err != nil {
		return nil, err
	}
	defer closeFile()

	total := m.count(ctx, "FPDF_GetPageCount", file)
	if m.err == nil && total == 0 {
		return nil, fmt.Errorf("%w: no pages", evidence.ErrCorrupt)
	}
	counted(total)
	doc := &text.Document{Format: "pdf", Paged: true, Total: total, Meta: readMeta(ctx, m, file)}
	form, closeForm := openForm(ctx, m, file)
	defer closeForm()

	chars, objects, loaded := 0, 0, 0
	for n := range min(total, limits.MaxPages) {
		if _, wanted := slices.BinarySearch(limits.Only, n+1); !wanted && limits.Only != nil {
			continue
		}
		if m.err != nil || chars >= limits.MaxChars {
			break
		}
		p := pageReader{m: m, file: file, form: form, left: limits.MaxChars - chars}
		page, ok := p.read(ctx, n)
		if !ok {
			continue // it is missing among the pages
		}
		loaded++
		chars += p.chars
		objects += p.objects
		doc.Pages = append(doc.Pages, page)
	}
	switch {
	case m.err != nil:
		return nil, m.err
	case loaded == 0:
		return nil, fmt.Errorf("%w: no page can be opened", evidence.ErrCorrupt)
	case objects == 0 && loaded == total && limits.Only == nil:
		return nil, fmt.Errorf("%w: blank pages", evidence.ErrEmpty)
	}
	return doc, nil
}

// openFile opens a file in the sandbox. The caller has to close it.
func openFile(ctx context.Context, m *module, data []byte) (file uint64, closeFile func(), err error) {
	buf := m.alloc(ctx, len(data))
	if m.err != nil {
		return 0, nil, m.err
	}
	if !m.mem.Write(buf, data) {
		m.err = errNoMemory
		return 0, nil, m.err
	}
	file = m.call(ctx, "FPDF_LoadMemDocument", uint64(buf), uint64(len(data)), 0)
	if file == 0 {
		defer m.free(ctx, buf)
		switch code := m.call(ctx, "FPDF_GetLastError"); code {
		case errPassword:
			return 0, nil, evidence.ErrEncrypted
		case errSecurity:
			return 0, nil, fmt.Errorf("%w: by an unknown method", evidence.ErrEncrypted)
		default:
			return 0, nil, fmt.Errorf("%w: pdfium error %d", evidence.ErrCorrupt, code)
		}
	}
	return file, func() {
		m.call(ctx, "FPDF_CloseDocument", file)
		m.free(ctx, buf)
	}, nil
}

func readMeta(ctx context.Context, m *module, file uint64) map[string]string {
	meta := map[string]string{}
	for _, tag := range metaTags {
		// The tag is the second of four parameters, ahead of the buffer.
		if s := m.text(ctx, "FPDF_GetMetaText", file, m.cstring(tag)); s != "" {
			meta[strings.ToLower(tag)] = s
		}
	}
	return meta
}

// openForm makes the form fields of the file readable. The form is 0 if the
// file has none.
func openForm(ctx context.Context, m *module, file uint64) (form uint64, closeForm func()) {
	if !m.ok(ctx, "FPDF_GetFormType", file) {
		return 0, func() {}
	}
	info := m.call(ctx, "FPDF_FORMFILLINFO_Create")
	form = m.call(ctx, "FPDFDOC_InitFormFillEnvironment", file, info)
	return form, func() {
		if form != 0 {
			m.call(ctx, "FPDFDOC_ExitFormFillEnvironment", form)
		}
		m.free(ctx, uint32(info))
	}
}

// decodeUTF16 decodes little-endian UTF-16 and drops zeros.
func decodeUTF16(raw []byte) string {
	units := make([]uint16, 0, len(raw)/2)
	for i := 0; i+1 < len(raw); i += 2 {
		if u := uint16(raw[i]) | uint16(raw[i+1])<<8; u != 0 {
			units = append(units, u)
		}
	}
	return string(utf16.Decode(units))
}
