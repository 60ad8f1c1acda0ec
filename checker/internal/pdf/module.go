//go:build !nopdfium

package pdf

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"github.com/klippa-app/go-pdfium"
	"github.com/tetratelabs/wazero/api"
)

// A module is one running copy of pdfium, for one goroutine at a time.
//
// It calls the exported C functions directly: the Go wrapper around them takes
// nine calls and a fresh stack for the box of one character. The first error
// sticks, and calls after it do nothing and return 0, so that readers check
// once at the end; every loop over a count thus ends too.
type module struct {
	inst    pdfium.Pdfium
	mod     api.Module
	mem     api.Memory
	funcs   map[string]api.Function
	stack   [16]uint64
	first   *byte // of the sandbox's memory, by which it is released
	memory  *memory
	scratch uint32 // memory inside the sandbox for out parameters
	err     error
}

// scratchSize holds every fixed-size out parameter; longer strings get memory
// of their own.
const scratchSize = 4096

func newModule(ctx context.Context, pool pdfium.Pool, mem *memory) (*module, error) {
	inst, err := pool.GetInstanceWithContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("start pdfium: %w", err)
	}
	m := &module{inst: inst, memory: mem, funcs: map[string]api.Function{}}
	// The type of the implementation is internal to go-pdfium, its field not.
	v := reflect.Indirect(reflect.ValueOf(inst.GetImplementation()))
	if v.Kind() == reflect.Struct && v.FieldByName("Module").IsValid() {
		m.mod, _ = v.FieldByName("Module").Interface().(api.Module)
	}
	if m.mod == nil {
		return nil, errors.Join(errors.New("start pdfium: unknown version of go-pdfium"), inst.Kill())
	}
	m.mem = m.mod.Memory()
	if b, ok := m.mem.Read(0, 1); ok {
		m.first = &b[0]
	}
	m.scratch = m.alloc(ctx, scratchSize)
	if m.err != nil {
		return nil, errors.Join(m.err, m.kill())
	}
	return m, nil
}

// kill ends the module, which must not be used again.
func (m *module) kill() error {
	err := m.inst.Kill()
	m.memory.release(m.first)
	return err
}

// call calls a C function. Arguments and result are as in the C signature:
// pointers and integers as they are, float32 by [api.EncodeF32].
func (m *module) call(ctx context.Context, name string, args ...uint64) uint64 {
	if m.err != nil {
		return 0
	}
	f := m.funcs[name]
	if f == nil {
		if f = m.mod.ExportedFunction(name); f == nil {
			m.err = fmt.Errorf("pdfium has no function %s", name)
			return 0
		}
		m.funcs[name] = f
	}
	copy(m.stack[:], args)
	if err := f.CallWithStack(ctx, m.stack[:]); err != nil {
		m.err = err
		return 0
	}
	return m.stack[0]
}

// count calls a function that returns a number of things, -1 for none.
func (m *module) count(ctx context.Context, name string, args ...uint64) int {
	return max(0, int(int32(m.call(ctx, name, args...))))
}

// ok calls a function that returns whether it succeeded.
func (m *module) ok(ctx context.Context, name string, args ...uint64) bool {
	return uint32(m.call(ctx, name, args...)) != 0
}

func (m *module) float(ctx context.Context, name string, args ...uint64) float64 {
	return float64(api.DecodeF32(m.call(ctx, name, args...)))
}

// alloc returns n bytes of the sandbox's memory, which free gives back.
func (m *module) alloc(ctx context.Context, n int) uint32 {
	p := uint32(m.call(ctx, "malloc", uint64(n)))
	if p == 0 && m.err == nil {
		m.err = errNoMemory
	}
	return p
}

func (m *module) free(ctx context.Context, p uint32) { m.call(ctx, "free", uint64(p)) }

var errNoMemory = errors.New("pdfium is out of memory")

// f32 reads a float32 at byte offset off of the scratch memory.
func (m *module) f32(off uint32) float64 {
	v, _ := m.mem.ReadFloat32Le(m.scratch + off)
	return float64(v)
}

func (m *module) f64(off uint32) float64 {
	v, _ := m.mem.ReadFloat64Le(m.scratch + off)
	return v
}

func (m *module) u32(off uint32) uint32 {
	v, _ := m.mem.ReadUint32Le(m.scratch + off)
	return v
}

// out returns the address of byte offset off of the scratch memory.
func (m *module) out(off uint32) uint64 { return uint64(m.scratch + off) }

// maxText bounds one string of metadata or of a form field, in bytes.
const maxText = 64 << 10

// text calls a function whose last parameters are a buffer for UTF-16 text and
// its length in bytes, and which returns the length needed with its final
// zero.
func (m *module) text(ctx context.Context, name string, args ...uint64) string {
	n := m.count(ctx, name, append(args, 0, 0)...)
	if n <= 2 || n > maxText {
		return ""
	}
	buf := m.alloc(ctx, n)
	m.call(ctx, name, append(args, uint64(buf), uint64(n))...)
	raw, _ := m.mem.Read(buf, uint32(n-2))
	s := decodeUTF16(raw)
	m.free(ctx, buf)
	return s
}

// cstring puts s, which must be short, at the end of the scratch memory.
func (m *module) cstring(s string) uint64 {
	at := m.scratch + scratchSize/2
	if m.err != nil {
		return uint64(at)
	}
	m.mem.WriteString(at, s+"\x00")
	return uint64(at)
}
