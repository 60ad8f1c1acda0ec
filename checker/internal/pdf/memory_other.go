//go:build !linux && !nopdfium

package pdf

import "github.com/tetratelabs/wazero/experimental"

// A memory leaves the memory of sandboxes to Go.
type memory struct{}

func (*memory) allocator() experimental.MemoryAllocator { return nil }

func (*memory) release(*byte) {}
