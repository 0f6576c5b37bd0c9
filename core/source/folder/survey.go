package folder

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"hookbird/core"
	"hookbird/core/source/record"
)

// surveyWhole shows a file as the one record that it would be.
func (f *Folder) surveyWhole(ctx context.Context, j *job) (core.Survey, error) {
	text, err := j.survey(ctx, false)
	if err != nil {
		return core.Survey{}, core.Errorf(core.CodeUnavailable, "The file %s cannot be read now. Perhaps another program is writing it.", j.name)
	}
	data, err := f.wholeData(j, text)
	if err != nil {
		return core.Survey{}, core.Errorf(core.CodeUnavailable, "The file %s cannot be read now. Perhaps another program is writing it.", j.name)
	}
	s := core.Survey{Text: "The file " + j.name + " is one record.", Records: 1, Samples: [][]byte{data}}
	for _, name := range []string{"name", "folder", "size", "modified", "text"} {
		s.Columns = append(s.Columns, core.Column{Name: name})
	}
	return s, nil
}

// Survey looks at what a folder would read: how many files there are, and what is in
// the newest. CodeUnavailable if the folder or that file cannot be read now.
func Survey(ctx context.Context, src *core.Source) (core.Survey, error) {
	f := New(src, nil, slog.New(slog.DiscardHandler))
	files, err := f.list()
	if err != nil {
		return core.Survey{}, core.Errorf(core.CodeUnavailable, "%s", f.unreachable(err))
	}
	if len(files) == 0 {
		return core.Survey{Text: "There is no file in it that would be read.", Records: 0}, nil
	}
	newest := files[len(files)-1] // the oldest come first
	s, err := f.surveyFile(ctx, newest)
	if err != nil {
		return core.Survey{}, err
	}
	if s.Files = len(files); s.Files > 1 {
		s.Text = fmt.Sprintf("%d files. The newest is %s: %s", s.Files, newest.name, s.Text)
	}
	return s, nil
}

func (f *Folder) surveyFile(ctx context.Context, file file) (core.Survey, error) {
	open, err := os.Open(f.path(file.name))
	if err != nil {
		return core.Survey{}, core.Errorf(core.CodeUnavailable, "The file %s cannot be opened now. Perhaps another program keeps it to itself.", file.name)
	}
	defer func() { _ = open.Close() }() // it was only read
	if f.src.Folder.WholeFile {
		return f.surveyWhole(ctx, &job{file: file, f: open, size: file.stamp.Size})
	}
	s, err := record.Survey(opened{ctx, open, file.stamp.Size, nil}, file.name, f.src.Folder.Layout)
	if e, ok := errors.AsType[*core.Error](err); ok {
		return s, core.Errorf(e.Code, "%s: %s", file.name, e.Message)
	}
	return s, err
}
