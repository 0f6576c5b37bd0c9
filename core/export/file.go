package export

import (
	"bufio"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"hookbird/core"
)

// File is a table on its way into a file. It is used by one goroutine.
type File struct {
	path    string
	replace bool
	dir     string // hidden, beside the file
	out     *os.File
	gate    *gate
	buffer  *bufio.Writer
	table   table
}

// partName is the name of the unfinished file in its folder.
const partName = "part"

// Create begins a file at an absolute path; its name says what kind it is. A file
// that is there already is a CodeConflict unless it is to be replaced, and stays as
// it is until Finish. The file is to be finished or abandoned.
func Create(path string, replace bool, columns []Column) (*File, error) {
	format, err := FormatOf(path)
	if err != nil {
		return nil, err
	}
	if !filepath.IsAbs(path) {
		return nil, core.Errorf(core.CodeInvalid, "Say where the file goes with its whole path.")
	}
	f := &File{path: filepath.Clean(path), replace: replace}
	if err := f.free(); err != nil {
		return nil, err
	}
	if f.dir, err = os.MkdirTemp(filepath.Dir(f.path), ".hookbird-export-*"); err != nil {
		return nil, f.failed(err)
	}
	if err := f.open(format, columns); err != nil {
		f.Abandon()
		return nil, f.failed(err)
	}
	return f, nil
}

// free refuses a place that is taken.
func (f *File) free() error {
	at, err := os.Lstat(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return f.failed(err)
	case at.IsDir():
		return core.Errorf(core.CodeConflict, "%s is a folder. Choose another name for the file.", f.path)
	case !f.replace:
		return core.Errorf(core.CodeConflict, "There is a file %s already. Choose another name.", f.path)
	}
	return nil
}

func (f *File) open(format Format, columns []Column) (err error) {
	part := filepath.Join(f.dir, partName)
	if f.out, err = os.OpenFile(filepath.Clean(part), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600); err != nil {
		return err
	}
	f.gate = &gate{ctx: context.Background(), out: f.out}
	f.buffer = bufio.NewWriterSize(f.gate, 1<<16)
	f.table, err = open(format, f.buffer, f.dir, columns)
	return err
}

// Row writes a row of cells: a string, an int or a time.Time each.
func (f *File) Row(cells ...any) error {
	if err := f.table.row(cells); err != nil {
		return f.failed(err)
	}
	return nil
}

// Finish writes the rest, which may take seconds where there are many rows, and puts
// the file in its place. On an error, also that of ctx, nothing is there, or what was
// there before.
func (f *File) Finish(ctx context.Context) error {
	defer f.Abandon()
	f.gate.ctx = ctx
	err := f.table.finish()
	if err == nil {
		err = f.buffer.Flush()
	}
	if err == nil {
		err = f.out.Sync()
	}
	if err != nil {
		return f.failed(err)
	}
	if err := f.free(); err != nil { // somebody may have written there meanwhile
		return err
	}
	err = f.out.Close()
	f.out = nil
	if err == nil {
		err = os.Rename(filepath.Join(f.dir, partName), f.path)
	}
	if err != nil {
		return f.failed(err)
	}
	return nil
}

// Abandon removes what is not finished. It does nothing the second time, or after
// Finish.
func (f *File) Abandon() {
	if f.table != nil {
		_ = f.table.free()
		f.table = nil
	}
	if f.out != nil {
		_ = f.out.Close()
		f.out = nil
	}
	if f.dir != "" {
		_ = os.RemoveAll(f.dir)
		f.dir = ""
	}
}

// failed says that the file cannot be written, and why.
func (f *File) failed(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	why := err
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		why = p.Err
	}
	return core.Wrap(core.CodeUnavailable, err, "The file "+f.path+" cannot be written: "+why.Error()+". Choose another place for it.")
}

// gate lets nothing through once its context has ended.
type gate struct {
	ctx context.Context
	out *os.File
}

func (g *gate) Write(b []byte) (int, error) {
	if err := g.ctx.Err(); err != nil {
		return 0, err
	}
	return g.out.Write(b)
}
