package worker

import (
	"bytes"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFrames(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, writeFrame(&b, job, []byte("one")))
	require.NoError(t, writeFrame(&b, dataEnd, nil))
	k, payload, err := readFrame(&b, 3)
	require.NoError(t, err)
	assert.Equal(t, job, k)
	assert.Equal(t, "one", string(payload))
	k, payload, err = readFrame(&b, 0)
	require.NoError(t, err)
	assert.Equal(t, dataEnd, k)
	assert.Empty(t, payload)
	_, _, err = readFrame(&b, 3)
	require.ErrorIs(t, err, io.EOF)

	for name, c := range map[string]struct {
		bytes string
		want  error
	}{
		"cut in its head":     {"J\x03\x00", io.ErrUnexpectedEOF},
		"cut in its payload":  {"J\x03\x00\x00\x00on", io.ErrUnexpectedEOF},
		"longer than allowed": {"J\x04\x00\x00\x00four", errFrame},
		"of 4 GB":             {"J\xff\xff\xff\xff", errFrame},
	} {
		_, _, err := readFrame(bytes.NewReader([]byte(c.bytes)), 3)
		require.ErrorIs(t, err, c.want, name)
	}
}

// FuzzFrame reads frames until the bytes end. What was read is written again as
// it was.
func FuzzFrame(f *testing.F) {
	f.Add([]byte("J\x03\x00\x00\x00oneE\x00\x00\x00\x00"))
	f.Add([]byte("R\xff\xff\xff\x7f"))
	f.Fuzz(func(t *testing.T, b []byte) {
		in := bytes.NewReader(b)
		var again bytes.Buffer
		for {
			k, payload, err := readFrame(in, 1<<16)
			if err != nil {
				break
			}
			require.NoError(t, writeFrame(&again, k, payload))
		}
		require.True(t, bytes.HasPrefix(b, again.Bytes()))
	})
}

// FuzzServer gives a child any bytes for what its parent sends.
func FuzzServer(f *testing.F) {
	f.Add([]byte("J\x08\x00\x00\x00\x05\x00\x00\x00\x00\x00\x00\x00D\x03\x00\x00\x00oneE\x00\x00\x00\x00X\x00\x00\x00\x00"))
	f.Add([]byte("A\x05\x00\x00\x00\x01\x00\x00\x00xA\x01\x00\x00\x00\x01"))
	f.Fuzz(func(t *testing.T, b []byte) {
		s := &server{out: io.Discard, grants: make(chan struct{}, 1), jobs: make(chan []byte)}
		done := make(chan struct{})
		go func() {
			defer close(done)
			for file := range s.jobs {
				assert.LessOrEqual(t, len(file), len(b))
			}
		}()
		_ = s.read(bytes.NewReader(b)) // any error is fine
		close(s.jobs)
		<-done
	})
}
