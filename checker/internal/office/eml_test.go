package office_test

import "testing"

func TestEML(t *testing.T) {
	const head = "From: =?utf-8?Q?Budi_S=C3=A1?= <b@x.id>\r\nTo: a@x.id,\r\n c@x.id\r\nSubject: =?iso-8859-1?B?Y2Fm6Q==?=\r\nDate: Mon, 17 Mar 2025 09:00:00 +0700\r\nX-No: no\r\nMIME-Version: 1.0\r\n"
	const shown = "From: Budi Sá <b@x.id>\nTo: a@x.id, c@x.id\nSubject: café\nDate: Mon, 17 Mar 2025 09:00:00 +0700\n"
	check(t, "eml", []saying{
		{"plain", head + "\r\nHalo\r\n\r\nsemua\r\n", shown + "Halo\nsemua\n"},
		{"quoted-printable", head + "Content-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\ncaf=E9 =\r\nb", shown + "café b\n"},
		{"base64", head + "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nY2Fm\r\nw6k=\r\n", shown + "café\n"},
		{"html", head + "Content-Type: text/html\r\n\r\n<p>a<p>b", shown + "a\nb\n"},
		{"alternatives", head + "Content-Type: multipart/alternative; boundary=x\r\n\r\nno\r\n--x\r\nContent-Type: text/plain\r\n\r\nplain\r\n--x\r\nContent-Type: text/html\r\n\r\nno\r\n--x--\r\nno", shown + "plain\n"},
		{"alternative without plain text", head + "Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>html\r\n--x--\r\n", shown + "html\n"},
		{"attachments", head + "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nisi\r\n--x\r\nContent-Type: application/pdf; name=\"no.pdf\"\r\nContent-Disposition: attachment; filename=\"=?utf-8?Q?s=C3=A1.pdf?=\"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--x\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename*=utf-8''s%20k.txt\r\n\r\nno\r\n--x\r\nContent-Type: image/png\r\n\r\nno\r\n--x--\r\n",
			shown + "isi\nAttachment: sá.pdf\nAttachment: s k.txt\nAttachment: image/png\n"},
		{"in one another", head + "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: multipart/related; boundary=y\r\n\r\n--y\r\n\r\na\r\n--y--\r\n--x\r\n\r\nb\r\n--x--\r\n", shown + "a\nb\n"},
		{"from a mailbox", "From b@x.id Mon Mar 17\n" + head + "\r\nHalo", shown + "Halo\n"},
		{"not base64 at all", head + "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nisi surat", shown + "isi surat\n"},
		{"no boundary", head + "Content-Type: multipart/report;\r\n\r\nisi", shown + "isi\n"},
		{"broken type", head + "Content-Type: application/pdf name=\"a.pdf\"\r\n\r\nno", shown + "Attachment: application/pdf\n"},
		{"bare header", "Subject: caf\xe9\r\n\r\nb\xe9", "Subject: café\nbé\n"},
	})
}
