package check

import (
	"slices"
	"strconv"
	"time"

	"dasheval/checker/facts"
	"dasheval/checker/profile"
	"dasheval/checker/text"
	"dasheval/rules"
)

var signature = &Check{
	Name: "signature",
	Doc: Doc{
		Title: rules.Text{ID: `dokumen ditandatangani oleh yang harus menandatanganinya`, EN: `whoever must sign the document has signed it`},
		About: rules.Text{
			ID: `Berlaku bagi jenis dengan signature: required. Sebuah blok ditandatangani bila di antara jabatan dan nama ada gambar, goresan pena atau cap, tanda elektronik seperti kode QR, atau bila berkasnya memuat tanda tangan elektronik pejabat itu. Tulisan “ttd” saja adalah tanda salinan. Bila hanya sebagian blok ditandatangani, atau bloknya kurang dari jumlah pihak (parties) penanda tangan jenis itu, tanda tangannya sebagian. Bila blok tidak ditemukan, atau ada halaman yang tidak terbaca atau tidak dapat dilihat, temuannya signature.unknown dan dokumen perlu ditelaah, bukan belum ditandatangani. Keutuhan tanda tangan elektronik diperiksa oleh integrity, wewenangnya oleh signer.`,
			EN: `For types with signature: required. A block is signed if a picture, a stroke of a pen or a stamp, or an electronic mark such as a QR code stands between title and name, or if the file holds an electronic signature of that official. The word “ttd” alone is the sign of a copy. If only some blocks are signed, or there are fewer blocks than the signer of the type has parties, the signature is partial. If no block was found, or a page could not be read or looked at, the finding is signature.unknown and the document is to be reviewed, not called unsigned. Whether electronic signatures hold is examined by integrity, the authority of who signed by signer.`},
		Rule:   "- id: sk\n  signer: kepala_unit\n  signature: required\n  checks: [signature]",
		Before: "Kepala Balai, (kosong) Rahmat Hidayat",
		After:  "Kepala Balai, (tanda tangan) Rahmat Hidayat",
		Since:  "0.1",
	},
	Scope: Document,
	IDs:   []string{"signature.none", "signature.partial", "signature.typed", "signature.unknown"},
	Run: func(p *Pass) {
		d := p.Document
		if d.Type.Signature != "required" {
			return
		}
		groups := Signers(p.World.Reader, d)
		if len(groups) == 0 {
			if d.Origin != text.Hidden {
				p.report("signature.unknown", lastPlace(d), nil)
			}
			return
		}
		var open, dark, typed, signed []facts.Block
		for _, b := range groups {
			switch b.State {
			case facts.Unsigned:
				open = append(open, b)
			case facts.Unknown:
				dark = append(dark, b)
			case facts.Typed:
				typed = append(typed, b)
			default:
				signed = append(signed, b)
			}
		}
		if len(d.Unread) > 0 { // they may be signed on a page that nobody read
			dark, open = append(dark, open...), nil
		}
		if len(dark) > 0 { // of the others nothing more is known than of these
			b := official(p.World, dark)
			p.report("signature.unknown", b.At, map[string]string{"title": b.Title, "name": b.Name})
			return
		}
		wanted := parties(p.World.Pack, d.Type)
		switch {
		case len(open) > 0 && len(signed) > 0:
			b := open[0]
			p.report("signature.partial", b.At, map[string]string{
				"missing": b.Title, "name": b.Name, "have": strconv.Itoa(len(signed)), "want": strconv.Itoa(len(groups))})
		case len(open) > 0:
			b := official(p.World, open)
			p.report("signature.none", b.At, map[string]string{"title": b.Title, "name": b.Name})
		case len(typed) > 0:
			b := official(p.World, typed)
			p.report("signature.typed", b.At, map[string]string{"title": b.Title, "name": b.Name})
		case len(groups) < wanted:
			p.report("signature.partial", signed[0].At, map[string]string{
				"have": strconv.Itoa(len(groups)), "want": strconv.Itoa(wanted)})
		}
	},
}

// Signers returns one block for each person who is to sign the document: the
// blocks of the body and of its attachments that name the same official are
// one, in the state that tells more: altered, signed, not known, not signed.
func Signers(r *facts.Reader, d *facts.Document) []facts.Block {
	var out []facts.Block
	for _, b := range d.Blocks {
		name := r.BareName(b.Name)
		i := slices.IndexFunc(out, func(o facts.Block) bool {
			switch other := r.BareName(o.Name); {
			case b.NIP != "" && b.NIP == o.NIP:
				return true
			case name != "" || other != "":
				return name == other
			}
			return profile.Key(o.Title) == profile.Key(b.Title)
		})
		switch {
		case i < 0:
			out = append(out, b)
		case facts.Tells(b.State, out[i].State):
			out[i] = b
		}
	}
	return out
}

// parties returns how many must sign documents of the type.
func parties(pack *rules.Pack, t *rules.Type) int {
	if s := pack.Signers[t.Signer]; s != nil {
		return s.Parties
	}
	return 1
}

// official returns the block of the head of the unit if it is among blocks,
// else the first.
func official(w *World, blocks []facts.Block) facts.Block {
	for _, b := range blocks {
		if w.Unit.IsHead(w.Reader, b, time.Time{}) {
			return b
		}
	}
	return blocks[0]
}
