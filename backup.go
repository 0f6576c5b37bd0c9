package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/host"
)

// maxPassphrase is the largest file of a passphrase that is read, in bytes.
const maxPassphrase = 4 << 10

// readPassphrase reads the first line of the file that --passphrase-file names; "" if
// none is named.
func (o options) readPassphrase() (string, error) {
	if o.passphrase == "" {
		return "", nil
	}
	f, err := os.Open(o.passphrase)
	if err != nil {
		return "", core.Wrap(core.CodeInvalid, err, "The file of the passphrase, "+o.passphrase+", cannot be read. Check its path.")
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, maxPassphrase))
	if err != nil {
		return "", core.Wrap(core.CodeInvalid, err, "The file of the passphrase, "+o.passphrase+", cannot be read.")
	}
	line, _, _ := bytes.Cut(text, []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	if len(line) == 0 {
		return "", core.Errorf(core.CodeInvalid, "The first line of %s is empty, and the passphrase has to stand there.", o.passphrase)
	}
	return string(line), nil
}

func (o options) makeBackup(stdout io.Writer) error {
	path, err := filepath.Abs(o.backup)
	if err != nil {
		return err
	}
	passphrase, err := o.readPassphrase()
	if err != nil {
		return err
	}
	if err := host.Backup(o.host(nil, nil), control.BackupOrder{Path: path, Passphrase: passphrase}); err != nil {
		return err
	}
	fmt.Fprintln(stdout, "The backup is in "+path+".")
	return nil
}

func (o options) putBack(stdout io.Writer) error {
	path, err := filepath.Abs(o.restore)
	if err != nil {
		return err
	}
	passphrase, err := o.readPassphrase()
	if err != nil {
		return err
	}
	if err := host.Restore(o.host(nil, nil), core.RestoreWish{Path: path, Passphrase: passphrase}); err != nil {
		return err
	}
	fmt.Fprintln(stdout, "The backup is in place, and what was there before it is kept beside it. Sending is paused, and each source that reads what is there asks what becomes of it.")
	return nil
}

func (o options) sayOldIsOff(stdout io.Writer) error {
	return host.Ask(o.host(nil, nil), func(ctx context.Context, s control.Service) error {
		if err := s.AnswerRestored(ctx, control.RestoredAnswer{OldOff: true}); err != nil {
			return err
		}
		fmt.Fprintln(stdout, "The sources of this computer are read again. Sending stays paused until it is resumed.")
		return nil
	})
}

func (o options) resumeSending(stdout io.Writer) error {
	return host.Ask(o.host(nil, nil), func(ctx context.Context, s control.Service) error {
		if err := s.Resume(ctx); err != nil {
			return err
		}
		fmt.Fprintln(stdout, "Sending goes on.")
		return nil
	})
}
